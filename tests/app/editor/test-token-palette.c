/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "app/editor/td-token-palette.h"

typedef struct
{
  double c[3];
} Triple;

static Triple
to_linear (const GdkRGBA *color)
{
  const float channels[3] = { color->red, color->green, color->blue };
  Triple linear;

  for (guint i = 0; i < 3; i++)
    linear.c[i] = channels[i] <= 0.04045 ? channels[i] / 12.92 : pow ((channels[i] + 0.055) / 1.055, 2.4);

  return linear;
}

static double
get_luminance (const GdkRGBA *color)
{
  Triple linear = to_linear (color);

  return 0.2126 * linear.c[0] + 0.7152 * linear.c[1] + 0.0722 * linear.c[2];
}

/* WCAG 2 */
static double
get_contrast (const GdkRGBA *a,
              const GdkRGBA *b)
{
  double la = get_luminance (a);
  double lb = get_luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static double
to_lab_cube (double t)
{
  return t > 0.008856 ? cbrt (t) : 7.787 * t + 16 / 116.0;
}

static Triple
to_lab (Triple linear)
{
  double x = to_lab_cube ((0.4124 * linear.c[0] + 0.3576 * linear.c[1] + 0.1805 * linear.c[2]) / 0.95047);
  double y = to_lab_cube (0.2126 * linear.c[0] + 0.7152 * linear.c[1] + 0.0722 * linear.c[2]);
  double z = to_lab_cube ((0.0193 * linear.c[0] + 0.1192 * linear.c[1] + 0.9505 * linear.c[2]) / 1.08883);

  return (Triple) { { 116 * y - 16, 500 * (x - y), 200 * (y - z) } };
}

/* How people without one kind of cones see, after Machado, Oliveira and Fernandes (2009). */
static const double vision[4][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};

static double
get_difference (const GdkRGBA *a,
                const GdkRGBA *b,
                guint          kind)
{
  Triple colors[2] = { to_linear (a), to_linear (b) };
  Triple labs[2];
  double sum = 0;

  for (guint i = 0; i < 2; i++)
    {
      Triple seen;

      for (guint j = 0; j < 3; j++)
        seen.c[j] = CLAMP (vision[kind][j][0] * colors[i].c[0] + vision[kind][j][1] * colors[i].c[1] +
                           vision[kind][j][2] * colors[i].c[2], 0, 1);
      labs[i] = to_lab (seen);
    }

  for (guint i = 0; i < 3; i++)
    sum += (labs[0].c[i] - labs[1].c[i]) * (labs[0].c[i] - labs[1].c[i]);

  return sqrt (sum);
}

/* The colour of the text in libadwaita: black of 80 % on light, white on dark, opaque with high contrast. */
static GdkRGBA
get_text_color (gboolean       dark,
                gboolean       high_contrast,
                const GdkRGBA *band)
{
  float alpha = dark || high_contrast ? 1 : 0.8f;
  float ink = dark ? 1 : 0;

  return (GdkRGBA) {
    ink * alpha + band->red * (1 - alpha),
    ink * alpha + band->green * (1 - alpha),
    ink * alpha + band->blue * (1 - alpha),
    1
  };
}

static void
test_contrast (void)
{
  for (guint i = 0; i < 4; i++)
    {
      gboolean dark = i & 1;
      gboolean high_contrast = i & 2;
      const TdTokenPalette *palette = td_token_palette_get (dark, high_contrast);

      for (guint j = 0; j < TD_N_TOKEN_COLORS; j++)
        {
          GdkRGBA text = get_text_color (dark, high_contrast, &palette->bands[j]);

          g_assert_cmpfloat (palette->bands[j].alpha, ==, 1);
          g_assert_cmpfloat (get_contrast (&text, &palette->bands[j]), >=, high_contrast ? 7 : 4.5);
        }
    }
}

static void
test_neighbours (void)
{
  for (guint i = 0; i < 4; i++)
    {
      const TdTokenPalette *palette = td_token_palette_get (i & 1, i & 2);

      for (guint j = 0; j < TD_N_TOKEN_COLORS; j++)
        {
          for (guint kind = 0; kind < G_N_ELEMENTS (vision); kind++)
            g_assert_cmpfloat (get_difference (&palette->bands[j], &palette->bands[(j + 1) % TD_N_TOKEN_COLORS], kind),
                               >=, 12);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-palette/contrast", test_contrast);
  g_test_add_func ("/token-palette/neighbours", test_neighbours);

  return g_test_run ();
}
