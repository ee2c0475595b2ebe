/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdImageMethod:
 * @TD_IMAGE_METHOD_NONE: no formula is known
 * @TD_IMAGE_METHOD_TILE: a base, and so many tokens for each tile of 512 pixels
 * @TD_IMAGE_METHOD_PATCH: patches of 32 pixels, up to a number of them, times a factor
 *
 * How a model's vendor turns the size of an image into tokens.
 */
typedef enum
{
  TD_IMAGE_METHOD_NONE,
  TD_IMAGE_METHOD_TILE,
  TD_IMAGE_METHOD_PATCH
} TdImageMethod;

/**
 * TdImageFormula:
 * @base: tile: tokens of any image
 * @tile: tile: tokens of each tile
 * @patches: patch: the most there can be; larger images are scaled down
 * @factor: patch: tokens for each patch, in millionths
 *
 * What images cost. The vendors publish these as rules of thumb, so the results are estimates.
 */
typedef struct
{
  TdImageMethod method;
  guint64 base;
  guint64 tile;
  guint64 patches;
  guint32 factor;
} TdImageFormula;

/** Larger images do not exist; the arithmetic is exact up to this. */
#define TD_IMAGE_MAX_SIDE 1000000u

guint64 td_image_formula_count (const TdImageFormula *formula,
                                guint                 width,
                                guint                 height,
                                gboolean              low_detail);

G_END_DECLS
