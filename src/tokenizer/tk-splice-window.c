/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-splice-private.h"

#include "tk-error-private.h"
#include "tk-seam-private.h"
#include "tk-unicode-private.h"

#include <string.h>

/* Characters read at a time when only their classes matter. */
#define LOOK_CHARACTERS (32 * 1024)

#define REPEAT(byte) (UINT64_C (0x0101010101010101) * (byte))

bool
tk_splice_does_not_fit (TkError *error)
{
  return tk_fail (error, TK_ERROR_OTHER_TEXT, 0, "The text is not the one this map follows; build it again");
}

/* How many of the eight bytes at @text begin a character. */
static inline size_t
count_starts (const char *text)
{
  uint64_t word;

  memcpy (&word, text, sizeof word);
  return 8 - (size_t) (((word & ~(word << 1) & REPEAT (0x80)) >> 7) * REPEAT (1) >> 56);
}

size_t
tk_count_characters (const char *text,
                     size_t      length)
{
  size_t n = 0;
  size_t i = 0;

  for (; length - i >= 8; i += 8)
    n += count_starts (text + i);
  for (; i < length; i++)
    n += ((unsigned char) text[i] & 0xc0) != 0x80;
  return n;
}

/* Finds the length in bytes of @n_characters characters; false if there are fewer. Bytes that are not UTF-8 are
 * counted somehow; they are found later. */
static bool
measure_characters (const char *text,
                    size_t      length,
                    size_t      n_characters,
                    size_t     *n_bytes)
{
  size_t pos = 0;

  for (; length - pos >= 8; pos += 8)
    {
      size_t n = count_starts (text + pos);

      if (n > n_characters)
        break;
      n_characters -= n;
    }
  for (; pos < length; pos++)
    if (((unsigned char) text[pos] & 0xc0) != 0x80 && n_characters-- == 0)
      {
        n_characters = 0;
        break;
      }
  *n_bytes = pos;
  return n_characters == 0;
}

/* A window knows its first character, but not on which byte that lies, so for the position of ill-formed text
 * everything before it is read as well. */
static bool
fail_invalid (const TkSplice *splice,
              size_t          n_characters,
              TkError        *error)
{
  size_t length, position = 0;
  const char *text = splice->read (0, splice->window.first + n_characters, &length, splice->user_data);

  if (text != NULL)
    position = tk_utf8_check (text, length);
  return tk_fail (error, TK_ERROR_INVALID_UTF8, position, "The text is not UTF-8 at byte %zu", position);
}

static const char *
read_text (const TkSplice *splice,
           size_t          first,
           size_t          n_characters,
           size_t         *length,
           TkError        *error)
{
  const char *text = splice->read (first, n_characters, length, splice->user_data);

  if (text == NULL)
    tk_fail (error, TK_ERROR_CANCELLED, 0, "The text could not be read");
  return text;
}

/* When the window grows, what it held before is neither measured nor checked again. */
bool
tk_window_read (TkSplice *splice,
                size_t    before,
                size_t    after,
                TkError  *error)
{
  const TkEdit *edit = splice->edit;
  TkWindow *window = &splice->window;
  size_t behind = splice->n_characters - edit->position - edit->inserted;
  bool is_first = window->text == NULL;
  size_t old_start = window->edit_start;
  size_t old_end = window->length - window->edit_end;
  size_t inserted = window->edit_end - window->edit_start;
  size_t length, left, right;

  if (before > edit->position)
    before = edit->position;
  if (after > behind)
    after = behind;
  window->first = edit->position - before;
  window->at_start = window->first == 0;
  window->at_end = after == behind;
  window->text = read_text (splice, window->first, before + edit->inserted + after, &length, error);
  if (window->text == NULL)
    return false;

  /* What is new on the left, the part known from before (at first: what was inserted), what is new on the right. */
  if (!measure_characters (window->text, length, before - window->before, &left))
    return tk_splice_does_not_fit (error);
  if (is_first && !measure_characters (window->text + left, length - left, edit->inserted, &inserted))
    return tk_splice_does_not_fit (error);
  window->edit_start = left + old_start;
  window->edit_end = window->edit_start + inserted;
  if (window->edit_end + old_end > length
      || !measure_characters (window->text + window->edit_end + old_end, length - window->edit_end - old_end,
                              after - window->after, &right))
    return tk_splice_does_not_fit (error);
  window->length = window->edit_end + old_end + right;
  window->before = before;
  window->after = after;

  if (is_first)
    left = window->length;
  if (tk_utf8_check (window->text, left) < left
      || tk_utf8_check (window->text + window->length - right, right) < right)
    return fail_invalid (splice, before + edit->inserted + after, error);
  return true;
}

/* The class of the first character, or the last one, of @text that is not in @set; the empty set if all are. */
static unsigned
find_class (const unsigned char *text,
            size_t               length,
            bool                 backwards,
            unsigned             set)
{
  size_t pos = backwards ? length : 0;
  size_t size;
  unsigned class;

  while (backwards ? pos > 0 : pos < length)
    {
      if (backwards)
        do
          pos--;
        while (pos > 0 && (text[pos] & 0xc0) == 0x80);
      class = tk_run_class (tk_utf8_read (text + pos, &size));
      if (!(class & set))
        return class;
      if (!backwards)
        pos += size;
    }
  return 0;
}

bool
tk_window_look_beyond (TkSplice *splice,
                       bool      backwards,
                       unsigned  set,
                       unsigned *found,
                       TkError  *error)
{
  TkWindow *window = &splice->window;
  size_t left = backwards ? window->first
                          : splice->n_characters - splice->edit->position - splice->edit->inserted - window->after;
  size_t length;

  *found = 0;
  while (left > 0 && *found == 0)
    {
      size_t n = left < LOOK_CHARACTERS ? left : LOOK_CHARACTERS;
      size_t first = backwards ? left - n : splice->n_characters - left;
      const char *text = read_text (splice, first, n, &length, error);

      if (text == NULL)
        return false;
      if (!measure_characters (text, length, n, &length) || tk_utf8_check (text, length) < length)
        return tk_splice_does_not_fit (error);
      *found = find_class ((const unsigned char *) text, length, backwards, set);
      left -= n;
    }

  /* Reading took the window's text away. */
  window->text = read_text (splice, window->first, window->before + splice->edit->inserted + window->after, &length,
                            error);
  if (window->text == NULL)
    return false;
  return length >= window->length || tk_splice_does_not_fit (error);
}
