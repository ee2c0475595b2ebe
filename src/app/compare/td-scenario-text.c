/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-scenario-text.h"
#include "pricing/td-format.h"

/* What a scenario is, in a few words. */

static void
append_part (GString *text,
             char    *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
  g_free (part);
}

static void
append_day (GString           *text,
            TdScenarioOptions *options,
            const TdScenario  *scenario)
{
  if (!td_scenario_options_is_today (options))
    {
      g_autofree char *date = td_date_format (scenario->date);

      /* Translators: %s is a date */
      append_part (text, g_strdup_printf (_("Prices on %s"), date));
    }

  if (scenario->minute != TD_MINUTE_ANY)
    /* Translators: a time of day, as in "06:30 UTC" */
    append_part (text, g_strdup_printf (_("%02d:%02d UTC"), scenario->minute / 60, scenario->minute % 60));
}

static void
append_service (GString   *text,
                TdService  service)
{
  switch (service)
    {
    case TD_SERVICE_BATCH:
      append_part (text, g_strdup (_("Batch")));
      break;
    case TD_SERVICE_FLEX:
      /* Translators: a way to be served: slower and cheaper */
      append_part (text, g_strdup (C_("service", "Flex")));
      break;
    case TD_SERVICE_PRIORITY:
      /* Translators: a way to be served: faster and dearer */
      append_part (text, g_strdup (C_("service", "Priority")));
      break;
    case TD_SERVICE_STANDARD:
    case TD_N_SERVICES:
    default:
      break;
    }
}

static void
append_shares (GString          *text,
               const TdScenario *scenario)
{
  const guint32 percent = TD_SHARE_ONE / 100;

  if (scenario->output_ratio > 0)
    /* Translators: how much output is expected, as in "output 50% of the input" */
    append_part (text, g_strdup_printf (_("output %u%% of the input"), scenario->output_ratio / percent));
  if (scenario->cached_share > 0)
    /* Translators: how much of the input is read from the cache, as in "40% cached" */
    append_part (text, g_strdup_printf (_("%u%% cached"), scenario->cached_share / percent));
  if (scenario->cache_write_share > 0)
    /* Translators: how much of the rest is written to the cache */
    append_part (text, g_strdup_printf (_("%u%% written to the cache"), scenario->cache_write_share / percent));
}

/**
 * td_scenario_text_summary:
 * @options: a scenario
 *
 * Returns: (transfer full): everything that makes the numbers differ from one call at today's standard prices, or ""
 */
char *
td_scenario_text_summary (TdScenarioOptions *options)
{
  GString *text = g_string_new (NULL);
  TdScenario scenario;

  td_scenario_options_get_scenario (options, &scenario);
  append_day (text, options, &scenario);
  append_service (text, scenario.service);
  append_shares (text, &scenario);

  if (scenario.reasoning_tokens > 0)
    {
      g_autofree char *number = td_number_format (scenario.reasoning_tokens);

      /* Translators: %s is a number of tokens, as in "2,000 for reasoning" */
      append_part (text, g_strdup_printf (_("%s for reasoning"), number));
    }

  if (scenario.n_images > 0)
    {
      g_autofree char *number = td_number_format (scenario.n_images);

      /* Translators: how many images are sent along, and their size in pixels */
      append_part (text, g_strdup_printf (ngettext ("%s image of %u×%u", "%s images of %u×%u", scenario.n_images),
                                          number, scenario.image_width, scenario.image_height));
    }

  return g_string_free_and_steal (text);
}
