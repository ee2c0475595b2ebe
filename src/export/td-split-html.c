/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "export/td-split-text.h"
#include "export/td-split-writer-private.h"

/*
 * One page that needs no other file. The colours are those of the editor (a test compares them); a boundary inside a
 * character is a change of colour with a line, as no element can begin there. Line ends have a sign that a copy of the
 * text does not have.
 */

#define N_COLORS 6

static const char head[] =
  "<meta name=\"viewport\" content=\"width=device-width\">\n"
  "<meta name=\"color-scheme\" content=\"light dark\">\n"
  "<style>\n"
  ":root{--f:#1d1d20;--b:#fff;--k:rgba(0,0,0,.65);"
  "--t0:#CDB9F7;--t1:#F9E9A6;--t2:#9CCBF8;--t3:#FFE1C6;--t4:#83D398;--t5:#F6D3E6}\n"
  "@media(prefers-color-scheme:dark){:root{--f:#fff;--b:#1d1d20;--k:rgba(255,255,255,.75);"
  "--t0:#6C50B0;--t1:#4F4210;--t2:#1C6AA8;--t3:#5E3418;--t4:#23743B;--t5:#562545}}\n"
  "body{margin:2em;background:var(--b);color:var(--f);font-family:sans-serif}\n"
  "pre{font:1em/1.6 monospace;white-space:pre-wrap;overflow-wrap:anywhere}\n"
  "span{border-radius:3px;box-decoration-break:clone;-webkit-box-decoration-break:clone}\n"
  ".x{outline:1.5px solid var(--k);outline-offset:-1.5px}\n"
  ".n::before{content:\"\\21B5\";opacity:.5}\n"
  ".t0{background:var(--t0)}.t1{background:var(--t1)}.t2{background:var(--t2)}"
  ".t3{background:var(--t3)}.t4{background:var(--t4)}.t5{background:var(--t5)}\n"
  "</style>\n";

void
_td_split_html_begin (TdSplitWriter *self)
{
  const char *name = tk_encoding_id_to_name (tk_encoding_get_id (self->encoding));

  g_string_append_printf (self->out, "<!DOCTYPE html>\n<html>\n<meta charset=\"utf-8\">\n<title>%s</title>\n", name);
  g_string_append (self->out, head);
  g_string_append_printf (self->out, "<h1>%s</h1>\n<pre>\n", name);
}

static void
append_escaped (GString    *out,
                const char *text,
                gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = text[i];

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\r')
        g_string_append (out, "&#13;");
      else if (c == '\n')
        g_string_append (out, "<i class=\"n\"></i>\n");
      else if ((c < 0x20 && c != '\t') || c == 0x7F)
        g_string_append_printf (out, "<b>\\x%02X</b>", c);
      else
        g_string_append_c (out, (char) c);
    }
}

/* What a pointer that rests on the span is told: id and bytes of each token. */
static void
append_title (TdSplitWriter *self)
{
  const char *p = self->pending;

  g_string_append (self->out, " title=\"");
  for (guint i = 0; i < self->pending_ids->len; i++)
    {
      guint32 length = g_array_index (self->pending_lengths, guint32, i);

      g_string_append_printf (self->out, "%s%u: ", i > 0 ? " + " : "", g_array_index (self->pending_ids, TkId, i));
      td_split_append_hex (self->out, p, length);
      p += length;
    }
  g_string_append_c (self->out, '"');
}

/* Several tokens on one character: their colours side by side, with lines where they meet. */
static void
append_parts (TdSplitWriter *self,
              gsize          first_token)
{
  guint n = self->pending_ids->len;

  g_string_append (self->out, " style=\"background:linear-gradient(90deg");
  for (guint i = 0; i < n; i++)
    {
      gsize color = (first_token + i) % N_COLORS;

      g_string_append_printf (self->out, ",var(--t%" G_GSIZE_FORMAT ") %u%%,var(--t%" G_GSIZE_FORMAT ") %s%u%%%s",
                              color, i * 100 / n, color, i + 1 < n ? "calc(" : "", (i + 1) * 100 / n,
                              i + 1 < n ? " - 1px)" : "");
      if (i + 1 < n)
        g_string_append_printf (self->out, ",var(--k) calc(%u%% - 1px),var(--k) %u%%",
                                (i + 1) * 100 / n, (i + 1) * 100 / n);
    }
  g_string_append (self->out, ")\"");
}

static void
flush (TdSplitWriter *self)
{
  guint n = self->pending_ids->len;
  gsize first_token;

  if (n == 0)
    return;

  first_token = self->n_tokens + 1 - n;
  g_string_append (self->out, "<span");
  if (n == 1)
    {
      gboolean is_special = tk_encoding_is_special (self->encoding, g_array_index (self->pending_ids, TkId, 0));

      g_string_append_printf (self->out, " class=\"t%u%s\"", (guint) (first_token % N_COLORS), is_special ? " x" : "");
    }
  else
    {
      append_parts (self, first_token);
    }
  append_title (self);
  g_string_append_c (self->out, '>');

  /* Only at the end of a text that was cut inside a character: then the bytes are all there is. */
  if (tk_utf8_check (self->pending, self->pending_bytes) < self->pending_bytes)
    {
      g_string_truncate (self->scratch, 0);
      td_split_append_visible (self->scratch, self->pending, self->pending_bytes);
      append_escaped (self->out, self->scratch->str, self->scratch->len);
    }
  else
    {
      append_escaped (self->out, self->pending, self->pending_bytes);
    }
  g_string_append (self->out, "</span>");

  g_array_set_size (self->pending_ids, 0);
  g_array_set_size (self->pending_lengths, 0);
  self->pending_bytes = 0;
}

void
_td_split_html_add (TdSplitWriter *self,
                    const char    *bytes,
                    TkId           id,
                    guint32        length)
{
  if (self->pending_bytes == 0)
    self->pending = bytes;
  g_array_append_val (self->pending_ids, id);
  g_array_append_val (self->pending_lengths, length);
  self->pending_bytes += length;

  if (tk_utf8_check (self->pending, self->pending_bytes) == self->pending_bytes)
    flush (self);
}

void
_td_split_html_end (TdSplitWriter *self)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GSIZE_FORMAT, self->n_tokens);

  if (self->pending_ids->len > 0)
    {
      /* The count has already gone on. */
      self->n_tokens--;
      flush (self);
      self->n_tokens++;
    }
  g_string_append (self->out, "</pre>\n<p>");
  g_string_append_printf (self->out, ngettext ("%s token", "%s tokens", MIN (self->n_tokens, G_MAXULONG)), number);
  g_string_append (self->out, "</p>\n</html>\n");
}
