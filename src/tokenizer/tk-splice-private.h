/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Following an edit. tk-token-map-private.h has an example.
 *
 * 1. Read a window of text around the edit and find the limits of what must be encoded anew: on either side a seam or,
 *    in a long run, an anchor (tk-splice-window.c, tk-splice-limits.c, tk-splice-anchors.c).
 * 2. Encode what lies between them (tk-splice.c), or, in a long run that repeats itself, what is not just moved
 *    (tk-splice-shift.c).
 * 3. Put those of the new tokens into the tree which are not what they were (tk-splice-tree.c).
 *
 * A seam is as good as the end of the text. An anchor is an old token boundary in the middle of a piece. Tokens are
 * the result of merging a piece exactly if each two neighbours are (tk-merge.c), so the old tokens on the far side of
 * an anchor may stay if they and the new ones are good neighbours there; if not, another anchor is tried farther
 * away.
 */

#pragma once

#include "tk-token-map-private.h"

/* The text around the edit, which lies between the bytes @edit_start and @edit_end of it. */
typedef struct
{
  size_t first;  /* character of the document */
  size_t before; /* characters before the edit */
  size_t after;  /* and behind it */
  const char *text;
  size_t length;
  size_t edit_start;
  size_t edit_end;
  bool at_start; /* of the document */
  bool at_end;
} TkWindow;

/* One end of what is encoded anew. */
typedef struct
{
  bool found;
  bool is_anchor;
  size_t distance;  /* bytes from the edit */
  size_t searched;  /* bytes from the edit that have no seam in them */
  size_t try_from;  /* bytes from the edit where an anchor may be; 0: no more anchors */
  TkTreePlace old;  /* the old token that begins there */
} TkLimit;

typedef struct
{
  TkTokenMap *map;
  const TkEdit *edit;
  TkReadFunc read;
  void *user_data;
  size_t n_characters; /* of the document as it is now */
  TkWindow window;
  TkLimit start;
  TkLimit end;
} TkSplice;

/** Fails because the text is not what it was said to be. */
bool      tk_splice_does_not_fit (TkError        *error);

/** Reads the window with these many characters around the edit, or more of it than before. */
bool      tk_window_read         (TkSplice       *splice,
                                  size_t          before,
                                  size_t          after,
                                  TkError        *error);
/** Looks beyond the end (or, @backwards, the beginning) of the window for the first character of a class that is not
 * in @set. Puts that class as a set into *@found, or nothing at the end of the document. */
bool      tk_window_look_beyond  (TkSplice       *splice,
                                  bool            backwards,
                                  unsigned        set,
                                  unsigned       *found,
                                  TkError        *error);

/** How far from the edit, in bytes, and from the ends of the window a limit must be for the sake of special tokens. */
size_t    tk_splice_special_distance (const TkSplice *splice);
/** Whether a special token starts before @pos and ends behind it. */
bool      tk_splice_is_in_special (const TkSplice *splice,
                                   size_t          pos);

/** Bytes from the edit where anchors are looked for at first. */
#define TK_ANCHOR_DISTANCE 16

/** Looks for an old token boundary before the edit, going back token by token; false on failure, not if there is none.
 */
bool      tk_splice_find_start_anchor (TkSplice   *splice,
                                       TkError    *error);
/** The same behind the edit, going on token by token. */
bool      tk_splice_find_end_anchor (TkSplice     *splice,
                                     TkError      *error);
/** Finds both limits, or the one that is not @found. */
bool      tk_splice_find_limits  (TkSplice       *splice,
                                  TkError        *error);
/** The anchor, if it is one, was no good: looks farther away next time. */
void      tk_limit_drop_anchor   (TkLimit        *limit);
/** Looks only for a seam next time, if it is an anchor. */
void      tk_limit_give_up_anchors (TkLimit      *limit);

/* Receives new tokens and writes their codes to the map. */
typedef struct
{
  TkTokenMap *map;
  const char *text; /* not yet coded */
  size_t length;
  uint32_t first_length; /* of the first token, 0: none yet */
  uint32_t last_length;
} TkReceiver;

/* Tokens handed on at a time. */
#define TK_RECEIVER_BATCH 256

/** A TkTokensFunc; @user_data is the receiver. */
bool      tk_receive             (const TkId     *ids,
                                  const uint32_t *lengths,
                                  size_t          n_tokens,
                                  void           *user_data);
/** Merges a piece or a part of one, which is whole characters. */
void      tk_receive_merged      (TkReceiver     *receiver,
                                  size_t          length);
/** Whether merging the bytes of two tokens, @left and @right bytes, gives back these two. */
bool      tk_are_good_neighbours (TkEncoder      *encoder,
                                  const char     *bytes,
                                  size_t          left,
                                  size_t          right);
/** Whether the first new token, @length bytes, may stand behind the old one before the anchor. */
bool      tk_splice_fits_start   (const TkSplice *splice,
                                  size_t          length);

/** Shorter stretches behind an edit are encoded anew. */
#define TK_SHIFT_MIN_LENGTH 4096

/** If much of what lies between the limits is one run that repeats itself, encodes the rest, puts it into the tree and
 * sets *@done: see tk-splice-shift.c. An anchor at the start may be dropped instead. */
bool      tk_splice_shift        (TkSplice       *splice,
                                  TkChange       *change,
                                  bool           *done,
                                  TkError        *error);

/** Puts the new tokens from the map's codes into the tree. */
void      tk_splice_update_tree  (TkSplice       *splice,
                                  TkChange       *change);

static inline size_t
tk_splice_start (const TkSplice *splice)
{
  return splice->window.edit_start - splice->start.distance;
}

static inline size_t
tk_splice_end (const TkSplice *splice)
{
  return splice->window.edit_end + splice->end.distance;
}

static inline bool
tk_window_is_character_start (const TkWindow *window,
                              size_t          pos)
{
  return pos == window->length || ((unsigned char) window->text[pos] & 0xc0) != 0x80;
}

static inline size_t
tk_window_previous (const TkWindow *window,
                    size_t          pos)
{
  do
    pos--;
  while (!tk_window_is_character_start (window, pos));
  return pos;
}

static inline size_t
tk_window_next (const TkWindow *window,
                size_t          pos)
{
  do
    pos++;
  while (!tk_window_is_character_start (window, pos));
  return pos;
}

/** The number of characters in @length bytes of well-formed UTF-8. */
size_t    tk_count_characters    (const char     *text,
                                  size_t          length);
