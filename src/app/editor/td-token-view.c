/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include <glib/gi18n.h>

#include "app/editor/td-line-numbers.h"
#include "app/editor/td-line-tokens.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-view-private.h"

/**
 * TdTokenView:
 *
 * The editor: a source view that paints a coloured band under every token of its document, live.
 *
 * The bands are drawn below the text from one cached render node per line, never with tags: a document may have
 * millions of tokens, and only lines that the screen shows are ever looked at. An edit throws away the nodes of the
 * lines whose text or tokens changed and renumbers the rest; a change of width, font or style throws away all.
 *
 * Accessibility: as GtkTextView; the placeholder is also the accessible placeholder.
 */
G_DEFINE_FINAL_TYPE (TdTokenView, td_token_view, GTK_SOURCE_TYPE_VIEW)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_LINE_NUMBERS,
  PROP_PLACEHOLDER_TEXT,
  PROP_SHOW_BOUNDARIES,
  PROP_SHOW_LINE_TOKENS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
preedit_changed_cb (TdTokenView *self,
                    const char  *preedit)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter cursor;
  int line;

  self->has_preedit = preedit[0] != '\0';

  /* What is being composed shifts the rest of its line. */
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  line = gtk_text_iter_get_line (&cursor);
  _td_token_view_forget_lines (self, line, line, 0);
}

static void
td_token_view_snapshot_layer (GtkTextView      *view,
                              GtkTextViewLayer  layer,
                              GtkSnapshot      *snapshot)
{
  TdTokenView *self = TD_TOKEN_VIEW (view);

  GTK_TEXT_VIEW_CLASS (td_token_view_parent_class)->snapshot_layer (view, layer, snapshot);

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT || self->document == NULL)
    return;

  _td_token_view_draw (self, snapshot);
}

/* What the pointer rests on ---------------------------------------------------------------------------------------- */

static gboolean
td_token_view_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard_mode,
                             GtkTooltip *tooltip)
{
  TdTokenView *self = TD_TOKEN_VIEW (widget);
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTextIter iter;
  int buffer_x;
  int buffer_y;

  if (self->document == NULL)
    return FALSE;

  if (keyboard_mode)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

      gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
    }
  else
    {
      gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &buffer_x, &buffer_y);
      if (!gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y))
        return FALSE;
    }

  tokens = td_document_dup_tokens_at (self->document, td_text_buffer_get_character (&iter));
  for (guint i = 0; i < tokens->len; i++)
    {
      const TdTokenInfo *info = g_ptr_array_index (tokens, i);
      g_autofree char *token_text = td_token_info_dup_text (info);
      g_autofree char *hex = td_token_info_dup_hex (info);
      g_autofree char *id = td_token_info_dup_id (info);

      /* Translators: the text of a token, its id, its bytes. */
      g_string_append_printf (text, _("%s  id %s  bytes %s"), token_text, id, hex);
      if (i < tokens->len - 1)
        g_string_append_c (text, '\n');
    }

  gtk_tooltip_set_text (tooltip, text->len > 0 ? text->str : NULL);

  return text->len > 0;
}

/* Anything that may move glyphs ------------------------------------------------------------------------------------ */

static void
forget_look (TdTokenView *self)
{
  g_clear_object (&self->placeholder_layout);
  self->line_end_width = -1;
  _td_token_view_forget_all (self);
}

static void
td_token_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  TdTokenView *self = TD_TOKEN_VIEW (widget);

  if (self->text_width != width)
    {
      self->text_width = width;
      _td_token_view_forget_all (self);
    }

  GTK_WIDGET_CLASS (td_token_view_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
td_token_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_token_view_parent_class)->css_changed (widget, change);

  /* A NULL change comes with a new style; others (the focus, say) may change the font as well. */
  forget_look (TD_TOKEN_VIEW (widget));
}

static void
td_token_view_system_setting_changed (GtkWidget        *widget,
                                      GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (td_token_view_parent_class)->system_setting_changed (widget, setting);

  forget_look (TD_TOKEN_VIEW (widget));
}

static void
td_token_view_direction_changed (GtkWidget        *widget,
                                 GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (td_token_view_parent_class)->direction_changed (widget, previous);

  forget_look (TD_TOKEN_VIEW (widget));
}

static void
layout_property_cb (TdTokenView *self,
                    GParamSpec  *pspec)
{
  static const char * const names[] = {
    "indent", "indent-width", "justification", "left-margin", "monospace", "pixels-above-lines", "pixels-below-lines",
    "pixels-inside-wrap", "right-margin", "tab-width", "tabs", "wrap-mode",
    NULL
  };

  if (g_strv_contains (names, g_param_spec_get_name (pspec)))
    forget_look (self);
  else if (g_str_equal (g_param_spec_get_name (pspec), "editable"))
    _td_token_view_update_undo (self);
}

/* The scheme colours the text itself, the selection and what a search finds. */
static void
update_style_scheme (TdTokenView *self)
{
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  const char *name = adw_style_manager_get_dark (style_manager) ? "Adwaita-dark" : "Adwaita";
  GtkSourceStyleScheme *scheme;

  scheme = gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (), name);
  if (self->document != NULL)
    gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (td_document_get_buffer (self->document)), scheme);
}

static void
notify_style_cb (TdTokenView *self)
{
  update_style_scheme (self);
  forget_look (self);
}

/* The gutter has the counts of the document of the view, if there is one and they are wanted. */
static void
update_line_tokens (TdTokenView *self)
{
  GtkSourceGutter *gutter = gtk_source_view_get_gutter (GTK_SOURCE_VIEW (self), GTK_TEXT_WINDOW_LEFT);

  if (self->line_tokens != NULL)
    gtk_source_gutter_remove (gutter, self->line_tokens);
  self->line_tokens = NULL;

  if (self->show_line_tokens && self->document != NULL)
    {
      self->line_tokens = td_line_tokens_new (self->document);
      gtk_source_gutter_insert (gutter, self->line_tokens, GTK_SOURCE_VIEW_GUTTER_POSITION_LINES + 1);
    }
}

/* Object ---------------------------------------------------------------------------------------------------------- */

static void
td_token_view_dispose (GObject *object)
{
  TdTokenView *self = TD_TOKEN_VIEW (object);

  g_cancellable_cancel (self->pasting);
  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
      g_signal_handlers_disconnect_by_data (self->document, self);
    }
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  g_clear_object (&self->placeholder_layout);
  if (self->repaint_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->repaint_tick);
  self->repaint_tick = 0;

  G_OBJECT_CLASS (td_token_view_parent_class)->dispose (object);
}

static void
td_token_view_finalize (GObject *object)
{
  TdTokenView *self = TD_TOKEN_VIEW (object);

  td_token_cache_free (self->cache);
  g_object_unref (self->pasting);
  g_free (self->placeholder_text);

  G_OBJECT_CLASS (td_token_view_parent_class)->finalize (object);
}

static void
td_token_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TdTokenView *self = TD_TOKEN_VIEW (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    case PROP_LINE_NUMBERS:
      g_value_set_boolean (value, td_token_view_get_line_numbers (self));
      break;

    case PROP_PLACEHOLDER_TEXT:
      g_value_set_string (value, self->placeholder_text);
      break;

    case PROP_SHOW_BOUNDARIES:
      g_value_set_boolean (value, self->show_boundaries);
      break;

    case PROP_SHOW_LINE_TOKENS:
      g_value_set_boolean (value, self->show_line_tokens);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_token_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdTokenView *self = TD_TOKEN_VIEW (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      td_token_view_set_document (self, g_value_get_object (value));
      break;

    case PROP_LINE_NUMBERS:
      td_token_view_set_line_numbers (self, g_value_get_boolean (value));
      break;

    case PROP_PLACEHOLDER_TEXT:
      td_token_view_set_placeholder_text (self, g_value_get_string (value));
      break;

    case PROP_SHOW_BOUNDARIES:
      td_token_view_set_show_boundaries (self, g_value_get_boolean (value));
      break;

    case PROP_SHOW_LINE_TOKENS:
      td_token_view_set_show_line_tokens (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_token_view_class_init (TdTokenViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *text_view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = td_token_view_dispose;
  object_class->finalize = td_token_view_finalize;
  object_class->get_property = td_token_view_get_property;
  object_class->set_property = td_token_view_set_property;

  widget_class->css_changed = td_token_view_css_changed;
  widget_class->direction_changed = td_token_view_direction_changed;
  widget_class->query_tooltip = td_token_view_query_tooltip;
  widget_class->size_allocate = td_token_view_size_allocate;
  widget_class->system_setting_changed = td_token_view_system_setting_changed;

  text_view_class->snapshot_layer = td_token_view_snapshot_layer;

  _td_token_view_class_init_edit (klass);

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LINE_NUMBERS] =
    g_param_spec_boolean ("line-numbers", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PLACEHOLDER_TEXT] =
    g_param_spec_string ("placeholder-text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOW_BOUNDARIES] =
    g_param_spec_boolean ("show-boundaries", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOW_LINE_TOKENS] =
    g_param_spec_boolean ("show-line-tokens", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_token_view_init (TdTokenView *self)
{
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  self->cache = td_token_cache_new ();
  self->pasting = g_cancellable_new ();
  self->line_end_width = -1;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  _td_token_view_init_edit (self);

  g_signal_connect (self, "notify", G_CALLBACK (layout_property_cb), NULL);
  g_signal_connect (self, "preedit-changed", G_CALLBACK (preedit_changed_cb), NULL);
  g_signal_connect_object (style_manager, "notify::dark", G_CALLBACK (notify_style_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style_manager, "notify::high-contrast", G_CALLBACK (notify_style_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * td_token_view_new:
 * @document: (nullable): the document to show
 *
 * Returns: (transfer floating): a view
 */
GtkWidget *
td_token_view_new (TdDocument *document)
{
  return g_object_new (TD_TYPE_TOKEN_VIEW, "document", document, NULL);
}

/**
 * td_token_view_get_document:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): the document
 */
TdDocument *
td_token_view_get_document (TdTokenView *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_VIEW (self), NULL);

  return self->document;
}

/**
 * td_token_view_set_document:
 * @self: the view
 * @document: (nullable): the document to show
 */
void
td_token_view_set_document (TdTokenView *self,
                            TdDocument  *document)
{
  g_return_if_fail (TD_IS_TOKEN_VIEW (self));

  if (self->document == document)
    return;

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
  g_set_object (&self->document, document);
  _td_token_view_follow_selection (self, document);

  if (document != NULL)
    g_signal_connect_object (document, "tokens-changed", G_CALLBACK (_td_token_view_tokens_changed_cb), self, G_CONNECT_SWAPPED);

  update_style_scheme (self);
  update_line_tokens (self);
  _td_token_view_forget_all (self);
  _td_token_view_update_undo (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

/**
 * td_token_view_get_line_numbers:
 * @self: the view
 *
 * Returns: whether the numbers of the lines are shown beside the text
 */
gboolean
td_token_view_get_line_numbers (TdTokenView *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_VIEW (self), FALSE);

  return self->line_numbers != NULL;
}

/**
 * td_token_view_set_line_numbers:
 * @self: the view
 * @line_numbers: whether to show the numbers of the lines beside the text
 *
 * Instead of GtkSourceView's which numbers the pieces of very long lines.
 */
void
td_token_view_set_line_numbers (TdTokenView *self,
                                gboolean     line_numbers)
{
  GtkSourceGutter *gutter;

  g_return_if_fail (TD_IS_TOKEN_VIEW (self));

  if (line_numbers == (self->line_numbers != NULL))
    return;

  gutter = gtk_source_view_get_gutter (GTK_SOURCE_VIEW (self), GTK_TEXT_WINDOW_LEFT);
  if (line_numbers)
    {
      self->line_numbers = td_line_numbers_new ();
      gtk_source_gutter_insert (gutter, self->line_numbers, GTK_SOURCE_VIEW_GUTTER_POSITION_LINES);
    }
  else
    {
      gtk_source_gutter_remove (gutter, self->line_numbers);
      self->line_numbers = NULL;
    }
  forget_look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE_NUMBERS]);
}

/**
 * td_token_view_get_placeholder_text:
 * @self: the view
 *
 * Returns: (nullable): what is shown while there is no text
 */
const char *
td_token_view_get_placeholder_text (TdTokenView *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_VIEW (self), NULL);

  return self->placeholder_text;
}

/**
 * td_token_view_set_placeholder_text:
 * @self: the view
 * @placeholder_text: (nullable): what to show while there is no text
 */
void
td_token_view_set_placeholder_text (TdTokenView *self,
                                    const char  *placeholder_text)
{
  g_return_if_fail (TD_IS_TOKEN_VIEW (self));

  if (!g_set_str (&self->placeholder_text, placeholder_text))
    return;

  g_clear_object (&self->placeholder_layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, placeholder_text != NULL ? placeholder_text : "",
                                  -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACEHOLDER_TEXT]);
}

/**
 * td_token_view_get_show_boundaries:
 * @self: the view
 *
 * Returns: whether a line is drawn where each token begins
 */
gboolean
td_token_view_get_show_boundaries (TdTokenView *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_VIEW (self), FALSE);

  return self->show_boundaries;
}

/**
 * td_token_view_set_show_boundaries:
 * @self: the view
 * @show_boundaries: whether to draw a line where each token begins; with high contrast it is always drawn
 */
void
td_token_view_set_show_boundaries (TdTokenView *self,
                                   gboolean     show_boundaries)
{
  g_return_if_fail (TD_IS_TOKEN_VIEW (self));

  show_boundaries = !!show_boundaries;
  if (self->show_boundaries == show_boundaries)
    return;

  self->show_boundaries = show_boundaries;
  _td_token_view_forget_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_BOUNDARIES]);
}

/**
 * td_token_view_get_show_line_tokens:
 * @self: the view
 *
 * Returns: whether the number of tokens of each line is shown beside the text
 */
gboolean
td_token_view_get_show_line_tokens (TdTokenView *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_VIEW (self), FALSE);

  return self->show_line_tokens;
}

/**
 * td_token_view_set_show_line_tokens:
 * @self: the view
 * @show_line_tokens: whether to show the number of tokens of each line beside the text
 */
void
td_token_view_set_show_line_tokens (TdTokenView *self,
                                    gboolean     show_line_tokens)
{
  g_return_if_fail (TD_IS_TOKEN_VIEW (self));

  show_line_tokens = !!show_line_tokens;
  if (self->show_line_tokens == show_line_tokens)
    return;

  self->show_line_tokens = show_line_tokens;
  update_line_tokens (self);
  forget_look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_LINE_TOKENS]);
}

/**
 * td_token_view_is_painted:
 * @self: the view
 *
 * Returns: whether the last frame showed the tokens of everything on the screen; for making pictures
 */
gboolean
td_token_view_is_painted (TdTokenView *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_VIEW (self), FALSE);

  return self->painted || self->document == NULL ||
         td_document_get_n_characters (self->document) == 0 || td_document_get_error (self->document) != NULL;
}
