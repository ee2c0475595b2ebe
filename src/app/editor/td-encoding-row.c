/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-encoding-row.h"
#include "app/editor/td-encodings.h"
#include "app/editor/td-token-preview.h"

/**
 * TdEncodingRow:
 *
 * One encoding among others: how many tokens the text is in it, as a number, as a bar and as ratios, and how its start
 * is split. Its radio button chooses it.
 *
 * Accessibility: the radio button is named by the encoding and described by its figures.
 */
struct _TdEncodingRow
{
  GtkListBoxRow parent_instance;

  TkEncodingId encoding;

  /* template */
  GtkWidget *box;
  GtkCheckButton *check;
  GtkLabel *tokens;
  GtkLabel *models;
  GtkLevelBar *bar;
  GtkLabel *ratios;
  TdTokenPreview *preview;
};

G_DEFINE_FINAL_TYPE (TdEncodingRow, td_encoding_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_ratio (guint64 number,
           guint64 units)
{
  return units > 0 ? g_strdup_printf ("%.2f", (double) number / (double) units) : g_strdup ("—");
}

static char *
dup_ratios (const TdEncodingFigures *figures)
{
  g_autofree char *per_character = dup_ratio (figures->n_tokens, figures->n_characters);
  g_autofree char *bytes = dup_ratio (figures->n_bytes, figures->n_tokens);
  g_autofree char *both = NULL;
  g_autofree char *times = NULL;

  if (!figures->is_known)
    return g_strdup ("");

  /* Translators: ratios, such as "0.25 per character · 4.10 bytes a token". */
  both = g_strdup_printf (_("%s per character · %s bytes a token"), per_character, bytes);
  if (figures->fewest == 0)
    return g_steal_pointer (&both);
  if (figures->n_tokens == figures->fewest)
    /* Translators: %s is "0.25 per character · 4.10 bytes a token"; no encoding has fewer tokens. */
    return g_strdup_printf (_("%s · fewest"), both);

  times = dup_ratio (figures->n_tokens, figures->fewest);

  /* Translators: the first %s is "0.25 per character · 4.10 bytes a token"; the second a factor such as 2.25. */
  return g_strdup_printf (_("%s · %s× the fewest"), both, times);
}

static void
td_encoding_row_dispose (GObject *object)
{
  /* The row would unparent the same child once more. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_ENCODING_ROW);

  G_OBJECT_CLASS (td_encoding_row_parent_class)->dispose (object);
}

static void
td_encoding_row_class_init (TdEncodingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_encoding_row_dispose;

  g_type_ensure (TD_TYPE_TOKEN_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-encoding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, box);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, check);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, tokens);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, models);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, bar);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, ratios);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingRow, preview);
}

static void
td_encoding_row_init (TdEncodingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_encoding_row_new:
 * @encoding: an encoding
 *
 * Returns: (transfer floating): a row without figures
 */
GtkWidget *
td_encoding_row_new (TkEncodingId encoding)
{
  TdEncodingRow *self = g_object_new (TD_TYPE_ENCODING_ROW, NULL);

  self->encoding = encoding;
  gtk_check_button_set_label (self->check, tk_encoding_id_to_name (encoding));
  gtk_label_set_label (self->models, td_encoding_get_models (encoding));

  return GTK_WIDGET (self);
}

/** Returns: the encoding of the row */
TkEncodingId
td_encoding_row_get_encoding (TdEncodingRow *self)
{
  g_return_val_if_fail (TD_IS_ENCODING_ROW (self), TK_ENCODING_O200K_BASE);

  return self->encoding;
}

/** Returns: (transfer none): the radio button that chooses the encoding */
GtkCheckButton *
td_encoding_row_get_check (TdEncodingRow *self)
{
  g_return_val_if_fail (TD_IS_ENCODING_ROW (self), NULL);

  return self->check;
}

/** Returns: the number of tokens as it is shown */
const char *
td_encoding_row_get_tokens (TdEncodingRow *self)
{
  g_return_val_if_fail (TD_IS_ENCODING_ROW (self), NULL);

  return gtk_label_get_label (self->tokens);
}

/** Returns: the ratios as they are shown */
const char *
td_encoding_row_get_ratios (TdEncodingRow *self)
{
  g_return_val_if_fail (TD_IS_ENCODING_ROW (self), NULL);

  return gtk_label_get_label (self->ratios);
}

/**
 * td_encoding_row_set_figures:
 * @self: the row
 * @figures: what is known
 *
 * A number that is being counted shows as "…", never as an old one; the bar stays until then, so that nothing flickers.
 */
void
td_encoding_row_set_figures (TdEncodingRow           *self,
                             const TdEncodingFigures *figures)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, figures->n_tokens);
  g_autofree char *ratios = dup_ratios (figures);
  g_autofree char *spoken = NULL;

  g_return_if_fail (TD_IS_ENCODING_ROW (self));

  if (figures->is_known)
    {
      gtk_label_set_label (self->tokens, number);
      if (figures->most > 0)
        gtk_level_bar_set_value (self->bar, (double) figures->n_tokens / (double) figures->most);
      else if (figures->n_tokens == 0)
        gtk_level_bar_set_value (self->bar, 0);
      spoken = g_strdup_printf (ngettext ("%s token, %s", "%s tokens, %s", figures->n_tokens), number, ratios);
    }
  else
    {
      gtk_label_set_label (self->tokens, figures->has_failed ? "—" : "…");
      spoken = g_strdup (figures->has_failed ? _("Unknown") : _("Counting"));
    }

  gtk_label_set_label (self->ratios, ratios);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

/**
 * td_encoding_row_set_spans:
 * @self: the row
 * @spans: (nullable): the tokens to show as an example, or %NULL for none
 */
void
td_encoding_row_set_spans (TdEncodingRow      *self,
                           const TdTokenSpans *spans)
{
  g_return_if_fail (TD_IS_ENCODING_ROW (self));

  td_token_preview_set_spans (self->preview, spans, spans != NULL ? td_encodings_get (self->encoding, NULL) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), spans != NULL && spans->n_tokens > 0);
}
