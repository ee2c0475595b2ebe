/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The token tree: the lengths of a document's tokens, in order, quick to find and to replace.
 *
 * A B+ tree. Its leaves hold up to TK_LEAF_MAX bytes of token codes (tk-token-code-private.h) and are chained; its
 * inner nodes hold up to TK_INNER_MAX children with the sums of what lies below each, in four units. A tree of 10 MB
 * of English, two million tokens, is three levels high:
 *
 *    root                        [ 3.4 MB 3.4 M 61 k 710 k | 3.3 MB … | 3.5 MB … ]
 *                                          /                   |           \
 *    inner      [ 4,310 B 4,298 C 70 L 958 T | 4,402 B … | … ]            …
 *                       /                        |
 *    leaf       05 01 06 01 04 …  ⇄  03 06 01 …  ⇄  …
 *
 * To find a byte, a character, a line or a token is the same walk with another unit: down past the children that end
 * before it, then along one leaf, a table look-up and an addition per token. To replace tokens is to rewrite codes in
 * a leaf and to add the difference to the sums above it. The tree knows nothing of text.
 */

#pragma once

#include "tk-token-code-private.h"
#include "tk-token-map.h"

#define TK_LEAF_MAX 1024
#define TK_LEAF_MIN (TK_LEAF_MAX / 4)
#define TK_INNER_MAX 32
#define TK_INNER_MIN (TK_INNER_MAX / 4)
/* 8^20 leaves will do. */
#define TK_TREE_MAX_HEIGHT 20

/* The members of TkExtent, in their order. */
typedef enum
{
  TK_UNIT_BYTES,
  TK_UNIT_CHARACTERS,
  TK_UNIT_NEWLINES,
  TK_UNIT_TOKENS,
  TK_N_UNITS
} TkUnit;

/* An extent whose members can be picked by number. */
typedef union
{
  TkExtent extent;
  size_t by[TK_N_UNITS];
} TkSum;

typedef struct _TkLeaf TkLeaf;
typedef struct _TkInner TkInner;

struct _TkLeaf
{
  TkLeaf *previous;
  TkLeaf *next;
  uint16_t used;
  uint16_t capacity;
  uint8_t codes[];
};

struct _TkInner
{
  size_t n_children;
  void *children[TK_INNER_MAX]; /* TkLeaf on the lowest level, else TkInner */
  size_t sums[TK_N_UNITS][TK_INNER_MAX];
};

/* There is always a root and a leaf; only the one leaf of an empty document is empty. */
typedef struct
{
  const TkCodeTables *tables;
  TkInner *root;
  unsigned height; /* levels of inner nodes */
  TkSum total;
  size_t memory;
} TkTokenTree;

/* A token, or the end: the way down to it, and the extent of all before it. */
typedef struct
{
  TkInner *nodes[TK_TREE_MAX_HEIGHT];
  unsigned indices[TK_TREE_MAX_HEIGHT];
  TkLeaf *leaf;
  size_t offset; /* of its code in the leaf */
  TkSum at;
} TkTreePlace;

void tk_token_tree_init     (TkTokenTree       *tree);
void tk_token_tree_clear    (TkTokenTree       *tree);

/**
 * Finds the token that holds the @target-th unit, counted from 0. Past the last one returns false, with @place at the
 * end.
 */
bool tk_token_tree_seek     (const TkTokenTree *tree,
                             TkUnit             unit,
                             size_t             target,
                             TkTreePlace       *place);

/** Puts the tokens of @n_codes bytes of codes in the place of the @n_old tokens from the @first on. */
void tk_token_tree_replace  (TkTokenTree       *tree,
                             size_t             first,
                             size_t             n_old,
                             const uint8_t     *codes,
                             size_t             n_codes);

/** Fills *@error and returns false if an invariant is broken. O(n). */
bool tk_token_tree_validate (const TkTokenTree *tree,
                             TkError           *error);

/*
 * Building from front to end, in full leaves. Begin; then any number of times have tokens coded at
 * tk_tree_builder_room() and add them, TK_CODE_BATCH at most; then either end, which puts all of it in the place of
 * what the tree held, or drop.
 */
typedef struct
{
  const TkCodeTables *tables;
  TkLeaf **leaves;
  TkSum *sums;
  size_t n_leaves;
  size_t allocated;
  /* The leaf being filled. */
  TkSum sum;
  size_t n_codes;
  uint8_t codes[TK_LEAF_MAX + TK_CODE_BATCH * TK_CODE_MAX];
} TkTreeBuilder;

void tk_tree_builder_begin  (TkTreeBuilder     *builder);
/** Takes over @n_codes bytes of codes for @n_tokens tokens, which span @sum. */
void tk_tree_builder_add    (TkTreeBuilder     *builder,
                             size_t             n_codes,
                             size_t             n_tokens,
                             TkPackedShape      sum);
void tk_tree_builder_end    (TkTreeBuilder     *builder,
                             TkTokenTree       *tree);
void tk_tree_builder_drop   (TkTreeBuilder     *builder);

/** Where the next codes go. */
static inline uint8_t *
tk_tree_builder_room (TkTreeBuilder *builder)
{
  return builder->codes + builder->n_codes;
}

/* Shared by the tree's own files. ---------------------------------------------------------------------------------- */

TkLeaf  *tk_leaf_new      (const uint8_t       *codes,
                           size_t               n_codes);
/** Heap bytes that a leaf of this capacity takes, the allocator's own word included. */
size_t   tk_leaf_memory   (size_t               capacity);
TkInner *tk_inner_new     (void);
size_t   tk_inner_memory  (void);
/** The sum over all children of @inner. */
TkSum    tk_inner_total   (const TkInner       *inner);

/**
 * Walks over whole tokens from @codes on, within @n_codes bytes of codes and @limit units. A token that goes on behind
 * either is not walked over (and if its code does, it must lie in memory all the same). Adds what it walked over to
 * *@sum and returns its length in codes.
 */
size_t   tk_codes_walk    (const TkCodeTables  *tables,
                           const uint8_t       *codes,
                           size_t               n_codes,
                           TkUnit               unit,
                           size_t               limit,
                           TkSum               *sum);
/** The same without a limit in units. */
size_t   tk_codes_sum     (const TkCodeTables  *tables,
                           const uint8_t       *codes,
                           size_t               n_codes,
                           TkSum               *sum);

static inline void
tk_sum_add (TkSum       *sum,
            const TkSum *other)
{
  for (int unit = 0; unit < TK_N_UNITS; unit++)
    sum->by[unit] += other->by[unit];
}

static inline void
tk_sum_subtract (TkSum       *sum,
                 const TkSum *other)
{
  for (int unit = 0; unit < TK_N_UNITS; unit++)
    sum->by[unit] -= other->by[unit];
}

static inline void
tk_sum_add_packed (TkSum         *sum,
                   TkPackedShape  packed,
                   size_t         n_tokens)
{
  TkShape shape = tk_packed_unpack (packed);

  sum->extent.bytes += shape.bytes;
  sum->extent.characters += shape.characters;
  sum->extent.newlines += shape.newlines;
  sum->extent.tokens += n_tokens;
}

static inline TkSum
tk_inner_get_sum (const TkInner *inner,
                  size_t         index)
{
  TkSum sum;

  for (int unit = 0; unit < TK_N_UNITS; unit++)
    sum.by[unit] = inner->sums[unit][index];
  return sum;
}

static inline void
tk_inner_set_sum (TkInner     *inner,
                  size_t       index,
                  const TkSum *sum)
{
  for (int unit = 0; unit < TK_N_UNITS; unit++)
    inner->sums[unit][index] = sum->by[unit];
}
