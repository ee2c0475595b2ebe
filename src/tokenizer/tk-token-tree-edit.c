/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-token-tree-private.h"

#include "tk-error-private.h"

#include <stdlib.h>
#include <string.h>

/* Leaves grow and shrink in steps of this many bytes: few calls of realloc(), little waste. */
#define LEAF_STEP 32
/* How full the leaves of a large insertion are made, so that the next keystroke does not split one. */
#define LEAF_FILL (TK_LEAF_MAX * 15 / 16)

/* Adds what lies between *@minus and *@plus to all sums above the child at @place on @level. */
static void
change_above (TkTokenTree       *tree,
              const TkTreePlace *place,
              unsigned           level,
              const TkSum       *minus,
              const TkSum       *plus)
{
  for (unsigned i = 0; i < level; i++)
    for (int unit = 0; unit < TK_N_UNITS; unit++)
      place->nodes[i]->sums[unit][place->indices[i]] += plus->by[unit] - minus->by[unit];
  tk_sum_add (&tree->total, plus);
  tk_sum_subtract (&tree->total, minus);
}

/* Moves the leaf at @place into a block that fits @used bytes. */
static void
resize_leaf (TkTokenTree *tree,
             TkTreePlace *place,
             size_t       used)
{
  size_t capacity = (used + LEAF_STEP - 1) / LEAF_STEP * LEAF_STEP;
  TkLeaf *leaf = place->leaf;
  unsigned parent = tree->height - 1;

  if (used <= leaf->capacity && leaf->capacity - used < 4 * LEAF_STEP)
    return;
  tree->memory += tk_leaf_memory (capacity) - tk_leaf_memory (leaf->capacity);
  leaf = tk_realloc (leaf, 1, sizeof *leaf + capacity);
  leaf->capacity = (uint16_t) capacity;
  if (leaf->previous != NULL)
    leaf->previous->next = leaf;
  if (leaf->next != NULL)
    leaf->next->previous = leaf;
  place->nodes[parent]->children[place->indices[parent]] = leaf;
  place->leaf = leaf;
}

/* Replaces @n_old bytes of codes at @place, which span *@old, by others which span *@sum; they fit. */
static void
splice_leaf (TkTokenTree   *tree,
             TkTreePlace   *place,
             size_t         n_old,
             const TkSum   *old,
             const uint8_t *codes,
             size_t         n_codes,
             const TkSum   *sum)
{
  TkLeaf *leaf = place->leaf;
  size_t used = leaf->used - n_old + n_codes;
  size_t behind = place->offset + n_old;

  if (used > leaf->capacity)
    {
      resize_leaf (tree, place, used);
      leaf = place->leaf;
    }
  memmove (leaf->codes + place->offset + n_codes, leaf->codes + behind, leaf->used - behind);
  if (n_codes > 0)
    memcpy (leaf->codes + place->offset, codes, n_codes);
  leaf->used = (uint16_t) used;
  resize_leaf (tree, place, used);
  change_above (tree, place, tree->height, old, sum);
}

/* Children --------------------------------------------------------------------------------------------------------- */

static void
open_gap (TkInner  *node,
          unsigned  index,
          size_t    n)
{
  size_t behind = node->n_children - index;

  memmove (node->children + index + n, node->children + index, behind * sizeof *node->children);
  for (int unit = 0; unit < TK_N_UNITS; unit++)
    memmove (node->sums[unit] + index + n, node->sums[unit] + index, behind * sizeof (size_t));
  node->n_children += n;
}

static void
close_gap (TkInner  *node,
           unsigned  index,
           size_t    n)
{
  size_t behind = node->n_children - index - n;

  memmove (node->children + index, node->children + index + n, behind * sizeof *node->children);
  for (int unit = 0; unit < TK_N_UNITS; unit++)
    memmove (node->sums[unit] + index, node->sums[unit] + index + n, behind * sizeof (size_t));
  node->n_children -= n;
}

static void
copy_children (TkInner       *to,
               unsigned       to_index,
               const TkInner *from,
               unsigned       from_index,
               size_t         n)
{
  memcpy (to->children + to_index, from->children + from_index, n * sizeof *to->children);
  for (int unit = 0; unit < TK_N_UNITS; unit++)
    memcpy (to->sums[unit] + to_index, from->sums[unit] + from_index, n * sizeof (size_t));
}

static void
put_child (TkInner     *node,
           unsigned     index,
           void        *child,
           const TkSum *sum)
{
  open_gap (node, index, 1);
  node->children[index] = child;
  tk_inner_set_sum (node, index, sum);
}

/* Puts @leaf, whose tokens span *@added, behind the leaf at @place. Full nodes on the way up are split in half. */
static void
insert_leaf (TkTokenTree       *tree,
             const TkTreePlace *place,
             TkLeaf            *leaf,
             const TkSum       *added)
{
  TkSum nothing = { 0 };
  TkSum sum = *added;
  void *child = leaf;
  unsigned level = tree->height;

  leaf->previous = place->leaf;
  leaf->next = place->leaf->next;
  place->leaf->next = leaf;
  if (leaf->next != NULL)
    leaf->next->previous = leaf;
  tree->memory += tk_leaf_memory (leaf->capacity);

  while (level-- > 0)
    {
      TkInner *node = place->nodes[level];
      unsigned index = place->indices[level] + 1;
      unsigned half = TK_INNER_MAX / 2;
      TkInner *right;

      if (node->n_children < TK_INNER_MAX)
        {
          put_child (node, index, child, &sum);
          change_above (tree, place, level, &nothing, added);
          return;
        }
      right = tk_inner_new ();
      tree->memory += tk_inner_memory ();
      copy_children (right, 0, node, half, TK_INNER_MAX - half);
      right->n_children = TK_INNER_MAX - half;
      node->n_children = half;
      if (index <= half)
        put_child (node, index, child, &sum);
      else
        put_child (right, index - half, child, &sum);

      child = right;
      sum = tk_inner_total (node);
      if (level > 0)
        tk_inner_set_sum (place->nodes[level - 1], place->indices[level - 1], &sum);
      else
        {
          tree->root = tk_inner_new ();
          tree->memory += tk_inner_memory ();
          tree->height++;
          put_child (tree->root, 0, node, &sum);
        }
      sum = tk_inner_total (right);
    }
  put_child (tree->root, 1, child, &sum);
  tk_sum_add (&tree->total, added);
}

/* Takes the child at @place on @level out of its node; what it spanned has already been subtracted everywhere. Nodes
 * that get too empty on the way up join their neighbour or take children from it. */
static void
remove_child (TkTokenTree       *tree,
              const TkTreePlace *place,
              unsigned           level,
              unsigned           index)
{
  for (;;)
    {
      TkInner *node = place->nodes[level];
      TkInner *parent, *left, *right;
      TkSum sum;
      size_t n;

      close_gap (node, index, 1);
      if (level == 0 || node->n_children >= TK_INNER_MIN)
        break;

      parent = place->nodes[level - 1];
      index = place->indices[level - 1];
      if (index == 0)
        index = 1;
      left = parent->children[index - 1];
      right = parent->children[index];
      n = left->n_children + right->n_children;
      if (n <= TK_INNER_MAX)
        {
          copy_children (left, (unsigned) left->n_children, right, 0, right->n_children);
          left->n_children = n;
          free (right);
          tree->memory -= tk_inner_memory ();
          sum = tk_inner_total (left);
          tk_inner_set_sum (parent, index - 1, &sum);
          level--;
          continue;
        }
      if (left->n_children < right->n_children)
        {
          size_t moved = n / 2 - left->n_children;

          copy_children (left, (unsigned) left->n_children, right, 0, moved);
          left->n_children += moved;
          close_gap (right, 0, moved);
        }
      else
        {
          size_t moved = n / 2 - right->n_children;

          open_gap (right, 0, moved);
          left->n_children -= moved;
          copy_children (right, 0, left, (unsigned) left->n_children, moved);
        }
      sum = tk_inner_total (left);
      tk_inner_set_sum (parent, index - 1, &sum);
      sum = tk_inner_total (right);
      tk_inner_set_sum (parent, index, &sum);
      break;
    }
  while (tree->height > 1 && tree->root->n_children == 1)
    {
      TkInner *child = tree->root->children[0];

      free (tree->root);
      tree->memory -= tk_inner_memory ();
      tree->root = child;
      tree->height--;
    }
}

/* Frees @leaf, the child number @index of the lowest node at @place. Its tokens have been subtracted. */
static void
remove_leaf (TkTokenTree       *tree,
             const TkTreePlace *place,
             TkLeaf            *leaf,
             unsigned           index)
{
  if (leaf->previous != NULL)
    leaf->previous->next = leaf->next;
  if (leaf->next != NULL)
    leaf->next->previous = leaf->previous;
  tree->memory -= tk_leaf_memory (leaf->capacity);
  free (leaf);
  remove_child (tree, place, tree->height - 1, index);
}

/* Replacing -------------------------------------------------------------------------------------------------------- */

/* Lets two neighbours, the children number @index and the next of the lowest node at @place, become one leaf if they
 * fit in one, or share evenly. */
static void
join_leaves (TkTokenTree *tree,
             TkTreePlace *place,
             unsigned     index)
{
  uint8_t codes[2 * TK_LEAF_MAX];
  TkInner *parent = place->nodes[tree->height - 1];
  TkLeaf *left = parent->children[index];
  TkLeaf *right = parent->children[index + 1];
  size_t n = (size_t) left->used + right->used;
  TkSum sums[2] = { 0 };
  size_t cut;

  memcpy (codes, left->codes, left->used);
  memcpy (codes + left->used, right->codes, right->used);
  cut = tk_codes_sum (tree->tables, codes, n <= TK_LEAF_MAX ? n : n / 2, &sums[0]);
  tk_codes_sum (tree->tables, codes + cut, n - cut, &sums[1]);

  for (unsigned i = 0; i < 2; i++)
    {
      const uint8_t *from = i == 0 ? codes : codes + cut;
      size_t used = i == 0 ? cut : n - cut;

      tk_inner_set_sum (parent, index + i, &sums[i]);
      place->indices[tree->height - 1] = index + i;
      place->leaf = i == 0 ? left : right;
      if (used == 0)
        {
          remove_leaf (tree, place, place->leaf, index + i);
          return;
        }
      resize_leaf (tree, place, used);
      memcpy (place->leaf->codes, from, used);
      place->leaf->used = (uint16_t) used;
    }
}

/* If the leaf that holds the token number @token is too empty, joins it with its neighbours until it is not. */
static void
mend_leaf (TkTokenTree *tree,
           size_t       token)
{
  if (tree->total.extent.tokens == 0)
    return;
  if (token >= tree->total.extent.tokens)
    token = tree->total.extent.tokens - 1;
  for (;;)
    {
      TkTreePlace place;
      unsigned index;

      tk_token_tree_seek (tree, TK_UNIT_TOKENS, token, &place);
      if (place.leaf->used >= TK_LEAF_MIN || place.nodes[tree->height - 1]->n_children == 1)
        return;
      index = place.indices[tree->height - 1];
      join_leaves (tree, &place, index > 0 ? index - 1 : 0);
    }
}

/* Removes @n tokens from the @first on, leaf by leaf. */
static void
remove_tokens (TkTokenTree *tree,
               size_t       first,
               size_t       n)
{
  TkSum nothing = { 0 };

  while (n > 0)
    {
      TkTreePlace place;
      unsigned lowest;
      TkSum sum;

      tk_token_tree_seek (tree, TK_UNIT_TOKENS, first, &place);
      lowest = tree->height - 1;
      sum = tk_inner_get_sum (place.nodes[lowest], place.indices[lowest]);
      if (place.offset == 0 && sum.extent.tokens <= n && sum.extent.tokens < tree->total.extent.tokens)
        {
          change_above (tree, &place, tree->height, &sum, &nothing);
          remove_leaf (tree, &place, place.leaf, place.indices[lowest]);
        }
      else
        {
          size_t n_codes;

          sum = nothing;
          n_codes = tk_codes_walk (tree->tables, place.leaf->codes + place.offset, place.leaf->used - place.offset,
                                   TK_UNIT_TOKENS, n, &sum);
          splice_leaf (tree, &place, n_codes, &sum, NULL, 0, &nothing);
        }
      n -= sum.extent.tokens;
    }
}

/* Up to three stretches of codes, read one after the other. */
typedef struct
{
  const uint8_t *codes;
  size_t n_codes;
} Stretch;

/* Moves whole tokens from the front of @stretches to @codes, @n_codes bytes at most. Returns how many bytes. */
static size_t
take_codes (const TkCodeTables *tables,
            Stretch             stretches[3],
            uint8_t            *codes,
            size_t              n_codes,
            TkSum              *sum)
{
  size_t taken = 0;

  for (int i = 0; i < 3; i++)
    {
      size_t room = n_codes - taken;
      size_t n = stretches[i].n_codes < room ? stretches[i].n_codes : room;

      n = tk_codes_sum (tables, stretches[i].codes, n, sum);
      memcpy (codes + taken, stretches[i].codes, n);
      stretches[i].codes += n;
      stretches[i].n_codes -= n;
      taken += n;
      if (stretches[i].n_codes > 0)
        break;
    }
  return taken;
}

/* Inserts before the token number @first; codes that do not fit in its leaf are spread evenly over that and new ones.
 */
static void
insert_tokens (TkTokenTree   *tree,
               size_t         first,
               const uint8_t *codes,
               size_t         n_codes)
{
  uint8_t old[TK_LEAF_MAX], fresh[TK_LEAF_MAX];
  TkSum nothing = { 0 };
  TkSum before = { 0 };
  TkSum sum = { 0 };
  TkSum old_sum;
  Stretch stretches[3];
  TkTreePlace place;
  size_t used, total, n_leaves, share, n, token;

  tk_token_tree_seek (tree, TK_UNIT_TOKENS, first, &place);
  used = place.leaf->used;
  total = used + n_codes;
  if (total <= TK_LEAF_MAX)
    {
      tk_codes_sum (tree->tables, codes, n_codes, &sum);
      splice_leaf (tree, &place, 0, &nothing, codes, n_codes, &sum);
      return;
    }

  memcpy (old, place.leaf->codes, used);
  stretches[0] = (Stretch) { old, place.offset };
  stretches[1] = (Stretch) { codes, n_codes };
  stretches[2] = (Stretch) { old + place.offset, used - place.offset };
  n_leaves = total <= 2 * LEAF_FILL ? 2 : (total + LEAF_FILL - 1) / LEAF_FILL;
  /* A leaf gets less than its share when the next code does not fit, so allow for one more code. */
  share = (total + n_leaves - 1) / n_leaves + TK_CODE_MAX;

  tk_codes_sum (tree->tables, old, place.offset, &before);
  token = first - before.extent.tokens;
  place.offset = 0;
  old_sum = tk_inner_get_sum (place.nodes[tree->height - 1], place.indices[tree->height - 1]);
  n = take_codes (tree->tables, stretches, fresh, share, &sum);
  splice_leaf (tree, &place, used, &old_sum, fresh, n, &sum);
  token += sum.extent.tokens;

  for (;;)
    {
      sum = nothing;
      n = take_codes (tree->tables, stretches, fresh, share, &sum);
      if (n == 0)
        break;
      tk_token_tree_seek (tree, TK_UNIT_TOKENS, token - 1, &place);
      insert_leaf (tree, &place, tk_leaf_new (fresh, n), &sum);
      token += sum.extent.tokens;
    }
  mend_leaf (tree, token - 1);
}

void
tk_token_tree_replace (TkTokenTree   *tree,
                       size_t         first,
                       size_t         n_old,
                       const uint8_t *codes,
                       size_t         n_codes)
{
  TkSum old = { 0 };
  TkSum sum = { 0 };
  TkTreePlace place;
  size_t n, used;

  tk_token_tree_seek (tree, TK_UNIT_TOKENS, first, &place);
  n = tk_codes_walk (tree->tables, place.leaf->codes + place.offset, place.leaf->used - place.offset, TK_UNIT_TOKENS,
                     n_old, &old);
  used = place.leaf->used - n + n_codes;
  if (old.extent.tokens == n_old && used >= TK_LEAF_MIN && used <= TK_LEAF_MAX)
    {
      tk_codes_sum (tree->tables, codes, n_codes, &sum);
      splice_leaf (tree, &place, n, &old, codes, n_codes, &sum);
      return;
    }

  remove_tokens (tree, first, n_old);
  if (first > 0)
    mend_leaf (tree, first - 1);
  mend_leaf (tree, first);
  insert_tokens (tree, first, codes, n_codes);
}
