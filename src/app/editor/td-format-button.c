/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/editor/td-charset-dialog.h"
#include "app/editor/td-format-button.h"
#include "app/editor/td-line-ends.h"

/**
 * TdFormatButton:
 *
 * Says how the text is written to its file, for example "UTF-8 · CRLF", and lets both be changed.
 *
 * The charset counts from the next save on. Line ends are part of the text, they have tokens: changing them changes the
 * text, and can be undone. They are looked up when a text has been loaded and when the popover opens, not while
 * somebody types.
 */
struct _TdFormatButton
{
  GtkWidget parent_instance;

  /* owned */
  TdDocument *document;
  char *charset;      /* NULL is UTF-8 */
  GStrv charsets;     /* of the row */
  TdLineEnd line_end;
  gboolean updating;

  /* template */
  GtkMenuButton *button;

  /* of its popover, once that has been asked for */
  AdwComboRow *charset_row;
  AdwComboRow *line_end_row;
};

G_DEFINE_FINAL_TYPE (TdFormatButton, td_format_button, GTK_TYPE_WIDGET)

static const char *
get_short_name (TdLineEnd line_end)
{
  switch (line_end)
    {
    case TD_LINE_END_CRLF:
      return "CRLF";
    case TD_LINE_END_CR:
      return "CR";
    case TD_LINE_END_MIXED:
      /* Translators: the lines of a text end in different ways */
      return C_("line ends", "mixed");
    case TD_LINE_END_NONE:
    case TD_LINE_END_LF:
    default:
      return "LF";
    }
}

static void
update_label (TdFormatButton *self)
{
  gsize length = self->charset != NULL ? strcspn (self->charset, "+") : 0;
  g_autofree char *charset = self->charset != NULL ? g_strndup (self->charset, length) : g_strdup ("UTF-8");
  g_autofree char *label = g_strdup_printf ("%s · %s", charset, get_short_name (self->line_end));

  gtk_menu_button_set_label (self->button, label);
}

static void
detect_line_ends (TdFormatButton *self)
{
  g_autoptr (GBytes) text = td_document_dup_text (self->document);

  self->line_end = td_line_ends_detect (text);
  update_label (self);
}

static void
notify_loading_cb (TdFormatButton *self)
{
  if (!td_document_get_loading (self->document))
    detect_line_ends (self);
}

/* The charset of the text, UTF-8, and all others. */
static void
fill_charsets (TdFormatButton *self)
{
  const char *first[] = { "UTF-8", self->charset, NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->charsets, g_strfreev);
  self->charsets = td_charset_list (first);
  for (guint i = 0; self->charsets[i] != NULL; i++)
    gtk_string_list_take (names, td_charset_dup_name (i > 0 ? self->charsets[i] : NULL));
  adw_combo_row_set_model (self->charset_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->charset_row, self->charset != NULL ? 1 : 0);
}

static void
fill_line_ends (TdFormatButton *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("LF (Linux, macOS)"));
  gtk_string_list_append (names, _("CRLF (Windows)"));
  gtk_string_list_append (names, _("CR (old Macs)"));
  if (self->line_end == TD_LINE_END_MIXED)
    gtk_string_list_append (names, _("Mixed"));
  adw_combo_row_set_model (self->line_end_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->line_end_row,
                              self->line_end == TD_LINE_END_NONE ? 0 : (guint) self->line_end - TD_LINE_END_LF);
}

static void
show_cb (TdFormatButton *self)
{
  if (td_document_get_loading (self->document))
    return;

  self->updating = TRUE;
  detect_line_ends (self);
  fill_charsets (self);
  fill_line_ends (self);
  self->updating = FALSE;
}

static void
charset_selected_cb (TdFormatButton *self)
{
  guint selected = adw_combo_row_get_selected (self->charset_row);

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;

  td_format_button_set_charset (self, selected > 0 ? self->charsets[selected] : NULL);
  gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)), TRUE);
}

static void
convert (TdFormatButton *self,
         TdLineEnd       line_end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  g_autoptr (GBytes) text = td_document_dup_text (self->document);
  g_autoptr (GBytes) converted = td_line_ends_convert (text, line_end);
  GtkTextIter start;
  GtkTextIter end;
  int line;
  gsize length;
  const char *data;

  if (g_bytes_equal (text, converted))
    return;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
  line = gtk_text_iter_get_line (&start);
  data = g_bytes_get_data (converted, &length);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, data, (int) length);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  gtk_text_buffer_place_cursor (buffer, &start);
}

static void
line_end_selected_cb (TdFormatButton *self)
{
  guint selected = adw_combo_row_get_selected (self->line_end_row);

  if (self->updating || selected > TD_LINE_END_CR - TD_LINE_END_LF || td_document_get_loading (self->document))
    return;

  convert (self, TD_LINE_END_LF + selected);
  detect_line_ends (self);
}

static AdwComboRow *
new_row (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);

  return ADW_COMBO_ROW (row);
}

/* Two rows with lists to choose from, which a new window is not to wait for. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  TdFormatButton *self = user_data;
  g_autoptr (GtkExpression) name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *popover;
  GtkWidget *group;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  self->charset_row = new_row (_("_Save as"));
  adw_combo_row_set_expression (self->charset_row, name);
  adw_combo_row_set_enable_search (self->charset_row, TRUE);
  adw_combo_row_set_search_match_mode (self->charset_row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  self->line_end_row = new_row (_("_Line Ends"));
  g_signal_connect_object (self->charset_row, "notify::selected", G_CALLBACK (charset_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line_end_row, "notify::selected", G_CALLBACK (line_end_selected_cb), self,
                           G_CONNECT_SWAPPED);

  group = adw_preferences_group_new ();
  gtk_widget_set_size_request (group, 300, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->charset_row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->line_end_row));

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), group);
  g_signal_connect_object (popover, "show", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
td_format_button_dispose (GObject *object)
{
  TdFormatButton *self = TD_FORMAT_BUTTON (object);

  td_format_button_set_document (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FORMAT_BUTTON);

  G_OBJECT_CLASS (td_format_button_parent_class)->dispose (object);
}

static void
td_format_button_finalize (GObject *object)
{
  TdFormatButton *self = TD_FORMAT_BUTTON (object);

  g_clear_pointer (&self->charsets, g_strfreev);
  g_free (self->charset);

  G_OBJECT_CLASS (td_format_button_parent_class)->finalize (object);
}

static void
td_format_button_class_init (TdFormatButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_format_button_dispose;
  object_class->finalize = td_format_button_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-format-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFormatButton, button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
td_format_button_init (TdFormatButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
  update_label (self);
}

/**
 * td_format_button_new:
 *
 * Returns: (transfer floating): a button without a document
 */
GtkWidget *
td_format_button_new (void)
{
  return g_object_new (TD_TYPE_FORMAT_BUTTON, NULL);
}

/**
 * td_format_button_set_document:
 * @self: the button
 * @document: (nullable): the document whose line ends to show
 */
void
td_format_button_set_document (TdFormatButton *self,
                               TdDocument     *document)
{
  g_return_if_fail (TD_IS_FORMAT_BUTTON (self));

  if (self->document == document)
    return;

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    {
      g_signal_connect_object (document, "notify::loading", G_CALLBACK (notify_loading_cb), self, G_CONNECT_SWAPPED);
      notify_loading_cb (self);
    }
}

/**
 * td_format_button_get_charset:
 * @self: the button
 *
 * Returns: (nullable): how the text is to be encoded when it is saved; %NULL is UTF-8
 */
const char *
td_format_button_get_charset (TdFormatButton *self)
{
  g_return_val_if_fail (TD_IS_FORMAT_BUTTON (self), NULL);

  return self->charset;
}

/**
 * td_format_button_set_charset:
 * @self: the button
 * @charset: (nullable): how the text is to be encoded when it is saved; %NULL is UTF-8
 */
void
td_format_button_set_charset (TdFormatButton *self,
                              const char     *charset)
{
  g_return_if_fail (TD_IS_FORMAT_BUTTON (self));

  if (g_set_str (&self->charset, charset))
    update_label (self);
}
