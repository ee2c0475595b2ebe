/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Byte pair encoding of short texts, by the book: merge the two neighbours whose merged token has the lowest rank until
 * none is left. What costs time is not the book's quadratic number of comparisons, but finding the ranks: a table
 * look-up per merge, each waiting for the one before, and for memory.
 *
 * So all tokens that occur anywhere in the text are found first, by a walk down the trie from every byte. The merging
 * then asks only a small table:
 *
 *   ranks[rows[start] + n] is the rank of the token of n bytes at start. "hello" in cl100k_base:
 *
 *            1    2     3      4      5
 *     h     71  383  50222  57195  15339
 *     e     68  301    616   4896
 *     l     75  657   6522
 *     l     75  385
 *     o     78
 *
 * The walks of many texts are taken together, a step of all of them at a time. Where each ends cannot be guessed, and
 * the processor, having guessed wrong, would wait for memory before it could even ask for what the next walk needs.
 * Taken together, without a branch on what was read, all that one step needs is asked for in the step before.
 */

#include "tk-merge-private.h"

#include "tk-error-private.h"

#include <string.h>

/* In no UTF-8: ends the walks at the end of a text. */
#define END_OF_TEXT 0xff

/* Lets the walk from @position, which is at @node after @n bytes, look at the next byte, if there may be a child for
 * it. */
static inline unsigned
go_on (TkShorts         *shorts,
       const TkTrieNode *trie,
       unsigned          n_walks,
       unsigned          position,
       unsigned          n,
       TkTrieNode        node)
{
  const unsigned char c = shorts->text[position + n];
  const uint32_t slot = tk_trie_base (node) + c;

  __builtin_prefetch (&trie[slot]);
  shorts->walks[n_walks] = (uint16_t) position;
  shorts->slots[n_walks] = slot;
  return tk_trie_may_have (node, c) & (c != END_OF_TEXT);
}

unsigned
tk_shorts_add (TkShorts            *shorts,
               const TkTable       *table,
               const unsigned char *bytes,
               size_t               length)
{
  const TkTrieNode *first = &table->trie[tk_trie_base (table->trie[TK_TRIE_ROOT])];
  const unsigned position = shorts->n_positions;
  unsigned row = shorts->n_ranks;

  memcpy (shorts->text + position, bytes, length);
  shorts->text[position + length] = END_OF_TEXT;
  for (unsigned i = 0; i < length; i++)
    {
      /* Every byte is a token. */
      TkTrieNode node = first[bytes[i]];

      shorts->rows[position + i] = (uint16_t) row;
      shorts->longest[position + i] = 1;
      shorts->ranks[row + 1] = tk_trie_id (node);
      shorts->n_walks += go_on (shorts, table->trie, shorts->n_walks, position + i, 1, node);
      row += (unsigned) length - i;
    }
  shorts->n_ranks = row;
  shorts->n_positions += (unsigned) length + 1;
  return position;
}

void
tk_shorts_walk (TkShorts      *shorts,
                const TkTable *table)
{
  const TkTrieNode *trie = table->trie;

  for (unsigned n = 2; shorts->n_walks > 0; n++)
    {
      unsigned n_walks = 0;

      for (unsigned i = 0; i < shorts->n_walks; i++)
        {
          const unsigned position = shorts->walks[i];
          const TkTrieNode node = trie[shorts->slots[i]];
          const unsigned is_child = tk_trie_label (node) == shorts->text[position + n - 1];

          /* What is written where the walk has ended is never read. */
          shorts->ranks[shorts->rows[position] + n] = tk_trie_id (node);
          shorts->longest[position] += (uint8_t) is_child;
          n_walks += is_child & go_on (shorts, trie, n_walks, position, n, node);
        }
      shorts->n_walks = n_walks;
    }
}

/* Portable: a row of numbers. Not for vectors: one of them would have to wait for the single numbers just written. */
#define TARGET

typedef struct
{
  int32_t keys[TK_MERGE_SHORT_MAX];
} Keys;

static inline Keys
keys_load (const int32_t *from)
{
  Keys keys;

  memcpy (keys.keys, from, sizeof keys.keys);
  return keys;
}

static inline void
keys_set (Keys    *keys,
          unsigned at,
          int32_t  key)
{
  keys->keys[at] = key;
}

static inline int32_t
keys_least (const Keys *keys,
            unsigned    n)
{
  int32_t least = TK_NO_KEY;

  for (unsigned i = 0; i < n; i++)
    least = keys->keys[i] < least ? keys->keys[i] : least;
  return least;
}

#include "tk-merge-keys-private.h"

size_t
tk_shorts_merge_portable (const TkShorts *shorts,
                          unsigned        position,
                          size_t          length,
                          TkId           *ids,
                          uint64_t       *bounds)
{
  return merge_with (shorts, position, length, ids, bounds);
}

TkShortsMergeFunc
tk_shorts_merge_func (TkCpu cpu)
{
#ifdef __x86_64__
  if (cpu == TK_CPU_AVX512)
    return tk_shorts_merge_avx512;
  if (cpu == TK_CPU_AVX2)
    return tk_shorts_merge_avx2;
#endif
  return tk_shorts_merge_portable;
}

TkShorts *
tk_encoder_get_shorts (TkEncoder *encoder)
{
  if (encoder->shorts == NULL)
    encoder->shorts = tk_realloc (NULL, 1, sizeof *encoder->shorts);
  return encoder->shorts;
}

bool
tk_merge_short (TkEncoder           *encoder,
                const unsigned char *bytes,
                size_t               length,
                TkSink              *sink)
{
  const TkTable *table = &encoder->encoding->table;
  TkShorts *shorts = tk_encoder_get_shorts (encoder);
  TkId ids[TK_MERGE_SHORT_MAX];
  unsigned position;
  uint64_t bounds;
  size_t n;

  tk_shorts_begin (shorts);
  position = tk_shorts_add (shorts, table, bytes, length);
  tk_shorts_walk (shorts, table);
  n = encoder->encoding->merge_short (shorts, position, length, ids, &bounds);
  for (size_t i = 0; i < n; i++)
    if (!tk_sink_put (sink, ids[i], tk_table_token_length (table, ids[i])))
      return false;
  return true;
}
