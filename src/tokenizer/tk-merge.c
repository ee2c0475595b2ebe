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
 *
 * In a long piece of short tokens most of them need not be searched for, since windows have them
 * (tk-merge-windows.c). Taking one of those back, longer tokens in its place have to be tried as well.
 */

#include "tk-merge-private.h"

#include "tk-error-private.h"
#include "tk-pages-private.h"

#include <stdlib.h>
#include <string.h>

/* How often the wish to cancel is looked at, in steps of some ten nanoseconds. */
#define STEPS_PER_CHECK 4096
/* The same in tokens handed on, and in bytes looked at for being ASCII. */
#define TOKENS_PER_CHECK (64 * 1024)
#define ASCII_PER_CHECK (1024 * 1024)
/* What taking a batch of windows counts for. */
#define STEPS_PER_WINDOWS 64

static inline TkId
merged_pair (const TkTable *table,
             TkId           left,
             TkId           right)
{
  uint64_t key = tk_pair_key (left, right);
  uint64_t hash = tk_pair_hash (key);
  size_t slot = tk_pair_slot (hash, table->n_pair_slots);

  if (!(table->pair_filter[tk_pair_filter_word (hash)] >> tk_pair_filter_bit (hash) & 1))
    return TK_ID_NONE;
  for (; table->pairs[slot] != TK_PAIR_EMPTY; slot = slot + 1 < table->n_pair_slots ? slot + 1 : 0)
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

/* The same, remembered: a run of one character, or of few, asks for the same pairs again and again. A place holds the
 * pair's key plus 1, so that 0 is none, and as its lowest bit the answer. */
static inline bool
are_known_neighbours (TkEncoder *encoder,
                      TkId       left,
                      TkId       right)
{
  uint64_t key = tk_pair_key (left, right);
  uint64_t *memo = &encoder->neighbours[tk_pair_hash (key) >> (64 - TK_NEIGHBOUR_BITS)];
  bool good;

  if ((*memo & ~UINT64_C (1)) == (key + 1) << 1)
    return *memo & 1;
  good = are_neighbours (&encoder->encoding->table, left, right);
  *memo = (key + 1) << 1 | good;
  return good;
}

/* The longest token at the start of @bytes. *@n_seen is how many bytes, from the first, decide that. */
static inline TkId
longest_token (const TkTable       *table,
               const unsigned char *bytes,
               size_t               length,
               size_t              *n_seen)
{
  TkTrieNode node = table->trie[TK_TRIE_ROOT];
  TkId longest = TK_ID_NONE;
  size_t i;

  for (i = 0; i < length; i++)
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
  *n_seen = i + 1;
  return longest;
}

/*
 * Long walks down the trie, to be taken once: in a run of slashes each goes 96 bytes deep, from every byte, and ends at
 * the same token. What decided a walk before decides it again, and comparing bytes is done 16 or more at a time.
 */
#define LONG_WALK 16
#define N_WALKS 64
/* In shorter pieces clearing the memory of walks costs more than it saves. */
#define MIN_LENGTH_FOR_WALKS 512

typedef struct
{
  uint64_t first;             /* its first eight bytes */
  const unsigned char *start;
  size_t n_seen;              /* 0: none yet */
  TkId longest;
} Walk;

static inline TkId
longest_token_again (const TkTable       *table,
                     const unsigned char *bytes,
                     size_t               length,
                     Walk                *walks)
{
  uint64_t first;
  Walk *walk;
  size_t n_seen;
  TkId longest;

  if (walks == NULL || length < LONG_WALK)
    return longest_token (table, bytes, length, &n_seen);
  first = tk_load64 (bytes);
  walk = &walks[(first * UINT64_C (0x9e3779b97f4a7c15)) >> 58];
  if (walk->first == first && walk->n_seen > 0 && walk->n_seen <= length &&
      memcmp (walk->start, bytes, walk->n_seen) == 0)
    return walk->longest;
  longest = longest_token (table, bytes, length, &n_seen);
  /* One that the end of the text cut short proves nothing. */
  if (n_seen >= LONG_WALK && n_seen <= length)
    *walk = (Walk) { first, bytes, n_seen, longest };
  return longest;
}

/* Room for what tk_windows_take() writes too much. */
#define STACK_SLACK TK_MERGE_SHORT_MAX
/* The dead positions are cleared so many at a time, as the search comes to them. */
#define DEAD_STEP ((size_t) 1 << 16)

static void
reserve (TkEncoder *encoder,
         size_t     length)
{
  size_t n_words = (length / DEAD_STEP + 1) * (DEAD_STEP / 64);

  if (encoder->stack_size < length + STACK_SLACK)
    {
      tk_pages_free (encoder->stack, encoder->stack_size * sizeof *encoder->stack);
      encoder->stack_size = length + length / 2 + STACK_SLACK;
      encoder->stack = tk_pages_allocate (encoder->stack_size * sizeof *encoder->stack);
    }
  if (encoder->dead_size < n_words)
    {
      encoder->dead_size = n_words + n_words / 2;
      free (encoder->dead);
      encoder->dead = tk_realloc (NULL, encoder->dead_size, sizeof *encoder->dead);
    }
  if (encoder->neighbours == NULL)
    {
      encoder->neighbours = tk_realloc (NULL, (size_t) 1 << TK_NEIGHBOUR_BITS, sizeof *encoder->neighbours);
      memset (encoder->neighbours, 0, sizeof *encoder->neighbours << TK_NEIGHBOUR_BITS);
    }
}

/* Windows pay where tokens are short. Every so many bytes it is asked anew whether a token has more than so many. */
#define WINDOWS_MAX_TOKEN 6
#define WINDOWS_PAUSE 512

typedef struct
{
  TkEncoder *encoder;
  const unsigned char *bytes;
  size_t length;
  size_t pos; /* behind the tokens on the stack */
  size_t n;   /* tokens on the stack */
  size_t n_searched_from; /* those below were not searched for, longest first, but came from windows, or may have */
  size_t n_dead;   /* positions of which it is noted whether they are dead */
  Walk *walks;     /* nullable */
  TkMergeWindows *windows; /* nullable */
  size_t try_windows_from;
  size_t last_pos; /* when windows were last thought of */
  size_t last_n;
} Search;

static inline bool
is_dead (Search *search,
         size_t  pos)
{
  uint64_t *dead = search->encoder->dead;

  while (__builtin_expect (pos >= search->n_dead, 0))
    {
      memset (dead + search->n_dead / 64, 0, DEAD_STEP / 8);
      search->n_dead += DEAD_STEP;
    }
  return dead[pos / 64] >> (pos % 64) & 1;
}

static inline TkId
longest_here (const Search *search)
{
  return longest_token_again (&search->encoder->encoding->table, search->bytes + search->pos,
                              search->length - search->pos, search->walks);
}

/* Whether the text begins anew after twelve bytes, and so perhaps after one, two, three, four or six: then the next
 * tokens are those of before, of which everything is remembered. */
static bool
repeats_itself (const Search *search)
{
  const unsigned char *bytes = search->bytes + search->pos;

  return search->length - search->pos >= 20 && tk_load64 (bytes) == tk_load64 (bytes + 12);
}

/* Whether new windows are worth their while: not where tokens have been long, or go on as before. */
static bool
want_windows (Search *search)
{
  size_t n_bytes = search->pos - search->last_pos;
  size_t n_tokens = search->n - search->last_n;
  bool first = search->pos == 0;

  if (search->pos < search->last_pos || search->n < search->last_n)
    n_bytes = n_tokens = 0;
  search->last_pos = search->pos;
  search->last_n = search->n;
  if (!repeats_itself (search) && (first || n_tokens * WINDOWS_MAX_TOKEN > n_bytes))
    return true;
  search->try_windows_from = search->pos + WINDOWS_PAUSE;
  return false;
}

/* Takes tokens from windows on, if one of them has a token that begins here and is a good neighbour of the last. */
static bool
take_windows (Search *search)
{
  TkEncoder *encoder = search->encoder;
  TkId *ids = encoder->stack + search->n;
  size_t pos = search->pos;
  size_t n;

  if (search->windows == NULL || pos < search->try_windows_from)
    return false;
  if (pos >= search->windows->end && !want_windows (search))
    return false;
  n = tk_windows_take (encoder, search->windows, search->bytes, search->length, &pos, ids);
  if (n == 0 || (search->n > 0 && !are_known_neighbours (encoder, ids[-1], ids[0])) || is_dead (search, pos))
    return false;
  search->pos = pos;
  search->n += n;
  search->n_searched_from = search->n;
  return true;
}

/* Tries the token @next, the longest one here that was not tried yet, and the shorter ones. */
static bool
take_token (Search *search,
            TkId    next)
{
  TkEncoder *encoder = search->encoder;
  const TkTable *table = &encoder->encoding->table;
  TkId last = search->n > 0 ? encoder->stack[search->n - 1] : TK_ID_NONE;

  for (; next != TK_ID_NONE; next = table->prefixes[next])
    {
      size_t end = search->pos + tk_table_token_length (table, next);

      if (!is_dead (search, end) && (last == TK_ID_NONE || are_known_neighbours (encoder, last, next)))
        {
          encoder->stack[search->n++] = next;
          search->pos = end;
          return true;
        }
    }
  return false;
}

/* Nothing leads on from here. Takes the last token back and returns the one to try next in its place. */
static TkId
take_back (Search *search)
{
  TkEncoder *encoder = search->encoder;
  const TkTable *table = &encoder->encoding->table;
  TkId last = encoder->stack[--search->n];

  is_dead (search, search->pos);
  encoder->dead[search->pos / 64] |= UINT64_C (1) << (search->pos % 64);
  search->pos -= tk_table_token_length (table, last);
  if (search->n >= search->n_searched_from)
    return table->prefixes[last];
  /* Longer ones have not been tried. */
  search->n_searched_from = search->n;
  return longest_here (search);
}

/* Fills the stack with the tokens of a piece that is no token itself. Returns their number, or 0 if cancelled. */
static size_t
merge (TkEncoder           *encoder,
       const unsigned char *bytes,
       size_t               length)
{
  Search search = { .encoder = encoder, .bytes = bytes, .length = length };
  Walk walks[N_WALKS];
  TkMergeWindows windows;

  reserve (encoder, length);
  if (length >= MIN_LENGTH_FOR_WALKS)
    {
      memset (walks, 0, sizeof walks);
      search.walks = walks;
      windows.start = windows.end = 0;
      search.windows = &windows;
    }
  for (unsigned steps = 1; search.pos < length; steps++)
    {
      TkId next;

      if (steps % STEPS_PER_CHECK == 0 && tk_is_cancelled (encoder))
        return 0;
      if (take_windows (&search))
        {
          steps |= STEPS_PER_WINDOWS - 1;
          continue;
        }
      next = longest_here (&search);
      while (!take_token (&search, next))
        next = take_back (&search);
    }
  return search.n;
}

bool
tk_merge_long (TkEncoder           *encoder,
               const unsigned char *bytes,
               size_t               length,
               TkSink              *sink)
{
  size_t n = merge (encoder, bytes, length);

  if (n == 0)
    {
      sink->code = TK_ERROR_CANCELLED;
      return false;
    }
  for (size_t i = 0; i < n; i += TOKENS_PER_CHECK)
    {
      size_t several = n - i < TOKENS_PER_CHECK ? n - i : TOKENS_PER_CHECK;

      if (i > 0 && tk_is_cancelled (encoder))
        {
          sink->code = TK_ERROR_CANCELLED;
          return false;
        }
      if (!tk_sink_put_all (sink, &encoder->encoding->table, encoder->stack + i, several))
        return false;
    }
  return true;
}

/* The choice ------------------------------------------------------------------------------------------------------- */

bool
tk_is_ascii (const unsigned char *bytes,
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
  for (size_t i = 0; i < length; i += ASCII_PER_CHECK)
    {
      if (!tk_is_ascii (bytes + i, length - i < ASCII_PER_CHECK ? length - i : ASCII_PER_CHECK))
        return tk_merge_characters (encoder, bytes, length, sink);
      if (i > 0 && tk_is_cancelled (encoder))
        {
          sink->code = TK_ERROR_CANCELLED;
          return false;
        }
    }
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
