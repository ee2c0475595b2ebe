/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where tokens can cross from one character to the next, see tk-characters-private.h. Runs at build time.
 *
 * The first merge across a boundary joins a token that ends there with one that starts there, into a third token. So
 * every boundary inside every token at which both halves are tokens is collected. A half may hold only the last bytes
 * of the character before the boundary, or only the first bytes of the one behind it; such halves are rare and get
 * flags of their own.
 */

#include "tk-make-characters.h"

#include "tk-characters-private.h"

#include <stdlib.h>
#include <string.h>

/* The bytes of (at least a part of) the two characters at a boundary. */
typedef struct
{
  unsigned char left[4];
  unsigned char right[4];
  uint8_t n_left;
  uint8_t n_right;
} Boundary;

typedef struct
{
  Boundary *items;
  size_t n;
} Boundaries;

static bool
is_lead (unsigned char c)
{
  return (c & 0xc0) != 0x80;
}

static bool
is_token (const TkTrieNode    *trie,
          const unsigned char *bytes,
          size_t               length)
{
  TkTable table = { .trie = trie };

  return tk_table_find (&table, (const char *) bytes, length) != TK_ID_NONE;
}

/* Sorts the boundary at @at of a token into whole characters (marked at once) and parts of characters. */
static void
add_boundary (const unsigned char *bytes,
              unsigned             length,
              unsigned             at,
              TkCharacter         *characters,
              uint64_t            *filter,
              Boundaries          *partial_left,
              Boundaries          *partial_right)
{
  Boundary item = { { 0 }, { 0 }, 0, 0 };
  unsigned start = at - 1;
  unsigned right = tk_character_length (bytes[at]);
  bool cut_right = at + right > length;

  while (start > 0 && at - start < 4 && !is_lead (bytes[start]))
    start--;
  if (cut_right)
    right = length - at;
  item.n_left = (uint8_t) (at - start);
  item.n_right = (uint8_t) right;
  memcpy (item.left, bytes + start, item.n_left);
  memcpy (item.right, bytes + at, right);

  if (!is_lead (bytes[start]))
    partial_left->items[partial_left->n++] = item;
  else if (cut_right)
    partial_right->items[partial_right->n++] = item;
  else
    {
      uint32_t a = tk_character_decode (item.left, item.n_left);
      uint32_t b = tk_character_decode (item.right, item.n_right);

      if (a < TK_N_CHARACTERS)
        characters[a] |= TK_OPENS_RIGHT;
      if (b < TK_N_CHARACTERS)
        characters[b] |= TK_OPENS_LEFT;
      filter[tk_boundary_word (a, b)] |= tk_boundary_bits (a, b);
    }
}

static void
collect_boundaries (const TkVocabulary *vocabulary,
                    const TkTrieNode   *trie,
                    TkCharacter        *characters,
                    uint64_t           *filter,
                    Boundaries         *partial_left,
                    Boundaries         *partial_right)
{
  for (TkId id = 0; id < vocabulary->n_ids; id++)
    {
      const unsigned char *bytes = vocabulary->bytes + vocabulary->starts[id];
      unsigned length = vocabulary->lengths[id];

      for (unsigned i = 1; i < length; i++)
        if (is_lead (bytes[i]) && (bytes[i - 1] | bytes[i]) >= 0x80 && is_token (trie, bytes, i) &&
            is_token (trie, bytes + i, length - i))
          add_boundary (bytes, length, i, characters, filter, partial_left, partial_right);
    }
}

static bool
starts_with (const unsigned char *bytes,
             unsigned             length,
             const unsigned char *prefix,
             unsigned             n)
{
  return length >= n && memcmp (bytes, prefix, n) == 0;
}

static bool
ends_with (const unsigned char *bytes,
           unsigned             length,
           const unsigned char *suffix,
           unsigned             n)
{
  return length >= n && memcmp (bytes + length - n, suffix, n) == 0;
}

/* The flags for halves of tokens that hold only a part of the character. */
static TkCharacter
partial_flags (const unsigned char *bytes,
               unsigned             length,
               const Boundaries    *partial_left,
               const Boundaries    *partial_right)
{
  TkCharacter flags = 0;

  for (size_t i = 0; i < partial_left->n; i++)
    {
      const Boundary *item = &partial_left->items[i];

      if (ends_with (bytes, length, item->left, item->n_left))
        flags |= TK_OPENS_RIGHT_BY_TAIL;
      if (starts_with (bytes, length, item->right, item->n_right))
        flags |= TK_OPENS_LEFT_BY_TAIL;
    }
  for (size_t i = 0; i < partial_right->n; i++)
    {
      const Boundary *item = &partial_right->items[i];

      if (ends_with (bytes, length, item->left, item->n_left))
        flags |= TK_OPENS_RIGHT_BY_HEAD;
      if (starts_with (bytes, length, item->right, item->n_right))
        flags |= TK_OPENS_LEFT_BY_HEAD;
    }
  return flags;
}

/* The tokens of one character of up to three bytes, merged by the book. */
static TkCharacter
character_tokens (const TkTrieNode    *trie,
                  const unsigned char *bytes,
                  unsigned             length)
{
  TkTable table = { .trie = trie };
  const char *p = (const char *) bytes;
  unsigned ends[3] = { 1, 2, 3 };
  unsigned n = length;
  TkCharacter packed;

  while (n > 1)
    {
      TkId best = TK_ID_NONE;
      unsigned best_at = 0;

      for (unsigned i = 0; i + 1 < n; i++)
        {
          unsigned start = i > 0 ? ends[i - 1] : 0;
          TkId merged = tk_table_find (&table, p + start, ends[i + 1] - start);

          if (merged < best)
            {
              best = merged;
              best_at = i;
            }
        }
      if (best == TK_ID_NONE)
        break;
      memmove (ends + best_at, ends + best_at + 1, (n - best_at - 1) * sizeof *ends);
      n--;
    }
  packed = (TkCharacter) n << TK_CHARACTER_COUNT_SHIFT;
  for (unsigned i = 0; i < n; i++)
    {
      unsigned start = i > 0 ? ends[i - 1] : 0;

      packed |= (TkCharacter) tk_table_find (&table, p + start, ends[i] - start) << tk_character_id_shift (i);
    }
  return packed;
}

static unsigned
encode_character (uint32_t       c,
                  unsigned char *bytes)
{
  if (c < 0x80)
    {
      bytes[0] = (unsigned char) c;
      return 1;
    }
  if (c < 0x800)
    {
      bytes[0] = (unsigned char) (0xc0 | c >> 6);
      bytes[1] = (unsigned char) (0x80 | (c & 0x3f));
      return 2;
    }
  bytes[0] = (unsigned char) (0xe0 | c >> 12);
  bytes[1] = (unsigned char) (0x80 | (c >> 6 & 0x3f));
  bytes[2] = (unsigned char) (0x80 | (c & 0x3f));
  return 3;
}

bool
tk_make_characters (const TkVocabulary *vocabulary,
                    const TkTrieNode   *trie,
                    TkCharacter        *characters,
                    uint64_t           *boundaries)
{
  Boundaries partial_left = { calloc (vocabulary->n_bytes, sizeof (Boundary)), 0 };
  Boundaries partial_right = { calloc (vocabulary->n_bytes, sizeof (Boundary)), 0 };
  bool ok = partial_left.items != NULL && partial_right.items != NULL;

  memset (characters, 0, TK_N_CHARACTERS * sizeof *characters);
  memset (boundaries, 0, TK_BOUNDARY_WORDS * sizeof *boundaries);
  if (ok)
    {
      collect_boundaries (vocabulary, trie, characters, boundaries, &partial_left, &partial_right);
      for (uint32_t c = 0; c < TK_N_CHARACTERS; c++)
        {
          unsigned char bytes[3];
          unsigned length = encode_character (c, bytes);

          if (c >= 0xd800 && c < 0xe000)
            continue; /* surrogates are no text */
          characters[c] |= partial_flags (bytes, length, &partial_left, &partial_right);
          characters[c] |= character_tokens (trie, bytes, length);
        }
    }
  free (partial_left.items);
  free (partial_right.items);
  return ok;
}
