/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <adwaita.h>

#include "app/editor/td-status-bar.h"

/**
 * TdStatusBar:
 *
 * The counts of a document: tokens in the encoding that the editor paints with, characters, words.
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

  /* template; the box is named so that disposing the template finds it */
  GtkWidget *box;
  GtkLabel *tokens;
  GtkLabel *characters;
  GtkLabel *words;
  GtkWidget *spinner;
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
             guint64   number)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, number);

  gtk_label_set_label (label, text);
}

static void
update (TdStatusBar *self)
{
  guint64 n_tokens = 0;
  gboolean tokens_known;
  gboolean words_known;

  if (self->document == NULL)
    return;

  tokens_known = td_document_get_token_count (self->document, td_document_get_encoding (self->document), &n_tokens);
  words_known = td_document_get_words_known (self->document);

  show_number (self->characters, td_document_get_n_characters (self->document));

  if (tokens_known)
    show_number (self->tokens, n_tokens);
  else
    gtk_label_set_label (self->tokens, td_document_get_error (self->document) != NULL ? "—" : "…");

  if (words_known)
    show_number (self->words, td_document_get_n_words (self->document));
  else
    gtk_label_set_label (self->words, "…");

  gtk_widget_set_visible (self->spinner, td_document_get_counting (self->document));
}

static void
td_status_bar_dispose (GObject *object)
{
  TdStatusBar *self = TD_STATUS_BAR (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
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
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, tokens);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, characters);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, words);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, spinner);
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

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "counts-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}
