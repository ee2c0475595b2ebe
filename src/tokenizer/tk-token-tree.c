/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-token-tree-private.h"

#include "tk-error-private.h"

#include <stdlib.h>
#include <string.h>

/* What malloc() keeps beside each block, so that tk_token_map_get_memory() tells the truth. */
#define MALLOC_OVERHEAD sizeof (size_t)

TkLeaf *
tk_leaf_new (const uint8_t *codes,
             size_t         n_codes)
{
  TkLeaf *leaf = tk_realloc (NULL, 1, sizeof *leaf + n_codes);

  leaf->previous = leaf->next = NULL;
  leaf->used = leaf->capacity = (uint16_t) n_codes;
  if (n_codes > 0)
    memcpy (leaf->codes, codes, n_codes);
  return leaf;
}

size_t
tk_leaf_memory (size_t capacity)
{
  return sizeof (TkLeaf) + capacity + MALLOC_OVERHEAD;
}

TkInner *
tk_inner_new (void)
{
  TkInner *inner = tk_realloc (NULL, 1, sizeof *inner);

  inner->n_children = 0;
  return inner;
}

size_t
tk_inner_memory (void)
{
  return sizeof (TkInner) + MALLOC_OVERHEAD;
}

TkSum
tk_inner_total (const TkInner *inner)
{
  TkSum total = { 0 };

  for (int unit = 0; unit < TK_N_UNITS; unit++)
    for (size_t i = 0; i < inner->n_children; i++)
      total.by[unit] += inner->sums[unit][i];
  return total;
}

void
tk_token_tree_init (TkTokenTree *tree)
{
  TkSum nothing = { 0 };

  tree->tables = tk_code_tables ();
  tree->root = tk_inner_new ();
  tree->root->n_children = 1;
  tree->root->children[0] = tk_leaf_new (NULL, 0);
  tk_inner_set_sum (tree->root, 0, &nothing);
  tree->height = 1;
  tree->total = nothing;
  tree->memory = tk_inner_memory () + tk_leaf_memory (0);
}

/* Frees level by level along the left edge: the nodes of one level are reached through their parents, so each parent
 * goes after its children. The stack of nodes is the only state; no recursion. */
void
tk_token_tree_clear (TkTokenTree *tree)
{
  TkInner *nodes[TK_TREE_MAX_HEIGHT];
  size_t next[TK_TREE_MAX_HEIGHT];
  unsigned level = 0;

  if (tree->root == NULL)
    return;
  nodes[0] = tree->root;
  next[0] = 0;
  for (;;)
    {
      TkInner *node = nodes[level];

      if (next[level] == node->n_children)
        {
          free (node);
          if (level-- == 0)
            break;
        }
      else if (level + 1 == tree->height)
        free (node->children[next[level]++]);
      else
        {
          nodes[level + 1] = node->children[next[level]++];
          next[++level] = 0;
        }
    }
  tree->root = NULL;
}

/* Finding ---------------------------------------------------------------------------------------------------------- */

static inline size_t
shape_by (const TkShape *shape,
          TkUnit         unit)
{
  switch (unit)
    {
    case TK_UNIT_BYTES:
      return shape->bytes;
    case TK_UNIT_CHARACTERS:
      return shape->characters;
    case TK_UNIT_NEWLINES:
      return shape->newlines;
    default:
      return 1;
    }
}

/* Walks over tokens with codes of one byte up to the next escape, @n_codes bytes or @limit units. Returns how many,
 * and adds them up in *@packed. The two loops are what a seek spends its time in. */
static inline size_t
walk_short (const TkCodeTables *tables,
            const uint8_t      *codes,
            size_t              n_codes,
            TkUnit              unit,
            size_t              limit,
            TkPackedShape      *packed)
{
  TkPackedShape sum = 0;
  size_t i = 0;

  if (unit == TK_UNIT_TOKENS)
    {
      if (n_codes > limit)
        n_codes = limit;
      for (; i < n_codes && codes[i] != TK_CODE_ESCAPE; i++)
        sum += tables->shapes[codes[i]];
    }
  else
    {
      unsigned shift = unit == TK_UNIT_BYTES ? 0 : unit == TK_UNIT_CHARACTERS ? TK_PACKED_BITS : 2 * TK_PACKED_BITS;

      for (; i < n_codes && codes[i] != TK_CODE_ESCAPE; i++)
        {
          TkPackedShape more = sum + tables->shapes[codes[i]];

          if ((more >> shift & TK_PACKED_MASK) > limit)
            break;
          sum = more;
        }
    }
  *packed = sum;
  return i;
}

size_t
tk_codes_walk (const TkCodeTables *tables,
               const uint8_t      *codes,
               size_t              n_codes,
               TkUnit              unit,
               size_t              limit,
               TkSum              *sum)
{
  size_t end = sum->by[unit] + limit;
  size_t i = 0;

  for (;;)
    {
      size_t chunk = n_codes - i < TK_LEAF_MAX ? n_codes - i : TK_LEAF_MAX;
      TkPackedShape packed;
      TkShape shape;
      size_t n;

      n = walk_short (tables, codes + i, chunk, unit, end - sum->by[unit], &packed);
      tk_sum_add_packed (sum, packed, n);
      i += n;
      if (i < n_codes && n == chunk)
        continue;
      if (i == n_codes || codes[i] != TK_CODE_ESCAPE)
        return i;

      n = tk_code_read (tables, codes + i, &shape);
      if (n > n_codes - i || shape_by (&shape, unit) > end - sum->by[unit])
        return i;
      sum->extent.bytes += shape.bytes;
      sum->extent.characters += shape.characters;
      sum->extent.newlines += shape.newlines;
      sum->extent.tokens++;
      i += n;
    }
}

size_t
tk_codes_sum (const TkCodeTables *tables,
              const uint8_t      *codes,
              size_t              n_codes,
              TkSum              *sum)
{
  return tk_codes_walk (tables, codes, n_codes, TK_UNIT_TOKENS, n_codes, sum);
}

/* Picks the child of @node that holds the @limit-th unit and adds those before it to *@at; @node must have that many.
 */
static inline unsigned
pick_child (const TkInner *node,
            TkUnit         unit,
            size_t         limit,
            TkSum         *at)
{
  const size_t *sums = node->sums[unit];
  unsigned index = 0;

  for (; sums[index] <= limit; index++)
    limit -= sums[index];
  for (int i = 0; i < TK_N_UNITS; i++)
    for (unsigned k = 0; k < index; k++)
      at->by[i] += node->sums[i][k];
  return index;
}

bool
tk_token_tree_seek (const TkTokenTree *tree,
                    TkUnit             unit,
                    size_t             target,
                    TkTreePlace       *place)
{
  TkInner *node = tree->root;
  TkSum nothing = { 0 };
  bool found = target < tree->total.by[unit];
  void *child = NULL;

  place->at = nothing;
  for (unsigned level = 0; level < tree->height; level++)
    {
      unsigned index = found ? pick_child (node, unit, target - place->at.by[unit], &place->at)
                             : (unsigned) node->n_children - 1;

      place->nodes[level] = node;
      place->indices[level] = index;
      child = node->children[index];
      node = child;
    }
  place->leaf = child;
  if (found)
    place->offset = tk_codes_walk (tree->tables, place->leaf->codes, place->leaf->used, unit,
                                   target - place->at.by[unit], &place->at);
  else
    {
      place->offset = place->leaf->used;
      place->at = tree->total;
    }
  return found;
}

/* Checking --------------------------------------------------------------------------------------------------------- */

static bool
broken (TkError    *error,
        const char *what)
{
  return tk_fail (error, TK_ERROR_BROKEN_MAP, 0, "token tree: %s", what);
}

static bool
validate_leaf (const TkTokenTree *tree,
               const TkLeaf      *leaf,
               const TkSum       *expected,
               TkError           *error)
{
  TkSum sum = { 0 };
  size_t i = 0;

  if (leaf->used > leaf->capacity || leaf->used > TK_LEAF_MAX)
    return broken (error, "a leaf is too full");
  if (leaf->used < TK_LEAF_MIN && tree->total.extent.tokens > 0 && (tree->height > 1 || tree->root->n_children > 1))
    return broken (error, "a leaf is too empty");
  while (i < leaf->used)
    {
      TkShape shape;

      if (leaf->codes[i] != TK_CODE_ESCAPE && tree->tables->shapes[leaf->codes[i]] == 0)
        return broken (error, "a code has no shape");
      i += tk_code_read (tree->tables, leaf->codes + i, &shape);
      if (shape.bytes == 0 || shape.inside > 1 || shape.characters + shape.inside > shape.bytes
          || shape.newlines > shape.characters)
        return broken (error, "a token has an impossible shape");
      sum.extent.bytes += shape.bytes;
      sum.extent.characters += shape.characters;
      sum.extent.newlines += shape.newlines;
      sum.extent.tokens += 1;
    }
  if (i != leaf->used)
    return broken (error, "a leaf ends inside a code");
  if (memcmp (&sum, expected, sizeof sum) != 0)
    return broken (error, "the sum over a leaf is wrong");
  return true;
}

bool
tk_token_tree_validate (const TkTokenTree *tree,
                        TkError           *error)
{
  const TkInner *nodes[TK_TREE_MAX_HEIGHT];
  size_t next[TK_TREE_MAX_HEIGHT];
  const TkLeaf *previous = NULL;
  size_t memory = tk_inner_memory ();
  unsigned level = 0;
  TkSum sum;

  sum = tk_inner_total (tree->root);
  if (memcmp (&sum, &tree->total, sizeof sum) != 0)
    return broken (error, "the total is wrong");
  if (tree->height > 1 && tree->root->n_children < 2)
    return broken (error, "a root has one inner child");

  nodes[0] = tree->root;
  next[0] = 0;
  for (;;)
    {
      const TkInner *node = nodes[level];
      size_t index = next[level]++;

      if (index == node->n_children)
        {
          if (level-- == 0)
            break;
          continue;
        }
      sum = tk_inner_get_sum (node, index);
      if (level + 1 == tree->height)
        {
          const TkLeaf *leaf = node->children[index];

          if (leaf->previous != previous || (previous != NULL && previous->next != leaf))
            return broken (error, "the chain of leaves is broken");
          if (!validate_leaf (tree, leaf, &sum, error))
            return false;
          memory += tk_leaf_memory (leaf->capacity);
          previous = leaf;
        }
      else
        {
          const TkInner *child = node->children[index];
          TkSum total = tk_inner_total (child);

          if (child->n_children < TK_INNER_MIN || child->n_children > TK_INNER_MAX)
            return broken (error, "an inner node has too few or too many children");
          if (memcmp (&sum, &total, sizeof sum) != 0)
            return broken (error, "the sum over an inner node is wrong");
          memory += tk_inner_memory ();
          nodes[++level] = child;
          next[level] = 0;
        }
    }
  if (previous == NULL || previous->next != NULL)
    return broken (error, "the chain of leaves does not end");
  if (memory != tree->memory)
    return broken (error, "the memory is counted wrongly");
  return true;
}
