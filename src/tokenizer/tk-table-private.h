/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The table file: everything an encoder needs of one vocabulary, laid out to be mapped and used as it lies.
 *
 * tk-make-table writes it from a rank file at build time. It is in the byte order of the machine. Opening one checks
 * size, version, name and a checksum over all of it, so a damaged file is refused instead of read.
 */

#pragma once

#include "tk-tokenizer.h"
#include "tk-word-private.h"

#define TK_TABLE_MAGIC "TkTable\n"
#define TK_TABLE_BYTE_ORDER UINT32_C (0x01020304)
#define TK_TABLE_VERSION UINT32_C (4)
#define TK_TABLE_SUFFIX ".tktable"
#define TK_TABLE_ALIGNMENT 64

typedef enum
{
  TK_SECTION_OFFSETS,  /* uint32_t[n_ids + 1]: where each token's bytes start in BYTES; a hole in the ids is empty */
  TK_SECTION_BYTES,    /* the tokens' bytes, one after the other */
  TK_SECTION_SPLITS,   /* TkSplit[n_ids] */
  TK_SECTION_PREFIXES, /* TkId[n_ids]: the longest shorter token that the token starts with, or TK_ID_NONE */
  TK_SECTION_TRIE,     /* uint64_t[]: TkTrieNode, see below */
  TK_SECTION_PAIRS,    /* uint64_t[]: see below */
  TK_SECTION_PAIR_FILTER, /* uint64_t[TK_PAIR_FILTER_WORDS]: a bit for each pair that merges */
  TK_SECTION_CHARACTERS,  /* TkCharacter[TK_N_CHARACTERS]: see tk-characters-private.h */
  TK_SECTION_BOUNDARIES,  /* uint64_t[TK_BOUNDARY_WORDS]: likewise */
  TK_SECTION_WORDS,       /* TkWordBucket[]: the tokens that are words */
  TK_N_SECTIONS
} TkSection;

typedef struct
{
  char magic[8];
  uint32_t byte_order;
  uint32_t version;
  uint64_t checksum; /* of every byte that follows */
  uint64_t file_size;
  char name[16];
  uint32_t n_ids; /* one more than the highest */
  uint32_t reserved;
  struct
  {
    uint64_t offset;
    uint64_t size;
  } sections[TK_N_SECTIONS];
} TkTableHeader;

/* The merge that makes a token: of which two it is made. A single byte names itself twice. */
typedef struct
{
  TkId left;
  TkId right;
} TkSplit;

/*
 * The trie over all tokens is a double array: the child of a node for byte c lies at slot `base (node) + c`, if the
 * label there is c. No two nodes have the same base, and no empty slot has a label by which some node could reach it,
 * so the label alone is proof. A slot packs, from the low bit: 8 bits label, 18 bits token id (all ones: no token ends
 * here), 22 bits base (0: no children), 16 bits of which bit c & 15 is set if there may be a child for byte c; it saves
 * the visit to a far slot, most often the cache miss that ends a walk.
 */
typedef uint64_t TkTrieNode;

#define TK_TRIE_ROOT 0
#define TK_TRIE_ID_BITS 18
#define TK_TRIE_BASE_BITS 22
#define TK_TRIE_NO_ID ((1u << TK_TRIE_ID_BITS) - 1)

static inline unsigned
tk_trie_label (TkTrieNode node)
{
  return node & 0xff;
}

static inline TkId
tk_trie_id (TkTrieNode node)
{
  return (TkId) (node >> 8) & TK_TRIE_NO_ID;
}

static inline uint32_t
tk_trie_base (TkTrieNode node)
{
  return (uint32_t) (node >> 26) & ((1u << TK_TRIE_BASE_BITS) - 1);
}

static inline bool
tk_trie_may_have (TkTrieNode    node,
                  unsigned char c)
{
  return (node >> (48 + (c & 15))) & 1;
}

/*
 * Which two tokens merge, and into what: open addressing, linear probing. An entry packs left, right and result, 18
 * bits each from the low bit; all ones is empty.
 */
#define TK_PAIR_EMPTY UINT64_MAX
#define TK_PAIR_KEY_MASK ((UINT64_C (1) << 36) - 1)

static inline uint64_t
tk_pair_key (TkId left,
             TkId right)
{
  return left | (uint64_t) right << 18;
}

static inline uint64_t
tk_pair_hash (uint64_t key)
{
  key *= UINT64_C (0x9e3779b97f4a7c15);
  return key ^ key >> 32;
}

/* Where the search for a pair begins among @n_slots. */
static inline size_t
tk_pair_slot (uint64_t hash,
              size_t   n_slots)
{
  return (size_t) (((hash >> 32) * (uint64_t) n_slots) >> 32);
}

/* Most pairs that are looked up do not merge, and the pairs fill more than the cache. So a bit per pair, 256 KiB, is
 * asked first. */
#define TK_PAIR_FILTER_WORDS (UINT32_C (1) << 15)

static inline uint32_t
tk_pair_filter_word (uint64_t hash)
{
  return (uint32_t) (hash >> 49);
}

static inline unsigned
tk_pair_filter_bit (uint64_t hash)
{
  return (unsigned) (hash >> 43) & 63;
}

/* What is known of a character: its own tokens and to which neighbours tokens may reach. The characters below
 * TK_N_CHARACTERS are those of up to three bytes. */
typedef uint64_t TkCharacter;

#define TK_N_CHARACTERS UINT32_C (0x10000)
#define TK_BOUNDARY_WORDS (UINT32_C (1) << 12)

/* A checksum being made of data that comes in parts. */
#define TK_CHECKSUM_LANES 8
#define TK_CHECKSUM_BLOCK (8 * TK_CHECKSUM_LANES)

typedef struct
{
  uint64_t lanes[TK_CHECKSUM_LANES];
  uint64_t size;                         /* of all data so far */
  unsigned char rest[TK_CHECKSUM_BLOCK]; /* the last size % TK_CHECKSUM_BLOCK bytes */
} TkChecksum;

void     tk_checksum_init  (TkChecksum       *checksum);
void     tk_checksum_add   (TkChecksum       *checksum,
                            const void       *data,
                            size_t            size);
uint64_t tk_checksum_end   (const TkChecksum *checksum);
/** The checksum of @size bytes. Not cryptographic; it finds damage. */
uint64_t tk_table_checksum (const void       *data,
                            size_t            size);

/* A mapped table, the sections as typed pointers. */
typedef struct
{
  const TkTableHeader *header;
  const uint32_t *offsets;
  const char *bytes;
  const TkSplit *splits;
  const TkId *prefixes;
  const TkTrieNode *trie;
  const uint64_t *pairs;
  size_t n_pair_slots;
  const uint64_t *pair_filter;
  const TkCharacter *characters;
  const uint64_t *boundaries;
  const TkWordBucket *words;
  size_t n_buckets;
  uint32_t n_ids;
} TkTable;

/** Maps the table of the vocabulary @name at @path, all checks passed. */
bool     tk_table_open     (TkTable    *table,
                            const char *path,
                            const char *name,
                            TkError    *error);
void     tk_table_close    (TkTable    *table);
/** The token with exactly these bytes, or TK_ID_NONE. */
TkId     tk_table_find     (const TkTable *table,
                            const char    *bytes,
                            size_t         length);

static inline uint32_t
tk_table_token_length (const TkTable *table,
                       TkId           id)
{
  return table->offsets[id + 1] - table->offsets[id];
}
