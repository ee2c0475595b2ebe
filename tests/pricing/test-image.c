/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-catalogue.h"
#include "pricing/td-image.h"
#include "pricing/td-quote.h"

static TdCatalogue *catalogue;

static guint64
count (const char *model,
       guint       width,
       guint       height)
{
  TdModel *found = td_catalogue_find (catalogue, model);

  return td_image_formula_count (td_model_get_image_formula (found), width, height, FALSE);
}

static void
test_tiles (void)
{
  /* Short side to 768: 768 × 768, 2 × 2 tiles. GPT-4o: 85 + 4 × 170 */
  g_assert_cmpuint (count ("gpt-4o", 1024, 1024), ==, 765);
  /* To 1024 × 2048, then 768 × 1536, 2 × 3 tiles: 85 + 6 × 170, and 2,833 + 6 × 5,667 */
  g_assert_cmpuint (count ("gpt-4o", 2048, 4096), ==, 1105);
  g_assert_cmpuint (count ("gpt-4o-mini", 2048, 4096), ==, 36835);
  g_assert_cmpuint (count ("gpt-4o-mini", 4096, 2048), ==, 36835);
  /* Small images stay as they are: one tile */
  g_assert_cmpuint (count ("gpt-4o", 512, 512), ==, 255);
  g_assert_cmpuint (count ("gpt-4o", 1, 1), ==, 255);
  g_assert_cmpuint (count ("gpt-4o", 513, 512), ==, 425);
  /* A strip: to 2048 × 1, four tiles; as wide as can be it is the same */
  g_assert_cmpuint (count ("gpt-4o", 8192, 2), ==, 765);
  g_assert_cmpuint (count ("gpt-4o", TD_IMAGE_MAX_SIDE, 1), ==, 765);
  /* GPT-5: 70 + 4 × 140; o3: 75 + 4 × 150 */
  g_assert_cmpuint (count ("gpt-5", 1024, 1024), ==, 630);
  g_assert_cmpuint (count ("o3", 1024, 1024), ==, 675);
}

static void
test_patches (void)
{
  /* 32 × 32 patches: 1,024 × 1.62 = 1,658.88 */
  g_assert_cmpuint (count ("gpt-4.1-mini", 1024, 1024), ==, 1659);
  /* 57 × 75 are more than 1,536: √(1,536 × 0.75) = 33.9 and √(1,536 / 0.75) = 45.3; 33 across give 44 down, 1,452 in
   * all. × 1.62 = 2,352.24; × 2.46 = 3,571.92; × 1.72 = 2,497.44 */
  g_assert_cmpuint (count ("gpt-4.1-mini", 1800, 2400), ==, 2353);
  g_assert_cmpuint (count ("gpt-4.1-nano", 1800, 2400), ==, 3572);
  g_assert_cmpuint (count ("o4-mini", 2400, 1800), ==, 2498);
  /* Exactly as many as there may be: 48 × 32 = 1,536, × 1.62 = 2,488.32 */
  g_assert_cmpuint (count ("gpt-5-mini", 1536, 1024), ==, 2489);
  g_assert_cmpuint (count ("gpt-5-mini", 1, 1), ==, 2);
  /* Never more, however long and thin. */
  g_assert_cmpuint (count ("gpt-5-mini", TD_IMAGE_MAX_SIDE, 1), <=, 2489);
  g_assert_cmpuint (count ("gpt-5-mini", TD_IMAGE_MAX_SIDE, TD_IMAGE_MAX_SIDE), <=, 2489);
}

static void
test_unknown (void)
{
  const TdImageFormula *tiles = td_model_get_image_formula (td_catalogue_find (catalogue, "gpt-4o"));
  const TdImageFormula *patches = td_model_get_image_formula (td_catalogue_find (catalogue, "o4-mini"));

  g_assert_cmpuint (count ("gpt-4", 100, 100), ==, TD_TOKENS_UNKNOWN);
  g_assert_cmpuint (count ("gpt-4o", 0, 100), ==, TD_TOKENS_UNKNOWN);
  g_assert_cmpuint (count ("gpt-4o", 100, 0), ==, TD_TOKENS_UNKNOWN);
  g_assert_cmpuint (count ("gpt-4o", TD_IMAGE_MAX_SIDE + 1, 1), ==, TD_TOKENS_UNKNOWN);
  /* Looked at roughly, an image of tiles costs its base; of patches nothing is known. */
  g_assert_cmpuint (td_image_formula_count (tiles, 4096, 4096, TRUE), ==, 85);
  g_assert_cmpuint (td_image_formula_count (patches, 4096, 4096, TRUE), ==, TD_TOKENS_UNKNOWN);
}

static void
test_quote (void)
{
  TdScenario scenario = TD_SCENARIO_INIT;
  TdQuote quote;
  g_autofree char *cost = NULL;

  g_assert_true (td_date_parse ("2026-09-01", &scenario.date));
  scenario.n_images = 3;
  scenario.image_width = 1024;
  scenario.image_height = 1024;

  /* GPT-4o: 5 tokens of text and 3 × 765 = 2,300 in all; 2,300 × 2.5 / 10⁶ = 0.00575 */
  td_quote_compute (&quote, td_catalogue_find (catalogue, "gpt-4o"), &scenario, 5);
  g_assert_cmpuint (quote.image_tokens, ==, 2295);
  g_assert_cmpuint (quote.input_tokens, ==, 2300);
  g_assert_cmpuint (quote.context_used, ==, 2300);
  cost = td_money_to_decimal (quote.input_cost);
  g_assert_cmpstr (cost, ==, "0.00575");
  g_assert_cmpint (quote.flags, ==, TD_QUOTE_IMAGES);

  /* What one of both is not known of, the sum is not known of either. */
  td_quote_compute (&quote, td_catalogue_find (catalogue, "gpt-4o"), &scenario, TD_TOKENS_UNKNOWN);
  g_assert_cmpuint (quote.input_tokens, ==, TD_TOKENS_UNKNOWN);
  td_quote_compute (&quote, td_catalogue_find (catalogue, "gpt-5.2"), &scenario, 5);
  g_assert_cmpuint (quote.input_tokens, ==, TD_TOKENS_UNKNOWN);
  g_assert_false (td_money_is_known (quote.total_cost));

  scenario.n_images = G_MAXUINT;
  td_quote_compute (&quote, td_catalogue_find (catalogue, "gpt-4o-mini"), &scenario, TD_TOKENS_UNKNOWN - 1);
  g_assert_cmpuint (quote.input_tokens, ==, TD_TOKENS_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catalogue = td_catalogue_new_bundled (NULL);
  g_assert_nonnull (catalogue);

  g_test_add_func ("/image/tiles", test_tiles);
  g_test_add_func ("/image/patches", test_patches);
  g_test_add_func ("/image/unknown", test_unknown);
  g_test_add_func ("/image/quote", test_quote);

  status = g_test_run ();
  g_assert_finalize_object (catalogue);

  return status;
}
