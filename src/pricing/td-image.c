/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-image.h"
#include "pricing/td-quote.h"

/* An image is first made to fit a square of this side, then its shorter side to fit the second number. */
#define MAX_SIDE 2048
#define MAX_SHORT_SIDE 768
#define TILE_SIDE 512
#define PATCH_SIDE 32

static guint64
divide_up (guint64 a,
           guint64 b)
{
  return a / b + (a % b != 0);
}

/* Pixels scale by @numerator / @denominator; a tile that is only begun counts. */
static guint64
count_tiles (guint width,
             guint height)
{
  guint64 numerator = 1;
  guint64 denominator = 1;
  guint long_side = MAX (width, height);
  guint short_side = MIN (width, height);

  if (long_side > MAX_SIDE)
    {
      numerator = MAX_SIDE;
      denominator = long_side;
    }
  /* What fits the square may still be too thick: short × numerator / denominator > 768. */
  if (short_side * numerator > MAX_SHORT_SIDE * denominator)
    {
      numerator = MAX_SHORT_SIDE;
      denominator = short_side;
    }

  return divide_up (width * numerator, TILE_SIDE * denominator) *
         divide_up (height * numerator, TILE_SIDE * denominator);
}

/* The largest number whose square is not above @value. */
static guint64
square_root (guint64 value)
{
  guint64 low = 0;
  guint64 high = G_MAXUINT32;

  while (low < high)
    {
      guint64 middle = low + (high - low + 1) / 2;

      if (middle * middle <= value)
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

/*
 * The patches of an image, at most @limit. One that has more is scaled down to as many as fit, and a little further so
 * that one of its sides is a whole number of patches.
 *
 * With a = √(limit · width / height) and b = √(limit · height / width), the sides in patches if all of the limit could
 * be used, the side that loses more by rounding down decides: that is width if ⌊a⌋ / a ≤ ⌊b⌋ / b, which without roots
 * is ⌊a⌋ · height ≤ ⌊b⌋ · width.
 */
static guint64
count_patches (guint   width,
               guint   height,
               guint64 limit)
{
  guint64 patches = divide_up (width, PATCH_SIDE) * divide_up (height, PATCH_SIDE);
  guint64 across, down;

  if (patches <= limit)
    return patches;

  across = MAX (square_root (limit * width / height), 1);
  down = MAX (square_root (limit * height / width), 1);

  if (across * height <= down * width)
    return MIN (across * divide_up (across * height, width), limit);

  return MIN (down * divide_up (down * width, height), limit);
}

/**
 * td_image_formula_count:
 * @formula: how a model counts images
 * @width: width in pixels
 * @height: height in pixels
 * @low_detail: whether the model is asked to look at it only roughly
 *
 * Estimates what an image adds to the input.
 *
 * Returns: tokens, or %TD_TOKENS_UNKNOWN if there is no formula for this
 */
guint64
td_image_formula_count (const TdImageFormula *formula,
                        guint                 width,
                        guint                 height,
                        gboolean              low_detail)
{
  if (width == 0 || height == 0 || width > TD_IMAGE_MAX_SIDE || height > TD_IMAGE_MAX_SIDE)
    return TD_TOKENS_UNKNOWN;

  if (formula->method == TD_IMAGE_METHOD_TILE)
    return formula->base + (low_detail ? 0 : formula->tile * count_tiles (width, height));

  if (formula->method == TD_IMAGE_METHOD_PATCH && !low_detail)
    return divide_up (count_patches (width, height, formula->patches) * formula->factor, TD_SHARE_ONE);

  return TD_TOKENS_UNKNOWN;
}
