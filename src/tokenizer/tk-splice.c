/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an edit is followed stands in tk-splice-private.h. */

#include "tk-splice-private.h"

#include "tk-encoder-private.h"
#include "tk-error-private.h"
#include "tk-merge-private.h"

#include <stdlib.h>
#include <string.h>

/* Codes kept allocated from one edit to the next. */
#define CODES_KEPT (64 * 1024)
/* Tokens handed on at a time. */
#define BATCH 256

/* Encoding --------------------------------------------------------------------------------------------------------- */

/* Receives new tokens and writes their codes to the map. */
typedef struct
{
  TkTokenMap *map;
  const char *text; /* not yet coded */
  size_t length;
  uint32_t first_length; /* of the first token, 0: none yet */
  uint32_t last_length;
} Receiver;

static bool
receive_cb (const TkId     *ids,
            const uint32_t *lengths,
            size_t          n_tokens,
            void           *user_data)
{
  Receiver *receiver = user_data;
  TkTokenMap *map = receiver->map;

  if (n_tokens == 0)
    return true;
  if (receiver->first_length == 0)
    receiver->first_length = lengths[0];
  receiver->last_length = lengths[n_tokens - 1];
  while (n_tokens > 0)
    {
      size_t n = n_tokens < TK_CODE_BATCH ? n_tokens : TK_CODE_BATCH;
      TkPackedShape sum;
      size_t n_bytes;

      if (map->allocated - map->n_codes < n * TK_CODE_MAX)
        {
          map->allocated = map->allocated * 2 + n * TK_CODE_MAX;
          map->codes = tk_realloc (map->codes, map->allocated, 1);
        }
      map->n_codes += tk_code_write_all (map->tree.tables, receiver->text, receiver->length, lengths, n,
                                         map->codes + map->n_codes, &sum);
      n_bytes = tk_packed_unpack (sum).bytes;
      receiver->text += n_bytes;
      receiver->length -= n_bytes;
      lengths += n;
      n_tokens -= n;
    }
  return true;
}

/* Merges a piece or a part of one, which is whole characters. */
static void
receive_merged (Receiver *receiver,
                size_t    length)
{
  TkId ids[BATCH];
  uint32_t lengths[BATCH];
  TkSink sink = { .ids = ids, .lengths = lengths, .capacity = BATCH, .func = receive_cb, .user_data = receiver };

  receiver->first_length = 0;
  tk_merge (receiver->map->encoder, receiver->text, length, &sink);
  receive_cb (ids, lengths, sink.n, receiver);
}

/* Whether merging the bytes of two tokens gives back these two. */
static bool
are_good_neighbours (TkEncoder  *encoder,
                     const char *bytes,
                     size_t      left,
                     size_t      right)
{
  TkId ids[2];
  uint32_t lengths[2];
  TkSink sink = { .ids = ids, .lengths = lengths, .capacity = 2 };

  return tk_merge_long (encoder, (const unsigned char *) bytes, left + right, &sink) && sink.n == 2
         && lengths[0] == left;
}

/* The length of the old token before the one at @place, or 0. */
static size_t
length_before (const TkTokenTree *tree,
               const TkTreePlace *place)
{
  TkTreePlace before;

  if (place->at.extent.tokens == 0)
    return 0;
  tk_token_tree_seek (tree, TK_UNIT_TOKENS, place->at.extent.tokens - 1, &before);
  return place->at.extent.bytes - before.at.extent.bytes;
}

static size_t
length_at (const TkTokenTree *tree,
           const TkTreePlace *place)
{
  TkShape shape;

  if (place->offset == place->leaf->used)
    return 0;
  tk_code_read (tree->tables, place->leaf->codes + place->offset, &shape);
  return shape.bytes;
}

/* Whether the first new token, @length bytes, may stand behind the old one before the anchor. */
static bool
fits_start (const TkSplice *splice,
            size_t          length)
{
  size_t pos = tk_splice_start (splice);
  size_t left = length_before (&splice->map->tree, &splice->start.old);

  return left > 0 && left <= pos
         && are_good_neighbours (splice->map->encoder, splice->window.text + pos - left, left, length);
}

/* Whether the last new token, @length bytes, may stand before the old one at the anchor. */
static bool
fits_end (const TkSplice *splice,
          size_t          length)
{
  size_t pos = tk_splice_end (splice);
  size_t right = length_at (&splice->map->tree, &splice->end.old);

  return right > 0 && right <= splice->window.length - pos
         && are_good_neighbours (splice->map->encoder, splice->window.text + pos - length, length, right);
}

/* Encodes piece by piece from @pos up to the limit at the end, or only one piece. An anchor that does not fit is
 * dropped. Returns where it stopped. */
static size_t
encode_pieces (TkSplice *splice,
               Receiver *receiver,
               size_t    pos,
               bool      one)
{
  const TkWindow *window = &splice->window;
  size_t end = tk_splice_end (splice);
  /* At a seam the text may as well end; around an anchor it goes on. */
  size_t text_end = splice->end.is_anchor ? window->length : end;
  bool first = true;

  while (pos < end && (first || !one))
    {
      size_t piece_end = tk_piece_end (splice->map->encoding, window->text, text_end, pos);
      size_t stop = piece_end < end ? piece_end : end;

      receive_merged (receiver, stop - pos);
      if (first && splice->start.is_anchor && !fits_start (splice, receiver->first_length))
        tk_limit_drop_anchor (&splice->start);
      if (stop == end && splice->end.is_anchor && !fits_end (splice, receiver->last_length))
        tk_limit_drop_anchor (&splice->end);
      pos = stop;
      first = false;
    }
  return pos;
}

/* Special tokens between anchors are rare enough to go without anchors then. */
static bool
has_special (const TkSplice *splice)
{
  const TkTokenMap *map = splice->map;
  size_t distance = map->special == TK_SPECIAL_AS_TEXT ? 0 : TK_SPECIAL_MAX_LENGTH;
  size_t start = tk_splice_start (splice);
  size_t end = tk_splice_end (splice);
  size_t found;

  if (distance == 0)
    return false;
  end = splice->window.length - end > distance ? end + distance : splice->window.length;
  return tk_specials_find (&map->encoding->specials, splice->window.text, end, start, &found) != NULL;
}

/* Fills the map's codes with those between the limits. *@done is false if an anchor was no good and the limits must be
 * found again. */
static bool
encode_window (TkSplice *splice,
               bool     *done,
               TkError  *error)
{
  TkTokenMap *map = splice->map;
  TkOptions options = { map->special, NULL };
  size_t pos = tk_splice_start (splice);
  size_t end = tk_splice_end (splice);
  Receiver receiver = { .map = map, .text = splice->window.text + pos, .length = splice->window.length - pos };
  bool anchored = splice->start.is_anchor || splice->end.is_anchor;

  map->n_codes = 0;
  *done = true;
  if (anchored && has_special (splice))
    {
      tk_limit_give_up_anchors (&splice->start);
      tk_limit_give_up_anchors (&splice->end);
      *done = false;
      return true;
    }
  if (anchored)
    {
      map->encoder->cancelled = NULL;
      pos = encode_pieces (splice, &receiver, pos, !splice->end.is_anchor);
      *done = splice->start.found && splice->end.found;
    }
  if (!*done || pos == end)
    return true;
  if (tk_encode_each (map->encoder, splice->window.text + pos, end - pos, &options, receive_cb, &receiver, error))
    return true;
  if (error != NULL)
    error->position += splice->start.old.at.extent.bytes + (pos - tk_splice_start (splice));
  return false;
}

bool
tk_token_map_splice (TkTokenMap   *map,
                     const TkEdit *edit,
                     TkReadFunc    read,
                     void         *user_data,
                     TkChange     *change,
                     TkError      *error)
{
  size_t n_old = map->tree.total.extent.characters;
  TkSplice splice = { .map = map, .edit = edit, .read = read, .user_data = user_data };
  TkChange ignored;
  bool done;

  if (edit->position > n_old || edit->removed > n_old - edit->position)
    return tk_splice_does_not_fit (error);
  splice.n_characters = n_old - edit->removed + edit->inserted;
  do
    if (!tk_splice_find_limits (&splice, error) || !encode_window (&splice, &done, error))
      return false;
  while (!done);
  tk_splice_update_tree (&splice, change != NULL ? change : &ignored);

  if (map->allocated > CODES_KEPT)
    {
      free (map->codes);
      map->codes = NULL;
      map->allocated = 0;
    }
  return true;
}
