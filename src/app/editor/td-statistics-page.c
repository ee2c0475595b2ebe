/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-document-selection.h"
#include "app/editor/td-statistics-page.h"
#include "app/editor/td-text-statistics.h"
#include "app/editor/td-token-info.h"

/* Up to this many characters a text is measured between two frames, a longer one in a worker thread, and only when it
 * has been left alone for a while. */
#define SMALL_TEXT 8192
#define QUIET_MILLISECONDS 400

/* Characters of a heavy line that are shown. */
#define LINE_CHARACTERS 60

/**
 * TdStatisticsPage:
 *
 * What the text of a document, or the selected part of it, gives in tokens: beside the usual rules of thumb, what they
 * really are here in each encoding; the most frequent tokens; the heaviest lines, which can be gone to.
 *
 * A selected part is counted as a text of its own. While the page is not on the screen it does nothing. While figures
 * are not those of the text as it is now they are greyed out beside a spinner.
 *
 * Accessibility: every figure is labelled by its row and its column.
 */
struct _TdStatisticsPage
{
  GtkWidget parent_instance;

  /* owned */
  TdDocument *document;
  GCancellable *cancellable;
  TdTextStatistics *statistics;
  guint update_source;
  gboolean is_stale;
  gboolean is_part;
  gsize first; /* of the part that is shown, in characters */
  gsize end;

  /* borrowed from the template's grids and lists */
  GtkLabel *figure_labels[8];
  GtkLabel *ratio_labels[TD_N_VOCABULARIES][3];
  GtkLabel *thousand_labels[TD_N_VOCABULARIES][2];
  GtkWidget *frequent_rows[TD_N_RANKED];
  GtkWidget *heavy_rows[TD_N_RANKED];

  /* template */
  GtkWidget *scrolled_window;
  GtkLabel *scope;
  GtkWidget *spinner;
  GtkWidget *contents;
  GtkGrid *figures;
  GtkGrid *ratios;
  GtkGrid *thousands;
  GtkWidget *frequent_box;
  GtkListBox *frequent;
  GtkWidget *heavy_box;
  GtkListBox *heavy;
};

G_DEFINE_FINAL_TYPE (TdStatisticsPage, td_statistics_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_PLACE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The newest first. */
static const TdVocabulary order[TD_N_VOCABULARIES] = {
  TD_VOCABULARY_O200K, TD_VOCABULARY_CL100K, TD_VOCABULARY_P50K, TD_VOCABULARY_R50K,
};

static const char * const figure_names[] = {
  N_("Tokens"), N_("Words"), N_("Characters"), N_("Characters as Seen"), N_("Chinese Characters"), N_("Bytes in UTF-8"),
  N_("Lines"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (figure_names) < G_N_ELEMENTS (((TdStatisticsPage *) NULL)->figure_labels));

/* Showing ---------------------------------------------------------------------------------------------------------- */

static void
show_count (GtkLabel *label,
            guint64   number)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, number);

  gtk_label_set_label (label, text);
}

/* Without a unit in the text there is no ratio. */
static void
show_ratio (GtkLabel *label,
            guint64   numerator,
            guint64   denominator,
            guint64   factor)
{
  g_autofree char *text = NULL;

  if (denominator == 0 || numerator == 0)
    {
      gtk_label_set_label (label, "—");
      return;
    }

  if (factor == 1)
    text = g_strdup_printf ("%.2f", (double) numerator / (double) denominator);
  else
    text = g_strdup_printf ("%'.0f", (double) numerator * (double) factor / (double) denominator);

  gtk_label_set_label (label, text);
}

static void
show_encodings (TdStatisticsPage *self)
{
  const TdTextStatistics *statistics = self->statistics;
  guint64 other_words = td_text_statistics_get_other_words (statistics);

  for (guint i = 0; i < TD_N_VOCABULARIES; i++)
    {
      gboolean is_ranked = order[i] == td_vocabulary_from_encoding (statistics->ranked);
      TkEncodingId id = is_ranked ? statistics->ranked : td_vocabulary_get_encoding (order[i]);
      const TdEncodingStatistics *encoding = &statistics->encodings[order[i]];
      guint64 other_tokens = td_text_statistics_get_other_tokens (statistics, order[i]);
      guint64 chinese_tokens = encoding->n_chinese_tokens;

      gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (self->ratios, 0, (int) i + 1)), tk_encoding_id_to_name (id));
      gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (self->thousands, 0, (int) i + 2)),
                           tk_encoding_id_to_name (id));
      show_ratio (self->ratio_labels[i][0], other_words > 0 ? other_tokens : 0, other_words, 1);
      show_ratio (self->ratio_labels[i][1], chinese_tokens, statistics->n_chinese, 1);
      show_ratio (self->ratio_labels[i][2], statistics->n_characters, encoding->n_tokens, 1);
      show_ratio (self->thousand_labels[i][0], other_words, other_tokens, 1000);
      show_ratio (self->thousand_labels[i][1], statistics->n_chinese, chinese_tokens, 1000);
    }
}

/* The text of a token with everything in it visible. */
static char *
dup_token_text (TkEncodingId encoding,
                TkId         id)
{
  TdTokenInfo info = { .id = id };
  const TkEncoding *table = td_encodings_get (encoding, NULL);

  info.bytes = (char *) tk_encoding_get_token (table, id, &info.n_bytes);

  return td_token_info_dup_text (&info);
}

static void
set_row (GtkWidget  *row,
         const char *title,
         const char *subtitle,
         guint64     number)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "td-number");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  show_count (label, number);
  gtk_widget_set_visible (row, TRUE);
}

static void
show_ranks (TdStatisticsPage *self)
{
  const TdTextStatistics *statistics = self->statistics;

  for (guint i = 0; i < TD_N_RANKED; i++)
    {
      gtk_widget_set_visible (self->frequent_rows[i], FALSE);
      gtk_widget_set_visible (self->heavy_rows[i], FALSE);
    }

  for (guint i = 0; i < statistics->n_frequent; i++)
    {
      const TdFrequentToken *token = &statistics->frequent[i];
      g_autofree char *text = dup_token_text (statistics->ranked, token->id);
      g_autofree char *id = g_strdup_printf (_("Id %u"), token->id);

      set_row (self->frequent_rows[i], text, id, token->n_times);
    }

  for (guint i = 0; i < statistics->n_heavy; i++)
    {
      const TdHeavyLine *line = &statistics->heavy[i];
      gsize first = self->first + line->first_character;
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, line->line + 1);
      g_autofree char *title = NULL;
      g_autofree char *start = NULL;
      g_autoptr (GBytes) text = NULL;
      gsize length;
      const char *data;

      text = td_document_dup_range (self->document, first, first + MIN (line->n_characters, LINE_CHARACTERS));
      data = g_bytes_get_data (text, &length);
      start = g_strndup (data, length);
      g_strdelimit (start, "\r\n\t", ' ');
      /* Translators: %s is the number of a line of the text. */
      title = g_strdup_printf (self->is_part ? _("Line %s of the Selection") : _("Line %s"), number);
      set_row (self->heavy_rows[i], title, g_strstrip (start), line->n_tokens);
    }

  gtk_widget_set_visible (self->frequent_box, statistics->n_frequent > 0);
  gtk_widget_set_visible (self->heavy_box, statistics->n_heavy > 0);
}

static void
set_stale (TdStatisticsPage *self,
           gboolean          is_stale)
{
  self->is_stale = is_stale;
  gtk_widget_set_visible (self->spinner, is_stale);
  gtk_widget_set_sensitive (self->contents, !is_stale);
}

/* Takes @statistics. */
static void
show_statistics (TdStatisticsPage *self,
                 TdTextStatistics *statistics)
{
  TdVocabulary ranked = td_vocabulary_from_encoding (statistics->ranked);

  g_free (self->statistics);
  self->statistics = statistics;

  show_count (self->figure_labels[0], statistics->encodings[ranked].n_tokens);
  show_count (self->figure_labels[1], statistics->n_words);
  show_count (self->figure_labels[2], statistics->n_characters);
  show_count (self->figure_labels[3], statistics->n_graphemes);
  show_count (self->figure_labels[4], statistics->n_chinese);
  show_count (self->figure_labels[5], statistics->n_bytes);
  show_count (self->figure_labels[6], statistics->n_lines);
  show_encodings (self);
  show_ranks (self);
  gtk_label_set_label (self->scope, self->is_part ? _("Selection, as a Text of Its Own") : _("Whole Text"));
  set_stale (self, FALSE);
}

/* Computing -------------------------------------------------------------------------------------------------------- */

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdStatisticsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  TdTextStatistics *statistics = td_text_statistics_new_finish (result, &error);

  /* What was cancelled has a successor. */
  if (statistics != NULL && self->document != NULL &&
      g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    show_statistics (self, statistics);
  else
    g_free (statistics);
}

static gboolean
compute_cb (gpointer user_data)
{
  TdStatisticsPage *self = user_data;
  TkSpecialMode special = td_document_get_parse_special (self->document) ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT;
  TkEncodingId encoding = td_document_get_encoding (self->document);
  g_autoptr (GBytes) text = NULL;

  self->update_source = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || td_document_get_loading (self->document))
    return G_SOURCE_REMOVE;

  self->is_part = td_document_get_selection (self->document, &self->first, &self->end);
  if (!self->is_part)
    {
      self->first = 0;
      self->end = td_document_get_n_characters (self->document);
    }
  text = td_document_dup_range (self->document, self->first, self->end);

  if (self->end - self->first <= SMALL_TEXT)
    {
      TdTextStatistics *statistics = td_text_statistics_new (text, encoding, special, NULL, NULL);

      if (statistics != NULL)
        show_statistics (self, statistics);
      return G_SOURCE_REMOVE;
    }

  self->cancellable = g_cancellable_new ();
  td_text_statistics_new_async (text, encoding, special, self->cancellable, computed_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
stop (TdStatisticsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->update_source, g_source_remove);
}

static void
queue_update (TdStatisticsPage *self)
{
  gsize first;
  gsize end;

  self->is_stale = TRUE;
  stop (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (!td_document_get_selection (self->document, &first, &end))
    {
      first = 0;
      end = td_document_get_n_characters (self->document);
    }
  if (end - first <= SMALL_TEXT)
    {
      self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, compute_cb, self, NULL);
      return;
    }

  set_stale (self, TRUE);
  self->update_source = g_timeout_add (QUIET_MILLISECONDS, compute_cb, self);
}

static void
mark_set_cb (TdStatisticsPage *self,
             GtkTextIter      *place,
             GtkTextMark      *mark)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  gboolean is_part;
  gsize first;
  gsize end;

  if (mark != gtk_text_buffer_get_insert (buffer) && mark != gtk_text_buffer_get_selection_bound (buffer))
    return;

  /* Moving the cursor changes nothing here. */
  is_part = td_document_get_selection (self->document, &first, &end);
  if (is_part != self->is_part || (is_part && (first != self->first || end != self->end)))
    queue_update (self);
}

static void
heavy_activated_cb (TdStatisticsPage *self,
                    GtkListBoxRow    *row)
{
  int index = gtk_list_box_row_get_index (row);
  const TdHeavyLine *line;
  gsize first;

  if (self->is_stale || self->statistics == NULL || index < 0 || (guint) index >= self->statistics->n_heavy)
    return;

  line = &self->statistics->heavy[index];
  first = self->first + line->first_character;
  g_signal_emit (self, signals[SIGNAL_PLACE_CHOSEN], 0, (guint64) first, (guint64) (first + line->n_characters));
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_label (const char *text,
           float       xalign,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkLabel *
add_value (GtkGrid   *grid,
           GtkWidget *row_label,
           GtkWidget *column_label,
           int        column,
           int        row)
{
  GtkWidget *value = new_label ("", 1, "numeric");

  if (column_label != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (value),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY, row_label, column_label, NULL, -1);
  else
    gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, row_label, NULL, -1);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, value, column, row, 1, 1);

  return GTK_LABEL (value);
}

static void
add_figures (TdStatisticsPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (figure_names); i++)
    {
      GtkWidget *name = new_label (_(figure_names[i]), 0, "dimmed");

      gtk_grid_attach (self->figures, name, 0, (int) i, 1, 1);
      self->figure_labels[i] = add_value (self->figures, name, NULL, 1, (int) i);
    }
}

/* A table with the encodings as rows, from @row on; gives the labels of its cells, row by row. */
static void
add_encodings (GtkGrid            *grid,
               const char * const *columns,
               int                 n_columns,
               int                 row,
               GtkLabel          **labels)
{
  GtkWidget *titles[4] = { NULL };

  for (int column = 0; column < n_columns; column++)
    {
      titles[column] = new_label (_(columns[column]), 1, "dimmed");
      gtk_widget_add_css_class (titles[column], "caption");
      gtk_widget_set_valign (titles[column], GTK_ALIGN_END);
      /* Three long words of another language beside each other have to fit a narrow window. */
      gtk_label_set_wrap_mode (GTK_LABEL (titles[column]), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (titles[column]), 9);
      gtk_grid_attach (grid, titles[column], column + 1, 0, 1, 1);
    }

  for (int i = 0; i < TD_N_VOCABULARIES; i++)
    {
      GtkWidget *name = new_label (tk_encoding_id_to_name (td_vocabulary_get_encoding (order[i])), 0, "dimmed");

      gtk_grid_attach (grid, name, 0, row + i, 1, 1);
      for (int column = 0; column < n_columns; column++)
        labels[i * n_columns + column] = add_value (grid, name, titles[column], column + 1, row + i);
    }
}

static void
add_thousands (TdStatisticsPage *self)
{
  static const char * const columns[] = { N_("Words"), N_("Chinese Characters") };
  GtkWidget *rule = new_label (_("Rule of Thumb"), 0, "dimmed");

  add_encodings (self->thousands, columns, 2, 2, &self->thousand_labels[0][0]);
  gtk_grid_attach (self->thousands, rule, 0, 1, 1, 1);
  gtk_label_set_label (add_value (self->thousands, rule, gtk_grid_get_child_at (self->thousands, 1, 0), 1, 1), "≈ 750");
  gtk_label_set_label (add_value (self->thousands, rule, gtk_grid_get_child_at (self->thousands, 2, 0), 2, 1),
                       "≈ 400–500");
}

static GtkWidget *
add_row (GtkListBox *list,
         gboolean    activatable)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *number = new_label ("", 1, "numeric");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), number);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), activatable);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, number, NULL, -1);
  g_object_set_data (G_OBJECT (row), "td-number", number);
  gtk_widget_set_visible (row, FALSE);
  gtk_list_box_append (list, row);

  return row;
}

static void
td_statistics_page_map (GtkWidget *widget)
{
  TdStatisticsPage *self = TD_STATISTICS_PAGE (widget);

  GTK_WIDGET_CLASS (td_statistics_page_parent_class)->map (widget);

  if (self->is_stale)
    queue_update (self);
}

static void
td_statistics_page_unmap (GtkWidget *widget)
{
  TdStatisticsPage *self = TD_STATISTICS_PAGE (widget);

  GTK_WIDGET_CLASS (td_statistics_page_parent_class)->unmap (widget);

  stop (self);
}

static void
td_statistics_page_dispose (GObject *object)
{
  TdStatisticsPage *self = TD_STATISTICS_PAGE (object);

  stop (self);
  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->document, self);
      g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
    }
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_STATISTICS_PAGE);

  G_OBJECT_CLASS (td_statistics_page_parent_class)->dispose (object);
}

static void
td_statistics_page_finalize (GObject *object)
{
  g_free (TD_STATISTICS_PAGE (object)->statistics);

  G_OBJECT_CLASS (td_statistics_page_parent_class)->finalize (object);
}

static void
td_statistics_page_class_init (TdStatisticsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_statistics_page_dispose;
  object_class->finalize = td_statistics_page_finalize;
  widget_class->map = td_statistics_page_map;
  widget_class->unmap = td_statistics_page_unmap;

  /**
   * TdStatisticsPage::place-chosen:
   * @first: the first character of the document that was chosen
   * @end: the character behind
   *
   * The user wants to see a place in the text.
   */
  signals[SIGNAL_PLACE_CHOSEN] =
    g_signal_new ("place-chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-statistics-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, scope);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, contents);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, figures);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, ratios);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, thousands);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, frequent_box);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, frequent);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, heavy_box);
  gtk_widget_class_bind_template_child (widget_class, TdStatisticsPage, heavy);
  gtk_widget_class_bind_template_callback (widget_class, heavy_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "td-statistics-page");
}

static void
td_statistics_page_init (TdStatisticsPage *self)
{
  static const char * const columns[] = { N_("Tokens per Word"), N_("Tokens per Chinese Character"),
                                          N_("Characters per Token") };

  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_figures (self);
  add_encodings (self->ratios, columns, 3, 1, &self->ratio_labels[0][0]);
  add_thousands (self);
  for (guint i = 0; i < TD_N_RANKED; i++)
    {
      self->frequent_rows[i] = add_row (self->frequent, FALSE);
      self->heavy_rows[i] = add_row (self->heavy, TRUE);
    }
}

/**
 * td_statistics_page_new:
 * @document: the document to measure
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
td_statistics_page_new (TdDocument *document)
{
  TdStatisticsPage *self = g_object_new (TD_TYPE_STATISTICS_PAGE, NULL);

  g_return_val_if_fail (TD_IS_DOCUMENT (document), NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "counts-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_document_get_buffer (document), "mark-set", G_CALLBACK (mark_set_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/** Returns: whether what is shown is of the text as it is now */
gboolean
td_statistics_page_is_current (TdStatisticsPage *self)
{
  g_return_val_if_fail (TD_IS_STATISTICS_PAGE (self), FALSE);

  return !self->is_stale && self->update_source == 0;
}
