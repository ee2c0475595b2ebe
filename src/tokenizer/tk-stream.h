/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * Counting a text that is not in memory, part by part: exactly what tk_count() says of the whole, however it is cut.
 *
 * Between two parts only what may still change is kept: the text since the last place where the split rules always cut.
 * That is some words in anything people write; a text with no such place within TK_STREAM_LONGEST bytes (all one
 * letter, say) is refused rather than filling the memory.
 */

#pragma once

#include "tk-tokenizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** As many bytes as may be kept between two parts. */
#define TK_STREAM_LONGEST ((size_t) 64 * 1024 * 1024)

typedef struct _TkStream TkStream;

/** A stream for one text, from the start; @encoding is borrowed. For one thread at a time. */
TkStream *tk_stream_new    (const TkEncoding *encoding);
void      tk_stream_free   (TkStream         *stream);

/**
 * Takes the next @length bytes, which may begin and end anywhere, even inside a character. @options nullable; of it
 * only `cancelled` is looked at: special tokens are text. On failure, with the position in the whole text, the stream is
 * of no more use for this text; TK_ERROR_NO_SPACE is a text without a place to cut. Linear in @length.
 */
bool      tk_stream_feed   (TkStream         *stream,
                            const char       *text,
                            size_t            length,
                            const TkOptions  *options,
                            TkError          *error);
/** Ends the text, and says how many tokens it has. Then, or after tk_stream_reset(), the stream is ready for another. */
bool      tk_stream_finish (TkStream         *stream,
                            const TkOptions  *options,
                            uint64_t         *n_tokens,
                            TkError          *error);

/** Forgets the text, after a failure for example; the memory is kept for the next. */
void      tk_stream_reset  (TkStream         *stream);

#ifdef __cplusplus
}
#endif
