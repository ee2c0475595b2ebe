/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The ways to merge a piece. tk_merge() chooses; all give the same tokens.
 */

#pragma once

#include "tk-encoder-private.h"

/** Room for short texts, made at the first call. */
TkShorts *tk_encoder_get_shorts (TkEncoder *encoder);

/** Merges 1 to TK_MERGE_SHORT_MAX bytes. */
bool tk_merge_short      (TkEncoder           *encoder,
                          const unsigned char *bytes,
                          size_t               length,
                          TkSink              *sink);
/** Merges any number of bytes in linear time. */
bool tk_merge_long       (TkEncoder           *encoder,
                          const unsigned char *bytes,
                          size_t               length,
                          TkSink              *sink);
/** Merges whole characters, cutting where no token can cross: for text beyond ASCII. */
bool tk_merge_characters (TkEncoder           *encoder,
                          const unsigned char *bytes,
                          size_t               length,
                          TkSink              *sink);


/* The parts of a text that no token reaches across, one after the other. */
typedef struct
{
  const unsigned char *start; /* of the part */
  size_t length;              /* 0 at the end */
  TkCharacter known;          /* the part is a character whose tokens this holds; 0: it is to be merged */
  const unsigned char *end;   /* of the text */
  uint32_t next_code;         /* the character after the part */
  TkCharacter next;
} TkParts;

/** To be followed by tk_parts_next() for the first part. @length > 0. */
void tk_parts_init       (TkParts             *parts,
                          const TkTable       *table,
                          const unsigned char *bytes,
                          size_t               length);
/** Goes to the next part. False when there is none. */
bool tk_parts_next       (TkParts             *parts,
                          const TkTable       *table);

bool tk_is_ascii         (const unsigned char *bytes,
                          size_t               length);
