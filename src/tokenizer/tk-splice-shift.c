/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Keeping the tokens of a run that repeats itself.
 *
 * In a million slashes no anchor behind an edit fits: one slash more, and the tokens lie one byte off the old ones to
 * the end. But they are the same tokens in the same order, for the text at the new places is the text at the old ones:
 *
 *    old       ////|////|////|////|////|///            new boundaries lie one before the old ones, where the text
 *    new    ///|////|////|////|////|////|//            from here on is what it is from there on
 *               ^b  ^y                   ^ tail
 *
 * So the tokens from the old boundary y on stay in the tree and thereby move to b, if the first of them may stand
 * behind the last new one, and only the tail of the run, where the two texts cease to be equal, is merged. Comparing the
 * texts is all that takes long, and memory does that by the gigabyte.
 */

#include "tk-splice-private.h"

#include "tk-error-private.h"
#include "tk-merge-private.h"
#include "tk-seam-private.h"

#include <stdlib.h>
#include <string.h>

/* Bytes before the edit, and behind it, among which the run must begin. */
#define MAX_BEFORE (64 * 1024)
#define MAX_BEHIND 2048
/* Bytes behind the edit that can have been in another piece: letters of a contraction. */
#define MARGIN 16
/* New and old boundaries looked at, and bytes that must be equal. */
#define N_BOUNDARIES 32
#define N_EQUAL 1024
/* Bytes at the end of the equal text that are merged again. */
#define TAIL 32

typedef struct
{
  TkSplice *splice;
  TkReceiver receiver;
  /* The piece that goes on far behind the edit. */
  size_t piece_start;
  size_t piece_end;
  /* Its first new tokens. */
  uint32_t *lengths;
  size_t n_lengths;
  size_t allocated;
  /* What stays: new place, old place (in the text as it is now) and number of the first token, bytes. */
  size_t new_start;
  size_t n_new;
  size_t old_start;
  size_t first_token;
  size_t length;
} Shift;

static bool
collect_cb (const TkId     *ids,
            const uint32_t *lengths,
            size_t          n_tokens,
            void           *user_data)
{
  Shift *shift = user_data;

  if (shift->allocated - shift->n_lengths < n_tokens)
    {
      shift->allocated = shift->allocated * 2 + n_tokens;
      shift->lengths = tk_realloc (shift->lengths, shift->allocated, sizeof *shift->lengths);
    }
  memcpy (shift->lengths + shift->n_lengths, lengths, n_tokens * sizeof *lengths);
  shift->n_lengths += n_tokens;
  return true;
}

/* Merges the beginning of the long piece, as far as a little behind the edit. */
static void
merge_beginning (Shift *shift)
{
  TkSplice *splice = shift->splice;
  const TkWindow *window = &splice->window;
  size_t end = window->edit_end > shift->piece_start ? window->edit_end : shift->piece_start;
  TkId ids[TK_RECEIVER_BATCH];
  uint32_t lengths[TK_RECEIVER_BATCH];
  TkSink sink = { .ids = ids, .lengths = lengths, .capacity = TK_RECEIVER_BATCH, .func = collect_cb,
                  .user_data = shift };

  end += N_EQUAL;
  while (end < shift->piece_end && !tk_window_is_character_start (window, end))
    end++;
  if (end > shift->piece_end)
    end = shift->piece_end;
  tk_merge (splice->map->encoder, window->text + shift->piece_start, end - shift->piece_start, &sink);
  collect_cb (ids, lengths, sink.n, shift);
}

/* Encodes the pieces before the long one. False if there is none, or the anchor at the start does not fit. */
static bool
find_piece (Shift *shift)
{
  TkSplice *splice = shift->splice;
  TkTokenMap *map = splice->map;
  const TkWindow *window = &splice->window;
  size_t start = tk_splice_start (splice);
  size_t end = tk_splice_end (splice);
  size_t pos = start;
  bool first = true;

  for (;; first = false)
    {
      size_t piece_end;

      if (pos >= end || pos > window->edit_end + MAX_BEHIND || pos - start > MAX_BEFORE
          || window->edit_end - start > MAX_BEFORE)
        return false;
      piece_end = tk_piece_end (map->encoding, window->text, end, pos);
      if (piece_end > window->edit_end && piece_end - window->edit_end > TK_SHIFT_MIN_LENGTH)
        {
          shift->piece_start = pos;
          shift->piece_end = piece_end;
          merge_beginning (shift);
          shift->receiver.first_length = shift->lengths[0];
        }
      else
        tk_receive_merged (&shift->receiver, piece_end - pos);
      if (first && splice->start.is_anchor && !tk_splice_fits_start (splice, shift->receiver.first_length))
        {
          tk_limit_drop_anchor (&splice->start);
          return false;
        }
      if (shift->n_lengths > 0)
        return true;
      pos = piece_end;
    }
}

/* Whether the characters of text[start..end) are of one kind, so that neither the old text nor the new one can be cut
 * into pieces among them. */
static bool
is_uniform (const Shift *shift,
            size_t       start,
            size_t       end)
{
  const TkWindow *window = &shift->splice->window;
  unsigned set = 0;
  size_t size;

  for (size_t pos = start; pos < end; pos += size)
    set |= tk_run_class (tk_utf8_read ((const unsigned char *) window->text + pos, &size));
  if (tk_run_between (shift->splice->map->encoding, set, set, set, set) == TK_RUN_NONE)
    return false;
  return (set & (set - 1)) == 0
         || (shift->splice->map->encoding->piece_end != tk_piece_end_o200k && !(set & TK_SET_SPACE));
}

/* How many bytes of the piece are the same from two places on. */
static size_t
equal_length (const Shift *shift,
              size_t       a,
              size_t       b)
{
  const char *text = shift->splice->window.text;
  size_t left = shift->piece_end - (a > b ? a : b);
  size_t n = 0;

  while (left - n >= N_EQUAL && memcmp (text + a + n, text + b + n, N_EQUAL) == 0)
    n += N_EQUAL;
  while (n < left && text[a + n] == text[b + n])
    n++;
  return n;
}

/* Whether the tokens from @old, one of @next bytes, may move to @fresh, where one of @last bytes ends. */
static bool
can_move (const Shift *shift,
          size_t       fresh,
          size_t       last,
          size_t       old,
          size_t       next)
{
  const char *text = shift->splice->window.text;
  size_t first = fresh < old ? fresh : old;
  size_t second = fresh < old ? old : fresh;

  return first != second && shift->piece_end - second > N_EQUAL
         && memcmp (text + first, text + second, N_EQUAL) == 0
         && (last == 0 || tk_are_good_neighbours (shift->splice->map->encoder, text + fresh - last, last, next))
         && is_uniform (shift, first, second);
}

/* Finds a new boundary and an old one from which on the text is the same. */
static bool
find_places (Shift *shift)
{
  const TkSplice *splice = shift->splice;
  const TkWindow *window = &splice->window;
  size_t behind_edit = splice->end.old.at.extent.bytes - splice->end.distance;
  TkTokenIter iter;
  TkToken token;

  tk_token_map_seek_byte (splice->map, behind_edit + MARGIN, &iter);
  for (int i = 0; i < N_BOUNDARIES && tk_token_iter_next (&iter, &token); i++)
    {
      size_t old = token.start.bytes - behind_edit + window->edit_end;
      size_t fresh = shift->piece_start;
      int n_tried = 0;

      if (token.start.bytes < behind_edit + MARGIN || old >= shift->piece_end)
        continue;
      if (old < shift->piece_start || !tk_window_is_character_start (window, old)
          || token.start.tokens < splice->start.old.at.extent.tokens)
        continue;
      for (size_t n = 0; n < shift->n_lengths && n_tried < N_BOUNDARIES; fresh += shift->lengths[n++])
        {
          if (fresh < window->edit_end || !tk_window_is_character_start (window, fresh))
            continue;
          n_tried++;
          if (can_move (shift, fresh, n > 0 ? shift->lengths[n - 1] : 0, old, token.bytes))
            {
              shift->new_start = fresh;
              shift->n_new = n;
              shift->old_start = old;
              shift->first_token = token.start.tokens;
              return true;
            }
        }
    }
  return false;
}

/* Merges what follows the tokens that stay, of which the last ones are given up until that fits. */
static bool
merge_tail (Shift *shift)
{
  TkSplice *splice = shift->splice;
  TkTokenMap *map = splice->map;
  size_t old_bytes = splice->end.old.at.extent.bytes - (tk_splice_end (splice) - shift->old_start);
  size_t equal = equal_length (shift, shift->new_start, shift->old_start);
  size_t n_codes = map->n_codes;
  TkTokenIter iter;
  TkToken last, next;
  size_t n_tokens;

  if (equal <= 2 * TAIL || !tk_token_map_seek_byte (map, old_bytes + equal - TAIL, &iter))
    return false;
  n_tokens = iter.at.tokens;
  for (int i = 0; i < N_BOUNDARIES && n_tokens - i > shift->first_token; i++)
    {
      size_t pos;

      tk_token_map_seek_token (map, n_tokens - i - 1, &iter);
      tk_token_iter_next (&iter, &last);
      tk_token_iter_next (&iter, &next);
      shift->length = next.start.bytes - old_bytes;
      pos = shift->new_start + shift->length;
      if (!tk_window_is_character_start (&splice->window, pos))
        continue;
      map->n_codes = n_codes;
      shift->receiver.text = splice->window.text + pos;
      shift->receiver.length = splice->window.length - pos;
      tk_receive_merged (&shift->receiver, shift->piece_end - pos);
      if (tk_are_good_neighbours (map->encoder, splice->window.text + pos - last.bytes, last.bytes,
                                  shift->receiver.first_length))
        return true;
    }
  return false;
}

/* Puts the new tokens before and behind those that stay into the tree, the latter first, as that moves no number. */
static void
update_tree (Shift    *shift,
             size_t    n_front_codes,
             TkChange *change)
{
  TkSplice *splice = shift->splice;
  TkTokenMap *map = splice->map;
  TkTokenTree *tree = &map->tree;
  const TkExtent start = splice->start.old.at.extent;
  const TkExtent end = splice->end.old.at.extent;
  TkSum sum = { 0 };
  TkTreePlace last;

  tk_token_tree_seek (tree, TK_UNIT_BYTES,
                      end.bytes - (tk_splice_end (splice) - shift->old_start) + shift->length, &last);
  tk_codes_sum (tree->tables, map->codes, map->n_codes, &sum);
  change->start = start;
  change->old_tokens = end.tokens - start.tokens;
  change->new_tokens = sum.extent.tokens + last.at.extent.tokens - shift->first_token;
  change->old_characters = end.characters - start.characters;
  change->new_characters = change->old_characters - splice->edit->removed + splice->edit->inserted;

  tk_token_tree_replace (tree, last.at.extent.tokens, end.tokens - last.at.extent.tokens, map->codes + n_front_codes,
                         map->n_codes - n_front_codes);
  tk_token_tree_replace (tree, start.tokens, shift->first_token - start.tokens, map->codes, n_front_codes);
}

bool
tk_splice_shift (TkSplice *splice,
                 TkChange *change,
                 bool     *done,
                 TkError  *error)
{
  TkTokenMap *map = splice->map;
  const TkWindow *window = &splice->window;
  size_t start = tk_splice_start (splice);
  size_t end = tk_splice_end (splice);
  TkOptions options = { .special = map->special };
  Shift shift = { .splice = splice };
  size_t n_front_codes;
  bool ok = true;

  *done = false;
  map->n_codes = 0;
  map->encoder->cancelled = NULL;
  shift.receiver = (TkReceiver) { .map = map, .text = window->text + start, .length = window->length - start };
  if (find_piece (&shift) && find_places (&shift))
    {
      for (size_t n = 0; n < shift.n_new; n += TK_RECEIVER_BATCH)
        tk_receive (NULL, shift.lengths + n,
                    shift.n_new - n < TK_RECEIVER_BATCH ? shift.n_new - n : TK_RECEIVER_BATCH, &shift.receiver);
      n_front_codes = map->n_codes;
      if (merge_tail (&shift))
        {
          ok = tk_encode_each (map->encoder, window->text + shift.piece_end, end - shift.piece_end, &options,
                               tk_receive, &shift.receiver, error);
          if (ok)
            update_tree (&shift, n_front_codes, change);
          else if (error != NULL)
            error->position += splice->start.old.at.extent.bytes + (shift.piece_end - start);
          *done = ok;
        }
    }
  free (shift.lengths);
  return ok;
}
