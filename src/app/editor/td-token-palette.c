/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-token-palette.h"

/*
 * Neighbouring bands differ in lightness as well as in hue, so they stay apart for people who see few colours: a strong
 * band alternates with a pale one. The text keeps a contrast of at least 4.5:1 on every band, and of 7:1 with the high
 * contrast setting, where the boundaries are drawn too. tests/app/test-token-palette.c computes all of this.
 */

/* High contrast changes the lines, not the light bands, which already leave the text 7:1. */
#define LIGHT_BANDS \
  { \
    { 0xCD / 255.f, 0xB9 / 255.f, 0xF7 / 255.f, 1 }, /* #CDB9F7 */ \
    { 0xF9 / 255.f, 0xE9 / 255.f, 0xA6 / 255.f, 1 }, /* #F9E9A6 */ \
    { 0x9C / 255.f, 0xCB / 255.f, 0xF8 / 255.f, 1 }, /* #9CCBF8 */ \
    { 0xFF / 255.f, 0xE1 / 255.f, 0xC6 / 255.f, 1 }, /* #FFE1C6 */ \
    { 0x83 / 255.f, 0xD3 / 255.f, 0x98 / 255.f, 1 }, /* #83D398 */ \
    { 0xF6 / 255.f, 0xD3 / 255.f, 0xE6 / 255.f, 1 }, /* #F6D3E6 */ \
  }

static const TdTokenPalette light_palette = {
  .bands = LIGHT_BANDS,
  .tick = { 0, 0, 0, 0.65f },
  .boundary = { 0, 0, 0, 0.35f },
};

static const TdTokenPalette light_contrast = {
  .bands = LIGHT_BANDS,
  .tick = { 0, 0, 0, 1 },
  .boundary = { 0, 0, 0, 1 },
};

static const TdTokenPalette dark_palette = {
  .bands = {
    { 0x6C / 255.f, 0x50 / 255.f, 0xB0 / 255.f, 1 }, /* #6C50B0 */
    { 0x4F / 255.f, 0x42 / 255.f, 0x10 / 255.f, 1 }, /* #4F4210 */
    { 0x1C / 255.f, 0x6A / 255.f, 0xA8 / 255.f, 1 }, /* #1C6AA8 */
    { 0x5E / 255.f, 0x34 / 255.f, 0x18 / 255.f, 1 }, /* #5E3418 */
    { 0x23 / 255.f, 0x74 / 255.f, 0x3B / 255.f, 1 }, /* #23743B */
    { 0x56 / 255.f, 0x25 / 255.f, 0x45 / 255.f, 1 }, /* #562545 */
  },
  .tick = { 1, 1, 1, 0.75f },
  .boundary = { 1, 1, 1, 0.4f },
};

static const TdTokenPalette dark_contrast = {
  .bands = {
    { 0x4F / 255.f, 0x3A / 255.f, 0x8C / 255.f, 1 }, /* #4F3A8C */
    { 0x4F / 255.f, 0x42 / 255.f, 0x10 / 255.f, 1 }, /* #4F4210 */
    { 0x12 / 255.f, 0x4F / 255.f, 0x80 / 255.f, 1 }, /* #124F80 */
    { 0x7A / 255.f, 0x43 / 255.f, 0x1C / 255.f, 1 }, /* #7A431C */
    { 0x0C / 255.f, 0x40 / 255.f, 0x22 / 255.f, 1 }, /* #0C4022 */
    { 0x6E / 255.f, 0x2F / 255.f, 0x58 / 255.f, 1 }, /* #6E2F58 */
  },
  .tick = { 1, 1, 1, 1 },
  .boundary = { 1, 1, 1, 1 },
};

/**
 * td_token_palette_get:
 * @dark: whether the text is light on dark
 * @high_contrast: whether the user asked for high contrast
 *
 * Returns: (transfer none): the colours to paint tokens with
 */
const TdTokenPalette *
td_token_palette_get (gboolean dark,
                      gboolean high_contrast)
{
  if (dark)
    return high_contrast ? &dark_contrast : &dark_palette;

  return high_contrast ? &light_contrast : &light_palette;
}
