/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/td-token-info.h"
#include "app/editor/td-token-palette.h"
#include "app/editor/td-token-row.h"
#include "export/td-split-text.h"

#define GAP 4
#define PADDING 5
#define NUMBER_CHARACTERS 9
#define CORNER_RADIUS 4
#define RING_WIDTH 2

/* More of a token's text than this is cut off: a token may be a hundred spaces. */
#define MAX_CHIP_WIDTH 240

typedef struct
{
  PangoLayout *text; /* NULL if only ids are shown */
  PangoLayout *id;
  gboolean is_special;
  int width;
  int height;
  int x; /* where it was put */
  int y;
} Chip;

/**
 * TdTokenRow:
 *
 * Some neighbouring tokens as chips, in as many lines as they need: the id of each, and its text above it. Before them
 * stands the number of the first. Selected ones have a ring around them.
 *
 * Accessibility: the list item that the row is in says td_token_row_get_spoken().
 */
struct _TdTokenRow
{
  GtkWidget parent_instance;

  PangoLayout *number;
  GArray *chips;
  gsize first_token;
  gsize first_selected; /* tokens of the document */
  gsize n_selected;
  int number_width;
  char *spoken;
};

G_DEFINE_FINAL_TYPE (TdTokenRow, td_token_row, GTK_TYPE_WIDGET)

static void
chip_clear (gpointer data)
{
  Chip *chip = data;

  g_clear_object (&chip->text);
  g_clear_object (&chip->id);
}

static PangoLayout *
new_layout (TdTokenRow *self,
            const char *text,
            double      scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  if (scale != 1)
    {
      g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

      pango_attr_list_insert (attrs, pango_attr_scale_new (scale));
      pango_layout_set_attributes (layout, attrs);
    }

  return layout;
}

static void
add_chip (TdTokenRow *self,
          const char *text,
          const char *id,
          gboolean    is_special)
{
  Chip chip = { .is_special = is_special };
  int id_width;
  int id_height;

  chip.id = new_layout (self, id, text != NULL ? 0.8 : 1);
  pango_layout_get_pixel_size (chip.id, &id_width, &id_height);
  chip.width = id_width;
  chip.height = id_height;
  if (text != NULL)
    {
      g_autofree char *shown = td_token_isolate_text (GTK_WIDGET (self), text);
      int width;
      int height;

      chip.text = new_layout (self, shown, 1);
      pango_layout_get_pixel_size (chip.text, &width, &height);
      if (width > MAX_CHIP_WIDTH)
        {
          pango_layout_set_width (chip.text, MAX_CHIP_WIDTH * PANGO_SCALE);
          pango_layout_set_height (chip.text, 0);
          pango_layout_set_ellipsize (chip.text, PANGO_ELLIPSIZE_END);
          width = MAX_CHIP_WIDTH;
        }
      chip.width = MAX (width, id_width);
      chip.height += height;
    }
  chip.width += 2 * PADDING;
  chip.height += PADDING;
  g_array_append_val (self->chips, chip);
}

/* Puts the chips into lines of @width; returns the height of all. */
static int
arrange (TdTokenRow *self,
         int         width)
{
  int left = self->number_width + 2 * GAP;
  int x = left;
  int y = GAP / 2;
  int line_height = 0;

  for (guint i = 0; i < self->chips->len; i++)
    {
      Chip *chip = &g_array_index (self->chips, Chip, i);

      if (x > left && x + chip->width > width)
        {
          x = left;
          y += line_height + GAP;
          line_height = 0;
        }
      chip->x = x;
      chip->y = y;
      x += chip->width + GAP;
      line_height = MAX (line_height, chip->height);
    }

  return y + line_height + GAP / 2;
}

static GtkSizeRequestMode
td_token_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
td_token_row_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  TdTokenRow *self = TD_TOKEN_ROW (widget);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? self->number_width + 80
                                                       : arrange (self, for_size >= 0 ? for_size : 600);
  *natural = *minimum;
}

static void
td_token_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  arrange (TD_TOKEN_ROW (widget), width);
}

static void
append_layout (GtkSnapshot   *snapshot,
               PangoLayout   *layout,
               const GdkRGBA *color,
               float          x,
               float          y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_chip (const Chip           *chip,
           GtkSnapshot          *snapshot,
           const GdkRGBA        *band,
           const GdkRGBA        *ink,
           const GdkRGBA        *line)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (chip->x, chip->y, chip->width, chip->height);
  GskRoundedRect outline;
  int text_height = 0;
  int id_width;

  gsk_rounded_rect_init_from_rect (&outline, &place, CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, band, &place);
  gtk_snapshot_pop (snapshot);
  if (line != NULL)
    {
      const float widths[4] = { 1.5f, 1.5f, 1.5f, 1.5f };
      const GdkRGBA colors[4] = { *line, *line, *line, *line };

      gtk_snapshot_append_border (snapshot, &outline, widths, colors);
    }

  if (chip->text != NULL)
    {
      int text_width;

      pango_layout_get_pixel_size (chip->text, &text_width, &text_height);
      append_layout (snapshot, chip->text, ink, chip->x + (chip->width - text_width) / 2.f, chip->y + PADDING / 2.f);
    }
  pango_layout_get_pixel_size (chip->id, &id_width, NULL);
  append_layout (snapshot, chip->id, ink, chip->x + (chip->width - id_width) / 2.f,
                 chip->y + PADDING / 2.f + text_height);
}

/* Outside the chip, whose own outline says something else. */
static void
draw_ring (const Chip    *chip,
           GtkSnapshot   *snapshot,
           const GdkRGBA *color)
{
  const float widths[4] = { RING_WIDTH, RING_WIDTH, RING_WIDTH, RING_WIDTH };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  graphene_rect_t place = GRAPHENE_RECT_INIT (chip->x - RING_WIDTH, chip->y - RING_WIDTH,
                                              chip->width + 2 * RING_WIDTH, chip->height + 2 * RING_WIDTH);
  GskRoundedRect ring;

  gsk_rounded_rect_init_from_rect (&ring, &place, CORNER_RADIUS + RING_WIDTH);
  gtk_snapshot_append_border (snapshot, &ring, widths, colors);
}

static void
td_token_row_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdTokenRow *self = TD_TOKEN_ROW (widget);
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  gboolean high_contrast = adw_style_manager_get_high_contrast (style_manager);
  const TdTokenPalette *palette = td_token_palette_get (adw_style_manager_get_dark (style_manager), high_contrast);
  GdkRGBA ink;
  GdkRGBA pale;

  if (self->number == NULL)
    return;

  gtk_widget_get_color (widget, &ink);
  pale = ink;
  pale.alpha *= 0.7f;
  append_layout (snapshot, self->number, &pale, 0, GAP / 2.f + PADDING / 2.f);
  for (guint i = 0; i < self->chips->len; i++)
    {
      const Chip *chip = &g_array_index (self->chips, Chip, i);

      draw_chip (chip, snapshot, &palette->bands[(self->first_token + i) % TD_N_TOKEN_COLORS], &ink,
                 chip->is_special ? &palette->tick : high_contrast ? &palette->boundary : NULL);
      if (td_token_row_is_selected (self, self->first_token + i))
        draw_ring (chip, snapshot, &ink);
    }
}

static void
td_token_row_finalize (GObject *object)
{
  TdTokenRow *self = TD_TOKEN_ROW (object);

  g_clear_object (&self->number);
  g_array_unref (self->chips);
  g_free (self->spoken);

  G_OBJECT_CLASS (td_token_row_parent_class)->finalize (object);
}

static void
td_token_row_class_init (TdTokenRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = td_token_row_finalize;
  widget_class->get_request_mode = td_token_row_get_request_mode;
  widget_class->measure = td_token_row_measure;
  widget_class->size_allocate = td_token_row_size_allocate;
  widget_class->snapshot = td_token_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "td-token-row");
}

static void
td_token_row_init (TdTokenRow *self)
{
  self->chips = g_array_new (FALSE, FALSE, sizeof (Chip));
  g_array_set_clear_func (self->chips, chip_clear);
  self->spoken = g_strdup ("");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/**
 * td_token_row_new:
 *
 * Returns: (transfer floating): a row of nothing
 */
GtkWidget *
td_token_row_new (void)
{
  return g_object_new (TD_TYPE_TOKEN_ROW, NULL);
}

/**
 * td_token_row_set_spans:
 * @self: the row
 * @spans: (nullable): the tokens to show
 * @encoding: whose tokens they are
 * @show_text: whether to show their text, or only their ids
 */
void
td_token_row_set_spans (TdTokenRow         *self,
                        const TdTokenSpans *spans,
                        const TkEncoding   *encoding,
                        gboolean            show_text)
{
  g_autoptr (GString) spoken = g_string_new (NULL);
  g_autofree char *number = NULL;
  const char *p = spans != NULL ? spans->bytes : NULL;

  g_return_if_fail (TD_IS_TOKEN_ROW (self));

  g_array_set_size (self->chips, 0);
  g_clear_object (&self->number);
  self->first_token = spans != NULL ? spans->first_token : 0;
  number = g_strdup_printf ("%*" G_GSIZE_FORMAT, NUMBER_CHARACTERS, self->first_token + 1);
  self->number = new_layout (self, number, 0.8);
  pango_layout_get_pixel_size (self->number, &self->number_width, NULL);

  for (gsize i = 0; spans != NULL && i < spans->n_tokens; i++)
    {
      TkId id = tk_encoding_find_token (encoding, p, spans->lengths[i]);
      g_autofree char *id_text = id != TK_ID_NONE ? g_strdup_printf ("%u", id) : g_strdup ("—");
      g_autoptr (GString) text = g_string_new (NULL);

      td_split_append_visible (text, p, spans->lengths[i]);
      add_chip (self, show_text ? text->str : NULL, id_text, id != TK_ID_NONE && tk_encoding_is_special (encoding, id));
      g_string_append_printf (spoken, i > 0 ? ", %s" : "%s", id_text);
      if (show_text)
        g_string_append_printf (spoken, " %s", text->str);
      p += spans->lengths[i];
    }

  g_free (self->spoken);
  /* Translators: the number of the first token of a row, then ids (and texts) of all of them. */
  self->spoken = g_strdup_printf (_("From token %s: %s"), g_strchug (number), spoken->str);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * td_token_row_set_selected:
 * @self: the row
 * @first: the index, in the document, of the first selected token
 * @n_tokens: how many are selected
 */
void
td_token_row_set_selected (TdTokenRow *self,
                           gsize       first,
                           gsize       n_tokens)
{
  g_return_if_fail (TD_IS_TOKEN_ROW (self));

  if (self->first_selected == first && self->n_selected == n_tokens)
    return;

  self->first_selected = first;
  self->n_selected = n_tokens;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_token_row_is_selected:
 * @self: the row
 * @token: a token of the document
 *
 * Returns: whether that token is selected
 */
gboolean
td_token_row_is_selected (TdTokenRow *self,
                          gsize       token)
{
  g_return_val_if_fail (TD_IS_TOKEN_ROW (self), FALSE);

  return token >= self->first_selected && token - self->first_selected < self->n_selected;
}

/**
 * td_token_row_pick:
 * @self: the row
 * @x: a place in the row
 * @y: a place in the row
 * @token: (out): the index of the token there, in the document
 *
 * Returns: whether there is one
 */
gboolean
td_token_row_pick (TdTokenRow *self,
                   double      x,
                   double      y,
                   gsize      *token)
{
  g_return_val_if_fail (TD_IS_TOKEN_ROW (self), FALSE);

  for (guint i = 0; i < self->chips->len; i++)
    {
      const Chip *chip = &g_array_index (self->chips, Chip, i);

      if (x >= chip->x && x < chip->x + chip->width && y >= chip->y && y < chip->y + chip->height)
        {
          *token = self->first_token + i;
          return TRUE;
        }
    }

  return FALSE;
}

/** Returns: what a screen reader says of the row */
const char *
td_token_row_get_spoken (TdTokenRow *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_ROW (self), NULL);

  return self->spoken;
}
