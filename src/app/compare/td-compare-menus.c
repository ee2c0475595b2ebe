/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-menus.h"
#include "pricing/td-currency.h"

/* The menus of the comparison. Their actions are the panel's: “compare.” does something, “compare-view.” chooses. */

/** Returns: (transfer full): the currencies offered, and the way to their rates */
GMenu *
td_compare_menus_new_currency (void)
{
  const char * const *codes = td_currency_get_offered ();
  g_autoptr (GMenu) choice = g_menu_new ();
  g_autoptr (GMenu) rates = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; codes[i]; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (codes[i], NULL);

      g_menu_item_set_action_and_target (item, "compare-view.currency", "s", codes[i]);
      g_menu_append_item (choice, item);
    }

  g_menu_append_section (menu, NULL, G_MENU_MODEL (choice));
  g_menu_append (rates, _("_Exchange Rates…"), "compare.scenario");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rates));

  return menu;
}

/** Returns: (transfer full): what can be done with the comparison, with @choice's menu of columns in it */
GMenu *
td_compare_menus_new_main (TdColumnChoice *choice)
{
  static const struct
  {
    const char *label;
    const char *format;
  } formats[] = {
    /* Translators: menu items below "Copy As" and "Export As" */
    { N_("_Markdown"), "markdown" },
    { N_("_CSV"), "csv" },
    { N_("_JSON"), "json" },
  };
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(formats[i].label), NULL);

      g_menu_item_set_action_and_target (item, "compare.copy", "s", formats[i].format);
      g_menu_append_item (copy, item);
      g_menu_item_set_action_and_target (item, "compare.export", "s", formats[i].format);
      g_menu_append_item (export, item);
    }

  g_menu_append (first, _("_Scenario…"), "compare.scenario");
  g_menu_append_submenu (first, _("C_olumns"), td_column_choice_get_menu (choice));
  g_menu_append_submenu (second, _("Copy _As"), G_MENU_MODEL (copy));
  g_menu_append_submenu (second, _("E_xport As"), G_MENU_MODEL (export));
  g_menu_append (third, _("_Refresh Prices…"), "compare.refresh");
  g_menu_append (third, _("_My Models and Prices…"), "compare.overlay");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));

  return menu;
}

static void
append_vendor (GMenu      *menu,
               const char *name,
               const char *vendor)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

  g_menu_item_set_action_and_target (item, "compare-view.vendor", "s", vendor);
  g_menu_append_item (menu, item);
}

/* By the price of input and by the size of the context window. */
static void
append_ranges (GMenu *menu)
{
  static const struct
  {
    const char *label;
    const char *range;
  } prices[] = {
    { N_("Any Price"), "" },
    /* Translators: prices of a million tokens of input */
    { N_("Below $0.50"), "-0.5" },
    { N_("$0.50 to $2"), "0.5-2" },
    { N_("$2 to $10"), "2-10" },
    { N_("$10 and More"), "10-" },
  };
  static const struct
  {
    const char *label;
    guint tokens;
  } windows[] = {
    { N_("Any Size"), 0 },
    /* Translators: sizes of context windows in tokens */
    { N_("32,000 and More"), 32000 },
    { N_("128,000 and More"), 128000 },
    { N_("400,000 and More"), 400000 },
    { N_("1,000,000 and More"), 1000000 },
  };
  g_autoptr (GMenu) price_menu = g_menu_new ();
  g_autoptr (GMenu) window_menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(prices[i].label), NULL);

      g_menu_item_set_action_and_target (item, "compare-view.price-range", "s", prices[i].range);
      g_menu_append_item (price_menu, item);
    }

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(windows[i].label), NULL);

      g_menu_item_set_action_and_target (item, "compare-view.min-context", "u", windows[i].tokens);
      g_menu_append_item (window_menu, item);
    }

  g_menu_append_submenu (menu, _("_Input Price per Million"), G_MENU_MODEL (price_menu));
  g_menu_append_submenu (menu, _("_Context Window"), G_MENU_MODEL (window_menu));
}

/** Returns: (transfer full): which of the models of @catalogue are shown */
GMenu *
td_compare_menus_new_filter (TdCatalogue *catalogue)
{
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GMenu) vendors = g_menu_new ();
  g_autoptr (GMenu) marks = g_menu_new ();
  g_autoptr (GMenu) ranges = g_menu_new ();
  GMenu *menu = g_menu_new ();

  append_vendor (vendors, _("All Vendors"), "");
  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      if (g_hash_table_add (seen, (char *) td_model_get_vendor (model)))
        append_vendor (vendors, td_model_get_vendor_name (model), td_model_get_vendor (model));
    }

  g_menu_append (marks, _("_Available Models Only"), "compare-view.hide-unavailable");
  g_menu_append (marks, _("_Exact Counts Only"), "compare-view.exact-only");
  append_ranges (ranges);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (marks));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ranges));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (vendors));

  return menu;
}
