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

/* Goes back from the ends of the old and the new codes as far as they are equal, and not before the two walks. Puts
 * the place of the first of the equal old bytes into *@from, and returns where the new ones begin. */
static size_t
find_equal_end (const TkSplice *splice,
                const Walk     *old,
                const Walk     *fresh,
                Walk           *from)
{
  const uint8_t *codes = splice->map->codes;
  size_t n = splice->map->n_codes;
  const TkLeaf *leaf = splice->end.old.leaf;
  size_t offset = splice->end.old.offset;

  for (;;)
    {
      size_t lowest = leaf == old->leaf ? old->offset : 0;

      while (offset > lowest && n > fresh->offset && leaf->codes[offset - 1] == codes[n - 1])
        {
          offset--;
          n--;
        }
      if (offset > lowest || n == fresh->offset || leaf == old->leaf)
        break;
      leaf = leaf->previous;
      offset = leaf->used;
    }
  from->leaf = leaf;
  from->offset = offset;
  return n;
}

/* How many bytes behind codes[n] the first token begins that does not begin before it; codes[start] begins one. */
static size_t
bytes_to_token (const TkTokenTree *tree,
                const uint8_t     *codes,
                size_t             start,
                size_t             n)
{
  TkSum ignored = { { 0, 0, 0, 0 } };
  TkShape shape;

  start += tk_codes_sum (tree->tables, codes + start, n - start, &ignored);
  return start < n ? start + tk_code_read (tree->tables, codes + start, &shape) - n : 0;
}

/*
 * Moves both walks to where the tokens behind the edit begin to be what they were and stay so up to the second limit.
 *
 * From the end: the codes that are the same there. A code of several bytes may begin before them in one of the two or
 * in both; so the walks begin where a token begins in both.
 */
static void
skip_to_equal_end (const TkSplice *splice,
                   Walk           *old,
                   Walk           *fresh)
{
  const TkTokenMap *map = splice->map;
  const TkTokenTree *tree = &map->tree;
  const TkWindow *window = &splice->window;
  size_t start = tk_splice_start (splice);
  Walk from = *old;
  size_t n = find_equal_end (splice, old, fresh, &from);
  size_t old_skipped = bytes_to_token (tree, from.leaf->codes, from.leaf == old->leaf ? old->offset : 0, from.offset);
  size_t fresh_skipped = bytes_to_token (tree, map->codes, fresh->offset, n);
  TkSum rest = { { 0, 0, 0, 0 } };
  size_t n_walked;

  from.offset += old_skipped;
  while (old_skipped != fresh_skipped)
    if (old_skipped < fresh_skipped)
      {
        size_t offset = from.offset;

        if (offset == from.leaf->used)
          offset = 0;
        advance (map, &from);
        old_skipped += from.offset - offset;
      }
    else
      {
        TkShape shape;

        fresh_skipped += tk_code_read (tree->tables, map->codes + n + fresh_skipped, &shape);
      }

  n_walked = n + fresh_skipped - fresh->offset;
  tk_codes_sum (tree->tables, map->codes + fresh->offset, n_walked, &fresh->at);
  fresh->offset += n_walked;
  tk_codes_sum (tree->tables, map->codes + fresh->offset, map->n_codes - fresh->offset, &rest);
  *old = from;
  old->at = splice->end.old.at;
  tk_sum_subtract (&old->at, &rest);

  /* A change holds the edit and ends between characters. */
  for (size_t pos = start + fresh->at.extent.bytes;
       fresh->offset < map->n_codes && (pos < window->edit_end || !tk_window_is_character_start (window, pos));
       pos = start + fresh->at.extent.bytes)
    {
      advance (map, old);
      advance (map, fresh);
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
