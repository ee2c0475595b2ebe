/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * encode-strings ENCODING: reads texts from standard input, each after its length in bytes (32 bits), and writes for
 * each the number of its tokens and their ids (32 bits each). For tests in other languages.
 */

#include "tokenizer/tk-tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  TkEncodingId id;
  TkError error;
  TkEncoding *encoding;
  TkEncoder *encoder;
  char *text = NULL;
  TkId *ids = NULL;
  uint32_t length, written;
  size_t n;

  if (argc != 2 || !tk_encoding_id_from_name (argv[1], &id))
    {
      fputs ("usage: encode-strings ENCODING\n", stderr);
      return 2;
    }
  encoding = tk_encoding_open (id, NULL, &error);
  if (encoding == NULL)
    {
      fprintf (stderr, "encode-strings: %s\n", error.message);
      return 1;
    }
  encoder = tk_encoder_new (encoding);
  while (fread (&length, sizeof length, 1, stdin) == 1)
    {
      text = realloc (text, (size_t) length + 1);
      ids = realloc (ids, ((size_t) length + 1) * sizeof *ids);
      if (text == NULL || ids == NULL || fread (text, 1, length, stdin) != length ||
          !tk_encode (encoder, text, length, NULL, ids, NULL, length, &n, &error))
        {
          fputs ("encode-strings: bad input\n", stderr);
          return 1;
        }
      written = (uint32_t) n;
      fwrite (&written, sizeof written, 1, stdout);
      fwrite (ids, sizeof *ids, n, stdout);
    }
  free (text);
  free (ids);
  tk_encoder_free (encoder);
  tk_encoding_free (encoding);
  return 0;
}
