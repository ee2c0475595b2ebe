/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-words.h"

/*
 * What a word is here: a run of letters and digits, with the marks on them and underscores; an apostrophe between two
 * letters and a point or comma between two digits belong to the run ("don't", "1,000.5"). Each Chinese or Japanese
 * character is a word of its own, as word processors count them. Scripts that put no space between words and have no
 * such convention (Thai, Khmer) count by runs.
 *
 * Words are counted by their first character, and whether a character is one depends on at most TD_WORDS_CONTEXT
 * characters before it. That is what lets an edit be followed without reading the rest of the text.
 */
typedef enum
{
  CLASS_OTHER, /* must be 0: the state of an empty text */
  CLASS_LETTER,
  CLASS_DIGIT,
  CLASS_EXTEND,
  CLASS_IDEOGRAPH,
  CLASS_APOSTROPHE,
  CLASS_SEPARATOR
} CharClass;

static inline gboolean
is_ideograph (gunichar c)
{
  if (c < 0x2E80)
    return FALSE;

  return (c <= 0x2FDF) ||
         (c >= 0x3005 && c <= 0x3007) ||
         (c >= 0x3021 && c <= 0x3029) ||
         (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A1 && c <= 0x30FA) ||
         (c >= 0x3105 && c <= 0x312F) ||
         (c >= 0x31A0 && c <= 0x31BF) ||
         (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF66 && c <= 0xFF9D && c != 0xFF70) ||
         (c >= 0x1B000 && c <= 0x1B16F) ||
         (c >= 0x20000 && c <= 0x3FFFD);
}

static CharClass
classify (gunichar c)
{
  if (c < 0x80)
    {
      if (g_ascii_isalpha (c) || c == '_')
        return CLASS_LETTER;
      if (g_ascii_isdigit (c))
        return CLASS_DIGIT;
      if (c == '\'')
        return CLASS_APOSTROPHE;
      return c == '.' || c == ',' ? CLASS_SEPARATOR : CLASS_OTHER;
    }

  if (c == 0x2019)
    return CLASS_APOSTROPHE;
  if (is_ideograph (c))
    return CLASS_IDEOGRAPH;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_CONNECT_PUNCTUATION:
      return CLASS_LETTER;

    case G_UNICODE_MODIFIER_LETTER:
      /* The long-vowel marks lengthen the kana before them. */
      return c == 0x30FC || c == 0xFF70 ? CLASS_EXTEND : CLASS_LETTER;

    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
      return CLASS_DIGIT;

    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
      return CLASS_EXTEND;

    default:
      return CLASS_OTHER;
    }
}

static inline gboolean
is_in_run (CharClass c)
{
  return c == CLASS_LETTER || c == CLASS_DIGIT || c == CLASS_EXTEND;
}

static inline gboolean
starts_word (const TdWordsState *state,
             CharClass           c)
{
  if (c == CLASS_IDEOGRAPH)
    return TRUE;
  if (c != CLASS_LETTER && c != CLASS_DIGIT)
    return FALSE;
  if (is_in_run (state->last))
    return FALSE;
  if (state->last == CLASS_APOSTROPHE)
    return !is_in_run (state->before_last);
  if (state->last == CLASS_SEPARATOR)
    return c != CLASS_DIGIT || state->before_last != CLASS_DIGIT;

  return TRUE;
}

/**
 * td_words_count:
 * @state: (inout): what came before @text, changed to what comes before the text after it
 * @text: valid UTF-8, not necessarily ended by NUL
 * @length: the length of @text in bytes
 *
 * Counts the words that start in @text. Texts counted one after the other with the same @state give the sum that the
 * whole gives.
 *
 * Returns: the number of words
 */
guint64
td_words_count (TdWordsState *state,
                const char   *text,
                gsize         length)
{
  const char *end = text + length;
  TdWordsState s = *state;
  guint64 n_words = 0;

  for (const char *p = text; p < end;)
    {
      guchar byte = *p;
      CharClass c;

      if (byte < 0x80)
        {
          c = classify (byte);
          p++;
        }
      else
        {
          c = classify (g_utf8_get_char (p));
          p = g_utf8_next_char (p);
        }

      n_words += starts_word (&s, c);
      s.before_last = s.last;
      s.last = c;
    }

  *state = s;

  return n_words;
}
