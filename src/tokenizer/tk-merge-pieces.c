/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Merging the new pieces of a chunk together, as many as there is room for, so that their waiting for memory overlaps:
 * see tk-merge-short.c.
 */

#include "tk-merge-private.h"

#include "tk-characters-private.h"

#include <string.h>

#define MAX_PARTS 512
/* Places for finding the pieces that a batch has twice: code is full of them. */
#define SEEN_BITS 8
#define NOT_SEEN UINT16_MAX

/* Of a piece: a character whose tokens are known, or a short text. */
typedef struct
{
  TkCharacter known;  /* 0: a short text */
  uint16_t position;  /* of the text */
  uint16_t length;
} Part;

/* A run of pieces that are merged together. */
typedef struct
{
  TkShorts *shorts;
  Part parts[MAX_PARTS];
  size_t n_parts;
  uint16_t n_piece_parts[TK_PIECES_MAX]; /* of each piece, or one of those below */
  uint16_t seen[1 << SEEN_BITS];         /* pieces, by their hash */
} Batch;

/* No parts: the piece is to be merged alone, or is the same as an earlier one, whose number is its place for now. */
#define ALONE 0
#define AGAIN UINT16_MAX

static void
add_short (Batch               *batch,
           const TkTable       *table,
           const unsigned char *bytes,
           size_t               length)
{
  batch->parts[batch->n_parts++] = (Part) { .position = (uint16_t) tk_shorts_add (batch->shorts, table, bytes, length),
                                            .length = (uint16_t) length };
}

/* Cuts a piece into parts. If one of them is long, the piece is left to be merged alone; those before it do no harm. */
static size_t
add_piece (Batch               *batch,
           const TkTable       *table,
           const unsigned char *bytes,
           size_t               length)
{
  const size_t first = batch->n_parts;
  TkParts parts;

  if (tk_is_ascii (bytes, length))
    {
      if (length > TK_MERGE_SHORT_MAX)
        return 0;
      add_short (batch, table, bytes, length);
      return 1;
    }
  tk_parts_init (&parts, table, bytes, length);
  while (tk_parts_next (&parts, table))
    if (parts.known != 0)
      {
        batch->parts[batch->n_parts++] = (Part) { .known = parts.known };
      }
    else if (parts.length <= TK_MERGE_SHORT_MAX)
      {
        add_short (batch, table, parts.start, parts.length);
      }
    else
      {
        batch->n_parts = first;
        return 0;
      }
  return batch->n_parts - first;
}

static size_t
merge_parts (const Batch       *batch,
             TkShortsMergeFunc  merge,
             const Part        *parts,
             size_t             n_parts,
             TkId              *ids)
{
  uint64_t bounds;
  size_t n = 0;

  for (size_t i = 0; i < n_parts; i++)
    if (parts[i].known == 0)
      n += merge (batch->shorts, parts[i].position, parts[i].length, ids + n, &bounds);
    else
      for (unsigned k = 0; k < tk_character_count (parts[i].known); k++)
        ids[n++] = tk_character_id (parts[i].known, k);
  return n;
}

/* Takes pieces from @first on into the batch as long as there is room. Returns where it came to. */
static size_t
collect (Batch         *batch,
         const TkTable *table,
         TkNewPiece    *pieces,
         size_t         first,
         size_t         n_pieces)
{
  size_t i;

  tk_shorts_begin (batch->shorts);
  batch->n_parts = 0;
  memset (batch->seen, 0xff, sizeof batch->seen);
  for (i = first; i < n_pieces && i - first < TK_PIECES_MAX && tk_shorts_has_room (batch->shorts, pieces[i].length) &&
                  batch->n_parts + pieces[i].length <= MAX_PARTS; i++)
    {
      TkNewPiece *piece = &pieces[i];
      uint16_t *seen = &batch->seen[piece->hash >> (64 - SEEN_BITS)];
      const TkNewPiece *other = &pieces[*seen != NOT_SEEN ? *seen : i];

      if (other != piece && other->hash == piece->hash && other->length == piece->length &&
          memcmp (other->bytes, piece->bytes, piece->length) == 0)
        {
          piece->place = *seen;
          batch->n_piece_parts[i - first] = AGAIN;
          continue;
        }
      *seen = (uint16_t) i;
      batch->n_piece_parts[i - first] = (uint16_t) add_piece (batch, table, piece->bytes, piece->length);
    }
  return i;
}

void
tk_merge_pieces (TkEncoder  *encoder,
                 TkNewPiece *pieces,
                 size_t      n_pieces)
{
  TkId ids[TK_PIECE_MAX_LENGTH];
  Batch batch;

  if (n_pieces > 0)
    batch.shorts = tk_encoder_get_shorts (encoder);
  for (size_t first = 0, end; first < n_pieces; first = end)
    {
      const Part *parts = batch.parts;

      end = collect (&batch, &encoder->encoding->table, pieces, first, n_pieces);
      tk_shorts_walk (batch.shorts, &encoder->encoding->table);
      for (size_t i = first; i < end; i++)
        {
          TkNewPiece *piece = &pieces[i];
          const uint16_t n_parts = batch.n_piece_parts[i - first];

          if (n_parts == ALONE || n_parts == AGAIN)
            continue;
          piece->place = tk_piece_cache_add (&encoder->pieces, piece->hash, piece->bytes, piece->length, ids,
                                             merge_parts (&batch, encoder->encoding->merge_short, parts, n_parts, ids));
          parts += n_parts;
        }
      /* Merging one alone uses the same short texts. */
      for (size_t i = first; i < end; i++)
        {
          TkNewPiece *piece = &pieces[i];

          if (batch.n_piece_parts[i - first] == ALONE)
            piece->place = tk_piece_cache_add (&encoder->pieces, piece->hash, piece->bytes, piece->length, ids,
                                               tk_merge_piece (encoder, piece->bytes, piece->length, ids));
          else if (batch.n_piece_parts[i - first] == AGAIN)
            piece->place = pieces[piece->place].place;
        }
    }
}
