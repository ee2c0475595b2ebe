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

/* Parts of a long text merged at once: see tk-merge-windows.c. */
#define TK_WINDOW_STRIDE 20
#define TK_WINDOWS_MAX 11

typedef struct
{
  uint64_t bounds; /* bit i: a token begins at byte i, or the window ends there */
  TkId ids[TK_MERGE_SHORT_MAX];
} TkMergeWindow;

typedef struct
{
  size_t start; /* of the first in the text */
  size_t end;   /* of what they are used for */
  size_t n;
  TkMergeWindow windows[TK_WINDOWS_MAX];
} TkMergeWindows;

/**
 * Puts tokens from *@pos on into @ids, which has room for TK_MERGE_SHORT_MAX more than there are bytes, and moves *@pos
 * behind them. Each two neighbours among them are good. Returns their number, 0 if no window has a token that begins
 * there. From windows->end on new windows are made.
 */
size_t tk_windows_take  (TkEncoder           *encoder,
                         TkMergeWindows      *windows,
                         const unsigned char *bytes,
                         size_t               length,
                         size_t              *pos,
                         TkId                *ids);

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
