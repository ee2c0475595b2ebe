/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/chat/td-chat-page.h"
#include "app/drafts/td-drafts-dialog.h"
#include "app/editor/td-charset-dialog.h"
#include "app/editor/td-encoding-switch.h"
#include "app/editor/td-format-button.h"
#include "app/editor/td-search-bar.h"
#include "app/editor/td-status-bar.h"
#include "app/editor/td-token-view.h"
#include "app/files/td-count-dialog.h"
#include "app/td-screenshot.h"
#include "app/td-window.h"
#include "app-test-utils.h"

static TdApplication *application;
static char *scratch;

static void
flush (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
wait_until_settled (TdWindow *window)
{
  while (!td_window_is_settled (window) || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    g_main_context_iteration (NULL, TRUE);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

static TdWindow *
new_window (int width)
{
  TdWindow *window = td_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 600);
  gtk_window_present (GTK_WINDOW (window));
  wait_until_settled (window);

  return window;
}

/* Closes without asking, and checks that nothing keeps the window alive. */
static void
close_window (TdWindow *window)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));

  gtk_text_buffer_set_modified (buffer, FALSE);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  for (guint i = 0; i < 100 && window != NULL; i++)
    flush ();
  g_assert_null (window);
}

static char *
get_text (TdWindow *window)
{
  g_autoptr (GBytes) bytes = td_document_dup_text (td_window_get_document (window));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GFile *
new_file (const char *name,
          const char *contents,
          gssize      length)
{
  g_autofree char *path = g_build_filename (scratch, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

/* With warnings fatal: any mistake in a template, and any size that does not fit, ends the test. */
static void
test_sizes (void)
{
  static const int widths[] = { 360, 700, 1200 };
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (guint i = 0; i < G_N_ELEMENTS (widths) * 4; i++)
    {
      TdWindow *window;

      gtk_widget_set_default_direction (directions[i % 2]);
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          i / 2 % 2 ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      window = new_window (widths[i / 4]);
      g_assert_true (td_window_is_untouched (window));
      td_window_show_example (window);
      wait_until_settled (window);
      close_window (window);
    }

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_example (void)
{
  TdWindow *window = new_window (900);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  g_autofree char *text = NULL;
  g_autofree char *after_undo = NULL;
  guint64 n_tokens;

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "TokenDesk");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-example", NULL);
  wait_until_settled (window);

  text = get_text (window);
  g_assert_nonnull (strstr (text, "我是刘志军"));
  g_assert_true (td_document_get_token_count (td_window_get_document (window), TK_ENCODING_O200K_BASE, &n_tokens));
  g_assert_cmpuint (n_tokens, >, 20);
  g_assert_false (gtk_text_buffer_get_modified (buffer));

  td_text_buffer_undo (TD_TEXT_BUFFER (buffer));
  after_undo = get_text (window);
  g_assert_cmpstr (after_undo, ==, "");

  close_window (window);
}

static void
test_encoding_switch (void)
{
  TdWindow *window = new_window (900);
  TdDocument *document = td_window_get_document (window);
  GtkWidget *encoding_switch = test_find_widget (GTK_WIDGET (window), TD_TYPE_ENCODING_SWITCH, NULL, NULL);
  AdwToggleGroup *toggles = ADW_TOGGLE_GROUP (test_find_widget (encoding_switch, ADW_TYPE_TOGGLE_GROUP, NULL, NULL));
  GtkDropDown *drop_down = GTK_DROP_DOWN (test_find_widget (encoding_switch, GTK_TYPE_DROP_DOWN, NULL, NULL));
  TdSettings *settings = td_application_get_settings (application);
  g_autofree char *saved = NULL;

  g_assert_cmpint (td_document_get_encoding (document), ==, TK_ENCODING_O200K_BASE);
  adw_toggle_group_set_active_name (toggles, "cl100k_base");
  g_assert_cmpint (td_document_get_encoding (document), ==, TK_ENCODING_CL100K_BASE);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 1);
  gtk_drop_down_set_selected (drop_down, 2);
  g_assert_cmpint (td_document_get_encoding (document), ==, TK_ENCODING_R50K_BASE);
  g_assert_cmpstr (adw_toggle_group_get_active_name (toggles), ==, "r50k_base");

  /* The next window starts with what was chosen last. */
  saved = td_settings_get_string (settings, "encoding");
  g_assert_cmpstr (saved, ==, "r50k_base");
  td_document_set_encoding (document, TK_ENCODING_P50K_EDIT);
  g_assert_cmpstr (adw_toggle_group_get_active_name (toggles), ==, "p50k_edit");
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (toggles), ==, 4);
  g_action_group_change_action_state (G_ACTION_GROUP (window), "encoding",
                                      g_variant_new_uint32 (TK_ENCODING_O200K_HARMONY));
  g_assert_cmpint (td_document_get_encoding (document), ==, TK_ENCODING_O200K_HARMONY);
  g_assert_cmpstr (adw_toggle_group_get_active_name (toggles), ==, "o200k_harmony");
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (toggles), ==, 4);
  td_document_set_encoding (document, TK_ENCODING_O200K_BASE);
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (toggles), ==, 3);

  close_window (window);
}

static void
test_open (void)
{
  TdWindow *window = new_window (900);
  g_autoptr (GFile) file = new_file ("opened.txt", "我是刘志军\r\nsecond", -1);
  g_autofree char *text = NULL;

  td_window_open (window, file);
  wait_until_settled (window);
  text = get_text (window);
  g_assert_cmpstr (text, ==, "我是刘志军\r\nsecond");
  g_assert_true (g_file_equal (td_window_get_file (window), file));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "opened.txt – TokenDesk");

  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window))), "x", 1);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "• opened.txt – TokenDesk");

  /* The same file again is shown where it is; another one goes to a window of its own. */
  td_window_open (window, file);
  flush ();
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))), ==, 1);

  close_window (window);
}

static void
test_open_in_other_window (void)
{
  TdWindow *window = new_window (900);
  g_autoptr (GFile) file = new_file ("other.txt", "other", -1);
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;
  GList *windows;
  TdWindow *other;

  td_window_show_example (window);
  td_window_open (window, file);
  windows = gtk_application_get_windows (GTK_APPLICATION (application));
  g_assert_cmpuint (g_list_length (windows), ==, 2);
  other = windows->data != window ? windows->data : windows->next->data;
  wait_until_settled (other);

  text = get_text (window);
  other_text = get_text (other);
  g_assert_nonnull (strstr (text, "刘志军"));
  g_assert_cmpstr (other_text, ==, "other");

  close_window (other);
  close_window (window);
}

/* A file that cannot be opened leaves the window as it was, and says why. */
static void
test_open_refused (void)
{
  TdWindow *window = new_window (900);
  g_autoptr (GFile) file = new_file ("invalid.txt", "\x7F" "ELF\0\0\xFF\xFE\x80", 9);
  AdwDialog *dialog;
  g_autofree char *text = NULL;

  td_window_open (window, file);
  wait_until_settled (window);

  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "invalid.txt"));
  text = get_text (window);
  g_assert_cmpstr (text, ==, "");
  g_assert_null (td_window_get_file (window));
  g_assert_true (td_window_is_untouched (window));

  adw_dialog_force_close (dialog);
  close_window (window);
}

/* A file that is not UTF-8 is opened in the encoding that the user chooses, and saved in the same one. */
static void
test_other_charset (void)
{
  TdWindow *window = new_window (900);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  g_autoptr (GFile) file = new_file ("western.txt", "caf\xE9\r\n", 6);
  GtkWidget *format_button = test_find_widget (GTK_WIDGET (window), TD_TYPE_FORMAT_BUTTON, NULL, NULL);
  AdwDialog *dialog;
  GtkTextView *preview;
  AdwComboRow *row;
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *previewed = NULL;
  g_autofree char *text = NULL;
  g_autofree char *contents = NULL;

  td_window_open (window, file);
  wait_until_settled (window);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (TD_IS_CHARSET_DIALOG (dialog));
  row = ADW_COMBO_ROW (test_find_widget (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, NULL, NULL));
  preview = GTK_TEXT_VIEW (test_find_widget (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, NULL, NULL));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (preview), &start, &end);
  previewed = gtk_text_buffer_get_text (gtk_text_view_get_buffer (preview), &start, &end, FALSE);
  g_assert_cmpstr (previewed, ==, "café\r\n");

  g_signal_emit_by_name (adw_dialog_get_default_widget (dialog), "clicked");
  wait_until_settled (window);
  text = get_text (window);
  g_assert_cmpstr (text, ==, "café\r\n");
  g_assert_cmpstr (td_format_button_get_charset (TD_FORMAT_BUTTON (format_button)), ==, "WINDOWS-1252");

  gtk_text_buffer_insert_at_cursor (buffer, "ä", -1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  wait_until_settled (window);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "\xE4" "caf\xE9\r\n");

  /* What it lacks is not written in another one unasked. */
  gtk_text_buffer_insert_at_cursor (buffer, "刘", -1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  wait_until_settled (window);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "刘"));
  g_assert_true (gtk_text_buffer_get_modified (buffer));
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "\xE4" "caf\xE9\r\n");
  adw_dialog_force_close (dialog);
  close_window (window);
}

/* What the editor cannot hold is counted without it. */
static void
test_count_dialog (void)
{
  TdWindow *window = new_window (900);
  g_autoptr (GFile) file = new_file ("nul.txt", "a\0b", 3);
  AdwDialog *dialog;
  GtkWidget *label = NULL;

  td_window_open (window, file);
  wait_until_settled (window);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), "count"));
  g_assert_true (td_window_is_untouched (window));
  adw_dialog_force_close (dialog);

  dialog = td_count_dialog_new (file, td_application_get_settings (application),
                                td_application_get_catalogue (application));
  adw_dialog_present (dialog, GTK_WIDGET (window));
  while (label == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      label = test_find_widget (GTK_WIDGET (dialog), GTK_TYPE_LABEL, test_shows_text, "3");
    }
  g_assert_nonnull (test_find_widget (GTK_WIDGET (dialog), GTK_TYPE_LABEL, test_shows_text, "o200k_base"));
  adw_dialog_force_close (dialog);
  close_window (window);
}

static void
test_save (void)
{
  TdWindow *window = new_window (900);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  g_autoptr (GFile) file = new_file ("saved.txt", "one\r\ntwo", -1);
  g_autofree char *contents = NULL;
  GtkTextIter end;

  td_window_open (window, file);
  wait_until_settled (window);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, "\nthree", -1);
  g_assert_true (gtk_text_buffer_get_modified (buffer));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  while (contents == NULL || !g_str_equal (contents, "one\r\ntwo\nthree"))
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_pointer (&contents, g_free);
      g_file_get_contents (g_file_peek_path (file), &contents, NULL, NULL);
    }
  wait_until_settled (window);
  g_assert_false (gtk_text_buffer_get_modified (buffer));

  close_window (window);
}

/* A window that is closed while its text is being written goes when the file is complete, not before. */
static void
test_close_while_saving (void)
{
  TdWindow *window = new_window (900);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  g_autoptr (GFile) file = new_file ("closing.txt", "one", -1);
  g_autofree char *contents = NULL;

  td_window_open (window, file);
  wait_until_settled (window);
  gtk_text_buffer_insert_at_cursor (buffer, "two ", -1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  /* A second wish while the first is being carried out, with a newer text. */
  gtk_text_buffer_insert_at_cursor (buffer, "three ", -1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_nonnull (window);
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "two three one");
}

/* A save that fails keeps the window and its text, and says why. */
static void
test_save_refused (void)
{
  TdWindow *window = new_window (900);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  g_autofree char *folder = g_dir_make_tmp ("tokendesk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "gone.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  AdwDialog *dialog;

  g_assert_true (g_file_set_contents (path, "one", -1, NULL));
  td_window_open (window, file);
  wait_until_settled (window);
  gtk_text_buffer_insert_at_cursor (buffer, "two ", -1);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  gtk_window_close (GTK_WINDOW (window));
  wait_until_settled (window);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_true (gtk_text_buffer_get_modified (buffer));
  text = get_text (window);
  g_assert_cmpstr (text, ==, "two one");

  adw_dialog_force_close (dialog);
  close_window (window);
}

/* What is typed while a file is being read stays; the file gets a window of its own. */
static void
test_type_while_opening (void)
{
  TdWindow *window = new_window (900);
  g_autoptr (GFile) file = new_file ("late.txt", "late", -1);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;
  GList *windows;
  TdWindow *other;

  td_window_open (window, file);
  gtk_text_buffer_insert_at_cursor (buffer, "typed", -1);
  /* Already on its way: no second window. */
  td_window_open (window, file);
  wait_until_settled (window);

  windows = gtk_application_get_windows (GTK_APPLICATION (application));
  g_assert_cmpuint (g_list_length (windows), ==, 2);
  other = windows->data != window ? windows->data : windows->next->data;
  wait_until_settled (other);
  text = get_text (window);
  other_text = get_text (other);
  g_assert_cmpstr (text, ==, "typed");
  g_assert_cmpstr (other_text, ==, "late");

  close_window (other);
  close_window (window);
}

/* Changes are not lost by closing. */
static void
test_close_modified (void)
{
  TdWindow *window = new_window (900);
  AdwDialog *dialog;

  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window))), "x", 1);
  gtk_window_close (GTK_WINDOW (window));
  flush ();
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), "cancel"));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), "discard"));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), "save"));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_signal_emit_by_name (dialog, "response::discard", "discard");
  adw_dialog_force_close (dialog);
  while (window != NULL)
    g_main_context_iteration (NULL, FALSE);
}

static AdwAlertDialog *
get_question (TdWindow   *window,
              const char *heading)
{
  AdwDialog *dialog;

  flush ();
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), ==, heading);

  return ADW_ALERT_DIALOG (dialog);
}

static void
answer (AdwAlertDialog *question,
        const char     *response)
{
  adw_alert_dialog_set_close_response (question, response);
  adw_dialog_force_close (ADW_DIALOG (question));
  flush ();
}

static void
load_chat (TdWindow   *window,
           const char *json)
{
  GtkWidget *page = test_find_widget (GTK_WIDGET (window), TD_TYPE_CHAT_PAGE, NULL, NULL);
  g_autoptr (GError) error = NULL;

  td_chat_page_load (TD_CHAT_PAGE (page), json, strlen (json), &error);
  g_assert_no_error (error);
}

/* The user gives the text up on the way to closing, and then does not export the conversation after all: the window goes on
 * with both, and what is not saved is asked about again. */
static void
test_export_given_up (void)
{
  TdWindow *window = new_window (900);
  GtkWindow *chooser = NULL;

  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window))), "x", 1);
  load_chat (window, "[{\"role\": \"user\", \"content\": \"Hi\"}]");
  gtk_window_close (GTK_WINDOW (window));
  answer (get_question (window, "Save Changes?"), "discard");
  answer (get_question (window, "Export the Conversation?"), "export");

  while (chooser == NULL)
    {
      GListModel *toplevels = gtk_window_get_toplevels ();

      g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
        {
          g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

          if (gtk_window_get_transient_for (toplevel) == GTK_WINDOW (window) && gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
            chooser = toplevel;
        }
    }
  gtk_window_close (chooser);
  flush ();

  gtk_window_close (GTK_WINDOW (window));
  answer (get_question (window, "Save Changes?"), "discard");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  answer (get_question (window, "Export the Conversation?"), "discard");
  while (window != NULL)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
is_revealed (GtkWidget     *banner,
             gconstpointer  data)
{
  return adw_banner_get_revealed (ADW_BANNER (banner));
}

/* A conversation that cannot be read is told of, and its draft, which may be all there is, stays. */
static void
test_unreadable_chat_draft (void)
{
  TdWindow *window = new_window (900);
  TdDraftStore *store = td_application_get_draft_store (application);
  g_autoptr (GBytes) json = g_bytes_new_static ("[{\"role\": ", 10);
  g_autoptr (TdDraft) draft = td_draft_new_chat (json, 1);
  g_autofree char *id = td_draft_store_new_id (store);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();
  g_autofree char *path = NULL;
  GtkWidget *banner;
  AdwDialog *dialog;

  td_draft_set_id (draft, id);
  td_draft_store_write (store, id, draft);
  td_draft_store_flush (store);
  g_ptr_array_add (drafts, draft);
  td_window_offer_drafts (window, drafts);
  flush ();
  banner = test_find_widget (GTK_WIDGET (window), ADW_TYPE_BANNER, is_revealed, NULL);
  g_signal_emit_by_name (banner, "button-clicked");
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (TD_IS_DRAFTS_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "restore", draft);
  adw_dialog_force_close (dialog);
  answer (get_question (window, "Conversation Not Restored"), "close");

  close_window (window);
  td_draft_store_flush (store);
  path = g_strdup_printf ("%s/tokendesk/drafts/%s.draft", g_get_user_data_dir (), id);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  td_draft_store_remove (store, id);
  td_draft_store_flush (store);
}

static void
test_search (void)
{
  TdWindow *window = new_window (900);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (td_window_get_document (window)));
  GtkWidget *search_bar = test_find_widget (GTK_WIDGET (window), TD_TYPE_SEARCH_BAR, NULL, NULL);
  GtkEditable *entry = GTK_EDITABLE (test_find_widget (search_bar, GTK_TYPE_SEARCH_ENTRY, NULL, NULL));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_set_text (buffer, "one two one three", -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.find", NULL);
  gtk_editable_set_text (entry, "one");

  while (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 0);
  td_search_bar_find_next (TD_SEARCH_BAR (search_bar));
  while (gtk_text_buffer_get_selection_bounds (buffer, &start, &end) && gtk_text_iter_get_offset (&start) != 8)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_text_iter_get_offset (&end), ==, 11);
  td_search_bar_close (TD_SEARCH_BAR (search_bar));

  close_window (window);
}

/* What end-to-end tests and screen readers find the controls by. */
static void
test_accessible (void)
{
  TdWindow *window = new_window (900);
  GtkWidget *view = test_find_widget (GTK_WIDGET (window), TD_TYPE_TOKEN_VIEW, NULL, NULL);
  GtkWidget *encoding_switch = test_find_widget (GTK_WIDGET (window), TD_TYPE_ENCODING_SWITCH, NULL, NULL);
  GtkWidget *toggles = test_find_widget (encoding_switch, ADW_TYPE_TOGGLE_GROUP, NULL, NULL);

  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Text");
  gtk_test_accessible_assert_property (toggles, GTK_ACCESSIBLE_PROPERTY_LABEL, "Encoding");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test_find_widget (GTK_WIDGET (window), TD_TYPE_SEARCH_BAR, NULL, NULL)),
                                   GTK_ACCESSIBLE_ROLE_SEARCH);

  close_window (window);
}

static void
screenshot_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_object_ref (result);
  *(GAsyncResult **) user_data = result;
}

static gboolean
take_screenshot (TdWindow            *window,
                 const char          *path,
                 const char * const  *actions,
                 GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_screenshot_take_async (window, path, actions, screenshot_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return td_screenshot_take_finish (window, result, error);
}

static void
test_screenshot (void)
{
  TdWindow *window = new_window (900);
  g_autofree char *path = g_build_filename (scratch, "picture.png", NULL);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  td_window_show_example (window);
  g_assert_true (take_screenshot (window, path, NULL, &error));
  g_assert_no_error (error);
  texture = gdk_texture_new_from_filename (path, NULL);
  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, gtk_widget_get_width (GTK_WIDGET (window)));

  close_window (window);
}

static void
test_screenshot_after_actions (void)
{
  const char *actions[] = { "win.page::chat", "chat.add", NULL };
  const char *hidden[] = { "win.page::text", "chat.add", NULL };
  TdWindow *window = new_window (900);
  g_autofree char *path = g_build_filename (scratch, "actions.png", NULL);
  g_autoptr (GError) error = NULL;
  GtkWidget *page = test_find_widget (GTK_WIDGET (window), TD_TYPE_CHAT_PAGE, NULL, NULL);

  g_assert_true (take_screenshot (window, path, actions, &error));
  g_assert_no_error (error);
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  /* The chat page is not shown any more, so nobody could do that. */
  g_assert_false (take_screenshot (window, path, hidden, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  close_window (window);
}

static void
activate_cb (GApplication *app)
{
  int status;

  /* Instead of opening a window. */
  g_signal_stop_emission_by_name (app, "activate");

  g_application_hold (app);
  status = g_test_run ();
  g_application_release (app);
  g_application_quit (app);
  g_assert_cmpint (status, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  char *own_arguments[] = { argv[0], NULL };

  gtk_test_init (&argc, &argv, NULL);
  gtk_source_init ();
  scratch = g_dir_make_tmp ("tokendesk-test-window.XXXXXX", NULL);
  g_assert_nonnull (scratch);

  g_test_add_func ("/window/sizes", test_sizes);
  g_test_add_func ("/window/example", test_example);
  g_test_add_func ("/window/encoding-switch", test_encoding_switch);
  g_test_add_func ("/window/open", test_open);
  g_test_add_func ("/window/open-in-other-window", test_open_in_other_window);
  g_test_add_func ("/window/open-refused", test_open_refused);
  g_test_add_func ("/window/other-charset", test_other_charset);
  g_test_add_func ("/window/count-dialog", test_count_dialog);
  g_test_add_func ("/window/save", test_save);
  g_test_add_func ("/window/save-refused", test_save_refused);
  g_test_add_func ("/window/close-while-saving", test_close_while_saving);
  g_test_add_func ("/window/type-while-opening", test_type_while_opening);
  g_test_add_func ("/window/close-modified", test_close_modified);
  g_test_add_func ("/window/export-given-up", test_export_given_up);
  g_test_add_func ("/window/unreadable-chat-draft", test_unreadable_chat_draft);
  g_test_add_func ("/window/search", test_search);
  g_test_add_func ("/window/accessible", test_accessible);
  g_test_add_func ("/window/screenshot", test_screenshot);
  g_test_add_func ("/window/screenshot/after-actions", test_screenshot_after_actions);

  application = td_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), G_N_ELEMENTS (own_arguments) - 1, own_arguments);
}
