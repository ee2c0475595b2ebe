/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-encoder-private.h"
#include "tk-scan-private.h"

/* The scan is asked for so many pieces at a time, and may give TK_SCAN_SLACK more. */
#define TK_CHUNK_PIECES 512
#define TK_CHUNK_MAX (TK_CHUNK_PIECES + TK_SCAN_SLACK)
/* Bytes between two looks at the wish to cancel. */
#define TK_BYTES_PER_CHECK (256 * 1024)

/* What a missing piece is looked up by in the table file and the piece cache. */
typedef struct
{
  TkWordKey key; /* of a word */
  uint64_t hash;
} TkProbe;

/* Where in the front a longer piece is to be found. */
typedef struct
{
  uint64_t first; /* of a middle one */
  uint64_t last;
  const void *place;
  uint32_t length;
} TkLongerPlace;

/* The working memory of one chunk. Lists are written one element too far. */
struct _TkChunk
{
  const unsigned char *base; /* where it starts in the text */
  const uint32_t *bounds;    /* pieces or parts */
  size_t n;                  /* the pieces between them */
  size_t n_missing;

  uint32_t pieces[TK_CHUNK_MAX + 1]; /* the bounds between pieces, from the start of the chunk */
  uint32_t parts[TK_CHUNK_MAX + 1];  /* the same after cutting */
  TkTokens tokens[TK_CHUNK_MAX];     /* of each piece */
  uint32_t asked[TK_CHUNK_MAX + 1];  /* after cutting: the pieces whose tokens are not known from their character */
  uint64_t keys[TK_CHUNK_MAX];       /* of the short pieces */
  const TkShort *places[TK_CHUNK_MAX];
  uint32_t others[TK_CHUNK_MAX + 1]; /* the pieces that are not among the short ones */
  TkLongerPlace longer[TK_CHUNK_MAX];
  uint32_t missing[TK_CHUNK_MAX + 1]; /* the pieces that are not in a front */
  TkProbe probes[TK_CHUNK_MAX];      /* for each of those */
  TkNewPiece new_pieces[TK_CHUNK_MAX]; /* those that never came before */
  uint32_t new_numbers[TK_CHUNK_MAX];  /* which of all pieces they are */
};

/* How far the pieces of a chunk are cut. */
typedef struct
{
  size_t piece; /* the one to go on with */
  size_t n_pieces;
  uint32_t start; /* where to go on */
  size_t n_parts; /* of the last call */
  size_t n_asked; /* parts that must be looked up: see chunk->asked */
} TkCut;

/** Fills chunk->parts and chunk->asked from the pieces between @pieces, from @cut on, until they are full. */
void   tk_chunk_cut     (TkEncoder           *encoder,
                         TkChunk             *chunk,
                         const uint32_t      *pieces,
                         TkCut               *cut);

/** Hands the tokens of the pieces on, which chunk->tokens holds. */
bool   tk_chunk_put     (TkEncoder           *encoder,
                         TkChunk             *chunk,
                         TkSink              *sink);

/** Encodes text[start..end) as if the text ended at @end; @length is how far it can be read. */
bool   tk_encode_pieces (TkEncoder           *encoder,
                         const char          *text,
                         size_t               length,
                         size_t               start,
                         size_t               end,
                         TkSink              *sink);
