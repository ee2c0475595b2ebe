/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text with a token map that follows it, for the tests of the map. */

#pragma once

#include "tk-test-util.h"

#include "tokenizer/tk-token-map.h"

typedef struct
{
  TkEncodingId id;
  TkSpecialMode special;
  TkTokenMap *map;
  GString *text;
  GRand *rand;

  /* The tokens at the last check. */
  GArray *lengths;
  /* What read() gave out last. */
  gchar *given;
  gboolean fail_read;
} TkTestDocument;

#define assert_extent(a, b) g_assert_cmpmem (a, sizeof (TkExtent), b, sizeof (TkExtent))

TkTestDocument *tk_test_document_new (TkEncodingId  id,
                                      TkSpecialMode special);
void tk_test_document_free (TkTestDocument *doc);
gsize tk_test_document_n_characters (TkTestDocument *doc);
gsize tk_test_document_byte_of (TkTestDocument *doc,
                                gsize           character);
const char *tk_test_document_read (size_t  first,
                                   size_t  n_characters_wanted,
                                   size_t *n_bytes,
                                   void   *user_data);
/** The map holds just the tokens of a fresh run. */
void tk_test_document_check_map (TkTestDocument *doc);
/** Edits only the text. */
void tk_test_document_edit_text (TkTestDocument *doc,
                                 gsize           position,
                                 gsize           removed,
                                 const gchar    *insert,
                                 gsize           insert_length,
                                 TkEdit         *edit);
/** Edits text and map, and holds the map and what it says has changed against fresh runs. */
void tk_test_document_edit_and_check (TkTestDocument *doc,
                                      gsize           position,
                                      gsize           removed,
                                      const gchar    *insert,
                                      gsize           insert_length);
void tk_test_document_set_text (TkTestDocument *doc,
                                const gchar    *text,
                                gsize           length);
void tk_test_extend (TkExtent    *extent,
                     const gchar *text,
                     gsize        length);
/** How many random edits to make: @normal, or what TOKENDESK_TEST_EDITS says. */
gint tk_test_n_edits (gint normal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TkTestDocument, tk_test_document_free)
