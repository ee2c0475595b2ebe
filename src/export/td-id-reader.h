/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/** What stands in the way of reading ids. */
typedef enum
{
  TD_IDS_OK,
  TD_IDS_NOT_A_NUMBER, /* something else than digits and what separates them */
  TD_IDS_TOO_LARGE,    /* a number that no encoding reaches */
  TD_IDS_UNKNOWN       /* an id that the encoding does not have */
} TdIdsProblem;

/**
 * TdIdsResult:
 * @problem: what went wrong, if anything
 * @position: the character of the text where the trouble is, counted from 0
 * @id: the unknown id
 * @n_ids: how many ids there are
 * @bytes: what they decode to, %NULL after a problem; need not be UTF-8
 */
typedef struct
{
  TdIdsProblem problem;
  gsize position;
  TkId id;
  gsize n_ids;
  GBytes *bytes;
} TdIdsResult;

void td_ids_decode       (const char       *text,
                          gsize             length,
                          const TkEncoding *encoding,
                          TdIdsResult      *result);
void td_ids_result_clear (TdIdsResult      *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdIdsResult, td_ids_result_clear)

G_END_DECLS
