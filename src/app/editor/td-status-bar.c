/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <adwaita.h>

#include "app/editor/td-document-selection.h"
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
  TdDocumentWidget parent_instance;

  /* template; the box is named so that disposing the template finds it */
  GtkWidget *box;
  GtkLabel *tokens;
  GtkLabel *characters;
  GtkLabel *words;
  GtkWidget *spinner;
  TdTokenInspector *inspector;
  TdFormatButton *format_button;
};

G_DEFINE_FINAL_TYPE (TdStatusBar, td_status_bar, TD_TYPE_DOCUMENT_WIDGET)

enum
{
  PROP_0,
  PROP_NARROW,
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
td_status_bar_update (TdDocumentWidget *widget)
{
  TdStatusBar *self = TD_STATUS_BAR (widget);
  TdDocument *document = td_document_widget_get_document (widget);
  guint64 n_tokens = 0;
  gsize first;
  gsize end;

  td_document_get_selection (document, &first, &end);
  show_number (self->characters, end - first, td_document_get_n_characters (document));

  if (td_document_get_token_count (document, td_document_get_encoding (document), &n_tokens))
    show_number (self->tokens, td_document_count_touched (document, first, end), n_tokens);
  else
    gtk_label_set_label (self->tokens, td_document_get_error (document) != NULL ? "—" : "…");

  if (td_document_get_words_known (document))
    show_number (self->words, 0, td_document_get_n_words (document));
  else
    gtk_label_set_label (self->words, "…");

  gtk_widget_set_visible (self->spinner, td_document_get_counting (document));
}

static void
td_status_bar_dispose (GObject *object)
{
  TdStatusBar *self = TD_STATUS_BAR (object);

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
    case PROP_NARROW:
      g_value_set_boolean (value, td_status_bar_get_narrow (self));
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
    case PROP_NARROW:
      td_status_bar_set_narrow (self, g_value_get_boolean (value));
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
  TdDocumentWidgetClass *document_widget_class = TD_DOCUMENT_WIDGET_CLASS (klass);

  object_class->dispose = td_status_bar_dispose;
  object_class->get_property = td_status_bar_get_property;
  object_class->set_property = td_status_bar_set_property;

  document_widget_class->update = td_status_bar_update;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ADW_TYPE_SPINNER);
  g_type_ensure (ADW_TYPE_WRAP_BOX);
  g_type_ensure (TD_TYPE_FORMAT_BUTTON);
  g_type_ensure (TD_TYPE_TOKEN_INSPECTOR);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, tokens);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, characters);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, words);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, inspector);
  gtk_widget_class_bind_template_child (widget_class, TdStatusBar, format_button);
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
 * td_status_bar_get_format_button:
 * @self: the status bar
 *
 * Returns: (transfer none): the button that shows how the file is written
 */
TdFormatButton *
td_status_bar_get_format_button (TdStatusBar *self)
{
  g_return_val_if_fail (TD_IS_STATUS_BAR (self), NULL);

  return self->format_button;
}

/**
 * td_status_bar_get_narrow:
 * @self: the status bar
 *
 * Returns: whether the token stands below the numbers
 */
gboolean
td_status_bar_get_narrow (TdStatusBar *self)
{
  g_return_val_if_fail (TD_IS_STATUS_BAR (self), FALSE);

  return gtk_orientable_get_orientation (GTK_ORIENTABLE (self->box)) == GTK_ORIENTATION_VERTICAL;
}

/**
 * td_status_bar_set_narrow:
 * @self: the status bar
 * @narrow: whether the token stands below the numbers
 */
void
td_status_bar_set_narrow (TdStatusBar *self,
                          gboolean     narrow)
{
  g_return_if_fail (TD_IS_STATUS_BAR (self));

  if (td_status_bar_get_narrow (self) == !!narrow)
    return;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
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
