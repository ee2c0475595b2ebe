/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/compare/td-saved-scenarios.h"

/* Scenarios under names, kept in the settings in the order in which they were saved. */

#define MAX_SCENARIOS 100

static char *
clean_name (const char *name)
{
  char *clean = g_strdup (name);

  return g_strstrip (clean);
}

/** Returns: (transfer full): the names, oldest first */
char **
td_saved_scenarios_list (TdSettings *settings)
{
  g_autoptr (GVariant) saved = td_settings_get_value (settings, TD_SAVED_SCENARIOS_KEY);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; i < g_variant_n_children (saved); i++)
    {
      const char *name;

      g_variant_get_child (saved, i, "(&s@a{sv})", &name, NULL);
      g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/* Writes the list anew: the scenario called @name gets @new_name and @content, or is left out where they are NULL. */
static gboolean
rewrite (TdSettings *settings,
         const char *name,
         const char *new_name,
         GVariant   *content)
{
  g_autoptr (GVariant) saved = td_settings_get_value (settings, TD_SAVED_SCENARIOS_KEY);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));
  gboolean found = FALSE;

  for (gsize i = 0; i < g_variant_n_children (saved); i++)
    {
      g_autoptr (GVariant) old_content = NULL;
      const char *old_name;

      g_variant_get_child (saved, i, "(&s@a{sv})", &old_name, &old_content);
      if (strcmp (old_name, name) != 0)
        {
          g_variant_builder_add (&builder, "(s@a{sv})", old_name, old_content);
          continue;
        }

      found = TRUE;
      if (new_name != NULL)
        g_variant_builder_add (&builder, "(s@a{sv})", new_name, content != NULL ? content : old_content);
    }

  if (!found && content != NULL)
    g_variant_builder_add (&builder, "(s@a{sv})", new_name, content);
  td_settings_set_value (settings, TD_SAVED_SCENARIOS_KEY, g_variant_builder_end (&builder));

  return found;
}

/** Saves what is chosen, in place of an earlier scenario of that name; FALSE if the name is empty or there are too
 * many. */
gboolean
td_saved_scenarios_save (TdSettings        *settings,
                         const char        *name,
                         TdScenarioOptions *options)
{
  g_auto (GStrv) names = td_saved_scenarios_list (settings);
  g_autofree char *clean = clean_name (name);
  g_autoptr (GVariant) content = NULL;

  if (*clean == '\0' ||
      (g_strv_length (names) >= MAX_SCENARIOS && !g_strv_contains ((const char * const *) names, clean)))
    return FALSE;

  content = g_variant_ref_sink (td_scenario_options_to_variant (options));
  rewrite (settings, clean, clean, content);

  return TRUE;
}

/** Chooses what was saved; FALSE if there is no such name. */
gboolean
td_saved_scenarios_use (TdSettings        *settings,
                        const char        *name,
                        TdScenarioOptions *options)
{
  g_autoptr (GVariant) saved = td_settings_get_value (settings, TD_SAVED_SCENARIOS_KEY);

  for (gsize i = 0; i < g_variant_n_children (saved); i++)
    {
      g_autoptr (GVariant) content = NULL;
      const char *saved_name;

      g_variant_get_child (saved, i, "(&s@a{sv})", &saved_name, &content);
      if (strcmp (saved_name, name) == 0)
        {
          td_scenario_options_take_variant (options, content);
          return TRUE;
        }
    }

  return FALSE;
}

/** Gives a scenario another name; FALSE if that is empty or taken, or there is no such scenario. */
gboolean
td_saved_scenarios_rename (TdSettings *settings,
                           const char *name,
                           const char *new_name)
{
  g_auto (GStrv) names = td_saved_scenarios_list (settings);
  g_autofree char *clean = clean_name (new_name);

  if (*clean == '\0' || !g_strv_contains ((const char * const *) names, name) ||
      (strcmp (name, clean) != 0 && g_strv_contains ((const char * const *) names, clean)))
    return FALSE;

  return rewrite (settings, name, clean, NULL);
}

/** Forgets a scenario. */
void
td_saved_scenarios_remove (TdSettings *settings,
                           const char *name)
{
  rewrite (settings, name, NULL, NULL);
}
