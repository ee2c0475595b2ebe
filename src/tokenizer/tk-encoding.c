/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tk-encoding-private.h"

#include "tk-error-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PATH 4096

/* An encoding is a vocabulary, a way to split and a set of special tokens; several share a vocabulary. */
typedef struct
{
  const char *name;
  const char *vocabulary;
  TkSplitKind split;
  TkEncodingId ordinary;
  uint32_t n_vocab;
} Definition;

static const Definition definitions[TK_N_ENCODINGS] = {
  [TK_ENCODING_R50K_BASE] = { "r50k_base", "r50k_base", TK_SPLIT_R50K, TK_ENCODING_R50K_BASE, 50257 },
  [TK_ENCODING_GPT2] = { "gpt2", "r50k_base", TK_SPLIT_R50K, TK_ENCODING_R50K_BASE, 50257 },
  [TK_ENCODING_P50K_BASE] = { "p50k_base", "p50k_base", TK_SPLIT_R50K, TK_ENCODING_P50K_BASE, 50281 },
  [TK_ENCODING_P50K_EDIT] = { "p50k_edit", "p50k_base", TK_SPLIT_R50K, TK_ENCODING_P50K_BASE, 50284 },
  [TK_ENCODING_CL100K_BASE] = { "cl100k_base", "cl100k_base", TK_SPLIT_CL100K, TK_ENCODING_CL100K_BASE, 100277 },
  [TK_ENCODING_O200K_BASE] = { "o200k_base", "o200k_base", TK_SPLIT_O200K, TK_ENCODING_O200K_BASE, 200019 },
  [TK_ENCODING_O200K_HARMONY] = { "o200k_harmony", "o200k_base", TK_SPLIT_O200K, TK_ENCODING_O200K_BASE, 201088 },
};

static const TkPieceEndFunc piece_ends[TK_N_SPLITS] = {
  [TK_SPLIT_R50K] = tk_piece_end_r50k,
  [TK_SPLIT_CL100K] = tk_piece_end_cl100k,
  [TK_SPLIT_O200K] = tk_piece_end_o200k,
};

static bool
is_valid_id (TkEncodingId id)
{
  return (unsigned) id < TK_N_ENCODINGS;
}

const char *
tk_encoding_id_to_name (TkEncodingId id)
{
  return is_valid_id (id) ? definitions[id].name : NULL;
}

bool
tk_encoding_id_from_name (const char   *name,
                          TkEncodingId *id)
{
  for (unsigned i = 0; i < TK_N_ENCODINGS; i++)
    if (strcmp (name, definitions[i].name) == 0)
      {
        *id = (TkEncodingId) i;
        return true;
      }
  return false;
}

TkEncodingId
tk_encoding_id_ordinary (TkEncodingId id)
{
  return is_valid_id (id) ? definitions[id].ordinary : id;
}

/* Where a table is ---------------------------------------------------------------------------------------------- */

static bool
table_path (char       *path,
            const char *directory,
            const char *between,
            const char *vocabulary)
{
  int n = snprintf (path, MAX_PATH, "%s%s/%s" TK_TABLE_SUFFIX, directory, between, vocabulary);

  return n > 0 && n < MAX_PATH;
}

/* A program that runs from the build tree finds the tables there: those of the programs in src/ lie beside them, those
 * of the tests two folders up. */
static bool
find_in_build_tree (char       *path,
                    const char *vocabulary)
{
  static const char *const between[] = { "/tokenizer", "/../../src/tokenizer" };
  char directory[MAX_PATH];
  ssize_t n = readlink ("/proc/self/exe", directory, sizeof directory - 1);
  char *slash;

  if (n <= 0)
    return false;
  directory[n] = '\0';
  slash = strrchr (directory, '/');
  if (slash == NULL)
    return false;
  *slash = '\0';
  for (size_t i = 0; i < sizeof between / sizeof *between; i++)
    if (table_path (path, directory, between[i], vocabulary) && access (path, R_OK) == 0)
      return true;
  return false;
}

static bool
find_table (char       *path,
            const char *directory,
            const char *vocabulary)
{
  if (directory == NULL)
    directory = getenv ("TOKENDESK_TABLES");
  if (directory != NULL && *directory != '\0')
    return table_path (path, directory, "", vocabulary);
  return find_in_build_tree (path, vocabulary) || table_path (path, PKGDATADIR "/encodings", "", vocabulary);
}

/* Encodings ----------------------------------------------------------------------------------------------------- */

TkEncoding *
tk_encoding_open (TkEncodingId  id,
                  const char   *directory,
                  TkError      *error)
{
  char path[MAX_PATH];
  const Definition *definition;
  TkEncoding *encoding;

  if (!is_valid_id (id))
    {
      tk_fail (error, TK_ERROR_TABLE_MISSING, 0, "There is no encoding number %u", (unsigned) id);
      return NULL;
    }
  definition = &definitions[id];
  if (!find_table (path, directory, definition->vocabulary))
    {
      tk_fail (error, TK_ERROR_TABLE_MISSING, 0, "The path of the token tables is too long");
      return NULL;
    }

  encoding = tk_realloc (NULL, 1, sizeof *encoding);
  memset (encoding, 0, sizeof *encoding);
  if (!tk_table_open (&encoding->table, path, definition->vocabulary, error))
    {
      free (encoding);
      return NULL;
    }
  encoding->id = id;
  encoding->piece_end = piece_ends[definition->split];
  encoding->scan = tk_scan_func (definition->split, tk_cpu_detect ());
  encoding->look_up = tk_look_up_func (tk_cpu_detect ());
  encoding->put = tk_put_func (tk_cpu_detect ());
  encoding->tally = tk_tally_func (tk_cpu_detect ());
  encoding->merge_short = tk_shorts_merge_func (tk_cpu_detect ());
  encoding->n_vocab = definition->n_vocab;
  tk_specials_init (&encoding->specials, id);
  return encoding;
}

void
tk_encoding_free (TkEncoding *encoding)
{
  if (encoding == NULL)
    return;
  tk_specials_clear (&encoding->specials);
  tk_table_close (&encoding->table);
  free (encoding);
}

TkEncodingId
tk_encoding_get_id (const TkEncoding *encoding)
{
  return encoding->id;
}

uint32_t
tk_encoding_get_n_vocab (const TkEncoding *encoding)
{
  return encoding->n_vocab;
}

const char *
tk_encoding_get_token (const TkEncoding *encoding,
                       TkId              id,
                       size_t           *length)
{
  const TkTable *table = &encoding->table;
  const TkSpecial *special;

  if (id < table->n_ids && table->offsets[id + 1] > table->offsets[id])
    {
      *length = table->offsets[id + 1] - table->offsets[id];
      return table->bytes + table->offsets[id];
    }
  special = tk_specials_lookup (&encoding->specials, id);
  *length = special != NULL ? special->length : 0;
  return special != NULL ? special->spelling : NULL;
}

TkId
tk_encoding_find_token (const TkEncoding *encoding,
                        const char       *bytes,
                        size_t            length)
{
  TkId id = tk_table_find (&encoding->table, bytes, length);
  const TkSpecial *special;

  if (id != TK_ID_NONE)
    return id;
  special = tk_specials_match (&encoding->specials, bytes, length);
  return special != NULL ? special->id : TK_ID_NONE;
}

bool
tk_encoding_is_special (const TkEncoding *encoding,
                        TkId              id)
{
  return tk_specials_lookup (&encoding->specials, id) != NULL;
}

TkId
tk_encoding_get_special (const TkEncoding  *encoding,
                         size_t             index,
                         const char       **spelling)
{
  if (index >= encoding->specials.n_items)
    return TK_ID_NONE;
  if (spelling != NULL)
    *spelling = encoding->specials.items[index].spelling;
  return encoding->specials.items[index].id;
}

size_t
tk_piece_end (const TkEncoding *encoding,
              const char       *text,
              size_t            length,
              size_t            start)
{
  return encoding->piece_end ((const unsigned char *) text, length, start, NULL);
}
