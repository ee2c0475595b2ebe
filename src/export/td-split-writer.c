/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "export/td-split-text.h"
#include "export/td-split-writer-private.h"
#include "pricing/td-json-writer.h"

static const struct
{
  const char *name;
  const char *extension;
} formats[TD_N_SPLIT_FORMATS] = {
  [TD_SPLIT_IDS] = { "ids", "txt" },
  [TD_SPLIT_LIST] = { "list", "json" },
  [TD_SPLIT_JSON] = { "json", "json" },
  [TD_SPLIT_CSV] = { "csv", "csv" },
  [TD_SPLIT_MARKDOWN] = { "markdown", "md" },
  [TD_SPLIT_HTML] = { "html", "html" },
};

/* Millions of ids: g_string_append_printf() would take longer than the encoding. */
static void
append_number (GString *out,
               guint64  number)
{
  char digits[20];
  gsize start = sizeof digits;

  do
    digits[--start] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);

  g_string_append_len (out, digits + start, (gssize) (sizeof digits - start));
}

static gboolean
is_text (const char *bytes,
         guint32     length)
{
  return tk_utf8_check (bytes, length) == length;
}

static void
add_json (TdSplitWriter *self,
          const char    *bytes,
          TkId           id,
          guint32        length)
{
  GString *out = self->out;

  g_string_append (out, self->n_tokens > 0 ? ",\n  {\"id\": " : "[\n  {\"id\": ");
  append_number (out, id);
  g_string_append (out, ", \"start\": ");
  append_number (out, self->position);
  g_string_append (out, ", \"end\": ");
  append_number (out, self->position + length);
  g_string_append (out, ", \"bytes\": [");
  for (guint32 i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      append_number (out, (guchar) bytes[i]);
    }
  g_string_append (out, "], \"text\": ");

  /* A token may hold only a part of a character, which is no text. */
  if (is_text (bytes, length))
    td_json_append_string (out, bytes, length);
  else
    g_string_append (out, "null");
  if (tk_encoding_is_special (self->encoding, id))
    g_string_append (out, ", \"special\": true");
  g_string_append_c (out, '}');
}

static void
add_csv (TdSplitWriter *self,
         const char    *bytes,
         TkId           id,
         guint32        length)
{
  GString *out = self->out;

  append_number (out, self->n_tokens);
  g_string_append_c (out, ',');
  append_number (out, id);
  g_string_append_c (out, ',');
  append_number (out, self->position);
  g_string_append_c (out, ',');
  append_number (out, self->position + length);
  g_string_append_c (out, ',');
  td_split_append_hex (out, bytes, length);
  g_string_append (out, ",\"");
  if (is_text (bytes, length))
    {
      for (guint32 i = 0; i < length; i++)
        {
          if (bytes[i] == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, bytes[i]);
        }
    }
  g_string_append (out, "\"\r\n");
}

/* In a table a bar would end the cell, and grave accents the code: so there are more around it than in it. */
static void
append_code (GString    *out,
             const char *text)
{
  gsize longest = 0;
  gsize run = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      run = *p == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }

  for (gsize i = 0; i <= longest; i++)
    g_string_append_c (out, '`');
  if (longest > 0)
    g_string_append_c (out, ' ');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '|')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  if (longest > 0)
    g_string_append_c (out, ' ');
  for (gsize i = 0; i <= longest; i++)
    g_string_append_c (out, '`');
}

static void
add_markdown (TdSplitWriter *self,
              const char    *bytes,
              TkId           id,
              guint32        length)
{
  GString *out = self->out;

  g_string_append (out, "| ");
  append_number (out, self->n_tokens + 1);
  g_string_append (out, " | ");
  g_string_truncate (self->scratch, 0);
  td_split_append_visible (self->scratch, bytes, length);
  append_code (out, self->scratch->str);
  g_string_append (out, " | ");
  append_number (out, id);
  g_string_append (out, " | ");
  td_split_append_hex (out, bytes, length);
  g_string_append (out, " |\n");
}

static void
add_token (TdSplitWriter *self,
           const char    *bytes,
           TkId           id,
           guint32        length)
{
  switch (self->format)
    {
    case TD_SPLIT_IDS:
      append_number (self->out, id);
      g_string_append_c (self->out, '\n');
      break;

    case TD_SPLIT_LIST:
      g_string_append (self->out, self->n_tokens > 0 ? ", " : "[");
      append_number (self->out, id);
      break;

    case TD_SPLIT_JSON:
      add_json (self, bytes, id, length);
      break;

    case TD_SPLIT_CSV:
      add_csv (self, bytes, id, length);
      break;

    case TD_SPLIT_MARKDOWN:
      add_markdown (self, bytes, id, length);
      break;

    case TD_SPLIT_HTML:
      _td_split_html_add (self, bytes, id, length);
      break;

    case TD_N_SPLIT_FORMATS:
    default:
      g_assert_not_reached ();
    }
}

static void
begin (TdSplitWriter *self)
{
  if (self->format == TD_SPLIT_CSV)
    {
      g_string_append (self->out, "index,id,start,end,bytes,text\r\n");
    }
  else if (self->format == TD_SPLIT_MARKDOWN)
    {
      g_string_append_printf (self->out, "# %s\n\n| # | %s | %s | %s |\n| ---: | --- | ---: | --- |\n",
                              tk_encoding_id_to_name (tk_encoding_get_id (self->encoding)),
                              _("Token"), _("Id"), _("Bytes"));
    }
  else if (self->format == TD_SPLIT_HTML)
    {
      _td_split_html_begin (self);
    }
}

/**
 * td_split_writer_new:
 * @format: how to write
 * @encoding: whose tokens they are; must outlive the writer
 * @out: what to append to; must outlive the writer, and may be emptied between calls
 *
 * Begins.
 *
 * Returns: (transfer full): a writer
 */
TdSplitWriter *
td_split_writer_new (TdSplitFormat     format,
                     const TkEncoding *encoding,
                     GString          *out)
{
  TdSplitWriter *self = g_new0 (TdSplitWriter, 1);

  self->format = format;
  self->encoding = encoding;
  self->out = out;
  self->scratch = g_string_new (NULL);
  self->pending_ids = g_array_new (FALSE, FALSE, sizeof (TkId));
  self->pending_lengths = g_array_new (FALSE, FALSE, sizeof (guint32));
  begin (self);

  return self;
}

/**
 * td_split_writer_free:
 * @self: (transfer full): a writer
 */
void
td_split_writer_free (TdSplitWriter *self)
{
  g_string_free (self->scratch, TRUE);
  g_array_unref (self->pending_ids);
  g_array_unref (self->pending_lengths);
  g_free (self);
}

/**
 * td_split_writer_add:
 * @self: a writer
 * @bytes: the bytes of the tokens, one after the other; must stay until the end, and follow those of the last call in
 *   memory
 * @ids: (array length=n_tokens): their ids
 * @lengths: (array length=n_tokens): their lengths in bytes
 * @n_tokens: how many there are
 *
 * Goes on.
 */
void
td_split_writer_add (TdSplitWriter  *self,
                     const char     *bytes,
                     const TkId     *ids,
                     const uint32_t *lengths,
                     gsize           n_tokens)
{
  for (gsize i = 0; i < n_tokens; i++)
    {
      add_token (self, bytes, ids[i], lengths[i]);
      bytes += lengths[i];
      self->position += lengths[i];
      self->n_tokens++;
    }
}

/**
 * td_split_writer_end:
 * @self: a writer
 *
 * Ends: what was appended is complete now.
 */
void
td_split_writer_end (TdSplitWriter *self)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GSIZE_FORMAT, self->n_tokens);

  switch (self->format)
    {
    case TD_SPLIT_LIST:
      g_string_append (self->out, self->n_tokens > 0 ? "]\n" : "[]\n");
      break;

    case TD_SPLIT_JSON:
      g_string_append (self->out, self->n_tokens > 0 ? "\n]\n" : "[]\n");
      break;

    case TD_SPLIT_MARKDOWN:
      g_string_append_c (self->out, '\n');
      g_string_append_printf (self->out, ngettext ("%s token", "%s tokens", MIN (self->n_tokens, G_MAXULONG)), number);
      g_string_append_c (self->out, '\n');
      break;

    case TD_SPLIT_HTML:
      _td_split_html_end (self);
      break;

    case TD_SPLIT_IDS:
    case TD_SPLIT_CSV:
    case TD_N_SPLIT_FORMATS:
    default:
      break;
    }
}

/** Returns: the name of @format on the command line */
const char *
td_split_format_get_name (TdSplitFormat format)
{
  g_return_val_if_fail (format < TD_N_SPLIT_FORMATS, NULL);

  return formats[format].name;
}

/**
 * td_split_format_from_name:
 * @name: a name
 * @format: (out): the format of that name
 *
 * Returns: whether there is one
 */
gboolean
td_split_format_from_name (const char    *name,
                           TdSplitFormat *format)
{
  for (TdSplitFormat i = 0; i < TD_N_SPLIT_FORMATS; i++)
    {
      if (g_str_equal (formats[i].name, name))
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}

/** Returns: what the names of files in @format end with, without the point */
const char *
td_split_format_get_extension (TdSplitFormat format)
{
  g_return_val_if_fail (format < TD_N_SPLIT_FORMATS, NULL);

  return formats[format].extension;
}
