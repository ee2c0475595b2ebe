/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "compare-test-utils.h"

#define DEADLINE_SECONDS 60

/* A list of three: known in all, of an assumed encoding, and unknown in all but its output price. */
static const char small_catalogue[] =
  "{\"format\": \"tokendesk.models/1\", \"as_of\": \"2026-11-23\", \"currency\": \"USD\","
  " \"sources\": {\"S\": {\"text\": \"A source\", \"url\": \"https://example.com\"}}, \"models\": ["
  "{\"id\": \"one\", \"name\": \"One, \\\"first\\\"\", \"vendor\": \"openai\", \"kind\": \"chat\","
  " \"exactness\": \"exact\", \"encoding\": \"cl100k_base\", \"context_window\": 1000, \"released\": \"2025-01-01\","
  " \"status\": \"active\", \"sources\": [\"S\"], \"prices\": [{\"from\": \"2025-01-01\", \"precision\": \"day\","
  " \"confidence\": \"mirror\", \"sources\": [\"S\"], \"input\": \"2\", \"output\": \"10\"}]},"
  "{\"id\": \"two\", \"name\": \"Two | second\", \"vendor\": \"openai\", \"kind\": \"chat\","
  " \"exactness\": \"assumed\", \"encoding\": \"o200k_base\", \"released\": \"2025-02-01\","
  " \"status\": \"active\", \"sources\": [\"S\"], \"prices\": [{\"from\": \"2025-02-01\", \"precision\": \"day\","
  " \"confidence\": \"mirror\", \"sources\": [\"S\"], \"input\": \"30\", \"output\": \"60\"}]},"
  "{\"id\": \"three\", \"name\": \"Three\", \"vendor\": \"anthropic\", \"kind\": \"chat\","
  " \"exactness\": \"remote-only\", \"released\": \"2025-03-01\","
  " \"status\": \"active\", \"sources\": [\"S\"], \"prices\": [{\"from\": \"2025-03-01\", \"precision\": \"day\","
  " \"confidence\": \"mirror\", \"sources\": [\"S\"], \"output\": \"5\"}]}]}";

static TdCatalogue *
load (const char *text,
      size_t      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  TdCatalogue *catalogue = td_catalogue_new ();

  td_catalogue_load_bytes (catalogue, bytes, &error);
  g_assert_no_error (error);

  return catalogue;
}

TdCatalogue *
test_catalogue_new_small (void)
{
  return load (small_catalogue, strlen (small_catalogue));
}

/* Models with all the prices that cost time: cached, cache writes, batch and long context. */
TdCatalogue *
test_catalogue_new_large (guint n_models)
{
  static const char *encodings[] = { "r50k_base", "p50k_base", "cl100k_base", "o200k_base" };
  g_autoptr (GString) text = g_string_new ("{\"format\": \"tokendesk.models/1\", \"as_of\": \"2026-11-23\","
                                           " \"currency\": \"USD\", \"sources\": {\"S\": {\"text\": \"A source\","
                                           " \"url\": \"https://example.com\"}}, \"models\": [");

  for (guint i = 0; i < n_models; i++)
    g_string_append_printf (text,
                            "%s{\"id\": \"m%u\", \"name\": \"Model %u\", \"vendor\": \"openai\", \"kind\": \"chat\","
                            " \"exactness\": \"exact\", \"encoding\": \"%s\", \"context_window\": 1000000,"
                            " \"released\": \"2025-01-01\", \"status\": \"active\", \"sources\": [\"S\"], \"prices\": ["
                            "{\"from\": \"2025-01-01\", \"until\": \"2025-06-01\", \"precision\": \"day\","
                            " \"confidence\": \"mirror\", \"sources\": [\"S\"], \"input\": \"9\", \"output\": \"9\"},"
                            "{\"from\": \"2025-06-01\", \"precision\": \"day\", \"confidence\": \"mirror\","
                            " \"sources\": [\"S\"], \"input\": \"%u.5\", \"cached_input\": \"0.25\","
                            " \"cache_write\": \"3\", \"output\": \"%u\", \"batch\": {\"basis\": \"half\"},"
                            " \"long_context\": {\"above\": 272000, \"input\": \"99\","
                            " \"cached_input\": \"9\", \"cache_write\": \"9\", \"output\": \"999\"}}]}",
                            i > 0 ? "," : "", i, i, encodings[i % G_N_ELEMENTS (encodings)], i % 40, 5 + i % 70);
  g_string_append (text, "]}");

  return load (text->str, text->len);
}

void
test_flush (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_CONTINUE;
}

static gboolean
is_counted (TdComparison *comparison)
{
  GListModel *rows = td_comparison_get_rows (comparison);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);

      if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTING)
        return FALSE;
    }

  return TRUE;
}

/* Puts a text into the document and lets the program run until the comparison has its numbers. */
void
test_set_text (TdComparison *comparison,
               const char   *text)
{
  TdDocument *document = td_comparison_get_document (comparison);
  gboolean has_timed_out = FALSE;
  guint id = g_timeout_add_seconds (DEADLINE_SECONDS, timed_out_cb, &has_timed_out);

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), text, -1);
  test_flush ();
  td_comparison_update (comparison);
  while (!is_counted (comparison) && !has_timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (has_timed_out);
  g_source_remove (id);
}

/* The memory backend lives as long as the program, so what one test set another would find. */
void
test_reset_settings (TdSettings *settings)
{
  static const char * const keys[] = {
    "baseline-model", "compare-available-only", "compare-columns", "compare-exact-only", "compare-min-context",
    "compare-price-range", "compare-sort",
    "compare-vendor", "currency", "exchange-rates", "expected-output-tokens", "pinned-models", "saved-scenarios",
    "scenario-budget", "scenario-cache-write-long", "scenario-cache-write-percent", "scenario-cached-percent",
    "scenario-calls", "scenario-credit", "scenario-image-height", "scenario-image-low-detail", "scenario-image-width",
    "scenario-images", "scenario-output-percent", "scenario-reasoning-tokens", "scenario-service",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    td_settings_reset (settings, keys[i]);
}

/* An amount exactly, to be compared with what was computed by hand. */
char *
test_money (TdMoney money)
{
  return td_money_is_known (money) ? td_money_to_decimal (money) : g_strdup ("unknown");
}

/* Closes a dialog, and makes sure that nothing of it stays behind. */
void
test_close_dialog (AdwDialog *dialog)
{
  gpointer weak_dialog = dialog;
  gpointer weak_child = adw_dialog_get_child (dialog);

  g_object_add_weak_pointer (weak_dialog, &weak_dialog);
  g_object_add_weak_pointer (weak_child, &weak_child);
  adw_dialog_force_close (dialog);
  while (weak_dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (weak_child);
}

/* What a widget shows, as a PNG file. */
void
test_save_picture (GtkWidget  *widget,
                   const char *path)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
