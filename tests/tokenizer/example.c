/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The tokenizer as a program outside TokenDesk uses it: the two public headers and the C library, nothing else. Prints
 * the tokens of a text, then keeps a token map of it through an edit.
 *
 *   tokenizer-example ENCODING TEXT
 */

#include "tk-token-map.h"
#include "tk-tokenizer.h"

#ifdef G_BEGIN_DECLS
#error "the tokenizer's headers must not need GLib"
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each token with its place in the text: ids and lengths into the caller's own arrays. */
static int
print_tokens (TkEncoder  *encoder,
              const char *text)
{
  size_t length = strlen (text);
  TkId *ids = malloc ((length + 1) * sizeof *ids);
  uint32_t *lengths = malloc ((length + 1) * sizeof *lengths);
  TkOptions options = { .special = TK_SPECIAL_PARSE };
  TkError error;
  size_t n, offset = 0;

  if (ids == NULL || lengths == NULL)
    return 1;
  if (!tk_encode (encoder, text, length, &options, ids, lengths, length, &n, &error))
    {
      fprintf (stderr, "%s (byte %zu)\n", error.message, error.position);
      free (ids);
      free (lengths);
      return 1;
    }
  for (size_t i = 0; i < n; offset += lengths[i++])
    printf ("%zu: %u \"%.*s\"\n", offset, ids[i], (int) lengths[i], text + offset);
  free (ids);
  free (lengths);
  return 0;
}

/* A reader for a document that lies in memory and has one byte per character. */
static const char *
read_cb (size_t  first,
         size_t  n_characters,
         size_t *n_bytes,
         void   *user_data)
{
  const char *text = (const char *) user_data + first;

  *n_bytes = strlen (text) < n_characters ? strlen (text) : n_characters;
  return text;
}

/* A document that is being edited: the map is told what happened, and tells which tokens that changed. */
static int
follow_edit (const TkEncoding *encoding)
{
  static char before[] = "Hello world, hello token";
  static char after[] = "Hello world, hello tokens!";
  const TkEdit edit = { .position = 24, .removed = 0, .inserted = 2 };
  TkTokenMap *map = tk_token_map_new (encoding, TK_SPECIAL_AS_TEXT);
  TkChange change;
  TkError error;
  bool ok = tk_token_map_build (map, before, strlen (before), NULL, &error)
            && tk_token_map_splice (map, &edit, read_cb, after, &change, &error);

  if (ok)
    printf ("%zu tokens from number %zu on became %zu; %zu in all\n", change.old_tokens, change.start.tokens,
            change.new_tokens, tk_token_map_get_total (map).tokens);
  else
    fprintf (stderr, "%s\n", error.message);
  tk_token_map_free (map);
  return ok ? 0 : 1;
}

int
main (int   argc,
      char *argv[])
{
  TkEncodingId id;
  TkError error;
  TkEncoding *encoding;
  TkEncoder *encoder;
  int status;

  if (argc != 3 || !tk_encoding_id_from_name (argv[1], &id))
    {
      fputs ("usage: tokenizer-example ENCODING TEXT\n", stderr);
      return 2;
    }
  encoding = tk_encoding_open (id, NULL, &error);
  if (encoding == NULL)
    {
      fprintf (stderr, "%s\n", error.message);
      return 1;
    }
  encoder = tk_encoder_new (encoding);
  status = print_tokens (encoder, argv[2]);
  if (status == 0)
    status = follow_edit (encoding);
  tk_encoder_free (encoder);
  tk_encoding_free (encoding);
  return status;
}
