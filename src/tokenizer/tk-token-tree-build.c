/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-token-tree-private.h"

#include "tk-error-private.h"

#include <stdlib.h>
#include <string.h>

/* New nodes are not quite full, so that the first keystrokes do not split them. */
#define INNER_FILL (TK_INNER_MAX * 15 / 16)

void
tk_tree_builder_begin (TkTreeBuilder *builder)
{
  memset (builder, 0, sizeof *builder);
  builder->tables = tk_code_tables ();
}

/* Makes a leaf of the first @n_codes bytes, which span *@sum. */
static void
finish_leaf (TkTreeBuilder *builder,
             const uint8_t *codes,
             size_t         n_codes,
             const TkSum   *sum)
{
  if (builder->n_leaves == builder->allocated)
    {
      builder->allocated = builder->allocated > 0 ? builder->allocated * 2 : 64;
      builder->leaves = tk_realloc (builder->leaves, builder->allocated, sizeof *builder->leaves);
      builder->sums = tk_realloc (builder->sums, builder->allocated, sizeof *builder->sums);
    }
  builder->leaves[builder->n_leaves] = tk_leaf_new (codes, n_codes);
  builder->sums[builder->n_leaves++] = *sum;
}

void
tk_tree_builder_add (TkTreeBuilder *builder,
                     size_t         n_codes,
                     size_t         n_tokens,
                     TkPackedShape  sum)
{
  /* The leaf was full before this: a batch is too short for it to be too empty. */
  if (builder->n_codes + n_codes > TK_LEAF_MAX)
    {
      TkSum nothing = { { 0, 0, 0, 0 } };

      finish_leaf (builder, builder->codes, builder->n_codes, &builder->sum);
      memmove (builder->codes, builder->codes + builder->n_codes, n_codes);
      builder->n_codes = 0;
      builder->sum = nothing;
    }
  builder->n_codes += n_codes;
  tk_sum_add_packed (&builder->sum, sum, n_tokens);
}

/* Makes the last leaf. If it would be too empty, it and the one before share evenly, or become one. */
static void
finish_leaves (TkTreeBuilder *builder)
{
  uint8_t codes[TK_LEAF_MAX + TK_LEAF_MIN];
  TkLeaf *previous;
  size_t n;

  if (builder->n_codes == 0)
    return;
  if (builder->n_codes >= TK_LEAF_MIN || builder->n_leaves == 0)
    {
      finish_leaf (builder, builder->codes, builder->n_codes, &builder->sum);
      return;
    }
  previous = builder->leaves[--builder->n_leaves];
  n = previous->used;
  memcpy (codes, previous->codes, n);
  memcpy (codes + n, builder->codes, builder->n_codes);
  n += builder->n_codes;
  free (previous);
  for (size_t pos = 0, end; pos < n; pos = end)
    {
      TkSum sum = { { 0, 0, 0, 0 } };
      size_t most = pos > 0 || n <= TK_LEAF_MAX ? n - pos : n / 2;

      end = pos + tk_codes_sum (builder->tables, codes + pos, most, &sum);
      finish_leaf (builder, codes + pos, end - pos, &sum);
    }
}

/* Makes the level above @n children, which are nodes with sums. Puts its nodes and their sums in the same arrays and
 * returns how many they are. */
static size_t
make_level (void   **children,
            TkSum   *sums,
            size_t   n)
{
  size_t n_nodes = n <= TK_INNER_MAX ? 1 : (n + INNER_FILL - 1) / INNER_FILL;
  size_t first = 0;

  for (size_t i = 0; i < n_nodes; i++)
    {
      size_t end = n * (i + 1) / n_nodes;
      TkInner *node = tk_inner_new ();

      for (size_t k = first; k < end; k++)
        {
          node->children[node->n_children] = children[k];
          tk_inner_set_sum (node, node->n_children++, &sums[k]);
        }
      children[i] = node;
      sums[i] = tk_inner_total (node);
      first = end;
    }
  return n_nodes;
}

void
tk_tree_builder_end (TkTreeBuilder *builder,
                     TkTokenTree   *tree)
{
  TkLeaf *previous = NULL;
  void **children;
  size_t n;

  tk_token_tree_clear (tree);
  finish_leaves (builder);
  if (builder->n_leaves == 0)
    {
      tk_token_tree_init (tree);
      tk_tree_builder_drop (builder);
      return;
    }

  tree->tables = builder->tables;
  tree->memory = 0;
  tree->height = 0;
  n = builder->n_leaves;
  children = tk_realloc (NULL, n, sizeof *children);
  for (size_t i = 0; i < n; i++)
    {
      TkLeaf *leaf = builder->leaves[i];

      leaf->previous = previous;
      if (previous != NULL)
        previous->next = leaf;
      previous = leaf;
      children[i] = leaf;
      tree->memory += tk_leaf_memory (leaf->capacity);
    }
  do
    {
      n = make_level (children, builder->sums, n);
      tree->memory += n * tk_inner_memory ();
      tree->height++;
    }
  while (n > 1);
  tree->root = children[0];
  tree->total = builder->sums[0];
  free (children);
  builder->n_leaves = 0;
  tk_tree_builder_drop (builder);
}

void
tk_tree_builder_drop (TkTreeBuilder *builder)
{
  for (size_t i = 0; i < builder->n_leaves; i++)
    free (builder->leaves[i]);
  free (builder->leaves);
  free (builder->sums);
  memset (builder, 0, sizeof *builder);
}
