/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-splice-private.h"

#include <string.h>

/* A walk over old tokens in the tree or over new ones in the map's codes; @at counts from the beginning of the
 * document for the old ones, and from the limit for the new. */
typedef struct
{
  const TkLeaf *leaf; /* NULL: new tokens */
  size_t offset;
  TkSum at;
} Walk;

static TkShape
peek (const TkTokenMap *map,
      const Walk       *walk)
{
  const uint8_t *codes = walk->leaf != NULL ? walk->leaf->codes : map->codes;
  TkShape shape;

  if (walk->leaf != NULL && walk->offset == walk->leaf->used)
    tk_code_read (map->tree.tables, walk->leaf->next->codes, &shape);
  else
    tk_code_read (map->tree.tables, codes + walk->offset, &shape);
  return shape;
}

static void
advance (const TkTokenMap *map,
         Walk             *walk)
{
  const uint8_t *codes = map->codes;
  TkShape shape;

  if (walk->leaf != NULL)
    {
      if (walk->offset == walk->leaf->used)
        {
          walk->leaf = walk->leaf->next;
          walk->offset = 0;
        }
      codes = walk->leaf->codes;
    }
  walk->offset += tk_code_read (map->tree.tables, codes + walk->offset, &shape);
  walk->at.extent.bytes += shape.bytes;
  walk->at.extent.characters += shape.characters;
  walk->at.extent.newlines += shape.newlines;
  walk->at.extent.tokens++;
}

static Walk
walk_from (const TkTreePlace *place)
{
  Walk walk = { place->leaf, place->offset, place->at };

  return walk;
}

/* Whether the codes up to the end of the old walk's leaf, or up to @n_codes new ones, are the same, and if so, moves
 * both walks behind them. */
static bool
skip_equal_codes (const TkTokenMap *map,
                  Walk             *old,
                  Walk             *fresh,
                  size_t            n_codes)
{
  size_t n;
  TkSum sum = { { 0, 0, 0, 0 } };

  if (old->offset == old->leaf->used && old->leaf->next != NULL)
    {
      old->leaf = old->leaf->next;
      old->offset = 0;
    }
  n = old->leaf->used - old->offset;
  if (n == 0 || n > n_codes || memcmp (old->leaf->codes + old->offset, map->codes + fresh->offset, n) != 0)
    return false;
  tk_codes_sum (map->tree.tables, map->codes + fresh->offset, n, &sum);
  tk_sum_add (&old->at, &sum);
  tk_sum_add (&fresh->at, &sum);
  old->offset += n;
  fresh->offset += n;
  return true;
}

/* Moves both walks from the first limit over the tokens that end before the edit and are what they were, as far as a
 * character ends there too. */
static void
skip_equal_start (const TkSplice *splice,
                  Walk           *old,
                  Walk           *fresh)
{
  const TkTokenMap *map = splice->map;
  const TkWindow *window = &splice->window;
  size_t start = tk_splice_start (splice);
  Walk old_next = *old;
  Walk fresh_next = *fresh;

  while (skip_equal_codes (map, &old_next, &fresh_next, map->n_codes - fresh_next.offset)
         && start + fresh_next.at.extent.bytes <= window->edit_start
         && old_next.at.extent.tokens <= splice->end.old.at.extent.tokens)
    if (tk_window_is_character_start (window, start + fresh_next.at.extent.bytes))
      {
        *old = old_next;
        *fresh = fresh_next;
      }

  old_next = *old;
  fresh_next = *fresh;
  while (fresh_next.offset < map->n_codes && old_next.at.extent.tokens < splice->end.old.at.extent.tokens)
    {
      TkShape shape = peek (map, &fresh_next);
      size_t pos = start + fresh_next.at.extent.bytes + shape.bytes;

      if (pos > window->edit_start || peek (map, &old_next).bytes != shape.bytes)
        break;
      advance (map, &old_next);
      advance (map, &fresh_next);
      if (tk_window_is_character_start (window, pos))
        {
          *old = old_next;
          *fresh = fresh_next;
        }
    }
}

/* Moves both walks to where the tokens behind the edit begin to be what they were and stay so up to the second
 * limit. */
static void
skip_to_equal_end (const TkSplice *splice,
                   Walk           *old,
                   Walk           *fresh)
{
  const TkTokenMap *map = splice->map;
  const TkWindow *window = &splice->window;
  size_t old_end = splice->end.old.at.extent.bytes;
  size_t end = tk_splice_end (splice);
  size_t fresh_end = end - tk_splice_start (splice);
  Walk old_next = *old;
  Walk fresh_next = *fresh;
  bool equal = false;

  for (;;)
    {
      size_t old_left = old_end - old_next.at.extent.bytes;
      size_t fresh_left = fresh_end - fresh_next.at.extent.bytes;
      size_t pos = end - fresh_left;

      if (old_left != fresh_left)
        equal = false;
      else if (!equal && pos >= window->edit_end && tk_window_is_character_start (window, pos))
        {
          equal = true;
          *old = old_next;
          *fresh = fresh_next;
        }
      if (old_left == 0 && fresh_left == 0)
        break;
      if (equal && skip_equal_codes (map, &old_next, &fresh_next, map->n_codes - fresh_next.offset))
        continue;
      if (old_left >= fresh_left)
        advance (map, &old_next);
      if (fresh_left >= old_left)
        advance (map, &fresh_next);
    }
}

void
tk_splice_update_tree (TkSplice *splice,
                       TkChange *change)
{
  const TkTokenMap *map = splice->map;
  const TkWindow *window = &splice->window;
  TkTokenTree *tree = &splice->map->tree;
  Walk old = walk_from (&splice->start.old);
  Walk fresh = { NULL, 0, { { 0, 0, 0, 0 } } };
  Walk old_from, fresh_from;
  TkTreePlace place;

  skip_equal_start (splice, &old, &fresh);
  old_from = old;
  fresh_from = fresh;

  /* What was removed or inserted need not be compared, and it can be long. */
  tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, splice->edit->position + splice->edit->removed, &place);
  if (place.at.extent.bytes > old.at.extent.bytes)
    old = walk_from (&place);
  if (tk_splice_start (splice) + fresh.at.extent.bytes < window->edit_end)
    fresh.offset += tk_codes_walk (tree->tables, map->codes + fresh.offset, map->n_codes - fresh.offset, TK_UNIT_BYTES,
                                   window->edit_end - tk_splice_start (splice) - fresh.at.extent.bytes, &fresh.at);
  skip_to_equal_end (splice, &old, &fresh);

  change->start = old_from.at.extent;
  change->old_tokens = old.at.extent.tokens - old_from.at.extent.tokens;
  change->new_tokens = fresh.at.extent.tokens - fresh_from.at.extent.tokens;
  change->old_characters = old.at.extent.characters - old_from.at.extent.characters;
  change->new_characters = fresh.at.extent.characters - fresh_from.at.extent.characters;
  tk_token_tree_replace (tree, old_from.at.extent.tokens, change->old_tokens, map->codes + fresh_from.offset,
                         fresh.offset - fresh_from.offset);
}
