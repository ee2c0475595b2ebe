/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/export/td-decode-dialog.h"
#include "app/export/td-export-dialog.h"

typedef struct
{
  TdDocument *document;
  GtkWidget *window;
} Fixture;

static void
flush (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->document = td_document_new ();
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document)), "Hello", -1);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  flush ();
  g_assert_finalize_object (fixture->document);
}

static char *
dup_text (Fixture *fixture)
{
  g_autoptr (GBytes) text = td_document_dup_text (fixture->document);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  return g_strndup (data, length);
}

static void
test_decode (Fixture       *fixture,
             gconstpointer  data)
{
  TdDecodeDialog *dialog = TD_DECODE_DIALOG (td_decode_dialog_new (fixture->document));
  g_autofree char *text = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), fixture->window);
  g_assert_false (td_decode_dialog_can_use (dialog));

  td_decode_dialog_set_ids (dialog, "1 x");
  g_assert_cmpstr (td_decode_dialog_get_status (dialog), ==,
                   "Character 3 does not belong to an id. Ids are whole numbers.");
  td_decode_dialog_set_ids (dialog, "1 4294967295");
  g_assert_cmpstr (td_decode_dialog_get_status (dialog), ==, "The number at character 3 is larger than any id.");
  td_decode_dialog_set_ids (dialog, "300000");
  g_assert_cmpstr (td_decode_dialog_get_status (dialog), ==,
                   "300000 is no id of o200k_base. Check the number, or choose another encoding.");
  /* The byte DA, which begins a character and is none alone. */
  td_decode_dialog_set_ids (dialog, "150");
  g_assert_false (td_decode_dialog_can_use (dialog));

  td_decode_dialog_set_ids (dialog, "[176389, 49058, 31044, 21623]");
  g_assert_cmpstr (td_decode_dialog_get_status (dialog), ==, "4 tokens");
  g_assert_true (td_decode_dialog_can_use (dialog));
  td_decode_dialog_use (dialog);
  flush ();
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, "我是刘志军");
}

static void
clipboard_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  TdExportDialog *dialog = TD_EXPORT_DIALOG (td_export_dialog_new (fixture->document));
  char *text = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), fixture->window);
  td_export_dialog_copy (dialog);
  g_assert_true (td_export_dialog_is_busy (dialog));
  while (td_export_dialog_is_busy (dialog))
    g_main_context_iteration (NULL, TRUE);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), NULL, clipboard_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "[13225]\n");
  g_free (text);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  flush ();
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  TdExportDialog *dialog = TD_EXPORT_DIALOG (td_export_dialog_new (fixture->document));
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "ids.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *written = NULL;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  adw_dialog_present (ADW_DIALOG (dialog), fixture->window);
  td_export_dialog_save (dialog, file);
  while (td_export_dialog_is_busy (dialog))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, "[13225]\n");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  flush ();
}

/* Closed while it works: the work is stopped and everything goes. */
static void
test_close_while_busy (Fixture       *fixture,
                       gconstpointer  data)
{
  TdExportDialog *dialog = g_object_ref_sink (TD_EXPORT_DIALOG (td_export_dialog_new (fixture->document)));

  adw_dialog_present (ADW_DIALOG (dialog), fixture->window);
  td_export_dialog_copy (dialog);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  while (td_export_dialog_is_busy (dialog) || G_OBJECT (dialog)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (dialog);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add ("/export/dialogs/decode", Fixture, NULL, set_up, test_decode, tear_down);
  g_test_add ("/export/dialogs/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/export/dialogs/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/export/dialogs/close-while-busy", Fixture, NULL, set_up, test_close_while_busy, tear_down);

  return g_test_run ();
}
