/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Byte pair encoding of one piece: the choice of the way, and the way for long pieces, which takes linear time.
 *
 * The rule is: again and again merge the two neighbours whose merged token has the lowest rank. Doing just that costs
 * quadratic time. But a sequence of tokens is the result of that rule exactly if each two neighbours are, that is, if
 * merging their bytes alone gives back these two tokens. So the sequence can be built from the left:
 *
 *   take the longest token that starts here; if it and the token before it are good neighbours, keep it; otherwise try
 *   the next shorter token; if none is left, this position leads nowhere: mark it dead, take back the token before and
 *   try that one shorter.
 *
 * A dead position stays dead, because what can follow depends only on the token before it, and that one is the only
 * good way to get here. So each position is tried a bounded number of times, whatever the text.
 */

#include "tk-merge-private.h"

#include "tk-error-private.h"

#include <string.h>

/* How often the wish to cancel is looked at, in steps of some ten nanoseconds. */
#define STEPS_PER_CHECK 4096

static inline TkId
merged_pair (const TkTable *table,
             TkId           left,
             TkId           right)
{
  uint64_t key = tk_pair_key (left, right);
  uint64_t hash = tk_pair_hash (key);
  uint64_t slot = hash & table->pairs_mask;

  if (!(table->pair_filter[tk_pair_filter_word (hash)] >> tk_pair_filter_bit (hash) & 1))
    return TK_ID_NONE;
  for (; table->pairs[slot] != TK_PAIR_EMPTY; slot = (slot + 1) & table->pairs_mask)
    if ((table->pairs[slot] & TK_PAIR_KEY_MASK) == key)
      return (TkId) (table->pairs[slot] >> 36);
  return TK_ID_NONE;
}

/*
 * Whether @left and @right are good neighbours. Plays the merges backwards, highest rank first, on both sides of the
 * cut, and looks whether two tokens that touch the cut would have merged across it before they became part of something
 * bigger.
 */
static bool
are_neighbours (const TkTable *table,
                TkId           left,
                TkId           right)
{
  TkId limit = TK_ID_NONE;

  for (;;)
    {
      TkId across = merged_pair (table, left, right);
      bool undo_left;

      if (across != TK_ID_NONE && across < limit)
        return false;
      /* Of two merges of equal rank the left one comes first, so a merge across the cut beats the right token itself
       * but not the left one: hence the one more. */
      undo_left = left > right;
      for (int side = 0; ; side++)
        {
          if (undo_left && table->splits[left].left != left)
            {
              limit = left;
              left = table->splits[left].right;
              break;
            }
          if (!undo_left && table->splits[right].left != right)
            {
              limit = right + 1;
              right = table->splits[right].left;
              break;
            }
          if (side == 1)
            return true;
          undo_left = !undo_left;
        }
    }
}

static TkId
longest_token (const TkTable       *table,
               const unsigned char *bytes,
               size_t               length)
{
  TkTrieNode node = table->trie[TK_TRIE_ROOT];
  TkId longest = TK_ID_NONE;

  for (size_t i = 0; i < length; i++)
    {
      TkId id;

      if (!tk_trie_may_have (node, bytes[i]))
        break;
      node = table->trie[tk_trie_base (node) + bytes[i]];
      if (tk_trie_label (node) != bytes[i])
        break;
      id = tk_trie_id (node);
      if (id != TK_TRIE_NO_ID)
        longest = id;
    }
  return longest;
}

static void
reserve (TkEncoder *encoder,
         size_t     length)
{
  size_t n_words = length / 64 + 1;

  if (encoder->stack_size < length)
    {
      encoder->stack_size = length + length / 2;
      encoder->stack = tk_realloc (encoder->stack, encoder->stack_size, sizeof *encoder->stack);
    }
  if (encoder->dead_size < n_words)
    {
      encoder->dead_size = n_words + n_words / 2;
      encoder->dead = tk_realloc (encoder->dead, encoder->dead_size, sizeof *encoder->dead);
    }
  memset (encoder->dead, 0, n_words * sizeof *encoder->dead);
}

/* Fills the stack with the tokens of a piece that is no token itself. Returns their number, or 0 if cancelled. */
static size_t
merge (TkEncoder           *encoder,
       const unsigned char *bytes,
       size_t               length)
{
  const TkTable *table = &encoder->encoding->table;
  TkId next = longest_token (table, bytes, length);
  size_t pos = 0;
  size_t n = 0;

  reserve (encoder, length);
  for (unsigned steps = 1; pos < length; steps++)
    {
      TkId last = n > 0 ? encoder->stack[n - 1] : TK_ID_NONE;
      size_t end = pos;

      if (steps % STEPS_PER_CHECK == 0 && tk_is_cancelled (encoder))
        return 0;
      for (; next != TK_ID_NONE; next = table->prefixes[next])
        {
          end = pos + tk_table_token_length (table, next);
          if (!(encoder->dead[end / 64] >> (end % 64) & 1) &&
              (last == TK_ID_NONE || are_neighbours (table, last, next)))
            break;
        }
      if (next != TK_ID_NONE)
        {
          encoder->stack[n++] = next;
          pos = end;
          next = longest_token (table, bytes + pos, length - pos);
        }
      else
        {
          encoder->dead[pos / 64] |= UINT64_C (1) << (pos % 64);
          n--;
          pos -= tk_table_token_length (table, last);
          next = table->prefixes[last];
        }
    }
  return n;
}

bool
tk_merge_long (TkEncoder           *encoder,
               const unsigned char *bytes,
               size_t               length,
               TkSink              *sink)
{
  const TkTable *table = &encoder->encoding->table;
  size_t n = merge (encoder, bytes, length);

  if (n == 0)
    {
      sink->code = TK_ERROR_CANCELLED;
      return false;
    }
  for (size_t i = 0; i < n; i++)
    if (!tk_sink_put (sink, encoder->stack[i], tk_table_token_length (table, encoder->stack[i])))
      return false;
  return true;
}

/* The choice ------------------------------------------------------------------------------------------------------- */

static bool
is_ascii (const unsigned char *bytes,
          size_t               length)
{
  size_t i = 0;
  uint64_t word;

  for (; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, bytes + i, sizeof word);
      if (word & UINT64_C (0x8080808080808080))
        return false;
    }
  for (; i < length; i++)
    if (bytes[i] >= 0x80)
      return false;
  return true;
}

/* A piece that is not one token. */
static bool
merge_several (TkEncoder           *encoder,
               const unsigned char *bytes,
               size_t               length,
               TkSink              *sink)
{
  if (!is_ascii (bytes, length))
    return tk_merge_characters (encoder, bytes, length, sink);
  if (length <= TK_MERGE_SHORT_MAX)
    return tk_merge_short (encoder, bytes, length, sink);
  return tk_merge_long (encoder, bytes, length, sink);
}

bool
tk_merge (TkEncoder  *encoder,
          const char *piece,
          size_t      length,
          TkSink     *sink)
{
  TkId whole = tk_table_find (&encoder->encoding->table, piece, length);

  if (whole != TK_ID_NONE)
    return tk_sink_put (sink, whole, (uint32_t) length);
  return merge_several (encoder, (const unsigned char *) piece, length, sink);
}

size_t
tk_merge_piece (TkEncoder           *encoder,
                const unsigned char *piece,
                size_t               length,
                TkId                *ids)
{
  TkSink sink = { .ids = ids, .capacity = length };

  /* That it is no word of the table is known already. */
  if (length > TK_WORD_MAX_LENGTH)
    tk_merge (encoder, (const char *) piece, length, &sink);
  else
    merge_several (encoder, piece, length, &sink);
  return sink.n;
}
