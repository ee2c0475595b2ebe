/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "app/editor/td-token-bands.h"
#include "app/export/td-split-picture.h"

/* In pixels of the picture; a PNG has twice as many, for screens that do. */
#define TEXT_WIDTH 800
#define MARGIN 24
#define PNG_SCALE 2
#define FONT "Monospace 12"
#define LINE_END_WIDTH 6

/* What cairo can draw. */
#define MAX_HEIGHT (32000 / PNG_SCALE)

static PangoLayout *
new_layout (const char *text,
            gsize       length)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, (int) length);
  pango_layout_set_width (layout, TEXT_WIDTH * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.2f);
  pango_font_description_free (font);
  g_object_unref (context);

  return layout;
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
paint (cairo_surface_t *surface,
       PangoLayout     *layout,
       TdTokenBands    *bands,
       gboolean         dark)
{
  GdkRGBA paper = dark ? (GdkRGBA) { 0.114f, 0.114f, 0.125f, 1 } : (GdkRGBA) { 1, 1, 1, 1 };
  GdkRGBA ink = dark ? (GdkRGBA) { 1, 1, 1, 1 } : (GdkRGBA) { 0.114f, 0.114f, 0.125f, 1 };
  cairo_t *cr = cairo_create (surface);

  gdk_cairo_set_source_rgba (cr, &paper);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  td_token_bands_draw (bands, cr, td_token_palette_get (dark, FALSE), FALSE);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
}

static GBytes *
draw (PangoLayout  *layout,
      TdTokenBands *bands,
      gboolean      dark,
      gboolean      as_svg,
      GError      **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  height += 2 * MARGIN;
  if (height > MAX_HEIGHT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("The text has too many lines for a picture. Select a part of it, or choose HTML."));
      return NULL;
    }

  if (as_svg)
    {
      surface = cairo_svg_surface_create_for_stream (append_cb, bytes, TEXT_WIDTH + 2 * MARGIN, height);
    }
  else
    {
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (TEXT_WIDTH + 2 * MARGIN) * PNG_SCALE,
                                            height * PNG_SCALE);
      cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
    }

  paint (surface, layout, bands, dark);
  if (!as_svg)
    cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS || bytes->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture could not be drawn: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * td_split_picture_new:
 * @text: valid UTF-8
 * @encoding: the encoding to paint
 * @special: what to do with the spelling of special tokens
 * @dark: whether to paint light text on dark
 * @as_svg: whether to draw an SVG and not a PNG; its letters are outlines, so it looks the same everywhere
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Paints the tokens of a text of at most %TD_PICTURE_CHARACTERS characters. Any thread may call it.
 *
 * Returns: (transfer full): the file, or %NULL
 */
GBytes *
td_split_picture_new (GBytes            *text,
                      const TkEncoding  *encoding,
                      TkSpecialMode      special,
                      gboolean           dark,
                      gboolean           as_svg,
                      GCancellable      *cancellable,
                      GError           **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  TkOptions options = { .special = special };
  g_autoptr (TdTokenBands) bands = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree TkId *ids = NULL;
  g_autofree uint32_t *lengths = NULL;
  g_autofree char *readable = NULL;
  TkEncoder *encoder;
  gsize n_tokens;
  TkError table_error = { 0 };
  gboolean done;

  if (g_utf8_strlen (data, (gssize) length) > TD_PICTURE_CHARACTERS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("A picture can show up to %'d characters. Select a part of the text, or choose HTML."),
                   TD_PICTURE_CHARACTERS);
      return NULL;
    }

  ids = g_new (TkId, length + 1);
  lengths = g_new (uint32_t, length + 1);
  encoder = tk_encoder_new (encoding);
  done = tk_encode (encoder, data, length, &options, ids, lengths, length, &n_tokens, &table_error);
  tk_encoder_free (encoder);
  if (!done)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, table_error.message);
      return NULL;
    }

  /* Pango's texts end at a NUL. */
  readable = g_strndup (data, length);
  for (gsize i = 0; i < length; i++)
    readable[i] = data[i] != '\0' ? data[i] : ' ';
  layout = new_layout (readable, length);
  bands = td_token_bands_new (layout, encoding, lengths, n_tokens, 0, LINE_END_WIDTH);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return draw (layout, bands, dark, as_svg, error);
}
