/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "files/td-charset.h"

#define MARK_SUFFIX "+BOM"

/* Bytes that are looked at to guess. */
#define SAMPLE (256 * 1024)

G_DEFINE_QUARK (td-charset-error-quark, td_charset_error)

/* Byte order marks. UTF-32 first: its little-endian one begins like that of UTF-16. */
static const struct
{
  const char *charset;
  const char *bytes;
  gsize length;
} marks[] = {
  { "UTF-32LE", "\xFF\xFE\0\0", 4 },
  { "UTF-32BE", "\0\0\xFE\xFF", 4 },
  { "UTF-16LE", "\xFF\xFE", 2 },
  { "UTF-16BE", "\xFE\xFF", 2 },
};

/* The name for iconv, and the mark that the file begins with (or %NULL). */
static char *
parse_name (const char  *charset,
            const char **mark,
            gsize       *mark_length)
{
  char *name;

  *mark = NULL;
  *mark_length = 0;
  if (!g_str_has_suffix (charset, MARK_SUFFIX))
    return g_strdup (charset);

  name = g_strndup (charset, strlen (charset) - strlen (MARK_SUFFIX));
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (g_str_equal (marks[i].charset, name))
        {
          *mark = marks[i].bytes;
          *mark_length = marks[i].length;
        }
    }

  return name;
}

/* GLib's versions do not agree on the error that says so. */
static gboolean
is_known (const char *to,
          const char *from)
{
  GIConv converter = g_iconv_open (to, from);

  if (converter == (GIConv) -1)
    return FALSE;

  g_iconv_close (converter);
  return TRUE;
}

static GBytes *
convert (const char    *to,
         const char    *from,
         const char    *data,
         gsize          length,
         int            code,
         GError       **error)
{
  g_autoptr (GError) converter_error = NULL;
  g_autofree char *result = NULL;
  gsize n_read = 0;
  gsize n_written = 0;

  result = g_convert (data != NULL ? data : "", (gssize) length, to, from, &n_read, &n_written, &converter_error);
  if (result == NULL)
    {
      if (!is_known (to, from))
        code = TD_CHARSET_ERROR_UNKNOWN;
      g_set_error (error, TD_CHARSET_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, converter_error->message, n_read);
      return NULL;
    }

  /* What ends inside a character. */
  if (n_read < length)
    {
      g_set_error (error, TD_CHARSET_ERROR, code, "Incomplete character at byte %" G_GSIZE_FORMAT, n_read);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&result), n_written);
}

/**
 * td_charset_decode:
 * @charset: how @bytes are encoded
 * @bytes: the contents of a file
 * @error: return location for an error
 *
 * Any thread may call this. Linear.
 *
 * Returns: (transfer full): the text in UTF-8, which may hold NUL, or %NULL
 */
GBytes *
td_charset_decode (const char  *charset,
                   GBytes      *bytes,
                   GError     **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *mark;
  gsize mark_length;
  g_autofree char *name = parse_name (charset, &mark, &mark_length);

  if (mark != NULL)
    {
      if (length < mark_length || memcmp (data, mark, mark_length) != 0)
        {
          g_set_error_literal (error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_CANNOT_DECODE, "No byte order mark");
          return NULL;
        }
      data += mark_length;
      length -= mark_length;
    }

  return convert ("UTF-8", name, data, length, TD_CHARSET_ERROR_CANNOT_DECODE, error);
}

/**
 * td_charset_encode:
 * @charset: how to encode
 * @text: valid UTF-8
 * @error: return location for an error
 *
 * Any thread may call this. Linear.
 *
 * Returns: (transfer full): what the file is to hold, or %NULL if @charset lacks a character
 */
GBytes *
td_charset_encode (const char  *charset,
                   GBytes      *text,
                   GError     **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  const char *mark;
  gsize mark_length;
  g_autofree char *name = parse_name (charset, &mark, &mark_length);
  g_autoptr (GBytes) converted = convert (name, "UTF-8", data, length, TD_CHARSET_ERROR_CANNOT_ENCODE, error);
  GByteArray *marked;

  if (converted == NULL || mark == NULL)
    return g_steal_pointer (&converted);

  data = g_bytes_get_data (converted, &length);
  marked = g_byte_array_sized_new ((guint) (mark_length + length));
  g_byte_array_append (marked, (const guint8 *) mark, (guint) mark_length);
  if (length > 0)
    g_byte_array_append (marked, (const guint8 *) data, (guint) length);

  return g_byte_array_free_to_bytes (marked);
}

/**
 * td_charset_find_missing:
 * @charset: how to encode
 * @text: valid UTF-8
 *
 * Returns: (transfer full) (nullable): the first character of @text that @charset lacks
 */
char *
td_charset_find_missing (const char *charset,
                         GBytes     *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  const char *mark;
  gsize mark_length;
  g_autofree char *name = parse_name (charset, &mark, &mark_length);
  g_autofree char *converted = NULL;
  gsize n_read = 0;

  if (data == NULL)
    return NULL;

  converted = g_convert (data, (gssize) length, name, "UTF-8", &n_read, NULL, NULL);
  if (converted != NULL || n_read >= length)
    return NULL;

  return g_strndup (data + n_read, (gsize) (g_utf8_next_char (data + n_read) - (data + n_read)));
}

/**
 * td_charset_from_mark:
 * @bytes: the contents of a file, or their beginning
 *
 * Returns: (transfer full) (nullable): the charset that a byte order mark tells; that of UTF-8 tells nothing new
 */
char *
td_charset_from_mark (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (length >= marks[i].length && memcmp (data, marks[i].bytes, marks[i].length) == 0)
        return g_strconcat (marks[i].charset, MARK_SUFFIX, NULL);
    }

  return NULL;
}

/* Guessing --------------------------------------------------------------------------------------------------------- */

/* How well bytes look like one kind of writing, from 0 to 100: how many of its characters beyond ASCII are frequent ones.
 * In the East Asian charsets these are kana, punctuation and the characters of the first level, which their authors
 * ordered by frequency. */
typedef struct
{
  guint n_characters;
  guint n_frequent;
  guint n_rare;
  guint n_kana;
} Tally;

typedef gsize (*TallyFunc) (const guchar *p,
                            gsize         length,
                            Tally        *tally);

#define IS(c, from, to) ((c) >= (from) && (c) <= (to))

static gsize
tally_gb (const guchar *p,
          gsize         length,
          Tally        *tally)
{
  if (length < 2)
    return 1;
  if (p[1] >= 0xA1 && (IS (p[0], 0xB0, 0xD7) || IS (p[0], 0xA1, 0xA3)))
    tally->n_frequent++;
  else if (p[1] >= 0xA1 && IS (p[0], 0xD8, 0xF7))
    tally->n_rare++;
  return IS (p[1], 0x30, 0x39) ? 4 : 2;
}

static gsize
tally_big5 (const guchar *p,
            gsize         length,
            Tally        *tally)
{
  if (length < 2)
    return 1;
  if (IS (p[0], 0xA4, 0xC6) || IS (p[0], 0xA1, 0xA3))
    tally->n_frequent++;
  else if (IS (p[0], 0xC9, 0xF9))
    tally->n_rare++;
  return 2;
}

static gsize
tally_shift_jis (const guchar *p,
                 gsize         length,
                 Tally        *tally)
{
  /* Katakana of half width. */
  if (IS (p[0], 0xA1, 0xDF))
    return 1;
  if (length < 2)
    return 1;
  if ((p[0] == 0x82 && p[1] >= 0x9F) || (p[0] == 0x83 && p[1] <= 0x96))
    {
      tally->n_frequent++;
      tally->n_kana++;
    }
  else if (IS (p[0], 0x81, 0x82) || IS (p[0], 0x88, 0x97))
    tally->n_frequent++;
  else
    tally->n_rare++;
  return 2;
}

static gsize
tally_euc_jp (const guchar *p,
              gsize         length,
              Tally        *tally)
{
  if (length < 2)
    return 1;
  if (p[0] == 0xA4 || p[0] == 0xA5)
    {
      tally->n_frequent++;
      tally->n_kana++;
    }
  else if (p[0] == 0xA1 || IS (p[0], 0xB0, 0xCF))
    tally->n_frequent++;
  else
    tally->n_rare++;
  return p[0] == 0x8F ? 3 : 2;
}

static gsize
tally_euc_kr (const guchar *p,
              gsize         length,
              Tally        *tally)
{
  if (length >= 2 && IS (p[0], 0xB0, 0xC8) && p[1] >= 0xA1)
    tally->n_frequent++;
  return 2;
}

/* Letters that stand alone between ASCII ones, as accents do, and the marks of typography. */
static gsize
tally_western (const guchar *p,
               gsize         length,
               Tally        *tally)
{
  gsize run = 1;

  while (run < length && p[run] >= 0x80)
    run++;
  tally->n_characters += (guint) run - 1;
  if (run <= 2)
    {
      for (gsize i = 0; i < run; i++)
        {
          if (p[i] >= 0xC0 || p[i] == 0x85 || IS (p[i], 0x91, 0x97) || IS (p[i], 0xA0, 0xBF) || p[i] == 0x80)
            tally->n_frequent++;
        }
    }
  return run;
}

static gsize
tally_windows_cyrillic (const guchar *p,
                        gsize         length,
                        Tally        *tally)
{
  if (p[0] >= 0xE0)
    tally->n_frequent++;
  else if (p[0] >= 0xC0 || p[0] == 0xA8 || p[0] == 0xB8)
    tally->n_rare++;
  return 1;
}

static gsize
tally_koi8 (const guchar *p,
            gsize         length,
            Tally        *tally)
{
  if (IS (p[0], 0xC0, 0xDF))
    tally->n_frequent++;
  else if (p[0] >= 0xE0)
    tally->n_rare++;
  return 1;
}

/* In the order in which equals are offered: GB18030 has nearly every pair of bytes, so it comes behind those that have
 * fewer and fit as well. */
static const struct
{
  const char *charset;
  TallyFunc tally;
  int kana_percent; /* of the characters, for Japanese to be likely */
} charsets[] = {
  { "SHIFT_JIS", tally_shift_jis, 20 },
  { "EUC-JP", tally_euc_jp, 20 },
  { "EUC-KR", tally_euc_kr, 0 },
  { "GB18030", tally_gb, 0 },
  { "BIG5", tally_big5, 0 },
  { "WINDOWS-1252", tally_western, 0 },
  { "WINDOWS-1251", tally_windows_cyrillic, 0 },
  { "KOI8-R", tally_koi8, 0 },
};

static const char * const wide_charsets[] = { "UTF-16LE", "UTF-16BE" };

static guint
score (TallyFunc     func,
       int           kana_percent,
       const guchar *data,
       gsize         length)
{
  Tally tally = { 0 };
  guint value;

  for (gsize pos = 0; pos < length;)
    {
      if (data[pos] < 0x80)
        {
          pos++;
          continue;
        }
      tally.n_characters++;
      pos += func (data + pos, length - pos, &tally);
    }

  if (tally.n_characters == 0)
    return 0;
  value = (guint) ((200 * (guint64) tally.n_frequent + 60 * (guint64) tally.n_rare) / (2 * (guint64) tally.n_characters));
  if (tally.n_kana * 100 < (guint) kana_percent * tally.n_characters)
    value /= 2;

  return value;
}

typedef struct
{
  const char *charset;
  guint score;
} Guess;

static int
compare_guesses (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Guess *guess_a = a;
  const Guess *guess_b = b;

  return guess_a->score < guess_b->score ? 1 : guess_a->score > guess_b->score ? -1 : 0;
}

/* UTF-16 without a mark shows as NULs at every other place, as every text has some ASCII. */
static const char *
guess_wide (const guchar *data,
            gsize         length)
{
  gsize n_zeros[2] = { 0, 0 };

  if (length % 2 != 0)
    return NULL;
  for (gsize i = 0; i < length; i++)
    n_zeros[i % 2] += data[i] == 0;
  if (n_zeros[1] > length / 8 && n_zeros[0] * 16 < n_zeros[1])
    return "UTF-16LE";
  if (n_zeros[0] > length / 8 && n_zeros[1] * 16 < n_zeros[0])
    return "UTF-16BE";

  return NULL;
}

/* Whether @bytes mean something in @charset, and are what they were when written again. */
static gboolean
fits (const char *charset,
      GBytes     *bytes)
{
  g_autoptr (GBytes) text = td_charset_decode (charset, bytes, NULL);
  g_autoptr (GBytes) again = text != NULL ? td_charset_encode (charset, text, NULL) : NULL;
  gsize length = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &length) : NULL;

  return again != NULL && g_bytes_equal (again, bytes) && (data == NULL || memchr (data, '\0', length) == NULL);
}

/**
 * td_charset_guess:
 * @bytes: the contents of a file that is not UTF-8
 *
 * Finds the charsets in which @bytes are a text that can be written back as the same bytes, and orders them by how much
 * it looks like one that people write. Any thread may call this. Decodes @bytes once for each charset it knows.
 *
 * Returns: (transfer full) (array zero-terminated=1): the likeliest first; none for binary data
 */
GStrv
td_charset_guess (GBytes *bytes)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autofree char *marked = td_charset_from_mark (bytes);
  Guess guesses[G_N_ELEMENTS (charsets)];
  guint n_guesses = 0;
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  gsize n_sample = MIN (length, SAMPLE);
  const char *wide;

  if (marked != NULL && fits (marked, bytes))
    g_strv_builder_add (found, marked);

  wide = marked == NULL ? guess_wide (data, n_sample & ~(gsize) 1) : NULL;
  if (wide != NULL && fits (wide, bytes))
    g_strv_builder_add (found, wide);

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      if (fits (charsets[i].charset, bytes))
        guesses[n_guesses++] = (Guess) {
          charsets[i].charset, score (charsets[i].tally, charsets[i].kana_percent, data, n_sample)
        };
    }
  /* A stable sort: equals stay in the order of the table. */
  g_sort_array (guesses, n_guesses, sizeof guesses[0], compare_guesses, NULL);
  for (guint i = 0; i < n_guesses; i++)
    g_strv_builder_add (found, guesses[i].charset);

  /* Without a mark and without a NUL these can hardly be told from noise, but they are what a text may be. */
  for (guint i = 0; marked == NULL && wide == NULL && i < G_N_ELEMENTS (wide_charsets); i++)
    {
      if (fits (wide_charsets[i], bytes))
        g_strv_builder_add (found, wide_charsets[i]);
    }

  return g_strv_builder_end (found);
}
