/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-inspector.h"

/**
 * TdTokenInspector:
 *
 * Says what the token at the cursor is: a button with its text and id, which opens all the rest. Where a character is
 * split between tokens, all its parts are told.
 *
 * Accessibility: the button's text is the summary, each fact a row with title and value; nothing is told by colour.
 */
struct _TdTokenInspector
{
  GtkWidget parent_instance;

  /* owned */
  TdDocument *document;
  guint update_source;

  /* template */
  GtkMenuButton *button;
  GtkLabel *summary;
  GtkBox *details;
};

G_DEFINE_FINAL_TYPE (TdTokenInspector, td_token_inspector, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GPtrArray *
dup_tokens_at_cursor (TdTokenInspector *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  GtkTextIter start;
  gsize n_characters = td_document_get_n_characters (self->document);
  gsize character;

  gtk_text_buffer_get_selection_bounds (buffer, &start, NULL);
  character = td_text_buffer_get_character (&start);

  /* Behind the last character the cursor belongs to that one. */
  if (character == n_characters && character > 0)
    character--;

  return td_document_dup_tokens_at (self->document, character);
}

static void
add_row (GtkListBox *list,
         const char *title,
         const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (list, row);
}

static void
add_range_row (GtkListBox *list,
               const char *title,
               gsize       first,
               gsize       length)
{
  g_autofree char *value = NULL;

  if (length > 1)
    value = g_strdup_printf ("%" G_GSIZE_FORMAT "–%" G_GSIZE_FORMAT, first, first + length - 1);
  else
    value = g_strdup_printf ("%" G_GSIZE_FORMAT, first);
  add_row (list, title, value);
}

static void
add_token (TdTokenInspector  *self,
           const TdTokenInfo *info)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());
  g_autofree char *id = td_token_info_dup_id (info);
  g_autofree char *text = td_token_info_dup_text (info);
  g_autofree char *hex = td_token_info_dup_hex (info);
  TkEncodingId own = tk_encoding_id_ordinary (td_document_get_encoding (self->document));

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");

  add_row (list, info->is_special ? _("Special Token") : info->is_partial ? _("Part of a Character") : _("Text"), text);
  add_row (list, _("Id and Rank"), id);
  add_row (list, _("Bytes"), hex);
  add_range_row (list, _("Token"), info->index + 1, 1);
  add_range_row (list, _("Byte Positions"), info->first_byte, info->n_bytes);
  add_range_row (list, _("Character Positions"), info->first_character, info->n_characters);

  for (TdVocabulary i = 0; i < TD_N_VOCABULARIES; i++)
    {
      TkEncodingId encoding = td_vocabulary_get_encoding (i);
      g_autofree char *ids = NULL;
      g_autofree char *title = NULL;

      if (encoding == own)
        continue;

      ids = td_token_info_dup_in (info, encoding);
      /* Translators: %s is the name of an encoding. */
      title = g_strdup_printf (_("Ids in %s"), tk_encoding_id_to_name (encoding));
      add_row (list, title, ids);
    }

  gtk_box_append (self->details, GTK_WIDGET (list));
}

static void
update_details (TdTokenInspector *self)
{
  g_autoptr (GPtrArray) tokens = dup_tokens_at_cursor (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details))) != NULL)
    gtk_box_remove (self->details, child);

  for (guint i = 0; i < tokens->len; i++)
    add_token (self, g_ptr_array_index (tokens, i));
}

static void
show_cb (TdTokenInspector *self)
{
  update_details (self);
}

static gboolean
update_cb (gpointer user_data)
{
  TdTokenInspector *self = user_data;
  g_autoptr (GPtrArray) tokens = dup_tokens_at_cursor (self);
  g_autoptr (GString) summary = g_string_new (NULL);

  self->update_source = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      const TdTokenInfo *info = g_ptr_array_index (tokens, i);
      g_autofree char *text = td_token_info_dup_text (info);
      g_autofree char *id = td_token_info_dup_id (info);

      if (tokens->len == 1)
        /* Translators: the text of the token at the cursor, and its id. */
        g_string_append_printf (summary, _("“%s” %s"), text, id);
      else
        g_string_append_printf (summary, i > 0 ? " + %s" : "%s", id);
    }

  gtk_label_set_label (self->summary, summary->str);
  gtk_widget_set_visible (GTK_WIDGET (self->button), tokens->len > 0);
  if (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    update_details (self);

  return G_SOURCE_REMOVE;
}

/* Once for all movements and edits of one turn of the main loop. */
static void
queue_update (TdTokenInspector *self)
{
  if (self->update_source == 0 && self->document != NULL)
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static void
disconnect_document (TdTokenInspector *self)
{
  if (self->document == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->document, self);
  g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
  g_clear_object (&self->document);
  g_clear_handle_id (&self->update_source, g_source_remove);
}

static void
td_token_inspector_dispose (GObject *object)
{
  TdTokenInspector *self = TD_TOKEN_INSPECTOR (object);

  disconnect_document (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_TOKEN_INSPECTOR);

  G_OBJECT_CLASS (td_token_inspector_parent_class)->dispose (object);
}

static void
td_token_inspector_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TdTokenInspector *self = TD_TOKEN_INSPECTOR (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_token_inspector_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  TdTokenInspector *self = TD_TOKEN_INSPECTOR (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      td_token_inspector_set_document (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_token_inspector_class_init (TdTokenInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_token_inspector_dispose;
  object_class->get_property = td_token_inspector_get_property;
  object_class->set_property = td_token_inspector_set_property;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-token-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, button);
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, summary);
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, details);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "td-token-inspector");
}

static void
td_token_inspector_init (TdTokenInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_token_inspector_new:
 * @document: (nullable): the document whose cursor to follow
 *
 * Returns: (transfer floating): an inspector
 */
GtkWidget *
td_token_inspector_new (TdDocument *document)
{
  return g_object_new (TD_TYPE_TOKEN_INSPECTOR, "document", document, NULL);
}

/**
 * td_token_inspector_get_document:
 * @self: the inspector
 *
 * Returns: (transfer none) (nullable): the document
 */
TdDocument *
td_token_inspector_get_document (TdTokenInspector *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_INSPECTOR (self), NULL);

  return self->document;
}

/**
 * td_token_inspector_set_document:
 * @self: the inspector
 * @document: (nullable): the document whose cursor to follow
 */
void
td_token_inspector_set_document (TdTokenInspector *self,
                                 TdDocument       *document)
{
  g_return_if_fail (TD_IS_TOKEN_INSPECTOR (self));

  if (self->document == document)
    return;

  disconnect_document (self);
  if (document != NULL)
    {
      self->document = g_object_ref (document);
      g_signal_connect_object (document, "counts-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (td_document_get_buffer (document), "notify::cursor-position",
                               G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      queue_update (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

/**
 * td_token_inspector_popup:
 * @self: the inspector
 *
 * Opens what there is to say about the token at the cursor.
 */
void
td_token_inspector_popup (TdTokenInspector *self)
{
  g_return_if_fail (TD_IS_TOKEN_INSPECTOR (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->button)))
    gtk_menu_button_popup (self->button);
}
