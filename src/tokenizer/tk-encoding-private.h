/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-front-private.h"
#include "tk-put-private.h"
#include "tk-scan-private.h"
#include "tk-shorts-private.h"
#include "tk-special-private.h"
#include "tk-split-private.h"
#include "tk-table-private.h"

struct _TkEncoding
{
  TkEncodingId id;
  TkTable table;
  TkSpecials specials;
  TkPieceEndFunc piece_end;
  TkScanFunc scan;
  TkLookUpFunc look_up;
  TkPutFunc put;
  TkTallyFunc tally;
  TkShortsMergeFunc merge_short;
  uint32_t n_vocab;
};
