/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-compare-cell.h"
#include "app/compare/td-compare-panel.h"
#include "app/compare/td-date-row.h"
#include "app/compare/td-history-chart.h"
#include "app/compare/td-model-cell.h"
#include "app-test-utils.h"
#include "compare-test-utils.h"

static TdCatalogue *catalogue;

/* Lets the program run until @widget has been drawn with everything that is queued now. */
static void
draw (GtkWidget *widget)
{
  test_flush ();
  gtk_test_widget_wait_for_draw (widget);
  test_flush ();
  gtk_test_widget_wait_for_draw (widget);
}

static void
save_picture (GtkWidget  *widget,
              const char *name)
{
  const char *folder = g_getenv ("TD_TEST_PICTURES");
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  if (folder != NULL)
    test_save_picture (widget, path);
}

/* As AdwApplication does for the program. */
static void
add_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, APP_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static GtkWidget *
show_in_window (GtkWidget *panel,
                int        width,
                int        height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), panel);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  draw (window);

  return window;
}

typedef struct
{
  TdDocument *document;
  TdSettings *settings;
  GtkWidget *panel;
  GtkWidget *window;
  TdComparison *comparison;
  TdCompareTable *table;
} Fixture;

typedef struct
{
  int width;
  int height;
  gboolean is_dark;
  gboolean is_rtl;
} Setting;

static const Setting narrow = { .width = 360, .height = 720 };
static const Setting wide = { .width = 1000, .height = 720 };

static void
make_panel (Fixture       *fixture,
            const Setting *setting)
{
  fixture->panel = td_compare_panel_new (fixture->document, fixture->settings, catalogue);
  fixture->comparison = td_compare_panel_get_comparison (TD_COMPARE_PANEL (fixture->panel));
  fixture->table = td_compare_panel_get_table (TD_COMPARE_PANEL (fixture->panel));
  fixture->window = show_in_window (fixture->panel, setting->width, setting->height);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const Setting *setting = data;

  gtk_widget_set_default_direction (setting->is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      setting->is_dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  fixture->document = td_document_new ();
  fixture->settings = td_settings_new ();
  test_reset_settings (fixture->settings);
  make_panel (fixture, setting);
}

static void
drop_panel (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_flush ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  drop_panel (fixture);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->document);
}

static TdModelRow *
find (Fixture    *fixture,
      const char *model)
{
  return td_comparison_find_row (fixture->comparison, model);
}

static void
test_new_destroy (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdSettings) settings = td_settings_new ();
  GtkWidget *panel = td_compare_panel_new (document, settings, catalogue);

  g_object_ref_sink (panel);
  g_assert_finalize_object (panel);
}

/* Destroyed with its window, with rows on screen and a menu and dialogs open. */
static void
test_destroy_shown (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *panel = fixture->panel;

  td_compare_table_select (fixture->table, find (fixture, "gpt-4"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "row.menu", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "row.details", NULL);
  gtk_widget_activate_action (fixture->panel, "compare.scenario", NULL);
  draw (fixture->window);

  g_object_add_weak_pointer (G_OBJECT (panel), (gpointer *) &panel);
  drop_panel (fixture);
  g_assert_null (panel);
  make_panel (fixture, data);
}

static void
assert_fits (Fixture *fixture)
{
  GtkWidget *view = GTK_WIDGET (td_compare_table_get_view (fixture->table));
  int minimum;

  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, gtk_widget_get_width (view));
  g_assert_cmpint (gtk_widget_get_width (view), ==, gtk_widget_get_width (fixture->panel));
}

/* The widest of everything: a million tokens, in yen, twice over. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *text = g_strnfill (3000000, 'a');
  TdDate day = { 2023, 4, 19 };

  test_set_text (fixture->comparison, "Hello, 我是刘志军");
  draw (fixture->window);
  assert_fits (fixture);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_MODEL));
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_TOKENS));
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_TOTAL_COST));
  g_assert_false (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_RATIO));
  g_assert_false (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_CONTEXT_SHARE));
  save_picture (fixture->window, "panel-narrow");

  td_comparison_set_rate (fixture->comparison, "CNY", "6.9", day);
  g_object_set (fixture->comparison, "currency", "CNY", NULL);
  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2023-04-19", NULL);
  test_set_text (fixture->comparison, text);
  draw (fixture->window);
  assert_fits (fixture);
  save_picture (fixture->window, "panel-narrow-long");
}

/* The text a quarter larger, as "Large Text" in the system's settings makes it. */
static void
test_large_text (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024 * 5 / 4, NULL);
  test_set_text (fixture->comparison, "Hello, 我是刘志军");
  draw (fixture->window);
  assert_fits (fixture);
  save_picture (fixture->window, "panel-large-text");
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

/* As the sheet below the text in a narrow window. */
static void
test_sheet (Fixture       *fixture,
            gconstpointer  data)
{
  const Setting *setting = data;
  GtkWidget *sheet = adw_bottom_sheet_new ();

  test_set_text (fixture->comparison, "Hello, 我是刘志军");
  g_object_ref (fixture->panel);
  adw_window_set_content (ADW_WINDOW (fixture->window), sheet);
  adw_bottom_sheet_set_content (ADW_BOTTOM_SHEET (sheet), gtk_text_view_new ());
  adw_bottom_sheet_set_sheet (ADW_BOTTOM_SHEET (sheet), fixture->panel);
  g_object_unref (fixture->panel);
  adw_bottom_sheet_set_open (ADW_BOTTOM_SHEET (sheet), TRUE);
  draw (fixture->window);
  assert_fits (fixture);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture->table)), >=, 120);
  save_picture (fixture->window, setting->height < 400 ? "panel-sheet-low" : "panel-sheet");
}

static void
test_wide (Fixture       *fixture,
           gconstpointer  data)
{
  const Setting *setting = data;
  g_autofree char *name = g_strdup_printf ("panel-wide%s%s", setting->is_dark ? "-dark" : "",
                                           setting->is_rtl ? "-rtl" : "");
  GtkWidget *view = GTK_WIDGET (td_compare_table_get_view (fixture->table));
  int minimum;

  test_set_text (fixture->comparison, "Hello, 我是刘志军");
  g_object_set (td_comparison_get_options (fixture->comparison), "output-tokens", 9000, NULL);
  draw (fixture->window);
  save_picture (fixture->window, name);
  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    g_assert_cmpint (td_compare_table_get_shown (fixture->table, i), ==, td_compare_column_is_default (i));
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, gtk_widget_get_width (view));
}

/* At each width from which on there is a column more, everything still fits and nothing warns; what is added to that
 * scrolls. A window measures some pixels less than asked for where there is no window manager. */
static void
test_every_width (void)
{
  static const int widths[] = { 431, 501, 681, 801, 951, 1101, 1401 };

  for (guint n = 0; n < G_N_ELEMENTS (widths); n++)
    {
      int width = widths[n] + 10;
      Setting setting = { .width = width, .height = 500 };
      Fixture fixture = { 0 };
      GtkWidget *view;
      int minimum;

      set_up (&fixture, &setting);
      g_object_set (td_comparison_get_options (fixture.comparison), "calls", 1000000, "output-tokens", 12345,
                    "budget", "1000000", NULL);
      test_set_text (fixture.comparison, "Hello, 我是刘志军");
      draw (fixture.window);
      view = GTK_WIDGET (td_compare_table_get_view (fixture.table));
      gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > gtk_widget_get_width (view))
        g_error ("At %d pixels the table is %d wide and needs %d", width, gtk_widget_get_width (view), minimum);
      for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
        td_column_choice_set (td_compare_table_get_choice (fixture.table), i, TRUE);
      draw (fixture.window);
      for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
        g_assert_true (td_compare_table_get_shown (fixture.table, i) || td_compare_column_is_default (i) ||
                       td_compare_column_get_rank (i) == 1);
      tear_down (&fixture, &setting);
    }
}

static void
collect_cells (GtkWidget *widget,
               GPtrArray *cells)
{
  if (TD_IS_MODEL_CELL (widget) || TD_IS_COMPARE_CELL (widget))
    {
      g_ptr_array_add (cells, widget);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_cells (child, cells);
}

/* Typing changes numbers in place: the same cells, the same selection, the same scroll position. */
static void
test_in_place (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (td_compare_table_get_view (fixture->table));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (GPtrArray) after = g_ptr_array_new ();
  double scroll;

  test_set_text (fixture->comparison, "one");
  td_compare_table_select (fixture->table, find (fixture, "gpt-5.5"));
  draw (fixture->window);
  gtk_adjustment_set_value (adjustment, 200);
  draw (fixture->window);
  scroll = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (scroll, >, 0);
  collect_cells (view, before);
  g_assert_cmpuint (before->len, >, 20);

  test_set_text (fixture->comparison, "one two three four five");
  draw (fixture->window);
  collect_cells (view, after);

  g_assert_true (td_compare_table_get_selected (fixture->table) == find (fixture, "gpt-5.5"));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, scroll);
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (g_ptr_array_index (before, i) == g_ptr_array_index (after, i));
}

static char *
get_order (Fixture *fixture,
           guint    n)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (td_compare_table_get_rows (fixture->table), i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", td_model_get_id (td_model_row_get_model (row)));
    }

  return g_string_free_and_steal (g_steal_pointer (&ids));
}

static GtkColumnViewColumn *
get_column (Fixture    *fixture,
            const char *id)
{
  GListModel *columns = gtk_column_view_get_columns (td_compare_table_get_view (fixture->table));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), id) == 0)
        return column;
    }

  g_assert_not_reached ();
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  GtkColumnView *view = td_compare_table_get_view (fixture->table);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  g_autofree char *ascending = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *by_default = NULL;
  g_autoptr (TdModelRow) last = NULL;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2023-04-19", NULL);
  test_set_text (fixture->comparison, "Hello");

  /* Unknown last, pinned first, then by cost: 32K at $120, both davincis at $20, the newer first. */
  gtk_column_view_sort_by_column (view, get_column (fixture, "total-cost"), GTK_SORT_DESCENDING);
  ascending = get_order (fixture, 5);
  g_assert_cmpstr (ascending, ==, "gpt-4 gpt-3.5-turbo gpt-4-32k text-davinci-003 davinci");
  last = g_list_model_get_item (td_compare_table_get_rows (fixture->table), n_rows - 1);
  g_assert_false (td_money_is_known (td_model_row_get_quote (last)->total_cost));

  /* Remembered. */
  drop_panel (fixture);
  make_panel (fixture, data);
  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2023-04-19", NULL);
  test_set_text (fixture->comparison, "Hello");
  restored = get_order (fixture, 5);
  g_assert_cmpstr (restored, ==, ascending);

  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "compare.default-order", NULL);
  by_default = get_order (fixture, 2);
  g_assert_cmpstr (by_default, ==, "gpt-3.5-turbo gpt-4");
}

static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  gtk_widget_activate_action (fixture->panel, "compare-columns.vendor", NULL);
  gtk_widget_activate_action (fixture->panel, "compare-columns.ratio", NULL);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_VENDOR));
  g_assert_false (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_RATIO));

  drop_panel (fixture);
  make_panel (fixture, data);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_VENDOR));
  g_assert_false (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_RATIO));

  /* Shown wherever the user has asked for it, before what is there by default. */
  td_compare_table_set_spare_columns (fixture->table, 1);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_VENDOR));
  g_assert_false (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_CONTEXT_SHARE));
  td_compare_table_set_spare_columns (fixture->table, 0);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_VENDOR));
  td_compare_table_set_spare_columns (fixture->table, 2);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_CONTEXT_SHARE));

  /* The calls of a budget come with the budget, and nothing else brings or hides them. */
  g_assert_false (g_action_group_has_action (td_column_choice_get_actions (td_compare_table_get_choice (fixture->table)),
                                             "budget-calls"));

  /* The cost of a month comes with the calls. */
  g_assert_false (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_CALLS_COST));
  g_object_set (td_comparison_get_options (fixture->comparison), "calls", 10, NULL);
  g_assert_true (td_compare_table_get_shown (fixture->table, TD_COMPARE_COLUMN_CALLS_COST));
}

static gboolean
shows_row (GtkWidget     *widget,
           gconstpointer  row)
{
  return td_model_cell_get_row (TD_MODEL_CELL (widget)) == row;
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *entry = test_find_widget (fixture->panel, GTK_TYPE_SEARCH_ENTRY, NULL, NULL);
  GListModel *rows = td_compare_table_get_rows (fixture->table);
  guint n_all = g_list_model_get_n_items (rows);
  g_autofree char *found = NULL;

  gtk_editable_set_text (GTK_EDITABLE (entry), "claude opus");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  found = get_order (fixture, 1);
  g_assert_cmpstr (found, ==, "claude-opus-5-5");

  gtk_editable_set_text (GTK_EDITABLE (entry), "no such model");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
  draw (fixture->window);
  save_picture (fixture->window, "panel-empty");
  gtk_widget_activate_action (fixture->panel, "compare.show-all", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n_all);
}

static void
test_row_actions (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *cell;
  GtkWidget *button;

  draw (fixture->window);
  td_compare_table_select (fixture->table, find (fixture, "gpt-6-sol"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "row.baseline", NULL);
  g_assert_true (td_comparison_get_baseline_row (fixture->comparison) == find (fixture, "gpt-6-sol"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "row.pin", NULL);
  g_assert_true (td_model_row_get_is_pinned (find (fixture, "gpt-6-sol")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "row.pin", NULL);
  g_assert_false (td_model_row_get_is_pinned (find (fixture, "gpt-6-sol")));

  /* The pin in the row does the same. */
  draw (fixture->window);
  cell = test_find_widget (fixture->panel, TD_TYPE_MODEL_CELL, shows_row, find (fixture, "gpt-4"));
  g_assert_nonnull (cell);
  button = test_find_widget (cell, GTK_TYPE_TOGGLE_BUTTON, NULL, NULL);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (td_model_row_get_is_pinned (find (fixture, "gpt-4")));
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *cell;
  GtkWidget *row;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-11-24", NULL);
  test_set_text (fixture->comparison, "我是刘志军");
  draw (fixture->window);

  cell = test_find_widget (fixture->panel, TD_TYPE_MODEL_CELL, shows_row, find (fixture, "gpt-4"));
  g_assert_nonnull (cell);
  row = gtk_widget_get_parent (gtk_widget_get_parent (cell));
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_ROW);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "GPT-4 (8K), 7 tokens, $0.03021, 40.1× the baseline, "
                                       "Shut down on 23 Oct 2026, pinned");

  /* The label follows the text. */
  test_set_text (fixture->comparison, "a");
  draw (fixture->window);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "GPT-4 (8K), 1 token, $0.03003, 40× the baseline, "
                                       "Shut down on 23 Oct 2026, pinned");
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
copy (Fixture    *fixture,
      const char *format)
{
  char *text = NULL;

  gtk_widget_activate_action (fixture->panel, "compare.copy", "s", format);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->panel), NULL, text_read_cb, &text);
  while (!text)
    g_main_context_iteration (NULL, TRUE);

  return text;
}

/* The rows in their order on screen, and how sure they are. */
static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *markdown = NULL;
  const char *first;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-11-24", NULL);
  test_set_text (fixture->comparison, "我是刘志军");

  csv = copy (fixture, "csv");
  first = strchr (csv, '\n');
  g_assert_nonnull (first);
  g_assert_true (g_str_has_prefix (first + 1, "gpt-3.5-turbo,"));
  g_assert_nonnull (strstr (csv, "exactness"));
  g_assert_nonnull (strstr (csv, "assumed"));
  g_assert_nonnull (strstr (csv, "0.0007535"));
  json = copy (fixture, "json");
  g_assert_nonnull (strstr (json, "\"exactness\""));
  g_assert_nonnull (strstr (json, "\"assumed\""));
  markdown = copy (fixture, "markdown");
  g_assert_nonnull (strstr (markdown, "≈"));
}

/* Markdown has the columns the user wants to see, even if there is no room for them; images are counted once. */
static void
test_copy_columns (Fixture       *fixture,
                   gconstpointer  data)
{
  TdColumnChoice *choice = td_compare_table_get_choice (fixture->table);
  g_autofree char *usual = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *csv = NULL;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-10-01", "images", 1,
                "image-width", 1024, "image-height", 1024, "output-tokens", 0, NULL);
  test_set_text (fixture->comparison, "我是刘志军");

  usual = copy (fixture, "markdown");
  g_assert_true (g_str_has_prefix (usual, "| Model | Tokens | Input | Output | Total | × gpt-3.5-turbo | Context | "
                                          "Remarks |\n"));
  /* The name is 4 tokens, four tiles 85 + 4 × 170 = 765; 769 × 2.5 / 10⁶ = 0.0019225 */
  g_assert_nonnull (strstr (usual, "| gpt-4o | ≈ 769 | $0.001923 | $0.00 | $0.001923 |"));
  csv = copy (fixture, "csv");
  g_assert_nonnull (strstr (csv, "\ngpt-4o,GPT-4o,openai,o200k_base,exact,769,765,0,0,0,USD,0.0019225,0,0.0019225,"));

  td_column_choice_set (choice, TD_COMPARE_COLUMN_VENDOR, TRUE);
  td_column_choice_set (choice, TD_COMPARE_COLUMN_RATIO, FALSE);
  td_column_choice_set (choice, TD_COMPARE_COLUMN_RELEASED, TRUE);
  g_object_set (td_comparison_get_options (fixture->comparison), "calls", 30, NULL);
  chosen = copy (fixture, "markdown");
  g_assert_true (g_str_has_prefix (chosen, "| Model | Vendor | Tokens | Input | Output | Total | 30 calls | Context | "
                                           "Released | Remarks |\n"));
}

static gboolean
has_title (GtkWidget     *widget,
           gconstpointer  title)
{
  return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static void
test_scenario (Fixture       *fixture,
               gconstpointer  data)
{
  const Setting *setting = data;
  g_autofree char *name = g_strdup_printf ("scenario-%d", setting->width);
  GtkWidget *dialog;
  GtkWidget *rate;
  GtkWidget *day;
  TdCurrency currency;

  test_set_text (fixture->comparison, "Hello");

  /* Choosing a currency without a rate asks for it. */
  gtk_widget_activate_action (fixture->panel, "compare-view.currency", "s", "CNY");
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_nonnull (dialog);
  draw (fixture->window);
  save_picture (fixture->window, name);

  rate = test_find_widget (dialog, ADW_TYPE_ENTRY_ROW, has_title, "CNY for 1 USD");
  g_assert_nonnull (rate);
  gtk_editable_set_text (GTK_EDITABLE (rate), "-1");
  g_assert_true (gtk_widget_has_css_class (rate, "error"));
  g_signal_emit_by_name (rate, "apply");
  g_assert_false (td_comparison_get_rate (fixture->comparison, "CNY", &currency));
  gtk_editable_set_text (GTK_EDITABLE (rate), "6,90");
  g_assert_false (gtk_widget_has_css_class (rate, "error"));
  g_signal_emit_by_name (rate, "apply");
  g_assert_true (td_comparison_get_rate (fixture->comparison, "CNY", &currency));
  g_assert_cmpint (currency.numerator, ==, 69);
  g_assert_cmpint (td_date_compare (currency.rate_date, td_date_today ()), ==, 0);

  day = test_find_widget (gtk_widget_get_parent (rate), TD_TYPE_DATE_ROW, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (day), "2023-02-30");
  g_assert_true (gtk_widget_has_css_class (day, "error"));
  g_signal_emit_by_name (day, "apply");
  gtk_editable_set_text (GTK_EDITABLE (day), "2023-04-19");
  g_signal_emit_by_name (day, "apply");
  g_assert_true (td_comparison_get_rate (fixture->comparison, "CNY", &currency));
  g_assert_cmpint (td_date_compare (currency.rate_date, (TdDate) { 2023, 4, 19 }), ==, 0);

  day = test_find_widget (dialog, TD_TYPE_DATE_ROW, has_title, "Prices on (empty: today)");
  gtk_editable_set_text (GTK_EDITABLE (day), "2023-04-19");
  g_signal_emit_by_name (day, "apply");
  g_assert_false (td_comparison_is_today (fixture->comparison));

  test_close_dialog (ADW_DIALOG (dialog));
  draw (fixture->window);
  save_picture (fixture->window, setting->width == 360 ? "panel-april-narrow" : "panel-april");
  gtk_widget_activate_action (fixture->panel, "compare.reset-scenario", NULL);
  g_assert_true (td_comparison_is_today (fixture->comparison));
}

/* Only the window where a currency is chosen asks for its rate; the others follow the choice. */
static void
test_two_windows (Fixture       *fixture,
                  gconstpointer  data)
{
  Fixture other = { .document = fixture->document, .settings = fixture->settings };
  g_autofree char *code = NULL;

  make_panel (&other, data);
  gtk_widget_activate_action (fixture->panel, "compare-view.currency", "s", "CNY");
  draw (other.window);
  g_object_get (other.comparison, "currency", &code, NULL);
  g_assert_cmpstr (code, ==, "CNY");
  g_assert_nonnull (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (other.window)));
  drop_panel (&other);
}

static void
test_details (Fixture       *fixture,
              gconstpointer  data)
{
  const Setting *setting = data;
  g_autofree char *name = g_strdup_printf ("details-%d%s", setting->width, setting->is_dark ? "-dark" : "");
  GtkWidget *dialog;
  GtkWidget *chart;
  GtkWidget *pin;

  test_set_text (fixture->comparison, "我是刘志军");
  td_compare_table_select (fixture->table, find (fixture, "gpt-3.5-turbo"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "row.details", NULL);
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_nonnull (dialog);
  adw_dialog_set_content_height (ADW_DIALOG (dialog), 1850);
  draw (fixture->window);
  save_picture (fixture->window, name);

  /* 2.00 / 2.00 from March 2023, 1.50 / 2.00 from June, 0.50 / 1.50 from January 2024 to the shutdown. */
  chart = test_find_widget (dialog, TD_TYPE_HISTORY_CHART, NULL, NULL);
  g_assert_cmpuint (td_history_chart_get_n_steps (TD_HISTORY_CHART (chart)), ==, 3);
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 Mar 2023 to 13 Jun 2023: input $2.00, output $2.00\n"
                                       "13 Jun 2023 to 25 Jan 2024: input $1.50, output $2.00\n"
                                       "25 Jan 2024 to 23 Oct 2026: input $0.50, output $1.50");

  pin = test_find_widget (dialog, ADW_TYPE_SWITCH_ROW, NULL, NULL);
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (pin)));
  adw_switch_row_set_active (ADW_SWITCH_ROW (pin), FALSE);
  g_assert_false (td_model_row_get_is_pinned (find (fixture, "gpt-3.5-turbo")));
}

int
main (int   argc,
      char *argv[])
{
  static const Setting low = { .width = 360, .height = 500 };
  static const Setting lowest = { .width = 360, .height = 294 };
  static const Setting dark = { .width = 1000, .height = 720, .is_dark = TRUE };
  static const Setting rtl = { .width = 1000, .height = 720, .is_rtl = TRUE };
  static const Setting tall = { .width = 1000, .height = 1900 };
  static const Setting tall_narrow = { .width = 360, .height = 1900, .is_dark = TRUE };
  g_autoptr (GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), APP_PATH "/icons");
  add_style ();

  catalogue = td_catalogue_new_bundled (&error);
  g_assert_no_error (error);

#define ADD(path, setting, func) g_test_add (path, Fixture, setting, set_up, func, tear_down)
  g_test_add_func ("/compare-panel/new-destroy", test_new_destroy);
  ADD ("/compare-panel/destroy-shown", &wide, test_destroy_shown);
  ADD ("/compare-panel/narrow", &narrow, test_narrow);
  ADD ("/compare-panel/large-text", &narrow, test_large_text);
  ADD ("/compare-panel/sheet", &low, test_sheet);
  ADD ("/compare-panel/sheet-lowest", &lowest, test_sheet);
  ADD ("/compare-panel/wide", &wide, test_wide);
  ADD ("/compare-panel/dark", &dark, test_wide);
  ADD ("/compare-panel/rtl", &rtl, test_wide);
  g_test_add_func ("/compare-panel/every-width", test_every_width);
  ADD ("/compare-panel/in-place", &wide, test_in_place);
  ADD ("/compare-panel/sort", &wide, test_sort);
  ADD ("/compare-panel/columns", &wide, test_columns);
  ADD ("/compare-panel/search", &narrow, test_search);
  ADD ("/compare-panel/row-actions", &wide, test_row_actions);
  ADD ("/compare-panel/accessible", &narrow, test_accessible);
  ADD ("/compare-panel/copy", &narrow, test_copy);
  ADD ("/compare-panel/copy-columns", &narrow, test_copy_columns);
  ADD ("/compare-panel/scenario-narrow", &narrow, test_scenario);
  ADD ("/compare-panel/scenario", &wide, test_scenario);
  ADD ("/compare-panel/two-windows", &narrow, test_two_windows);
  ADD ("/compare-panel/details", &tall, test_details);
  ADD ("/compare-panel/details-narrow", &tall_narrow, test_details);
#undef ADD

  result = g_test_run ();
  g_clear_object (&catalogue);

  return result;
}
