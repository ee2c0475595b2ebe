/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * edit-string ENCODING KEYS: reads a text from standard input, builds a token map of it, and types a letter and deletes
 * it again at places spread over it, KEYS keys in all. For counting instructions.
 */

#include "tokenizer/tk-token-map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LETTER 'e'

typedef struct
{
  char *text;
  size_t length;
  size_t n_characters;
  size_t *starts;  /* byte where each character begins, and the end, without the letter typed */
  size_t position; /* of that letter, in characters; SIZE_MAX: none */
} Document;

static void
fail (const char *what)
{
  fprintf (stderr, "edit-string: %s\n", what);
  exit (1);
}

static void
load (Document *doc)
{
  size_t allocated = 1 << 20;

  memset (doc, 0, sizeof *doc);
  doc->text = malloc (allocated);
  doc->starts = malloc (allocated * sizeof *doc->starts);
  if (doc->text == NULL || doc->starts == NULL)
    fail ("no memory");
  doc->length = fread (doc->text, 1, allocated - 1, stdin);
  for (size_t i = 0; i < doc->length; i++)
    if (((unsigned char) doc->text[i] & 0xc0) != 0x80)
      doc->starts[doc->n_characters++] = i;
  doc->starts[doc->n_characters] = doc->length;
  doc->position = SIZE_MAX;
  if (doc->n_characters < 2)
    fail ("no text");
}

static size_t
byte_of (const Document *doc,
         size_t          character)
{
  return character <= doc->position ? doc->starts[character] : doc->starts[character - 1] + 1;
}

/* As cheap as can be, since it is counted. */
static const char *
read_cb (size_t  first,
         size_t  n_characters,
         size_t *n_bytes,
         void   *user_data)
{
  const Document *doc = user_data;
  size_t start = byte_of (doc, first);

  *n_bytes = byte_of (doc, first + n_characters) - start;
  return doc->text + start;
}

static void
press (TkTokenMap *map,
       Document   *doc,
       size_t      position,
       bool        insert)
{
  TkEdit edit = { position, !insert, insert };
  char *at = doc->text + doc->starts[position];
  size_t behind = doc->length - doc->starts[position];
  TkError error;

  memmove (at + insert, at + !insert, behind);
  if (insert)
    *at = LETTER;
  doc->position = insert ? position : SIZE_MAX;
  if (!tk_token_map_splice (map, &edit, read_cb, doc, NULL, &error))
    fail (error.message);
}

int
main (int    argc,
      char **argv)
{
  TkEncodingId id;
  TkError error;
  TkEncoding *encoding;
  TkTokenMap *map;
  Document doc;
  size_t n_keys;

  if (argc != 3 || !tk_encoding_id_from_name (argv[1], &id))
    fail ("usage: edit-string ENCODING KEYS");
  n_keys = strtoull (argv[2], NULL, 10);
  load (&doc);
  encoding = tk_encoding_open (id, NULL, &error);
  if (encoding == NULL)
    fail (error.message);
  map = tk_token_map_new (encoding, TK_SPECIAL_AS_TEXT);
  if (!tk_token_map_build (map, doc.text, doc.length, NULL, &error))
    fail (error.message);
  for (size_t i = 0; i < n_keys; i++)
    press (map, &doc, doc.n_characters * (i / 2 + 1) / (n_keys / 2 + 1), i % 2 == 0);
  tk_token_map_free (map);
  tk_encoding_free (encoding);
  free (doc.text);
  free (doc.starts);
  return 0;
}
