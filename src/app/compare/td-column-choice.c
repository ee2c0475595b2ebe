/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-column-choice.h"

/* Which columns of the comparison the user wants to see: as a menu of toggles, and kept in the settings. "changed" says
 * that any of it has changed. */

#define KEY_COLUMNS "compare-columns"

struct _TdColumnChoice
{
  GObject parent_instance;

  /* owned */
  TdSettings *settings;
  GSimpleActionGroup *actions;
  GMenu *menu;

  gboolean chosen[TD_N_COMPARE_COLUMNS];
};

G_DEFINE_FINAL_TYPE (TdColumnChoice, td_column_choice, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Model, tokens and total are always there; the cost of a month comes with the number of calls, and the calls of a budget
 * with that. */
static gboolean
is_optional (TdCompareColumn column)
{
  return td_compare_column_get_rank (column) != 0 && column != TD_COMPARE_COLUMN_CALLS_COST &&
         column != TD_COMPARE_COLUMN_BUDGET_CALLS;
}

static void
save (TdColumnChoice *self)
{
  GVariantBuilder builder;

  if (!self->settings)
    return;

  /* Only what differs from the default, so that a better default in a later version reaches everybody else. */
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    {
      if (self->chosen[i] != td_compare_column_is_default (i))
        g_variant_builder_add (&builder, "{sb}", td_compare_column_get_id (i), self->chosen[i]);
    }
  td_settings_set_value (self->settings, KEY_COLUMNS, g_variant_builder_end (&builder));
}

static gboolean
choose (TdColumnChoice  *self,
        TdCompareColumn  column,
        gboolean         chosen)
{
  GAction *action;

  if (self->chosen[column] == !!chosen || !is_optional (column))
    return FALSE;

  self->chosen[column] = !!chosen;
  action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), td_compare_column_get_id (column));
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (chosen));

  return TRUE;
}

static void
change_state_cb (GSimpleAction *action,
                 GVariant      *state,
                 gpointer       user_data)
{
  TdColumnChoice *self = user_data;
  TdCompareColumn column;

  if (td_compare_column_from_id (g_action_get_name (G_ACTION (action)), &column))
    td_column_choice_set (self, column, g_variant_get_boolean (state));
}

static void
td_column_choice_dispose (GObject *object)
{
  TdColumnChoice *self = TD_COLUMN_CHOICE (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (td_column_choice_parent_class)->dispose (object);
}

static void
td_column_choice_class_init (TdColumnChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_column_choice_dispose;

  signals[CHANGED] = g_signal_new ("changed", TD_TYPE_COLUMN_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
td_column_choice_init (TdColumnChoice *self)
{
  g_autoptr (GMenu) choice = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();

  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();

  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    {
      g_autoptr (GSimpleAction) action = NULL;
      g_autofree char *name = NULL;

      self->chosen[i] = td_compare_column_is_default (i);
      if (!is_optional (i))
        continue;

      action = g_simple_action_new_stateful (td_compare_column_get_id (i), NULL,
                                             g_variant_new_boolean (self->chosen[i]));
      g_signal_connect_object (action, "change-state", G_CALLBACK (change_state_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));

      name = g_strconcat ("compare-columns.", td_compare_column_get_id (i), NULL);
      g_menu_append (choice, td_compare_column_get_name (i), name);
    }

  g_menu_append (order, _("_Default Order"), "compare.default-order");
  g_menu_append_section (self->menu, _("Columns"), G_MENU_MODEL (choice));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (order));
}

/** Returns: (transfer full): the default choice */
TdColumnChoice *
td_column_choice_new (void)
{
  return g_object_new (TD_TYPE_COLUMN_CHOICE, NULL);
}

/** Takes the choice over from the settings, and keeps it there from now on. */
void
td_column_choice_restore (TdColumnChoice *self,
                          TdSettings     *settings)
{
  g_autoptr (GVariant) columns = NULL;
  gboolean has_changed = FALSE;

  g_return_if_fail (TD_IS_COLUMN_CHOICE (self));
  g_return_if_fail (TD_IS_SETTINGS (settings));

  g_set_object (&self->settings, settings);
  columns = td_settings_get_value (settings, KEY_COLUMNS);
  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    {
      gboolean chosen = td_compare_column_is_default (i);

      g_variant_lookup (columns, td_compare_column_get_id (i), "b", &chosen);
      has_changed |= choose (self, i, chosen);
    }

  if (has_changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/** Returns: whether the user wants to see a column */
gboolean
td_column_choice_get (TdColumnChoice  *self,
                      TdCompareColumn  column)
{
  g_return_val_if_fail (TD_IS_COLUMN_CHOICE (self), FALSE);
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, FALSE);

  return self->chosen[column];
}

/** Chooses a column, or not; those that are always there stay. */
void
td_column_choice_set (TdColumnChoice  *self,
                      TdCompareColumn  column,
                      gboolean         chosen)
{
  g_return_if_fail (TD_IS_COLUMN_CHOICE (self));
  g_return_if_fail (column < TD_N_COMPARE_COLUMNS);

  if (!choose (self, column, chosen))
    return;

  save (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/** Returns: (transfer none): one toggle per optional column, named like it */
GActionGroup *
td_column_choice_get_actions (TdColumnChoice *self)
{
  g_return_val_if_fail (TD_IS_COLUMN_CHOICE (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/** Returns: (transfer none): the menu of the toggles, which stand in the group "compare-columns" */
GMenuModel *
td_column_choice_get_menu (TdColumnChoice *self)
{
  g_return_val_if_fail (TD_IS_COLUMN_CHOICE (self), NULL);

  return G_MENU_MODEL (self->menu);
}
