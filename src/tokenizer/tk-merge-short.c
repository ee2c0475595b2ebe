/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Byte pair encoding of a short piece, by the book: merge the two neighbours whose merged token has the lowest rank
 * until none is left. What costs time is not the book's quadratic number of comparisons, which stay in registers, but
 * finding the ranks: a table look-up per merge, each waiting for the one before, and for memory.
 *
 * So all tokens that occur anywhere in the piece are found first, by a walk down the trie from every byte. These walks
 * do not depend on each other and their waiting overlaps. The merging then asks only a small table:
 *
 *   ranks[start][n] is the rank of the token of n bytes at start. "hello" in cl100k_base:
 *
 *            1    2     3      4      5
 *     h     71  383  50222  57195  15339
 *     e     68  301    616   4896
 *     l     75  657   6522
 *     l     75  385
 *     o     78
 */

#include "tk-merge-private.h"

/* A part of the piece and the rank of the token that it and the next part would make. */
typedef struct
{
  uint8_t start[TK_MERGE_SHORT_MAX + 2];
  TkId rank[TK_MERGE_SHORT_MAX + 2];
  unsigned n;
} Parts;

typedef struct
{
  TkId ranks[TK_MERGE_SHORT_MAX][TK_MERGE_SHORT_MAX + 1];
  uint8_t longest[TK_MERGE_SHORT_MAX]; /* no token at start is longer */
} Tokens;

/* Fills the row of @start. */
static inline void
find_tokens (const TkTable       *table,
             const unsigned char *bytes,
             unsigned             length,
             unsigned             start,
             Tokens              *tokens)
{
  TkTrieNode node = table->trie[TK_TRIE_ROOT];
  unsigned n = 0;

  while (start + n < length && tk_trie_may_have (node, bytes[start + n]))
    {
      TkId id;

      node = table->trie[tk_trie_base (node) + bytes[start + n]];
      if (tk_trie_label (node) != bytes[start + n])
        break;
      n++;
      id = tk_trie_id (node);
      tokens->ranks[start][n] = id == TK_TRIE_NO_ID ? TK_ID_NONE : id;
    }
  tokens->longest[start] = (uint8_t) n;
}

static inline TkId
rank_of (const Tokens *tokens,
         unsigned      start,
         unsigned      end)
{
  return end - start <= tokens->longest[start] ? tokens->ranks[start][end - start] : TK_ID_NONE;
}

static void
merge_parts (const Tokens *tokens,
             Parts        *parts)
{
  for (;;)
    {
      TkId best = TK_ID_NONE;
      unsigned at = 0;

      for (unsigned i = 0; i + 1 < parts->n; i++)
        if (parts->rank[i] < best)
          {
            best = parts->rank[i];
            at = i;
          }
      if (best == TK_ID_NONE)
        return;

      parts->n--;
      for (unsigned i = at + 1; i <= parts->n; i++)
        {
          parts->start[i] = parts->start[i + 1];
          parts->rank[i] = parts->rank[i + 1];
        }
      if (at + 1 < parts->n)
        parts->rank[at] = rank_of (tokens, parts->start[at], parts->start[at + 2]);
      if (at > 0)
        parts->rank[at - 1] = rank_of (tokens, parts->start[at - 1], parts->start[at + 1]);
    }
}

bool
tk_merge_short (TkEncoder           *encoder,
                const unsigned char *bytes,
                size_t               length,
                TkSink              *sink)
{
  const TkTable *table = &encoder->encoding->table;
  unsigned n = (unsigned) length;
  Tokens tokens;
  Parts parts;

  for (unsigned i = 0; i < n; i++)
    find_tokens (table, bytes, n, i, &tokens);
  for (unsigned i = 0; i <= n; i++)
    {
      parts.start[i] = (uint8_t) i;
      parts.rank[i] = i + 2 <= n ? rank_of (&tokens, i, i + 2) : TK_ID_NONE;
    }
  parts.n = n;
  merge_parts (&tokens, &parts);
  for (unsigned i = 0; i < parts.n; i++)
    {
      unsigned size = parts.start[i + 1] - parts.start[i];

      if (!tk_sink_put (sink, tokens.ranks[parts.start[i]][size], size))
        return false;
    }
  return true;
}
