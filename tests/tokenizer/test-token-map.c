/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Checks the token map against fresh runs over the whole text, after every one of many random edits.
 *
 * A long run: TOKENDESK_TEST_EDITS=1000000, per encoding and way to treat special tokens. A seed that failed is repeated
 * with --seed.
 */

#include "tk-test-util.h"

#include "tokenizer/tk-token-map.h"

#include <string.h>

/* The document ------------------------------------------------------------------------------------------------------- */

/* A text with a map that follows it. */
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
} Document;

static Document *
document_new (TkEncodingId  id,
              TkSpecialMode special)
{
  Document *doc = g_new0 (Document, 1);

  doc->id = id;
  doc->special = special;
  doc->map = tk_token_map_new (tk_test_encoding (id), special);
  doc->text = g_string_new (NULL);
  doc->rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  doc->lengths = g_array_new (FALSE, FALSE, sizeof (guint32));
  return doc;
}

static void
document_free (Document *doc)
{
  tk_token_map_free (doc->map);
  g_string_free (doc->text, TRUE);
  g_rand_free (doc->rand);
  g_array_unref (doc->lengths);
  g_free (doc->given);
  g_free (doc);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, document_free)

static gsize
byte_of (Document *doc,
         gsize     character)
{
  gsize pos = 0;

  for (; character > 0 && pos < doc->text->len; character--)
    do
      pos++;
    while (pos < doc->text->len && ((guchar) doc->text->str[pos] & 0xc0) == 0x80);
  return pos;
}

static gsize
n_characters (Document *doc)
{
  gsize n = 0;

  for (gsize i = 0; i < doc->text->len; i++)
    n += ((guchar) doc->text->str[i] & 0xc0) != 0x80;
  return n;
}

/* Gives a block of its own each time, so that a sanitizer sees who keeps the last one, and sometimes more than asked. */
static const char *
read_cb (size_t  first,
         size_t  n_characters_wanted,
         size_t *n_bytes,
         void   *user_data)
{
  Document *doc = user_data;
  gsize extra = g_rand_int_range (doc->rand, 0, 4) == 0 ? 5 : 0;
  gsize start, end;

  g_clear_pointer (&doc->given, g_free);
  if (doc->fail_read)
    return NULL;
  start = byte_of (doc, first);
  end = byte_of (doc, first + n_characters_wanted + extra);
  doc->given = g_memdup2 (doc->text->str + start, end - start);
  if (doc->given == NULL)
    doc->given = g_malloc (1);
  *n_bytes = end - start;
  return doc->given;
}

static void
fresh_run (Document *doc,
           GArray   *lengths)
{
  g_autofree TkId *ids = g_new (TkId, doc->text->len + 1);
  TkOptions options = { doc->special, NULL };
  TkError error;
  gsize n;

  g_array_set_size (lengths, (guint) doc->text->len + 1);
  if (!tk_encode (tk_test_encoder (doc->id), doc->text->str, doc->text->len, &options, ids,
                  (guint32 *) (void *) lengths->data, doc->text->len, &n, &error))
    g_error ("%s", error.message);
  g_array_set_size (lengths, (guint) n);
}

static void
extend (TkExtent    *extent,
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

#define assert_extent(a, b) g_assert_cmpmem (a, sizeof (TkExtent), b, sizeof (TkExtent))

/* The map holds just the tokens of a fresh run. */
static void
check_map (Document *doc)
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
      extend (&at, doc->text->str + at.bytes, length);
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
check_change (Document       *doc,
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
      extend (&at, doc->text->str + at.bytes, g_array_index (doc->lengths, guint32, i));
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

static void
edit_text (Document    *doc,
           gsize        position,
           gsize        removed,
           const gchar *insert,
           gsize        insert_length,
           TkEdit      *edit)
{
  gsize start = byte_of (doc, position);
  gsize end = byte_of (doc, position + removed);
  gsize old = n_characters (doc);

  g_string_erase (doc->text, (gssize) start, (gssize) (end - start));
  g_string_insert_len (doc->text, (gssize) start, insert, (gssize) insert_length);
  edit->position = position;
  edit->removed = removed;
  edit->inserted = n_characters (doc) - (old - removed);
}

static void
edit_and_check (Document    *doc,
                gsize        position,
                gsize        removed,
                const gchar *insert,
                gsize        insert_length)
{
  g_autoptr (GArray) before = g_array_copy (doc->lengths);
  TkChange change;
  TkError error;
  TkEdit edit;

  edit_text (doc, position, removed, insert, insert_length, &edit);
  if (!tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error))
    g_error ("%s", error.message);
  check_map (doc);
  check_change (doc, &edit, &change, before);
}

static void
set_text (Document    *doc,
          const gchar *text,
          gsize        length)
{
  TkError error;

  g_string_truncate (doc->text, 0);
  g_string_append_len (doc->text, text, (gssize) length);
  if (!tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error))
    g_error ("%s", error.message);
  check_map (doc);
}

/* Random edits ------------------------------------------------------------------------------------------------------- */

/* Beside the everyday: all that may change what is far away. */
static const gchar *const parts[] = {
  "a", "A", "aB", "s", "t", "ll", "re", "vE", "'", "'s", "'ll", " ", "  ", "          ", "\t", "\n", "\n\n", "\r\n", "\r", "/", "//",
  "1", "22", "333", "\xd9\xa0", ".", "}", "!!", "\xcc\x81", "\xe0\xb9\x88", "\xe0\xb8\x81", "中", "中文字", "。", "\xe3\x80\x80",
  "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "\xe2\x80\x8d", "\xf0\x9f\x8f\xbd", "\xc5\xbf", "\xca\xb0", "\xc7\x85", "the ",
  "<|endoftext|>", "<|endo", "ftext|>", "<|", "|>", "<", "|", ">", "<|fim_prefix|>", "<|return|>", "<|reserved_200013|>",
};

static void
random_insert (Document *doc,
               GString  *text,
               gsize     n_themes,
               const guint *themes)
{
  g_autoptr (GString) more = g_string_new (NULL);
  gint n = g_rand_int_range (doc->rand, 0, 5) > 0 ? 1 : g_rand_int_range (doc->rand, 0, 40);

  g_string_truncate (text, 0);
  for (gint i = 0; i < n; i++)
    {
      switch (g_rand_int_range (doc->rand, 0, 8))
        {
        case 0:
          tk_test_random (doc->rand, more, 2);
          g_string_append_len (text, more->str, (gssize) more->len);
          break;
        case 1:
          g_string_append (text, parts[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (parts))]);
          break;
        default:
          g_string_append (text, parts[themes[g_rand_int_range (doc->rand, 0, (gint) n_themes)]]);
          break;
        }
    }
}

/* One edit of a kind that people and programs make. */
static void
random_edit (Document    *doc,
             gsize        near,
             GString     *insert,
             gsize        n_themes,
             const guint *themes,
             gsize       *position,
             gsize       *removed)
{
  gsize n = n_characters (doc);

  random_insert (doc, insert, n_themes, themes);
  *position = (gsize) g_rand_int_range (doc->rand, 0, (gint32) n + 1);
  *removed = 0;
  if (g_rand_boolean (doc->rand) && near <= n)
    *position = near;

  switch (g_rand_int_range (doc->rand, 0, 12))
    {
    case 0: /* delete a stretch */
      g_string_truncate (insert, 0);
      *removed = (gsize) g_rand_int_range (doc->rand, 0, 40);
      break;
    case 1: /* backspace */
    case 2:
      g_string_truncate (insert, 0);
      *removed = 1;
      break;
    case 3: /* overwrite */
      *removed = 1;
      break;
    case 4: /* replace a selection */
      *removed = (gsize) g_rand_int_range (doc->rand, 0, 100);
      break;
    case 5:
      *position = 0;
      *removed = (gsize) g_rand_int_range (doc->rand, 0, 3);
      break;
    case 6:
      *position = n;
      break;
    case 7: /* cut the end off */
      *removed = g_rand_int_range (doc->rand, 0, 5) == 0 ? n : 0;
      break;
    case 8: /* paste a copy of something */
      if (n > 0)
        {
          gsize from = (gsize) g_rand_int_range (doc->rand, 0, (gint32) n);
          gsize to = from + (gsize) g_rand_int_range (doc->rand, 0, 60);
          gsize start = byte_of (doc, from);

          g_string_truncate (insert, 0);
          g_string_append_len (insert, doc->text->str + start, (gssize) (byte_of (doc, to) - start));
        }
      break;
    default:
      break;
    }
  if (*removed > n - *position)
    *removed = n - *position;
}

static gint
n_edits (gint normal)
{
  const gchar *wanted = g_getenv ("TOKENDESK_TEST_EDITS");

  return wanted != NULL ? (gint) g_ascii_strtoll (wanted, NULL, 10) : normal;
}

static void
run_random_edits (TkEncodingId  id,
                  TkSpecialMode special,
                  gint          edits)
{
  g_autoptr (Document) doc = document_new (id, special);
  g_autoptr (GString) insert = g_string_new (NULL);
  guint themes[6];
  gsize n_themes = 0, near = 0;

  check_map (doc);
  for (gint i = 0; i < edits; i++)
    {
      gsize position, removed;

      /* Every now and then another mix, from wild to two parts only. */
      if (i % 100 == 0)
        {
          n_themes = (gsize) g_rand_int_range (doc->rand, 1, G_N_ELEMENTS (themes) + 1);
          for (gsize k = 0; k < n_themes; k++)
            themes[k] = (guint) g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (parts));
          if (g_rand_boolean (doc->rand))
            {
              tk_test_random (doc->rand, insert, (unsigned) g_rand_int_range (doc->rand, 0, 200));
              set_text (doc, insert->str, insert->len);
            }
        }
      if (doc->text->len > 3000)
        {
          g_autofree gchar *head = g_strndup (doc->text->str, byte_of (doc, 200));

          set_text (doc, head, byte_of (doc, 200));
        }
      random_edit (doc, near, insert, n_themes, themes, &position, &removed);
      edit_and_check (doc, position, removed, insert->str, insert->len);
      near = position + (gsize) g_rand_int_range (doc->rand, 0, 4);
    }
}

static void
test_random_as_text (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    run_random_edits (id, TK_SPECIAL_AS_TEXT, n_edits (6000));
}

static void
test_random_parse (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    run_random_edits (id, TK_SPECIAL_PARSE, n_edits (6000));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-map/random/as-text", test_random_as_text);
  g_test_add_func ("/token-map/random/parse", test_random_parse);

  return g_test_run ();
}
