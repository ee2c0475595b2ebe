/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * The tokenizer: bytes in, token ids out, exactly as OpenAI's tiktoken gives them.
 *
 * Pure C17, no GLib, no locale, no logging; the only I/O is mapping one table file per vocabulary.
 *
 * A `TkEncoding` is immutable once opened: share it between threads. A `TkEncoder` holds one thread's scratch memory
 * and bounded caches: make one per thread. All text is UTF-8 with an explicit length in bytes; NUL bytes, CRLF and a
 * byte order mark are text like any other.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#include <atomic>
using std::atomic_bool;
extern "C" {
#else
#include <stdatomic.h>
#endif

/** A token id, also called its rank in the vocabulary. */
typedef uint32_t TkId;

/** No token. */
#define TK_ID_NONE UINT32_MAX

/** The encodings OpenAI has published, in the order of their age. */
typedef enum
{
  TK_ENCODING_R50K_BASE,
  TK_ENCODING_GPT2,
  TK_ENCODING_P50K_BASE,
  TK_ENCODING_P50K_EDIT,
  TK_ENCODING_CL100K_BASE,
  TK_ENCODING_O200K_BASE,
  TK_ENCODING_O200K_HARMONY,
  TK_N_ENCODINGS
} TkEncodingId;

/** How sure the mapping from a model's name to an encoding is. */
typedef enum
{
  TK_MODEL_UNKNOWN, /* no encoding is known for this name */
  TK_MODEL_EXACT,   /* tiktoken maps this name, or a prefix of it, to the encoding */
  TK_MODEL_ASSUMED  /* unpublished: an unknown gpt-N is taken to use o200k_base */
} TkModelMatch;

/** What can go wrong. Each is one sentence to tell a user, whatever the language. */
typedef enum
{
  TK_OK,
  TK_ERROR_INVALID_UTF8,    /* `position` is the byte where the first ill-formed sequence starts */
  TK_ERROR_INVALID_TOKEN,   /* decode: `position` is the index of the id that the encoding does not have */
  TK_ERROR_TABLE_MISSING,   /* a table file is not there or cannot be read */
  TK_ERROR_TABLE_FOREIGN,   /* it is no table, or one of another encoding, version of the program or kind of machine */
  TK_ERROR_TABLE_DAMAGED,   /* it is truncated or its bytes have changed */
  TK_ERROR_SPECIAL_TOKEN,   /* a special token that the caller disallowed stands at byte `position` */
  TK_ERROR_NO_SPACE,        /* the caller's array is too small; decode: for the id at `position` */
  TK_ERROR_CANCELLED,       /* by the caller's flag or function */
  TK_ERROR_OTHER_TEXT,      /* token map: the text does not fit the map and the edit; build the map again */
  TK_ERROR_BROKEN_MAP       /* token map: tk_token_map_validate() found a bug */
} TkErrorCode;

/**
 * What went wrong and where. Filled only on failure; @message is English, for logs and command lines that do not
 * translate; user interfaces build their own sentence from @code and @position.
 */
typedef struct
{
  TkErrorCode code;
  size_t position; /* 0 unless the code says what it is */
  char message[200];
} TkError;

/** What to do with text that spells a special token, for example `<|endoftext|>`. */
typedef enum
{
  TK_SPECIAL_AS_TEXT, /* tiktoken's encode_ordinary: it is just text */
  TK_SPECIAL_PARSE,   /* tiktoken's allowed_special="all": it becomes its one id */
  TK_SPECIAL_REFUSE   /* tiktoken's default: TK_ERROR_SPECIAL_TOKEN */
} TkSpecialMode;

/** How to encode; all zeros is what a call without options does: special tokens are text, and nothing cancels. */
typedef struct
{
  TkSpecialMode special;
  /* Nullable, borrowed: looked at at least every 10 ms; once true the call ends with TK_ERROR_CANCELLED. */
  const atomic_bool *cancelled;
  /* Nullable, borrowed: the @n_parsed special tokens that are parsed whatever @special says of the others, in any
   * order; tiktoken's allowed_special={…}. */
  const TkId *parsed;
  size_t n_parsed;
} TkOptions;

/** One vocabulary with its split pattern and special tokens. Immutable: any number of threads may use it at once. */
typedef struct _TkEncoding TkEncoding;
/** What one thread needs to encode: scratch memory and caches, 24 MB at most. Not for two threads at once. */
typedef struct _TkEncoder TkEncoder;

/* Names and models ------------------------------------------------------------------------------------------------ */

/** The published name, for example "o200k_base"; static. NULL for what is no encoding. */
const char   *tk_encoding_id_to_name   (TkEncodingId id);
/** The encoding of that published name; false, with *@id as it was, if there is none. */
bool          tk_encoding_id_from_name (const char   *name,
                                        TkEncodingId *id);
/** The encoding with the same ordinary tokens and the fewest special ones: gpt2 → r50k_base, p50k_edit → p50k_base,
 * o200k_harmony → o200k_base, all others themselves. Ordinary counts are equal, so one count serves both. */
TkEncodingId  tk_encoding_id_ordinary  (TkEncodingId id);
/** The encoding of a model's name, for example "gpt-4o-2024-08-06"; *@id stays as it was for TK_MODEL_UNKNOWN. */
TkModelMatch  tk_encoding_id_for_model (const char   *model,
                                        TkEncodingId *id);

/* Encodings ------------------------------------------------------------------------------------------------------- */

/**
 * Opens the table of @id in @directory (NULL: the directory compiled in, or $TOKENDESK_TABLES). It is mapped, not read:
 * all processes share one copy in memory. Returns NULL, and the reason in @error (nullable), if the table is missing,
 * foreign or damaged. Free it after the last encoder and map that use it.
 */
TkEncoding   *tk_encoding_open         (TkEncodingId      id,
                                        const char       *directory,
                                        TkError          *error);
/** @encoding nullable. */
void          tk_encoding_free         (TkEncoding       *encoding);
TkEncodingId  tk_encoding_get_id       (const TkEncoding *encoding);
/** One more than the highest id, as tiktoken's n_vocab. */
uint32_t      tk_encoding_get_n_vocab  (const TkEncoding *encoding);
/** The bytes of one token (borrowed, not NUL-terminated), or NULL when the encoding has no such id. */
const char   *tk_encoding_get_token    (const TkEncoding *encoding,
                                        TkId              id,
                                        size_t           *length);
/** Finds the id whose bytes are exactly these, special tokens included; TK_ID_NONE if there is none. */
TkId          tk_encoding_find_token   (const TkEncoding *encoding,
                                        const char       *bytes,
                                        size_t            length);
/** Whether @id is a special token, which no text gives unless special tokens are parsed. */
bool          tk_encoding_is_special   (const TkEncoding *encoding,
                                        TkId              id);
/** The @index-th special token in the order of ids, or TK_ID_NONE past the last; @spelling is borrowed. */
TkId          tk_encoding_get_special  (const TkEncoding *encoding,
                                        size_t            index,
                                        const char      **spelling);

/* Encode, count, decode ------------------------------------------------------------------------------------------- */

/** An encoder for one thread; @encoding must outlive it. */
TkEncoder    *tk_encoder_new           (const TkEncoding *encoding);
/** @encoder nullable. */
void          tk_encoder_free          (TkEncoder        *encoder);

/**
 * Encodes @length bytes. @ids has room for @capacity ids (@length are always enough); @lengths, nullable, has room for
 * as many and receives each token's length in bytes, so that the offset of a token is the sum of those before it.
 * @options nullable. On success *@n_tokens ids were written; on failure @error (nullable) says why, and the arrays hold
 * nothing of use. Linear in @length for any text, without recursion.
 */
bool          tk_encode                (TkEncoder        *encoder,
                                        const char       *text,
                                        size_t            length,
                                        const TkOptions  *options,
                                        TkId             *ids,
                                        uint32_t         *lengths,
                                        size_t            capacity,
                                        size_t           *n_tokens,
                                        TkError          *error);

/** Receives up to a few thousand tokens at a time; false ends the encoding with TK_ERROR_CANCELLED. */
typedef bool (*TkTokensFunc)           (const TkId       *ids,
                                        const uint32_t   *lengths,
                                        size_t            n_tokens,
                                        void             *user_data);
/** Like tk_encode(), without an array for everything. */
bool          tk_encode_each           (TkEncoder        *encoder,
                                        const char       *text,
                                        size_t            length,
                                        const TkOptions  *options,
                                        TkTokensFunc      func,
                                        void             *user_data,
                                        TkError          *error);
/** Counts tokens without producing them: cheaper than tk_encode(). */
bool          tk_count                 (TkEncoder        *encoder,
                                        const char       *text,
                                        size_t            length,
                                        const TkOptions  *options,
                                        size_t           *n_tokens,
                                        TkError          *error);
/**
 * Writes the bytes of @n_tokens ids to @bytes and their number to *@length; with @bytes NULL only measures. The result
 * need not be UTF-8: a token may end inside a character.
 */
bool          tk_decode                (const TkEncoding *encoding,
                                        const TkId       *ids,
                                        size_t            n_tokens,
                                        char             *bytes,
                                        size_t            capacity,
                                        size_t           *length,
                                        TkError          *error);

/* UTF-8 ----------------------------------------------------------------------------------------------------------- */

/** The byte position of the first ill-formed sequence, or @length if all is well-formed. */
size_t        tk_utf8_check            (const char       *text,
                                        size_t            length);

#ifdef __cplusplus
}
#endif
