/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tokenizer/tk-tokenizer.h"

#include <glib.h>

/** Opens an encoding from the build tree; each is opened once and lives as long as the test. */
const TkEncoding *tk_test_encoding  (TkEncodingId       id);
/** An encoder for it, likewise. */
TkEncoder        *tk_test_encoder   (TkEncodingId       id);

/** Encodes or fails the test. */
GArray           *tk_test_encode    (TkEncodingId       id,
                                     const char        *text,
                                     size_t             length,
                                     TkSpecialMode      special);

/** Checks that @text gives exactly these ids. */
void              tk_test_expect    (TkEncodingId       id,
                                     const char        *text,
                                     TkSpecialMode      special,
                                     const TkId        *ids,
                                     size_t             n_ids);

/**
 * Checks what holds for every text: lengths sum up and cut where decode says, decode gives the text back, count equals,
 * the callback sees the same tokens, and every piece is well-formed and not empty.
 */
void              tk_test_check_all (TkEncodingId       id,
                                     const char        *text,
                                     size_t             length);

/** The path of a file under data/encodings. */
char             *tk_test_rank_file (const char        *vocabulary);

/** A random string made of @n_characters parts chosen to stress every rule of the split patterns. */
void              tk_test_random    (GRand             *rand,
                                     GString           *text,
                                     unsigned           n_parts);
