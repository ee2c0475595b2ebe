/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-test-document.h"

#include <string.h>

TkTestDocument *
tk_test_document_new (TkEncodingId  id,
                      TkSpecialMode special)
{
  TkTestDocument *doc = g_new0 (TkTestDocument, 1);

  doc->id = id;
  doc->special = special;
  doc->map = tk_token_map_new (tk_test_encoding (id), special);
  doc->text = g_string_new (NULL);
  /* A fuzz target is no GLib test, and does the same each time. */
  doc->rand = g_rand_new_with_seed (g_test_initialized () ? (guint32) g_test_rand_int () : 1);
  doc->lengths = g_array_new (TRUE, FALSE, sizeof (guint32));
  return doc;
}

void
tk_test_document_free (TkTestDocument *doc)
{
  tk_token_map_free (doc->map);
  g_string_free (doc->text, TRUE);
  g_rand_free (doc->rand);
  g_array_unref (doc->lengths);
  g_free (doc->given);
  g_free (doc);
}

gsize
tk_test_document_byte_of (TkTestDocument *doc,
                          gsize           character)
{
  gsize pos = 0;

  for (; character > 0 && pos < doc->text->len; character--)
    do
      pos++;
    while (pos < doc->text->len && ((guchar) doc->text->str[pos] & 0xc0) == 0x80);
  return pos;
}

gsize
tk_test_document_n_characters (TkTestDocument *doc)
{
  gsize n = 0;

  for (gsize i = 0; i < doc->text->len; i++)
    n += ((guchar) doc->text->str[i] & 0xc0) != 0x80;
  return n;
}

/* Gives a block of its own each time, so that a sanitizer sees who keeps the last one, and sometimes more than asked.
 */
const char *
tk_test_document_read (size_t  first,
                       size_t  n_characters_wanted,
                       size_t *n_bytes,
                       void   *user_data)
{
  TkTestDocument *doc = user_data;
  gsize extra = g_rand_int_range (doc->rand, 0, 4) == 0 ? 5 : 0;
  gsize start, end;

  g_clear_pointer (&doc->given, g_free);
  if (doc->fail_read)
    return NULL;
  start = tk_test_document_byte_of (doc, first);
  end = tk_test_document_byte_of (doc, first + n_characters_wanted + extra);
  doc->given = g_memdup2 (doc->text->str + start, end - start);
  if (doc->given == NULL)
    doc->given = g_malloc (1);
  *n_bytes = end - start;
  return doc->given;
}

static void
fresh_run (TkTestDocument *doc,
           GArray         *lengths)
{
  g_autofree TkId *ids = g_new (TkId, doc->text->len + 1);
  TkOptions options = { .special = doc->special };
  TkError error;
  gsize n;

  g_array_set_size (lengths, (guint) doc->text->len + 1);
  if (!tk_encode (tk_test_encoder (doc->id), doc->text->str, doc->text->len, &options, ids,
                  (guint32 *) (void *) lengths->data, doc->text->len, &n, &error))
    g_error ("%s", error.message);
  g_array_set_size (lengths, (guint) n);
}

void
tk_test_extend (TkExtent    *extent,
                const gchar *text,
                gsize        length)
{
  extent->bytes += length;
  extent->tokens++;
  for (gsize i = 0; i < length; i++)
    {
      extent->characters += ((guchar) text[i] & 0xc0) != 0x80;
      extent->newlines += text[i] == '\n';
    }
}


/* The map holds just the tokens of a fresh run. */
void
tk_test_document_check_map (TkTestDocument *doc)
{
  TkExtent at = { 0 };
  TkExtent total;
  TkTokenIter iter;
  TkToken token;
  TkError error;

  if (!tk_token_map_validate (doc->map, &error))
    g_error ("%s", error.message);
  fresh_run (doc, doc->lengths);
  g_assert_true (tk_token_map_seek_token (doc->map, 0, &iter) == (doc->lengths->len > 0));
  for (guint i = 0; i < doc->lengths->len; i++)
    {
      guint32 length = g_array_index (doc->lengths, guint32, i);
      TkExtent before = at;

      g_assert_true (tk_token_iter_next (&iter, &token));
      assert_extent (&token.start, &before);
      tk_test_extend (&at, doc->text->str + at.bytes, length);
      g_assert_cmpuint (token.bytes, ==, length);
      g_assert_cmpuint (token.characters, ==, at.characters - before.characters);
      g_assert_cmpuint (token.newlines, ==, at.newlines - before.newlines);
    }
  g_assert_false (tk_token_iter_next (&iter, &token));
  total = tk_token_map_get_total (doc->map);
  assert_extent (&total, &at);
}

/* What the map says has changed is all that has: the same tokens before and behind, and the edit lies inside. */
static void
check_change (TkTestDocument *doc,
              const TkEdit   *edit,
              const TkChange *change,
              GArray         *before)
{
  gsize first = change->start.tokens;
  gsize behind = before->len - first - change->old_tokens;
  TkExtent at = { 0 };
  gsize pos = 0;

  g_assert_cmpuint (first + change->old_tokens, <=, before->len);
  g_assert_cmpuint (first + change->new_tokens + behind, ==, doc->lengths->len);
  g_assert_cmpmem (before->data, first * sizeof (guint32), doc->lengths->data, first * sizeof (guint32));
  g_assert_cmpmem (before->data + (first + change->old_tokens) * sizeof (guint32), behind * sizeof (guint32),
                   doc->lengths->data + (first + change->new_tokens) * sizeof (guint32), behind * sizeof (guint32));

  for (gsize i = 0; i < first + change->new_tokens; i++)
    {
      if (i == first)
        pos = at.characters;
      tk_test_extend (&at, doc->text->str + at.bytes, g_array_index (doc->lengths, guint32, i));
      if (i + 1 == first)
        assert_extent (&at, &change->start);
    }
  if (change->new_tokens == 0)
    pos = at.characters;
  g_assert_cmpuint (change->start.characters, ==, pos);
  g_assert_cmpuint (at.characters, ==, pos + change->new_characters);
  g_assert_cmpuint (change->new_characters - edit->inserted, ==, change->old_characters - edit->removed);
  g_assert_cmpuint (change->start.characters, <=, edit->position);
  g_assert_cmpuint (pos + change->new_characters, >=, edit->position + edit->inserted);
  /* Both ends lie between characters. */
  g_assert_true (((guchar) doc->text->str[change->start.bytes] & 0xc0) != 0x80);
  g_assert_true (((guchar) doc->text->str[at.bytes] & 0xc0) != 0x80);
}

void
tk_test_document_edit_text (TkTestDocument *doc,
                            gsize           position,
                            gsize           removed,
                            const gchar    *insert,
                            gsize           insert_length,
                            TkEdit         *edit)
{
  gsize start = tk_test_document_byte_of (doc, position);
  gsize end = tk_test_document_byte_of (doc, position + removed);
  gsize old = tk_test_document_n_characters (doc);

  g_string_erase (doc->text, (gssize) start, (gssize) (end - start));
  g_string_insert_len (doc->text, (gssize) start, insert, (gssize) insert_length);
  edit->position = position;
  edit->removed = removed;
  edit->inserted = tk_test_document_n_characters (doc) - (old - removed);
}

void
tk_test_document_edit_and_check (TkTestDocument *doc,
                                 gsize           position,
                                 gsize           removed,
                                 const gchar    *insert,
                                 gsize           insert_length)
{
  g_autoptr (GArray) before = g_array_copy (doc->lengths);
  TkChange change;
  TkError error;
  TkEdit edit;

  tk_test_document_edit_text (doc, position, removed, insert, insert_length, &edit);
  if (!tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error))
    g_error ("%s", error.message);
  tk_test_document_check_map (doc);
  check_change (doc, &edit, &change, before);
}

void
tk_test_document_set_text (TkTestDocument *doc,
                           const gchar    *text,
                           gsize           length)
{
  TkError error;

  g_string_truncate (doc->text, 0);
  g_string_append_len (doc->text, text, (gssize) length);
  if (!tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error))
    g_error ("%s", error.message);
  tk_test_document_check_map (doc);
}

gint
tk_test_n_edits (gint normal)
{
  const gchar *wanted = g_getenv ("TOKENDESK_TEST_EDITS");

  return wanted != NULL ? (gint) g_ascii_strtoll (wanted, NULL, 10) : normal;
}
