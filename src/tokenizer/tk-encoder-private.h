/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-encoding-private.h"

/* Where tokens go: into an array, on to a function when the array is full, or nowhere but into a number. */
typedef struct
{
  TkId *ids;          /* NULL: count only */
  uint32_t *lengths;  /* nullable */
  size_t n;           /* tokens in the array */
  size_t capacity;
  size_t n_flushed;   /* tokens before those in the array */
  TkTokensFunc func;  /* nullable */
  void *user_data;
  TkErrorCode code;   /* why put() failed */
} TkSink;

struct _TkEncoder
{
  const TkEncoding *encoding;
  const atomic_bool *cancelled;

  /* Scratch of tk_merge(): the tokens so far, and for each byte position whether it is known to lead nowhere. */
  TkId *stack;
  size_t stack_size;
  uint64_t *dead;
  size_t dead_size;
};

/** Adds one token. False with @code set when there is no room or the receiver has had enough. */
bool tk_sink_put      (TkSink     *sink,
                       TkId        id,
                       uint32_t    length);

/** True if the caller wants the call to end. */
bool tk_is_cancelled  (const TkEncoder *encoder);

/** Merges one piece of @length bytes, @length > 0, into its tokens. */
bool tk_merge         (TkEncoder  *encoder,
                       const char *piece,
                       size_t      length,
                       TkSink     *sink);
