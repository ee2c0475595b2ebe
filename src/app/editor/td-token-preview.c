/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/td-token-bands.h"
#include "app/editor/td-token-preview.h"

/* Rows of text that are shown; the rest is cut off. */
#define MAX_ROWS 2

#define LINE_END_WIDTH 6

/**
 * TdTokenPreview:
 *
 * A few tokens, painted as the editor paints them: for places that have no room for an editor.
 *
 * Accessibility: a picture whose name is the text with a mark between its tokens.
 */
struct _TdTokenPreview
{
  GtkWidget parent_instance;

  /* owned */
  PangoLayout *layout;
  TdTokenBands *bands; /* NULL until the layout has a width */
  const TkEncoding *encoding; /* borrowed: encodings stay for ever; NULL for no tokens */
  char *text;
  guint32 *lengths;
  gsize n_tokens;
};

G_DEFINE_FINAL_TYPE (TdTokenPreview, td_token_preview, GTK_TYPE_WIDGET)

static void
forget_layout (TdTokenPreview *self)
{
  g_clear_pointer (&self->bands, td_token_bands_free);
  g_clear_object (&self->layout);
}

static PangoLayout *
get_layout (TdTokenPreview *self)
{
  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
    }

  return self->layout;
}

/* The height of the rows that are shown of a layout as it is; rows differ where a character comes from another font. */
static int
get_height (PangoLayout *layout)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int bottom;

  for (int i = 1; i < MAX_ROWS && pango_layout_iter_next_line (iter); i++)
    ;
  pango_layout_iter_get_line_yrange (iter, NULL, &bottom);
  pango_layout_iter_free (iter);

  return PANGO_PIXELS_CEIL (bottom);
}

static GtkSizeRequestMode
td_token_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
td_token_preview_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  TdTokenPreview *self = TD_TOKEN_PREVIEW (widget);
  g_autoptr (PangoLayout) layout = NULL;
  int size;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = 0;
      return;
    }

  layout = pango_layout_copy (get_layout (self));
  pango_layout_set_width (layout, for_size >= 0 ? for_size * PANGO_SCALE : -1);
  size = get_height (layout);
  *minimum = size;
  *natural = size;
}

static void
td_token_preview_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  TdTokenPreview *self = TD_TOKEN_PREVIEW (widget);
  PangoLayout *layout = get_layout (self);

  if (pango_layout_get_width (layout) != width * PANGO_SCALE)
    {
      g_clear_pointer (&self->bands, td_token_bands_free);
      pango_layout_set_width (layout, width * PANGO_SCALE);
    }
}

static void
td_token_preview_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TdTokenPreview *self = TD_TOKEN_PREVIEW (widget);
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  gboolean high_contrast = adw_style_manager_get_high_contrast (style_manager);
  PangoLayout *layout = get_layout (self);
  GdkRGBA color;

  if (self->bands == NULL)
    self->bands = td_token_bands_new (layout, self->encoding, self->lengths, self->n_tokens, 0, LINE_END_WIDTH);

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
  td_token_bands_snapshot (self->bands, snapshot,
                           td_token_palette_get (adw_style_manager_get_dark (style_manager), high_contrast),
                           high_contrast);
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_pop (snapshot);
}

static void
td_token_preview_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_token_preview_parent_class)->css_changed (widget, change);

  forget_layout (TD_TOKEN_PREVIEW (widget));
  gtk_widget_queue_resize (widget);
}

static void
td_token_preview_system_setting_changed (GtkWidget        *widget,
                                         GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (td_token_preview_parent_class)->system_setting_changed (widget, setting);

  forget_layout (TD_TOKEN_PREVIEW (widget));
  gtk_widget_queue_resize (widget);
}

static void
td_token_preview_dispose (GObject *object)
{
  forget_layout (TD_TOKEN_PREVIEW (object));

  G_OBJECT_CLASS (td_token_preview_parent_class)->dispose (object);
}

static void
td_token_preview_finalize (GObject *object)
{
  TdTokenPreview *self = TD_TOKEN_PREVIEW (object);

  g_free (self->text);
  g_free (self->lengths);

  G_OBJECT_CLASS (td_token_preview_parent_class)->finalize (object);
}

static void
td_token_preview_class_init (TdTokenPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_token_preview_dispose;
  object_class->finalize = td_token_preview_finalize;

  widget_class->css_changed = td_token_preview_css_changed;
  widget_class->get_request_mode = td_token_preview_get_request_mode;
  widget_class->measure = td_token_preview_measure;
  widget_class->size_allocate = td_token_preview_size_allocate;
  widget_class->snapshot = td_token_preview_snapshot;
  widget_class->system_setting_changed = td_token_preview_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "td-token-preview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_token_preview_init (TdTokenPreview *self)
{
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  self->text = g_strdup ("");
  self->lengths = g_new0 (guint32, 1);
  g_signal_connect_object (style_manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style_manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * td_token_preview_new:
 *
 * Returns: (transfer floating): a preview of nothing
 */
GtkWidget *
td_token_preview_new (void)
{
  return g_object_new (TD_TYPE_TOKEN_PREVIEW, NULL);
}

/**
 * td_token_preview_dup_spelling:
 * @spans: some tokens
 *
 * Returns: (transfer full): their text with a mark between them; bytes that are only a part of a character as \xNN
 */
char *
td_token_preview_dup_spelling (const TdTokenSpans *spans)
{
  GString *spelling = g_string_new (NULL);
  const char *p = spans->bytes;

  for (gsize i = 0; i < spans->n_tokens; i++)
    {
      const char *end = p + spans->lengths[i];

      if (i > 0)
        g_string_append (spelling, "│");
      while (p < end)
        {
          gunichar c = g_utf8_get_char_validated (p, end - p);

          if (c == (gunichar) -1 || c == (gunichar) -2)
            g_string_append_printf (spelling, "\\x%02X", (guchar) *p++);
          else
            {
              g_string_append_unichar (spelling, c);
              p = g_utf8_next_char (p);
            }
        }
    }

  return g_string_free (spelling, FALSE);
}

/**
 * td_token_preview_set_spans:
 * @self: the preview
 * @spans: (nullable): the tokens to show, which make whole characters together; %NULL for none
 * @encoding: (nullable): whose tokens they are, to tell special ones
 */
void
td_token_preview_set_spans (TdTokenPreview     *self,
                            const TdTokenSpans *spans,
                            const TkEncoding   *encoding)
{
  g_autofree char *spelling = NULL;
  g_autofree char *name = NULL;
  gsize n_tokens = spans != NULL ? spans->n_tokens : 0;

  g_return_if_fail (TD_IS_TOKEN_PREVIEW (self));

  /* Typed at the end of a long text, nothing changes here. */
  if (n_tokens == self->n_tokens && encoding == self->encoding &&
      g_strcmp0 (self->text, spans != NULL ? spans->bytes : "") == 0 &&
      (n_tokens == 0 || memcmp (self->lengths, spans->lengths, n_tokens * sizeof *self->lengths) == 0))
    return;

  g_free (self->text);
  g_free (self->lengths);
  self->n_tokens = n_tokens;
  self->encoding = encoding;
  self->text = g_strdup (spans != NULL ? spans->bytes : "");
  self->lengths = spans != NULL ? g_memdup2 (spans->lengths, n_tokens * sizeof *spans->lengths) : NULL;

  spelling = spans != NULL ? td_token_preview_dup_spelling (spans) : g_strdup ("");
  /* Translators: %s is the start of the text with marks between its tokens. */
  name = g_strdup_printf (_("Split: %s"), spelling);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  forget_layout (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
