/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-token-map-private.h"

#include "tk-error-private.h"

#include <stdlib.h>
#include <string.h>

TkTokenMap *
tk_token_map_new (const TkEncoding *encoding,
                  TkSpecialMode     special)
{
  TkTokenMap *map = tk_realloc (NULL, 1, sizeof *map);

  memset (map, 0, sizeof *map);
  map->encoding = encoding;
  map->encoder = tk_encoder_new (encoding);
  map->special = special;
  map->allocated = TK_CODES_MIN;
  map->codes = tk_realloc (NULL, map->allocated, 1);
  tk_token_tree_init (&map->tree);
  return map;
}

void
tk_token_map_free (TkTokenMap *map)
{
  if (map == NULL)
    return;
  tk_encoder_free (map->encoder);
  tk_token_tree_clear (&map->tree);
  free (map->codes);
  free (map);
}

const TkEncoding *
tk_token_map_get_encoding (const TkTokenMap *map)
{
  return map->encoding;
}

/* Building --------------------------------------------------------------------------------------------------------- */

/* Shorter texts are not worth a table of the codes of all ids. */
#define MIN_LENGTH_FOR_CODES (256 * 1024)

typedef struct
{
  TkTreeBuilder builder;
  const char *text; /* not yet coded */
  size_t length;
  /* The code of each token met before by its id, or TK_CODE_ESCAPE; nullable. */
  uint8_t *codes;
} Build;

/* The same as tk_code_write_all(), but a token that came up before is not measured again. In a long text that is
 * nearly every one, and then building costs a few instructions a token. */
static size_t
write_codes (Build          *build,
             const TkId     *ids,
             const uint32_t *lengths,
             size_t          n_tokens,
             uint8_t        *codes,
             TkPackedShape  *sum)
{
  const TkCodeTables *tables = build->builder.tables;
  TkPackedShape total = 0;
  uint8_t *code = codes;

  for (size_t i = 0; i < n_tokens; i++)
    {
      *code = build->codes[ids[i]];
      if (__builtin_expect (*code != TK_CODE_ESCAPE, 1))
        total += tables->shapes[*code++];
      else
        {
          size_t at = tk_packed_unpack (total).bytes;
          TkPackedShape one;
          size_t n = tk_code_write_all (tables, build->text + at, build->length - at, &lengths[i], 1, code, &one);

          build->codes[ids[i]] = *code;
          total += one;
          code += n;
        }
    }
  *sum = total;
  return (size_t) (code - codes);
}

static bool
build_cb (const TkId     *ids,
          const uint32_t *lengths,
          size_t          n_tokens,
          void           *user_data)
{
  Build *build = user_data;
  TkTreeBuilder *builder = &build->builder;

  while (n_tokens > 0)
    {
      size_t n = n_tokens < TK_CODE_BATCH ? n_tokens : TK_CODE_BATCH;
      uint8_t *room = tk_tree_builder_room (builder);
      TkPackedShape sum;
      size_t n_codes, n_bytes;

      if (build->codes != NULL)
        n_codes = write_codes (build, ids, lengths, n, room, &sum);
      else
        n_codes = tk_code_write_all (builder->tables, build->text, build->length, lengths, n, room, &sum);
      tk_tree_builder_add (builder, n_codes, n, sum);
      n_bytes = tk_packed_unpack (sum).bytes;
      build->text += n_bytes;
      build->length -= n_bytes;
      ids += n;
      lengths += n;
      n_tokens -= n;
    }
  return true;
}

bool
tk_token_map_build (TkTokenMap        *map,
                    const char        *text,
                    size_t             length,
                    const atomic_bool *cancelled,
                    TkError           *error)
{
  TkOptions options = { .special = map->special, .cancelled = cancelled };
  Build build = { .text = text, .length = length };
  /* What an encoder remembers of a long text takes megabytes, so this one does not stay. */
  TkEncoder *encoder = tk_encoder_new (map->encoding);
  bool ok;

  if (length >= MIN_LENGTH_FOR_CODES)
    {
      build.codes = tk_realloc (NULL, tk_encoding_get_n_vocab (map->encoding), 1);
      memset (build.codes, TK_CODE_ESCAPE, tk_encoding_get_n_vocab (map->encoding));
    }
  tk_tree_builder_begin (&build.builder);
  ok = tk_encode_each (encoder, text, length, &options, build_cb, &build, error);
  if (ok)
    tk_tree_builder_end (&build.builder, &map->tree);
  else
    tk_tree_builder_drop (&build.builder);
  free (build.codes);
  tk_encoder_free (encoder);
  return ok;
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

TkExtent
tk_token_map_get_total (const TkTokenMap *map)
{
  return map->tree.total.extent;
}

size_t
tk_token_map_get_memory (const TkTokenMap *map)
{
  return sizeof *map + map->tree.memory + map->allocated;
}

/* An iterator keeps the leaf and the offset of the next token's code in it. */
enum
{
  ITER_LEAF,
  ITER_OFFSET
};

static bool
seek (const TkTokenMap *map,
      TkUnit            unit,
      size_t            target,
      TkTokenIter      *iter)
{
  TkTreePlace place;
  bool found = tk_token_tree_seek (&map->tree, unit, target, &place);

  memset (iter, 0, sizeof *iter);
  iter->map = map;
  iter->at = place.at.extent;
  iter->reserved[ITER_LEAF] = (size_t) (uintptr_t) place.leaf;
  iter->reserved[ITER_OFFSET] = place.offset;
  return found;
}

bool
tk_token_map_seek_byte (const TkTokenMap *map,
                        size_t            byte,
                        TkTokenIter      *iter)
{
  return seek (map, TK_UNIT_BYTES, byte, iter);
}

bool
tk_token_map_seek_character (const TkTokenMap *map,
                             size_t            character,
                             TkTokenIter      *iter)
{
  return seek (map, TK_UNIT_CHARACTERS, character, iter);
}

bool
tk_token_map_seek_line (const TkTokenMap *map,
                        size_t            line,
                        TkTokenIter      *iter)
{
  if (line == 0)
    return seek (map, TK_UNIT_TOKENS, 0, iter);
  return seek (map, TK_UNIT_NEWLINES, line - 1, iter);
}

bool
tk_token_map_seek_token (const TkTokenMap *map,
                         size_t            index,
                         TkTokenIter      *iter)
{
  return seek (map, TK_UNIT_TOKENS, index, iter);
}

bool
tk_token_iter_next (TkTokenIter *iter,
                    TkToken     *token)
{
  const TkLeaf *leaf = (const TkLeaf *) (uintptr_t) iter->reserved[ITER_LEAF];
  size_t offset = iter->reserved[ITER_OFFSET];
  TkShape shape;

  if (offset == leaf->used)
    {
      if (leaf->next == NULL)
        return false;
      leaf = leaf->next;
      offset = 0;
    }
  offset += tk_code_read (iter->map->tree.tables, leaf->codes + offset, &shape);
  iter->reserved[ITER_LEAF] = (size_t) (uintptr_t) leaf;
  iter->reserved[ITER_OFFSET] = offset;

  token->start = iter->at;
  token->bytes = shape.bytes;
  token->characters = shape.characters;
  token->newlines = shape.newlines;
  iter->at.bytes += shape.bytes;
  iter->at.characters += shape.characters;
  iter->at.newlines += shape.newlines;
  iter->at.tokens++;
  return true;
}

bool
tk_token_map_validate (const TkTokenMap *map,
                       TkError          *error)
{
  return tk_token_tree_validate (&map->tree, error);
}
