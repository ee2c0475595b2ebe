/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <adwaita.h>

#include "app/editor/td-status-bar.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-inspector.h"

/**
 * TdStatusBar:
 *
 * The counts of a document: tokens in the encoding that the editor paints with, characters, words. While something is
 * selected, also how many tokens the selection touches and how many characters it has.
 *
 * A number that is still being counted shows as "…" beside a spinner, never as an old one.
 *
 * Accessibility: each number is labelled by its caption, and its text is the number.
 */
struct _TdStatusBar
{
  GtkWidget parent_instance;

  /* owned */
  TdDocument *document;
  guint update_source;

  /* template; the box is named so that disposing the template finds it */
  GtkWidget *box;
  GtkLabel *tokens;
  GtkLabel *characters;
  GtkLabel *words;
  GtkWidget *spinner;
  TdTokenInspector *inspector;
};

G_DEFINE_FINAL_TYPE (TdStatusBar, td_status_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_number (GtkLabel *label,
             guint64   n_selected,
             guint64   number)
{
  g_autofree char *all = g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
  g_autofree char *selected = NULL;
  g_autofree char *both = NULL;

  if (n_selected == 0)
    {
      gtk_label_set_label (label, all);
      return;
    }

  selected = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_selected);
  /* Translators: so many of the tokens (or characters) of the text are selected: "12 of 58". */
  both = g_strdup_printf (_("%s of %s"), selected, all);
  gtk_label_set_label (label, both);
}

static void
update (TdStatusBar *self)
{
  guint64 n_tokens = 0;
  gboolean tokens_known;
  gboolean words_known;
  GtkTextIter start;
  GtkTextIter end;
  gsize first;
  gsize last;

  if (self->document == NULL)
    return;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)), &start, &end);
  first = td_text_buffer_get_character (&start);
  last = td_text_buffer_get_character (&end);

  tokens_known = td_document_get_token_count (self->document, td_document_get_encoding (self->document), &n_tokens);
  words_known = td_document_get_words_known (self->document);

  show_number (self->characters, last - first, td_document_get_n_characters (self->document));

  if (tokens_known)
    show_number (self->tokens, td_document_count_touched (self->document, first, last), n_tokens);
  else
    gtk_label_set_label (self->tokens, td_document_get_error (self->document) != NULL ? "—" : "…");

  if (words_known)
    show_number (self->words, 0, td_document_get_n_words (self->document));
  else
    gtk_label_set_label (self->words, "…");

  gtk_widget_set_visible (self->spinner, td_document_get_counting (self->document));
}

static gboolean
update_cb (gpointer user_data)
{
  TdStatusBar *self = user_data;

  self->update_source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* Once for all movements of one turn of the main loop. */
static void
queue_update (TdStatusBar *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static void
mark_set_cb (TdStatusBar *self,
             GtkTextIter *place,
             GtkTextMark *mark)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));

  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    queue_update (self);
}

static void
disconnect_document (TdStatusBar *self)
{
  if (self->document == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->document, self);
  g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->document);
}

static void
td_status_bar_dispose (GObject *object)
{
  TdStatusBar *self = TD_STATUS_BAR (object);

  disconnect_document (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_STATUS_BAR);

  G_OBJECT_CLASS (td_status_bar_parent_class)->dispose (object);
}

static void
td_status_bar_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TdStatusBar *self = TD_STATUS_BAR (object);

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
td_status_bar_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdStatusBar *self = TD_STATUS_BAR (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      td_status_bar_set_document (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_status_bar_class_init (TdStatusBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_status_bar_dispose;
  object_class->get_property = td_status_bar_get_property;
  object_class->set_property = td_status_bar_set_property;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ADW_TYPE_SPINNER);
  g_type_ensure (ADW_TYPE_WRAP_BOX);
  g_type_ensure (TD_TYPE_TOKEN_INSPECTOR);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, tokens);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, characters);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, words);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, inspector);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "td-status-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
td_status_bar_init (TdStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_status_bar_new:
 * @document: (nullable): the document whose counts to show
 *
 * Returns: (transfer floating): a status bar
 */
GtkWidget *
td_status_bar_new (TdDocument *document)
{
  return g_object_new (TD_TYPE_STATUS_BAR, "document", document, NULL);
}

/**
 * td_status_bar_get_document:
 * @self: the status bar
 *
 * Returns: (transfer none) (nullable): the document
 */
TdDocument *
td_status_bar_get_document (TdStatusBar *self)
{
  g_return_val_if_fail (TD_IS_STATUS_BAR (self), NULL);

  return self->document;
}

/**
 * td_status_bar_set_document:
 * @self: the status bar
 * @document: (nullable): the document whose counts to show
 */
void
td_status_bar_set_document (TdStatusBar *self,
                            TdDocument  *document)
{
  g_return_if_fail (TD_IS_STATUS_BAR (self));

  if (self->document == document)
    return;

  disconnect_document (self);
  if (document != NULL)
    {
      self->document = g_object_ref (document);
      g_signal_connect_object (document, "counts-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (td_document_get_buffer (document), "mark-set", G_CALLBACK (mark_set_cb), self,
                               G_CONNECT_SWAPPED);
    }

  td_token_inspector_set_document (self->inspector, document);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

/**
 * td_status_bar_inspect:
 * @self: the status bar
 *
 * Opens what there is to say about the token at the cursor.
 */
void
td_status_bar_inspect (TdStatusBar *self)
{
  g_return_if_fail (TD_IS_STATUS_BAR (self));

  td_token_inspector_popup (self->inspector);
}
