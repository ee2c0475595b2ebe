/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-token-view.h"

G_BEGIN_DECLS

/** A rectangle that the view drew, in its own coordinates. */
typedef struct
{
  graphene_rect_t rect;
  int color; /* of the palette; -1 for a tick */
} Drawn;

/** A view of a document in a window of its own. */
typedef struct
{
  GtkWidget *window;
  TdDocument *document;
  TdTokenView *view;
  GtkTextBuffer *buffer;
  gboolean had_gutter;
} Fixture;

/** Adds a test that has a Fixture. */
#define ADD_TEST(name, func) \
  g_test_add ("/token-view/" name, Fixture, NULL, token_view_set_up, func, token_view_tear_down)

void            token_view_set_up             (Fixture       *fixture,
                                               gconstpointer  data);
void            token_view_tear_down          (Fixture       *fixture,
                                               gconstpointer  data);
void            token_view_wait_until_painted (Fixture       *fixture);
void            token_view_set_text           (Fixture       *fixture,
                                               const char    *text);
gsize           token_view_set_broken_text    (Fixture       *fixture);
GArray         *token_view_get_drawn          (Fixture       *fixture);
graphene_rect_t token_view_get_place          (Fixture       *fixture,
                                               int            offset);
int             token_view_run_tests          (void);

G_END_DECLS
