/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A program of edits, each followed by a token map and compared with a fresh run over the whole text.
 *
 * The input is: one byte for encoding and special tokens, then for each edit a byte that says where and how, one for
 * how much is removed, and up to the next byte 0xFF what is inserted; if the byte before that is a digit, the insertion
 * is repeated so often times 100, which makes the long runs that have ways of their own. A last byte of 0xFE instead of
 * 0xFF lies to the map about the edit; then it may fail, but nothing worse.
 */

#include "fuzz.h"

#include "tk-test-document.h"
#include "tk-test-util.h"

#include <string.h>

#define MAX_EDITS 24
#define MAX_LENGTH 20000

const char *const fuzz_seeds[] = {
  "\x04" "0" "0" "The quick brown fox, 42 years old, isn't lazy.\n\xff" "9" "1" "'s \xff" "5" "2" "\n\xff",
  "\x05" "0" "0" "a7\xff" "9" "0" "a\xff" "7" "1" "x\xff" "7" "1" "\xff",
  "\x05" "0" "0" "/9\xff" "9" "0" "/\xff" "3" "3" "!\n\xff",
  "\x04" "0" "0" " \n8\xff" "9" "0" " \xff" "7" "1" "X\xff" "7" "1" "\xff",
  "\x05" "0" "0" "\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8" "5\xff" "9" "1" "A\xff",
  "\x0b" "0" "0" "<|endoftext|>9\xff" "9" "1" "<|endo\xff" "9" "0" "ftext|>\xff",
  "\x00" "0" "0" "\xe4\xb8\xad\xe6\x96\x87" "9\xff" "9" "1" "\xe3\x80\x82\xff" "5" "9" "\xff" "3" "1" "B\xfe",
  NULL,
};

const char *const fuzz_words[] = {
  " ", "\n", "\r\n", "\t", "a", "A", "'", "'s", "'ll", "/", "!", "=-", "1", "123", "\xcc\x81", "\xca\xb0",
  "\xe4\xb8\xad", "\xe0\xa4\xbf", "<|endoftext|>", "<|", "9\xff" "90", "\xff" "91", "\xff" "00", "9\xff" "50", "8\xff",
  "\xfe" "70",
  NULL,
};

typedef struct
{
  const uint8_t *data;
  size_t size;
} Program;

static int
next (Program *program)
{
  if (program->size == 0)
    return -1;
  program->size--;
  return *program->data++;
}

/* Reads what is inserted; what is not UTF-8 is left out. Returns whether the edit is told as it is. */
static bool
read_insertion (Program *program,
                GString *text)
{
  gsize length = 0, good, repeat = 1;
  bool honest;

  while (length < program->size && program->data[length] < 0xfe)
    length++;
  honest = length == program->size || program->data[length] == 0xff;
  good = length;
  if (good > 0 && g_ascii_isdigit (program->data[good - 1]))
    repeat = (gsize) g_ascii_digit_value ((gchar) program->data[--good]) * 100;
  good = tk_utf8_check ((const char *) program->data, good);
  g_string_truncate (text, 0);
  for (gsize i = 0; i < repeat && text->len + good < MAX_LENGTH / 2; i++)
    g_string_append_len (text, (const gchar *) program->data, (gssize) good);
  program->data += MIN (length + 1, program->size);
  program->size -= MIN (length + 1, program->size);
  return honest;
}

static void
edit (TkTestDocument *doc,
      int             where,
      int             how_much,
      const GString  *insert,
      bool            honest)
{
  gsize n = tk_test_document_n_characters (doc);
  /* The low digit is a place in tenths, and what is above it an offset from there. */
  gsize position = MIN (n * (gsize) (where % 10) / 10 + (gsize) where / 10, n);
  gsize removed = MIN ((gsize) (how_much % 10) * (how_much > 200 ? 100 : 1), n - position);
  TkChange change;
  TkError error;
  TkEdit lie;

  if (honest)
    {
      tk_test_document_edit_and_check (doc, position, removed, insert->str, insert->len);
      return;
    }
  tk_test_document_edit_text (doc, position, removed, insert->str, insert->len, &lie);
  lie.position = MIN (lie.position + (gsize) how_much, n);
  lie.removed = MIN (lie.removed + 3, n - lie.position);
  tk_token_map_splice (doc->map, &lie, tk_test_document_read, doc, &change, &error);
  if (!tk_token_map_validate (doc->map, &error))
    g_error ("%s", error.message);
  if (!tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error))
    g_error ("%s", error.message);
  tk_test_document_check_map (doc);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  Program program = { data, size };
  int first = next (&program);
  g_autoptr (TkTestDocument) doc = NULL;
  g_autoptr (GString) insert = g_string_new (NULL);

  if (first < 0)
    return 0;
  doc = tk_test_document_new ((TkEncodingId) (first % TK_N_ENCODINGS),
                              first / TK_N_ENCODINGS % 2 == 0 ? TK_SPECIAL_AS_TEXT : TK_SPECIAL_PARSE);
  for (int i = 0; i < MAX_EDITS && program.size > 0; i++)
    {
      int where = next (&program);
      int how_much = next (&program);
      bool honest = read_insertion (&program, insert);

      if (doc->text->len + insert->len > MAX_LENGTH)
        break;
      edit (doc, where, MAX (how_much, 0), insert, honest);
    }
  return 0;
}
