/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Checks the token map against fresh runs over the whole text, after every one of many random edits.
 *
 * A long run: TOKENDESK_TEST_EDITS=1000000, per encoding and way to treat special tokens. A seed that failed is
 * repeated with --seed.
 */

#include "tk-test-util.h"

#include "tokenizer/tk-token-map.h"

#include <string.h>

/* The document ----------------------------------------------------------------------------------------------------- */

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

/* Gives a block of its own each time, so that a sanitizer sees who keeps the last one, and sometimes more than asked.
 */
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

/* Random edits ----------------------------------------------------------------------------------------------------- */

/* Beside the everyday: all that may change what is far away. */
static const gchar *const parts[] = {
  "a", "A", "aB", "s", "t", "ll", "re", "vE", "'", "'s", "'ll", " ", "  ", "          ", "\t", "\n", "\n\n", "\r\n",
  "\r", "/", "//", "1", "22", "333", "\xd9\xa0", ".", "}", "!!", "\xcc\x81", "\xe0\xb9\x88", "\xe0\xb8\x81", "中",
  "中文字", "。", "\xe3\x80\x80", "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "\xe2\x80\x8d",
  "\xf0\x9f\x8f\xbd", "\xc5\xbf", "\xca\xb0", "\xc7\x85", "the ", "<|endoftext|>", "<|endo", "ftext|>", "<|", "|>",
  "<", "|", ">", "<|fim_prefix|>", "<|return|>", "<|reserved_200013|>",
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
    run_random_edits (id, TK_SPECIAL_AS_TEXT, n_edits (4500));
}

static void
test_random_parse (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    run_random_edits (id, TK_SPECIAL_PARSE, n_edits (4500));
}

/* A few edits in @text, which is mostly @filler: more of that, or one of @others. */
static void
edit_long_run (Document          *doc,
               const GString     *text,
               const gchar       *filler,
               const gchar *const others[],
               gsize              n_others)
{
  gsize near = (gsize) g_rand_int_range (doc->rand, 0, (gint) text->len);

  set_text (doc, text->str, text->len);
  for (gint k = 0; k < 12; k++)
    {
      const gchar *other = others[g_rand_int_range (doc->rand, 0, (gint) n_others)];
      const gchar *insert = g_rand_boolean (doc->rand) ? filler : other;
      gsize length = strlen (insert);
      gsize total = n_characters (doc);
      gsize position = near;
      gsize removed = 0;

      if (g_rand_int_range (doc->rand, 0, 3) == 0 || position > total)
        position = (gsize) g_rand_int_range (doc->rand, 0, (gint) total + 1);
      switch (g_rand_int_range (doc->rand, 0, 6))
        {
        case 0:
          length = 0;
          removed = 1;
          break;
        case 1:
          removed = 1;
          break;
        case 2:
          length = 0;
          removed = (gsize) g_rand_int_range (doc->rand, 0, 200);
          break;
        default:
          break;
        }
      removed = MIN (removed, total - position);
      edit_and_check (doc, position, removed, insert, length);
      near = position;
      if (length > 0 && g_rand_boolean (doc->rand))
        near += (gsize) g_utf8_strlen (insert, (gssize) length);
    }
}

/* Long stretches without a seam, with few other characters in them, which makes an edit reach far. */
static void
run_long_runs (TkEncodingId  id,
               TkSpecialMode special,
               gint          runs)
{
  static const gchar *const fillers[] = {
    "a", "A", "ab", "q", "ACGT", "中", "我是刘志军", "\xe3\x81\x8a", "0", "\xd9\xa0", " ", "\n", "\r\n", " \n", "=",
    "=-", "/", "(/", "…", "_", "\xf0\x9f\x91\xa8\xe2\x80\x8d", "\xf0\x9f\x91\xa8\xef\xb8\x8f", "\xcc\x81",
    "\xe0\xb8\x81\xe0\xb9\x88", "\xc7\x85", "\xca\xb0", "\xf0\x90\x90\x80", "\xf0\x90\x90\xa8",
  };
  static const gchar *const others[] = {
    "a", "B", "e", "'", "'s", "'ll", " ", "\n", "中", "1", "12", "123", ".", "/", "\xcc\x81", "\xca\xb0", "é",
    "<|endoftext|>", "xyz", "AB", "abC", "中中A", "中中Ab", "!!!", "\xe0\xb9\x88",
  };
  g_autoptr (Document) doc = document_new (id, special);

  for (gint i = 0; i < runs; i++)
    {
      const gchar *filler = fillers[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (fillers))];
      g_autoptr (GString) text = g_string_new (NULL);
      gboolean random_letters = strlen (filler) == 1 && g_ascii_isalpha (*filler) && g_rand_boolean (doc->rand);
      gint n = g_rand_int_range (doc->rand, 300, 6000) / (gint) strlen (filler);

      if (g_rand_boolean (doc->rand))
        g_string_append (text, others[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (others))]);
      for (gint k = 0; k < n; k++)
        {
          if (random_letters)
            g_string_append_c (text, (gchar) ((*filler & 0x60) + g_rand_int_range (doc->rand, 1, 27)));
          else
            g_string_append (text, filler);
        }
      if (g_rand_boolean (doc->rand))
        g_string_append (text, others[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (others))]);
      edit_long_run (doc, text, filler, others, G_N_ELEMENTS (others));
    }
}

static void
test_random_long_runs (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    {
      run_long_runs (id, TK_SPECIAL_AS_TEXT, n_edits (720) / 12);
      run_long_runs (id, TK_SPECIAL_PARSE, n_edits (240) / 12);
    }
}

/* In o200k_base, where capitals behind caseless letters belong depends on letters at both ends of a run. It has just
 * four tokens with both in them, so it takes one of those, 亚洲AV, to see the difference. */
static void
test_random_far_capitals (void)
{
  static const gchar *const ends[] = { "", "a", "亚洲", "AV", "AVs", "亚洲AVs", "s", "b ", "\xcc\x81", "x亚洲" };
  static const gchar *const fillers[] = { "亚洲", "AV", "亚洲AV", "a" };
  static const gchar *const others[] = { "a", "AV", "AVs", "亚洲", "亚洲AVs", "s", " ", "'s", "A" };
  g_autoptr (Document) doc = document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);

  for (gint i = 0; i < n_edits (2400) / 12; i++)
    {
      g_autoptr (GString) text = g_string_new (ends[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (ends))]);
      const gchar *filler = NULL;

      for (gint part = 0; part < 2; part++)
        {
          filler = fillers[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (fillers))];
          for (gint n = g_rand_int_range (doc->rand, 0, 800); n > 0; n--)
            g_string_append (text, filler);
          g_string_append (text, ends[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (ends))]);
        }
      g_string_append (text, "b");
      edit_long_run (doc, text, filler, others, G_N_ELEMENTS (others));
    }
}

/* Two characters that are merged into tokens of which one begins inside the first and reaches into the second. */
static GPtrArray *
find_crossing_pairs (TkEncodingId id)
{
  const TkEncoding *encoding = tk_test_encoding (id);
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);

  for (TkId token = 0; token < tk_encoding_get_n_vocab (encoding); token++)
    {
      gsize length;
      const gchar *bytes = tk_encoding_get_token (encoding, token, &length);

      if (bytes == NULL || length != 4 || ((guchar) bytes[0] & 0xc0) != 0x80 || ((guchar) bytes[1] & 0xf0) != 0xe0)
        continue;
      for (gunichar c = 0x4e00; c < 0x9fff; c++)
        {
          gchar text[8];
          TkId ids[6];
          guint32 lengths[6];
          gsize n;

          g_unichar_to_utf8 (c, text);
          if (text[2] != bytes[0])
            continue;
          memcpy (text + 3, bytes + 1, 3);
          tk_encode (tk_test_encoder (id), text, 6, NULL, ids, lengths, 6, &n, NULL);
          for (gsize i = 0, pos = 0; i < n; pos += lengths[i++])
            if (pos < 3 && pos > 0 && pos + lengths[i] > 3 && pairs->len < 40)
              {
                g_ptr_array_add (pairs, g_strndup (text, 6));
                c = 0xa000;
              }
        }
    }
  return pairs;
}

/* Tokens that begin inside a character and end behind it are where counting characters tells least about bytes. */
static void
test_random_crossing (void)
{
  static const TkEncodingId ids[] = { TK_ENCODING_R50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE };
  static const gchar *const others[] = { "中", "a", "，", "\xe4\xb8\x80" };
  guint n_pairs = 0;

  for (gsize e = 0; e < G_N_ELEMENTS (ids); e++)
    {
      g_autoptr (Document) doc = document_new (ids[e], TK_SPECIAL_AS_TEXT);
      g_autoptr (GPtrArray) pairs = find_crossing_pairs (ids[e]);

      n_pairs += pairs->len;
      for (gint i = 0; i < n_edits (480) / 12 && pairs->len > 0; i++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          const gchar *pair = pairs->pdata[g_rand_int_range (doc->rand, 0, (gint) pairs->len)];

          for (gint n = g_rand_int_range (doc->rand, 300, 900); n > 0; n--)
            {
              g_string_append (text, g_rand_int_range (doc->rand, 0, 9) > 0 ? pair : others[n % 2]);
              if (g_rand_int_range (doc->rand, 0, 40) == 0)
                pair = pairs->pdata[g_rand_int_range (doc->rand, 0, (gint) pairs->len)];
            }
          edit_long_run (doc, text, pair, others, G_N_ELEMENTS (others));
        }
    }
  g_test_message ("%u pairs", n_pairs);
  g_assert_cmpuint (n_pairs, >, 0);
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

/* Every byte, character, line and token of a text is found. */
static void
check_seeks (Document *doc)
{
  TkExtent total = tk_token_map_get_total (doc->map);
  TkExtent at = { 0 };
  TkTokenIter iter;
  TkToken token;

  for (guint i = 0; i < doc->lengths->len; i++)
    {
      TkExtent before = at;

      extend (&at, doc->text->str + at.bytes, g_array_index (doc->lengths, guint32, i));
      for (gsize byte = before.bytes; byte < at.bytes; byte++)
        {
          g_assert_true (tk_token_map_seek_byte (doc->map, byte, &iter));
          assert_extent (&iter.at, &before);
        }
      for (gsize character = before.characters; character < at.characters; character++)
        {
          g_assert_true (tk_token_map_seek_character (doc->map, character, &iter));
          assert_extent (&iter.at, &before);
        }
      for (gsize line = before.newlines + 1; line <= at.newlines; line++)
        {
          g_assert_true (tk_token_map_seek_line (doc->map, line, &iter));
          assert_extent (&iter.at, &before);
        }
      g_assert_true (tk_token_map_seek_token (doc->map, i, &iter));
      assert_extent (&iter.at, &before);
      g_assert_true (tk_token_iter_next (&iter, &token));
      assert_extent (&token.start, &before);
      assert_extent (&iter.at, &at);
    }
  assert_extent (&at, &total);

  g_assert_false (tk_token_map_seek_byte (doc->map, total.bytes, &iter));
  assert_extent (&iter.at, &total);
  g_assert_false (tk_token_iter_next (&iter, &token));
  g_assert_false (tk_token_map_seek_character (doc->map, total.characters, &iter));
  g_assert_false (tk_token_map_seek_line (doc->map, total.newlines + 1, &iter));
  g_assert_false (tk_token_map_seek_token (doc->map, total.tokens + 7, &iter));
  g_assert_true (tk_token_map_seek_line (doc->map, 0, &iter) == (total.tokens > 0));
}

static void
test_seek (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    {
      g_autoptr (Document) doc = document_new (id, TK_SPECIAL_AS_TEXT);
      g_autoptr (GString) text = g_string_new (NULL);

      check_seeks (doc);
      for (gint i = 0; i < 5; i++)
        {
          tk_test_random (doc->rand, text, (unsigned) g_rand_int_range (doc->rand, 1, 2500));
          set_text (doc, text->str, text->len);
          check_seeks (doc);
        }
    }
}

/* 刘 is two tokens in cl100k_base: the first has the character, the second has none. */
static void
test_split_character (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  TkTokenIter iter;
  TkToken token;

  set_text (doc, "我是刘志军", strlen ("我是刘志军"));
  g_assert_cmpuint (tk_token_map_get_total (doc->map).tokens, ==, 7);
  g_assert_true (tk_token_map_seek_character (doc->map, 2, &iter));
  g_assert_true (tk_token_iter_next (&iter, &token));
  g_assert_cmpuint (token.start.tokens, ==, 2);
  g_assert_cmpuint (token.start.bytes, ==, 6);
  while (tk_token_iter_next (&iter, &token) && token.start.characters < 5)
    if (token.characters == 0)
      g_assert_cmpint ((guchar) doc->text->str[token.start.bytes] & 0xc0, ==, 0x80);
  g_assert_true (tk_token_map_get_encoding (doc->map) == tk_test_encoding (TK_ENCODING_CL100K_BASE));
}

/* Editing ---------------------------------------------------------------------------------------------------------- */

/* What changes is what must: typing in the middle of prose touches a word. */
static void
test_change_is_small (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  TkChange change;
  TkEdit edit;

  set_text (doc, "Hello, world and\nmore", 21);
  edit_text (doc, 12, 0, ".", 1, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, NULL));
  g_assert_cmpuint (change.start.tokens, ==, 3);
  g_assert_cmpuint (change.start.characters, ==, 12);
  g_assert_cmpuint (change.old_tokens, ==, 0);
  g_assert_cmpuint (change.new_tokens, ==, 1);
  g_assert_cmpuint (change.old_characters, ==, 0);
  g_assert_cmpuint (change.new_characters, ==, 1);
  check_map (doc);

  /* Nothing happened. */
  edit = (TkEdit) { 5, 0, 0 };
  g_assert_true (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, NULL));
  g_assert_cmpuint (change.old_tokens, ==, change.new_tokens);
  g_assert_cmpuint (change.old_characters, ==, change.new_characters);
  check_map (doc);

  /* A letter of the same width is another token all the same. */
  edit_text (doc, 7, 1, "W", 1, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, NULL));
  g_assert_cmpuint (change.start.characters, <=, 7);
  g_assert_cmpuint (change.start.characters + change.new_characters, >, 7);
  g_assert_cmpuint (change.new_tokens, >, 0);
  check_map (doc);

  edit_text (doc, 0, n_characters (doc), NULL, 0, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, read_cb, doc, NULL, NULL));
  check_map (doc);
}

/* Megabytes in and out at once, in front, in the middle and at the end. */
static void
test_big_edits (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);
  g_autoptr (GString) big = g_string_new (NULL);
  g_autoptr (GString) part = g_string_new (NULL);
  gsize characters, third;

  while (big->len < 4 * 1000 * 1000)
    {
      tk_test_random (doc->rand, part, 100);
      g_string_append_len (big, part->str, (gssize) part->len);
      g_string_append (big, "The price of a token, 我是刘志军, is what it is.\n");
    }
  characters = (gsize) g_utf8_strlen (big->str, (gssize) big->len);
  edit_and_check (doc, 0, 0, "Hello, world", 12);
  edit_and_check (doc, 3, 0, big->str, big->len);
  edit_and_check (doc, characters / 2, 1, " ", 1);
  edit_and_check (doc, 5, characters - 5, NULL, 0);
  third = (gsize) (g_utf8_find_prev_char (big->str, big->str + big->len / 3) - big->str);
  edit_and_check (doc, n_characters (doc), 0, big->str, third);
  edit_and_check (doc, 0, n_characters (doc), "x", 1);
}

static void
test_memory (void)
{
  g_autofree gchar *path = g_test_build_filename (G_TEST_DIST, "..", "..", "LICENSE", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree gchar *license = NULL;
  TkTokenMap *map;
  gsize length;

  g_assert_true (g_file_get_contents (path, &license, &length, NULL));
  while (text->len < 2 * 1000 * 1000)
    {
      g_string_append_len (text, license, (gssize) length);
      g_string_append (text, "我是刘志军，住在北京。今天天气很好，我们去公园散步吧！\n");
    }
  map = tk_token_map_new (tk_test_encoding (TK_ENCODING_CL100K_BASE), TK_SPECIAL_AS_TEXT);
  g_assert_true (tk_token_map_build (map, text->str, text->len, NULL, NULL));
  g_test_message ("%.3f bytes per token",
                  (gdouble) tk_token_map_get_memory (map) / (gdouble) tk_token_map_get_total (map).tokens);
  g_assert_cmpuint (tk_token_map_get_memory (map) * 10, <=, tk_token_map_get_total (map).tokens * 12);
  tk_token_map_free (map);
  tk_token_map_free (NULL);
}

/* Failing ---------------------------------------------------------------------------------------------------------- */

static void
test_refuse_special (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_REFUSE);
  const gchar *filler = "some words before it, ";
  TkChange change;
  TkError error;
  TkEdit edit;

  for (gint i = 0; i < 20; i++)
    g_string_append (doc->text, filler);
  g_assert_true (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  edit_text (doc, 220, 0, "<|endoftext", 11, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error));
  check_map (doc);
  edit_text (doc, 231, 0, "|>", 2, &edit);
  g_assert_false (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_SPECIAL_TOKEN);
  g_assert_cmpuint (error.position, ==, 220);

  /* A text that may not be counted leaves the map as it is. */
  g_assert_false (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_SPECIAL_TOKEN);
  g_assert_cmpuint (error.position, ==, 220);
  g_assert_true (tk_token_map_validate (doc->map, &error));
  g_assert_cmpuint (tk_token_map_get_total (doc->map).bytes, ==, doc->text->len - 2);

  /* Taking it back is an edit of a map that no longer fits; after a build all is well. */
  edit_text (doc, 231, 2, NULL, 0, &edit);
  g_assert_true (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  check_map (doc);
}

static void
test_invalid_utf8 (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);
  TkChange change;
  TkError error;
  TkEdit edit;

  g_assert_false (tk_token_map_build (doc->map, "ab\xff" "cd", 5, NULL, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
  g_assert_cmpuint (error.position, ==, 2);
  g_assert_cmpuint (tk_token_map_get_total (doc->map).tokens, ==, 0);

  for (gint i = 0; i < 200; i++)
    g_string_append (doc->text, "刘志军 ");
  g_assert_true (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  g_string_insert (doc->text, 1000, "\xc0");
  edit = (TkEdit) { 400, 0, 1 };
  g_assert_false (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
  g_assert_cmpuint (error.position, ==, 1000);
}

static void
test_bad_edits (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  const TkEdit past[] = { { 12, 0, 0 }, { 3, 9, 0 }, { 0, G_MAXSIZE, 0 }, { G_MAXSIZE, 1, 1 } };
  TkChange change;
  TkError error;
  TkEdit edit;

  set_text (doc, "Hello world", 11);
  for (gsize i = 0; i < G_N_ELEMENTS (past); i++)
    {
      g_assert_false (tk_token_map_splice (doc->map, &past[i], read_cb, doc, &change, &error));
      g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
    }
  /* More was said to be inserted than there is. */
  edit = (TkEdit) { 11, 0, 5 };
  g_assert_false (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);

  edit = (TkEdit) { 5, 0, 0 };
  doc->fail_read = TRUE;
  g_assert_false (tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
  g_assert_true (tk_token_map_validate (doc->map, &error));
}

/* A map that was not told of an edit gives wrong answers or an error, but nothing worse. */
static void
test_lying_reader (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);
  g_autoptr (GString) text = g_string_new (NULL);
  gint n_failed = 0;

  for (gint i = 0; i < n_edits (3000); i++)
    {
      TkChange change;
      TkError error;
      TkEdit edit;
      gsize n;

      if (i % 20 == 0)
        {
          tk_test_random (doc->rand, text, (unsigned) g_rand_int_range (doc->rand, 1, 300));
          set_text (doc, text->str, text->len);
        }
      tk_test_random (doc->rand, text, (unsigned) g_rand_int_range (doc->rand, 1, 300));
      g_string_assign (doc->text, text->str);
      n = tk_token_map_get_total (doc->map).characters;
      edit.position = (gsize) g_rand_int_range (doc->rand, 0, (gint) n + 1);
      edit.removed = (gsize) g_rand_int_range (doc->rand, 0, (gint) (n - edit.position) + 1);
      edit.inserted = (gsize) g_rand_int_range (doc->rand, 0, 30);
      n_failed += !tk_token_map_splice (doc->map, &edit, read_cb, doc, &change, &error);
      if (!tk_token_map_validate (doc->map, &error))
        g_error ("%s", error.message);
    }
  g_assert_cmpint (n_failed, >, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (Document) doc = document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  g_autofree gchar *text = g_strnfill (1000 * 1000, 'x');
  atomic_bool cancelled = true;
  TkError error;

  set_text (doc, "Hello world", 11);
  g_assert_false (tk_token_map_build (doc->map, text, strlen (text), &cancelled, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
  check_map (doc);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-map/seek", test_seek);
  g_test_add_func ("/token-map/split-character", test_split_character);
  g_test_add_func ("/token-map/change-is-small", test_change_is_small);
  g_test_add_func ("/token-map/big-edits", test_big_edits);
  g_test_add_func ("/token-map/memory", test_memory);
  g_test_add_func ("/token-map/refuse-special", test_refuse_special);
  g_test_add_func ("/token-map/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/token-map/bad-edits", test_bad_edits);
  g_test_add_func ("/token-map/lying-reader", test_lying_reader);
  g_test_add_func ("/token-map/cancelled", test_cancelled);
  g_test_add_func ("/token-map/random/as-text", test_random_as_text);
  g_test_add_func ("/token-map/random/parse", test_random_parse);
  g_test_add_func ("/token-map/random/long-runs", test_random_long_runs);
  g_test_add_func ("/token-map/random/far-capitals", test_random_far_capitals);
  g_test_add_func ("/token-map/random/crossing", test_random_crossing);

  return g_test_run ();
}
