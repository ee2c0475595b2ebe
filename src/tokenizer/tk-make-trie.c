/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Builds the double array of tk-table-private.h, level by level: the upper levels, which every walk visits, end up
 * close together at the front.
 */

#include "tk-make-trie.h"

#include <stdlib.h>
#include <string.h>

#define N_SLOTS (1u << TK_TRIE_BASE_BITS)
/* Bases of this form stay unused, so that every empty slot has a label that no node can reach it by. */
#define IS_RESERVED_BASE(base) ((base) % 128 == 0)

/* A node is the tokens [first, end) of the sorted list, which share their first @depth bytes. */
typedef struct
{
  uint32_t slot;
  uint32_t first;
  uint32_t end;
  uint32_t depth;
} Node;

typedef struct
{
  const TkVocabulary *vocabulary;
  TkId *sorted;
  uint32_t n_sorted;
  TkTrieNode *nodes;
  bool *used;         /* slots */
  bool *base_used;
  uint32_t *skip;     /* slot -> a slot at or after it, nearer to the next free one */
  uint32_t n_slots;
  Node *queue;
  uint32_t n_queue;
} Builder;

static const TkVocabulary *sorting;

static int
compare_tokens (const void *a,
                const void *b)
{
  TkId x = *(const TkId *) a;
  TkId y = *(const TkId *) b;
  uint32_t n = sorting->lengths[x] < sorting->lengths[y] ? sorting->lengths[x] : sorting->lengths[y];
  int order = memcmp (sorting->bytes + sorting->starts[x], sorting->bytes + sorting->starts[y], n);

  if (order != 0)
    return order;
  return (sorting->lengths[x] > sorting->lengths[y]) - (sorting->lengths[x] < sorting->lengths[y]);
}

static unsigned char
byte_at (const Builder *builder,
         uint32_t       index,
         uint32_t       depth)
{
  const TkVocabulary *vocabulary = builder->vocabulary;

  return vocabulary->bytes[vocabulary->starts[builder->sorted[index]] + depth];
}

static uint32_t
next_free (Builder  *builder,
           uint32_t  slot)
{
  uint32_t end = slot;

  while (end < N_SLOTS && builder->used[end])
    end = builder->skip[end];
  while (slot < end)
    {
      uint32_t next = builder->skip[slot];

      builder->skip[slot] = end;
      slot = next;
    }
  return end;
}

static bool
fits (const Builder       *builder,
      uint32_t             base,
      const unsigned char *labels,
      unsigned             n)
{
  if (IS_RESERVED_BASE (base) || builder->base_used[base])
    return false;
  for (unsigned i = 0; i < n; i++)
    if (builder->used[base + labels[i]])
      return false;
  return true;
}

/* The lowest base at which a node with these children fits, or 0. */
static uint32_t
find_base (Builder             *builder,
           const unsigned char *labels,
           unsigned             n)
{
  uint32_t slot = next_free (builder, labels[0] + 1u);

  for (; slot + 256 < N_SLOTS; slot = next_free (builder, slot + 1))
    if (fits (builder, slot - labels[0], labels, n))
      return slot - labels[0];
  return 0;
}

/* Places the children of @node and queues them. */
static bool
place (Builder    *builder,
       const Node *node)
{
  const TkVocabulary *vocabulary = builder->vocabulary;
  unsigned char labels[256];
  uint32_t firsts[257];
  uint32_t first = node->first;
  unsigned n = 0;
  TkTrieNode value = (TkTrieNode) TK_TRIE_NO_ID << 8;
  uint32_t base;

  if (first < node->end && vocabulary->lengths[builder->sorted[first]] == node->depth)
    value = (TkTrieNode) builder->sorted[first++] << 8;
  for (uint32_t i = first; i < node->end; i++)
    if (n == 0 || byte_at (builder, i, node->depth) != labels[n - 1])
      {
        labels[n] = byte_at (builder, i, node->depth);
        firsts[n++] = i;
      }
  firsts[n] = node->end;
  builder->nodes[node->slot] = value | tk_trie_label (builder->nodes[node->slot]);
  if (n == 0)
    return true;

  base = find_base (builder, labels, n);
  if (base == 0)
    return false;
  builder->base_used[base] = true;
  builder->nodes[node->slot] |= (TkTrieNode) base << 26;
  for (unsigned i = 0; i < n; i++)
    {
      uint32_t slot = base + labels[i];

      builder->used[slot] = true;
      builder->nodes[slot] = labels[i];
      builder->nodes[node->slot] |= UINT64_C (1) << (48 + (labels[i] & 15));
      builder->queue[builder->n_queue++] = (Node) { slot, firsts[i], firsts[i + 1], node->depth + 1 };
    }
  if (base + 256 > builder->n_slots)
    builder->n_slots = base + 256;
  return true;
}

/* Labels every empty slot by its distance to a reserved base, which no node has. */
static void
label_empty_slots (Builder *builder)
{
  for (uint32_t slot = 0; slot < builder->n_slots; slot++)
    if (!builder->used[slot])
      builder->nodes[slot] = (TkTrieNode) TK_TRIE_NO_ID << 8 | slot % 128;
}

TkTrieNode *
tk_make_trie (const TkVocabulary *vocabulary,
              size_t             *n_nodes)
{
  Builder builder = { .vocabulary = vocabulary, .n_slots = 1 };
  bool ok;

  builder.sorted = calloc (vocabulary->n_ids, sizeof *builder.sorted);
  builder.nodes = calloc (N_SLOTS, sizeof *builder.nodes);
  builder.used = calloc (N_SLOTS, sizeof *builder.used);
  builder.base_used = calloc (N_SLOTS, sizeof *builder.base_used);
  builder.skip = calloc (N_SLOTS, sizeof *builder.skip);
  builder.queue = calloc (vocabulary->n_bytes + 1, sizeof *builder.queue);
  ok = builder.sorted && builder.nodes && builder.used && builder.base_used && builder.skip && builder.queue;
  if (ok)
    {
      for (TkId id = 0; id < vocabulary->n_ids; id++)
        if (vocabulary->lengths[id] > 0)
          builder.sorted[builder.n_sorted++] = id;
      sorting = vocabulary;
      qsort (builder.sorted, builder.n_sorted, sizeof *builder.sorted, compare_tokens);
      for (uint32_t slot = 0; slot < N_SLOTS; slot++)
        builder.skip[slot] = slot + 1;
      builder.used[TK_TRIE_ROOT] = true;
      builder.queue[builder.n_queue++] = (Node) { TK_TRIE_ROOT, 0, builder.n_sorted, 0 };
      for (uint32_t i = 0; ok && i < builder.n_queue; i++)
        {
          Node node = builder.queue[i];

          ok = place (&builder, &node);
        }
      label_empty_slots (&builder);
    }
  free (builder.sorted);
  free (builder.used);
  free (builder.base_used);
  free (builder.skip);
  free (builder.queue);
  if (!ok)
    {
      free (builder.nodes);
      return NULL;
    }
  *n_nodes = builder.n_slots;
  return builder.nodes;
}
