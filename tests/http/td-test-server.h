/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _TdTestServer TdTestServer;

/* What happens to a connection after the text of a raw answer was sent. */
typedef enum
{
  TD_TEST_RAW_CUT,     /* it is closed */
  TD_TEST_RAW_HANG,    /* it stays open and silent */
  TD_TEST_RAW_ENDLESS, /* the text is repeated until the client goes */
} TdTestRaw;

TdTestServer *td_test_server_new                (GTlsCertificate *certificate);
void          td_test_server_free               (TdTestServer    *self);

char         *td_test_server_get_url            (TdTestServer    *self,
                                                 const char      *path);

void          td_test_server_answer             (TdTestServer    *self,
                                                 const char      *path,
                                                 guint            status,
                                                 const char      *body,
                                                 ...) G_GNUC_NULL_TERMINATED;
void          td_test_server_answer_bytes       (TdTestServer    *self,
                                                 const char      *path,
                                                 GBytes          *body,
                                                 const char      *header,
                                                 const char      *value);
void          td_test_server_answer_raw         (TdTestServer    *self,
                                                 const char      *path,
                                                 const char      *text,
                                                 TdTestRaw        raw);

guint         td_test_server_get_n_requests     (TdTestServer    *self);
char         *td_test_server_get_request        (TdTestServer    *self,
                                                 guint            index);
char         *td_test_server_get_request_header (TdTestServer    *self,
                                                 guint            index,
                                                 const char      *name);
void          td_test_server_await_requests     (TdTestServer    *self,
                                                 guint            n_requests);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdTestServer, td_test_server_free)

G_END_DECLS
