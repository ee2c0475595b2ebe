/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-encoding-private.h"
#include "tk-front-private.h"
#include "tk-piece-cache-private.h"

/* 32 KB. */
#define TK_NEIGHBOUR_BITS 12

/* Where tokens go: into an array, on to a function when the array is full, or nowhere but into a number. */
typedef struct
{
  TkId *ids;          /* NULL: count only */
  uint32_t *lengths;  /* nullable */
  size_t n;           /* tokens in the array */
  size_t capacity;
  TkTokensFunc func;  /* nullable */
  void *user_data;
  TkErrorCode code;   /* why put() failed */
} TkSink;

struct _TkEncoder
{
  const TkEncoding *encoding;
  const atomic_bool *cancelled;

  /* Recent words, pieces that had to be merged, and the chunks being worked on: see tk-chunk.c. */
  TkFronts fronts;
  TkChunk *chunks;  /* two */
  TkChunk *pending; /* the one whose tokens are still to be found and put, or NULL */
  TkPieceCache pieces;
  const unsigned char *readable_end;
  size_t since_check; /* bytes since the last look at the wish to cancel */

  TkShorts *shorts; /* scratch of tk_merge_short() */
  /* Scratch of tk_merge_long(): the tokens so far, and for each byte position whether it is known to lead nowhere. */
  TkId *stack;
  size_t stack_size;
  uint64_t *dead;
  size_t dead_size;
  uint64_t *neighbours; /* answers of are_neighbours(), 2^TK_NEIGHBOUR_BITS places */
};

/** Adds one token. False with @code set when there is no room or the receiver has had enough. */
bool tk_sink_put      (TkSink     *sink,
                       TkId        id,
                       uint32_t    length);

/** Adds @n tokens. */
bool tk_sink_put_all  (TkSink        *sink,
                       const TkTable *table,
                       const TkId    *ids,
                       size_t         n);

/** Hands a full array on. */
bool tk_sink_flush    (TkSink     *sink);

/** True if the caller wants the call to end. */
bool tk_is_cancelled  (const TkEncoder *encoder);

/** Merges one piece of @length bytes, @length > 0, into its tokens. */
bool tk_merge         (TkEncoder  *encoder,
                       const char *piece,
                       size_t      length,
                       TkSink     *sink);

/** The same for a piece of at most TK_PIECE_MAX_LENGTH bytes, into an array with room for as many. Returns their
 * number. */
size_t tk_merge_piece (TkEncoder           *encoder,
                       const unsigned char *piece,
                       size_t               length,
                       TkId                *ids);

/* A piece that is in neither the table file's words nor the piece cache. */
typedef struct
{
  const unsigned char *bytes;
  uint64_t hash;
  uint32_t length; /* 1 to TK_PIECE_MAX_LENGTH */
  uint32_t place;  /* of its record, when there is one */
} TkNewPiece;

/* So many are merged together. */
#define TK_PIECES_MAX 512

/** Merges any number of pieces, for which the piece cache has room, adds them to it and fills in their places. */
void tk_merge_pieces   (TkEncoder           *encoder,
                        TkNewPiece          *pieces,
                        size_t               n_pieces);
