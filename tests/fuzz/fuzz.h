/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A fuzz target is a program around one function that gets any bytes and aborts when something is wrong.
 *
 * `build-aux/fuzz` links it to clang's libFuzzer, which looks for inputs that reach new code. The ordinary build links
 * it to fuzz-driver.c, which mutates the seeds without looking but always alike, and which the tests run for a while.
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

/** libFuzzer's entry point: returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/** Inputs to begin with, and words to put into them; both end with NULL. */
extern const char *const fuzz_seeds[];
extern const char *const fuzz_words[];
