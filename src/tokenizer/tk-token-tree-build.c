/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-token-tree-private.h"

#include "tk-error-private.h"

#include <stdlib.h>
#include <string.h>

/* New leaves and nodes are not quite full, so that the first keystroke does not split them. */
#define LEAF_FILL (TK_LEAF_MAX * 15 / 16)
#define INNER_FILL (TK_INNER_MAX * 15 / 16)

void
tk_tree_builder_begin (TkTreeBuilder *builder)
{
  memset (builder, 0, sizeof *builder);
  builder->tables = tk_code_tables ();
}

/* Makes a leaf of the first @n_codes pending bytes. */
static void
flush (TkTreeBuilder *builder,
       size_t         n_codes,
       const TkSum   *sum)
{
  if (builder->n_leaves == builder->allocated)
    {
      builder->allocated = builder->allocated > 0 ? builder->allocated * 2 : 64;
      builder->leaves = tk_realloc (builder->leaves, builder->allocated, sizeof *builder->leaves);
      builder->sums = tk_realloc (builder->sums, builder->allocated, sizeof *builder->sums);
    }
  builder->leaves[builder->n_leaves] = tk_leaf_new (builder->pending, n_codes);
  builder->sums[builder->n_leaves++] = *sum;
  builder->n_pending -= n_codes;
  memmove (builder->pending, builder->pending + n_codes, builder->n_pending);
}

void
tk_tree_builder_add (TkTreeBuilder *builder,
                     const uint8_t *codes,
                     size_t         n_codes)
{
  while (n_codes > 0)
    {
      size_t room = sizeof builder->pending - builder->n_pending;
      size_t n = n_codes < room ? n_codes : room;

      memcpy (builder->pending + builder->n_pending, codes, n);
      builder->n_pending += n;
      codes += n;
      n_codes -= n;
      /* Only a full buffer makes a leaf: what stays behind is then enough to share with it, see finish_leaves(). */
      if (builder->n_pending == sizeof builder->pending)
        {
          TkSum sum = { 0 };

          n = tk_codes_sum (builder->tables, builder->pending, LEAF_FILL, &sum);
          flush (builder, n, &sum);
        }
    }
}

/* Makes one or two leaves of what is pending, both full enough. */
static void
finish_leaves (TkTreeBuilder *builder)
{
  while (builder->n_pending > 0)
    {
      size_t n = builder->n_pending;
      TkSum sum = { 0 };

      if (n > TK_LEAF_MAX)
        n = n / 2 < LEAF_FILL ? n / 2 : LEAF_FILL;
      n = tk_codes_sum (builder->tables, builder->pending, n, &sum);
      flush (builder, n, &sum);
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
