/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"
#include "app/editor/td-line-weights.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-inspector.h"

/**
 * TdTokenInspector:
 *
 * Says what the token at the cursor is: a button with its text and id, which opens all the rest. Where a character is
 * split between tokens, all its parts are told. What it opens goes from token to token by the same keys as the editor.
 *
 * Accessibility: the button's name is the summary; each fact is a row, named by its title and described by its value, in a
 * list that is named by the number of its token. Nothing is told by colour.
 */
struct _TdTokenInspector
{
  TdDocumentWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkLabel *summary;
  GtkLabel *place;
  GtkBox *details;

  /* borrowed */
  GtkWidget *opener; /* weak; what had the focus when a key opened it */
  guint focus_source;
};

G_DEFINE_FINAL_TYPE (TdTokenInspector, td_token_inspector, TD_TYPE_DOCUMENT_WIDGET)

static GPtrArray *
dup_tokens_at_cursor (TdTokenInspector *self)
{
  TdDocument *document = td_document_widget_get_document (TD_DOCUMENT_WIDGET (self));
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));
  GtkTextIter start;
  gsize n_characters = td_document_get_n_characters (document);
  gsize character;

  gtk_text_buffer_get_selection_bounds (buffer, &start, NULL);
  character = td_text_buffer_get_character (&start);

  /* Behind the last character the cursor belongs to that one. */
  if (character == n_characters && character > 0)
    character--;

  return td_document_dup_tokens_at (document, character);
}

static void
add_row (GtkListBox *list,
         const char *title,
         const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *shown = td_token_isolate_text (GTK_WIDGET (list), value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (list, row);
}

static GtkListBox *
new_list (TdTokenInspector *self,
          const char       *name)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_box_append (self->details, GTK_WIDGET (list));

  return list;
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

/* Which token it is, or which several are. */
static char *
dup_place (TdTokenInspector *self,
           gsize             first,
           guint             n)
{
  TdDocument *document = td_document_widget_get_document (TD_DOCUMENT_WIDGET (self));
  g_autofree char *place = NULL;
  g_autofree char *all = NULL;
  guint64 n_tokens = 0;

  td_document_get_token_count (document, td_document_get_encoding (document), &n_tokens);
  all = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_tokens);
  place = n == 1 ? g_strdup_printf ("%'" G_GSIZE_FORMAT, first + 1)
                 : g_strdup_printf ("%'" G_GSIZE_FORMAT "–%'" G_GSIZE_FORMAT, first + 1, first + n);

  /* Translators: "Token 2 of 4", or "Tokens 2–3 of 7". */
  return g_strdup_printf (ngettext ("Token %s of %s", "Tokens %s of %s", n), place, all);
}

static void
add_token (TdTokenInspector  *self,
           const TdTokenInfo *info)
{
  TdDocument *document = td_document_widget_get_document (TD_DOCUMENT_WIDGET (self));
  g_autofree char *place = dup_place (self, info->index, 1);
  GtkListBox *list = new_list (self, place);
  g_autofree char *id = td_token_info_dup_id (info);
  g_autofree char *text = td_token_info_dup_text (info);
  g_autofree char *hex = td_token_info_dup_hex (info);
  TkEncodingId own = tk_encoding_id_ordinary (td_document_get_encoding (document));

  add_row (list, info->is_special ? _("Special Token") : info->is_partial ? _("Part of a Character") : _("Text"), text);
  add_row (list, _("Id and Rank"), id);
  add_row (list, _("Bytes"), hex);
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
}

static void
add_line (TdTokenInspector *self)
{
  TdDocument *document = td_document_widget_get_document (TD_DOCUMENT_WIDGET (self));
  GtkListBox *list = new_list (self, _("Line"));
  g_autofree char *title = NULL;
  g_autofree char *value = NULL;
  GtkTextIter line;
  gsize n_tokens;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (td_document_get_buffer (document)), &line, NULL);
  gtk_text_iter_set_line_offset (&line, 0);
  while (!td_text_buffer_starts_line (&line) && gtk_text_iter_backward_line (&line))
    ;

  /* Translators: %d is the number of a line of the text. */
  title = g_strdup_printf (_("Tokens in Line %d"), td_text_buffer_get_line (&line) + 1);
  if (td_document_count_line (document, &line, &n_tokens))
    value = g_strdup_printf ("%'" G_GSIZE_FORMAT, n_tokens);
  add_row (list, title, value != NULL ? value : "…");
}

static void
update_details (TdTokenInspector *self)
{
  g_autoptr (GPtrArray) tokens = dup_tokens_at_cursor (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->details));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details))) != NULL)
    gtk_box_remove (self->details, child);

  for (guint i = 0; i < tokens->len; i++)
    add_token (self, g_ptr_array_index (tokens, i));
  add_line (self);
  if (tokens->len > 0)
    {
      const TdTokenInfo *first = g_ptr_array_index (tokens, 0);
      g_autofree char *place = dup_place (self, first->index, tokens->len);

      gtk_label_set_label (self->place, place);
    }

  /* Otherwise the keys would go nowhere. */
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

static void
show_cb (TdTokenInspector *self)
{
  update_details (self);
}

static gboolean
give_focus_back_cb (gpointer user_data)
{
  TdTokenInspector *self = user_data;
  GtkWidget *opener = self->opener;

  self->focus_source = 0;
  g_clear_weak_pointer (&self->opener);
  if (opener != NULL)
    gtk_widget_grab_focus (opener);

  return G_SOURCE_REMOVE;
}

/* Keys go on where they came from, not at the button, which GTK chooses while the popover goes. */
static void
hide_cb (TdTokenInspector *self)
{
  if (self->opener != NULL && self->focus_source == 0)
    self->focus_source = g_idle_add_full (G_PRIORITY_DEFAULT, give_focus_back_cb, self, NULL);
}

static void
td_token_inspector_update (TdDocumentWidget *widget)
{
  TdTokenInspector *self = TD_TOKEN_INSPECTOR (widget);
  g_autoptr (GPtrArray) tokens = dup_tokens_at_cursor (self);
  g_autoptr (GString) summary = g_string_new (NULL);
  g_autofree char *spoken = NULL;

  for (guint i = 0; i < tokens->len; i++)
    {
      const TdTokenInfo *info = g_ptr_array_index (tokens, i);
      g_autofree char *visible = td_token_info_dup_text (info);
      g_autofree char *text = td_token_isolate_text (GTK_WIDGET (self), visible);
      g_autofree char *id = td_token_info_dup_id (info);

      if (tokens->len == 1)
        /* Translators: the text of the token at the cursor, and its id. */
        g_string_append_printf (summary, _("“%s” %s"), text, id);
      else
        g_string_append_printf (summary, i > 0 ? " + %s" : "%s", id);
    }

  gtk_label_set_label (self->summary, summary->str);
  /* Translators: said by a screen reader; %s is the text of a token and its id, or several ids. */
  spoken = g_strdup_printf (_("Token at the cursor: %s"), summary->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), tokens->len > 0);
  if (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    update_details (self);
}

static void
td_token_inspector_dispose (GObject *object)
{
  TdTokenInspector *self = TD_TOKEN_INSPECTOR (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_weak_pointer (&self->opener);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_TOKEN_INSPECTOR);

  G_OBJECT_CLASS (td_token_inspector_parent_class)->dispose (object);
}

static void
td_token_inspector_class_init (TdTokenInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TdDocumentWidgetClass *document_widget_class = TD_DOCUMENT_WIDGET_CLASS (klass);

  object_class->dispose = td_token_inspector_dispose;

  document_widget_class->update = td_token_inspector_update;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-token-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, button);
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, summary);
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, details);
  gtk_widget_class_bind_template_child (widget_class, TdTokenInspector, place);
  gtk_widget_class_bind_template_callback (widget_class, hide_cb);
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
 * td_token_inspector_popup:
 * @self: the inspector
 *
 * Opens what there is to say about the token at the cursor.
 */
void
td_token_inspector_popup (TdTokenInspector *self)
{
  g_return_if_fail (TD_IS_TOKEN_INSPECTOR (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self->button)))
    return;

  g_set_weak_pointer (&self->opener, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_menu_button_popup (self->button);
}
