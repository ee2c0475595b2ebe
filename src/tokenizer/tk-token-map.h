/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * The token map: where every token of one document begins, kept exact while the document is edited.
 *
 * It stores neither text nor ids, only packed token lengths in blocks with sums. After an edit it asks the owner of the
 * text for the little it has to read again, re-tokenizes from a safe boundary before the edit until its boundaries meet
 * the old ones, and reports which tokens changed. The result always equals a fresh run over the whole text.
 *
 * One thread at a time may use a map; different maps are independent.
 */

#pragma once

#include "tk-tokenizer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _TkTokenMap TkTokenMap;

/** A place in the document, or a length, in four units at once. A character is a Unicode code point. A token that ends
 * inside a character counts that character where its first byte lies. Newlines are the bytes 0x0A. */
typedef struct
{
  size_t bytes;
  size_t characters;
  size_t newlines;
  size_t tokens;
} TkExtent;

/**
 * Gives at least @n_characters characters of the document as it is now, from character @first on (fewer only at the
 * end). Returns UTF-8 that stays valid until the next call, and its length in bytes in *@n_bytes; NULL if the text
 * cannot be had, which fails the call that asked.
 */
typedef const char *(*TkReadFunc) (size_t   first,
                                   size_t   n_characters,
                                   size_t  *n_bytes,
                                   void    *user_data);

/** An edit, in characters: at @position, @removed characters went and @inserted ones came. */
typedef struct
{
  size_t position;
  size_t removed;
  size_t inserted;
} TkEdit;

/** What tk_token_map_splice() changed: the tokens from @start on, @old_tokens of them before, @new_tokens now, which
 * span @old_characters and @new_characters. Everything outside kept its boundaries and its text. Both ends lie between
 * characters, never inside one. */
typedef struct
{
  TkExtent start;
  size_t old_tokens;
  size_t new_tokens;
  size_t old_characters;
  size_t new_characters;
} TkChange;

/** One token, with the extent of everything before it. */
typedef struct
{
  TkExtent start;
  uint32_t bytes;
  uint32_t characters; /* characters whose first byte lies in this token; 0 inside a split character */
  uint32_t newlines;
} TkToken;

/** Walks tokens forward; filled by the seek functions, invalid after any change of the map. */
typedef struct
{
  const TkTokenMap *map;
  TkExtent at;
  size_t reserved[4];
} TkTokenIter;

/** A new map of an empty document. @encoding must outlive it. */
TkTokenMap *tk_token_map_new             (const TkEncoding *encoding,
                                          TkSpecialMode     special);
void        tk_token_map_free            (TkTokenMap       *map);
const TkEncoding *
            tk_token_map_get_encoding    (const TkTokenMap *map);

/** Replaces everything by a fresh run over @text; costs one encode and little more. On failure the map is unchanged. */
bool        tk_token_map_build           (TkTokenMap        *map,
                                          const char        *text,
                                          size_t             length,
                                          const atomic_bool *cancelled,
                                          TkError           *error);
/** Follows one edit that has already happened in the document. O(log n) plus the text that had to be read again, which
 * is some 130 characters around the edit unless they are one long run. @change nullable. On failure the map no longer
 * fits the document: build it again. Besides the errors of tk_encode(), whose positions are bytes of the document, that
 * is TK_ERROR_CANCELLED when @read gave nothing, and TK_ERROR_OTHER_TEXT when the map does not fit the text. */
bool        tk_token_map_splice          (TkTokenMap        *map,
                                          const TkEdit      *edit,
                                          TkReadFunc         read,
                                          void              *user_data,
                                          TkChange          *change,
                                          TkError           *error);

TkExtent    tk_token_map_get_total       (const TkTokenMap *map);
/** Heap bytes in use, for budgets and benchmarks. */
size_t      tk_token_map_get_memory      (const TkTokenMap *map);

/* Each seek puts @iter on the token that holds the wanted byte, character, line start or index, so that
 * tk_token_iter_next() returns it first; false (and @iter at the end) when it lies past the end. O(log n). For a split
 * character the first of its tokens is found. */
bool        tk_token_map_seek_byte       (const TkTokenMap *map, size_t byte,      TkTokenIter *iter);
bool        tk_token_map_seek_character  (const TkTokenMap *map, size_t character, TkTokenIter *iter);
/** To the token that holds the @line-th newline (counted from 1), or the first token for line 0. */
bool        tk_token_map_seek_line       (const TkTokenMap *map, size_t line,      TkTokenIter *iter);
bool        tk_token_map_seek_token      (const TkTokenMap *map, size_t index,     TkTokenIter *iter);
/** The next token, or false at the end. O(1). */
bool        tk_token_iter_next           (TkTokenIter      *iter,
                                          TkToken          *token);

/** Checks every invariant and returns false, with the reason in @error, if one is broken. For tests. O(n). */
bool        tk_token_map_validate        (const TkTokenMap *map,
                                          TkError          *error);

#ifdef __cplusplus
}
#endif
