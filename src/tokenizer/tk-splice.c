/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an edit is followed stands in tk-splice-private.h. */

#include "tk-splice-private.h"

#include "tk-encoder-private.h"
#include "tk-error-private.h"
#include "tk-merge-private.h"

#include <string.h>

/* Codes kept allocated from one edit to the next. */
#define CODES_KEPT (4 * 1024 * 1024)
/* Bytes of the run behind an anchor that its piece is looked for in. */
#define TEXT_AROUND 256

/* Encoding --------------------------------------------------------------------------------------------------------- */

bool
tk_receive (const TkId     *ids,
            const uint32_t *lengths,
            size_t          n_tokens,
            void           *user_data)
{
  TkReceiver *receiver = user_data;
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

void
tk_receive_merged (TkReceiver *receiver,
                   size_t      length)
{
  TkId ids[TK_RECEIVER_BATCH];
  uint32_t lengths[TK_RECEIVER_BATCH];
  TkSink sink = { .ids = ids, .lengths = lengths, .capacity = TK_RECEIVER_BATCH, .func = tk_receive,
                  .user_data = receiver };

  receiver->first_length = 0;
  tk_merge (receiver->map->encoder, receiver->text, length, &sink);
  tk_receive (ids, lengths, sink.n, receiver);
}

bool
tk_are_good_neighbours (TkEncoder  *encoder,
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

bool
tk_splice_fits_start (const TkSplice *splice,
                      size_t          length)
{
  size_t pos = tk_splice_start (splice);
  size_t left = length_before (&splice->map->tree, &splice->start.old);

  return left > 0 && left <= pos
         && tk_are_good_neighbours (splice->map->encoder, splice->window.text + pos - left, left, length);
}

/* Whether the last new token, @length bytes, may stand before the old one at the anchor. */
static bool
fits_end (const TkSplice *splice,
          size_t          length)
{
  size_t pos = tk_splice_end (splice);
  size_t right = length_at (&splice->map->tree, &splice->end.old);

  return right > 0 && right <= splice->window.length - pos
         && tk_are_good_neighbours (splice->map->encoder, splice->window.text + pos - length, length, right);
}

/* Encodes piece by piece from @pos up to the limit at the end, or only one piece. An anchor that does not fit is
 * dropped. Returns where it stopped. */
static size_t
encode_pieces (TkSplice   *splice,
               TkReceiver *receiver,
               size_t      pos,
               bool        one)
{
  const TkWindow *window = &splice->window;
  size_t end = tk_splice_end (splice);
  size_t text_end = end;
  bool first = true;

  /* At a seam the text may as well end; around an anchor it goes on, but it does not matter how far. */
  if (splice->end.is_anchor)
    {
      text_end = window->length - end > TEXT_AROUND ? end + TEXT_AROUND : window->length;
      while (!tk_window_is_character_start (window, text_end))
        text_end++;
    }

  while (pos < end && (first || !one))
    {
      size_t piece_end = tk_piece_end (splice->map->encoding, window->text, text_end, pos);
      size_t stop = piece_end < end ? piece_end : end;

      tk_receive_merged (receiver, stop - pos);
      if (first && splice->start.is_anchor && !tk_splice_fits_start (splice, receiver->first_length))
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

/* Encodes what lies between the limits and puts it into the tree. *@done is false if an anchor was no good and the
 * limits must be found again. */
static bool
encode_window (TkSplice *splice,
               TkChange *change,
               bool     *done,
               TkError  *error)
{
  TkTokenMap *map = splice->map;
  TkOptions options = { .special = map->special };
  size_t pos = tk_splice_start (splice);
  size_t end = tk_splice_end (splice);
  TkReceiver receiver = { .map = map, .text = splice->window.text + pos, .length = splice->window.length - pos };
  bool anchored = splice->start.is_anchor || splice->end.is_anchor;

  *done = false;
  if (anchored && has_special (splice))
    {
      tk_limit_give_up_anchors (&splice->start);
      tk_limit_give_up_anchors (&splice->end);
      return true;
    }
  if (!splice->end.is_anchor && splice->end.distance >= TK_SHIFT_MIN_LENGTH && !has_special (splice))
    {
      if (!tk_splice_shift (splice, change, done, error))
        return false;
      if (*done || !splice->start.found)
        return true;
    }

  map->n_codes = 0;
  if (anchored)
    {
      map->encoder->cancelled = NULL;
      pos = encode_pieces (splice, &receiver, pos, !splice->end.is_anchor);
      if (!splice->start.found || !splice->end.found)
        return true;
    }
  if (pos < end
      && !tk_encode_each (map->encoder, splice->window.text + pos, end - pos, &options, tk_receive, &receiver, error))
    {
      if (error != NULL)
        error->position += splice->start.old.at.extent.bytes + (pos - tk_splice_start (splice));
      return false;
    }
  tk_splice_update_tree (splice, change);
  *done = true;
  return true;
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
  if (change == NULL)
    change = &ignored;
  splice.n_characters = n_old - edit->removed + edit->inserted;
  do
    if (!tk_splice_find_limits (&splice, error) || !encode_window (&splice, change, &done, error))
      return false;
  while (!done);

  if (map->allocated > CODES_KEPT)
    {
      map->allocated = TK_CODES_MIN;
      map->codes = tk_realloc (map->codes, map->allocated, 1);
    }
  return true;
}
