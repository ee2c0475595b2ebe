/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"
#include "app/export/td-decode-dialog.h"
#include "export/td-id-reader.h"

/* Of a text that is longer only the start is shown; all of it can be used. */
#define SHOWN_BYTES 20000

/**
 * TdDecodeDialog:
 *
 * Decodes ids that are pasted or typed, in the encoding of a document, and may replace its text with the result, which
 * can be undone. Ids that make no valid text show their bytes, so that nothing is lost or made up; they cannot be used.
 */
struct _TdDecodeDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdDocument *document;
  GBytes *bytes; /* valid UTF-8, else NULL */

  /* template */
  GtkWidget *toolbar_view;
  GtkLabel *ids_caption;
  GtkTextView *ids;
  GtkLabel *status;
  GtkTextView *text;
  GtkWidget *use_button;
};

G_DEFINE_FINAL_TYPE (TdDecodeDialog, td_decode_dialog, ADW_TYPE_DIALOG)

static char *
dup_problem (const TdIdsResult *result,
             TkEncodingId       encoding)
{
  g_autofree char *place = g_strdup_printf ("%'" G_GSIZE_FORMAT, result->position + 1);

  switch (result->problem)
    {
    case TD_IDS_NOT_A_NUMBER:
      return g_strdup_printf (_("Character %s does not belong to an id. Ids are whole numbers."), place);

    case TD_IDS_TOO_LARGE:
      return g_strdup_printf (_("The number at character %s is larger than any id."), place);

    case TD_IDS_UNKNOWN:
      /* Translators: an id, and the name of an encoding. */
      return g_strdup_printf (_("%u is no id of %s. Check the number, or choose another encoding."),
                              result->id, tk_encoding_id_to_name (encoding));

    case TD_IDS_OK:
    default:
      return NULL;
    }
}

/* What is not a character stands as \xNN. */
static char *
dup_shown (const char *data,
           gsize       length)
{
  GString *shown = g_string_new (NULL);
  const char *end = data + MIN (length, SHOWN_BYTES);

  for (const char *p = data; p < end;)
    {
      gunichar c = g_utf8_get_char_validated (p, data + length - p);

      if (c == 0 || c == (gunichar) -1 || c == (gunichar) -2)
        g_string_append_printf (shown, "\\x%02X", (guchar) *p++);
      else
        {
          g_string_append_unichar (shown, c);
          p = g_utf8_next_char (p);
        }
    }
  if (length > SHOWN_BYTES)
    g_string_append (shown, "…");

  return g_string_free (shown, FALSE);
}

static void
changed_cb (TdDecodeDialog *self)
{
  TkEncodingId id = td_document_get_encoding (self->document);
  const TkEncoding *encoding = td_encodings_get (id, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->ids);
  g_autofree char *typed = NULL;
  g_autofree char *status = NULL;
  g_autofree char *shown = NULL;
  g_auto (TdIdsResult) result = { 0 };
  GtkTextIter start;
  GtkTextIter end;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (encoding == NULL)
    return;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  typed = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  td_ids_decode (typed, strlen (typed), encoding, &result);
  status = dup_problem (&result, id);
  if (status == NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (result.bytes, &length);

      shown = dup_shown (data, length);
      if (tk_utf8_check (data, length) == length)
        {
          self->bytes = g_bytes_ref (result.bytes);
          status = g_strdup_printf (ngettext ("%'u token", "%'u tokens", (guint) result.n_ids), (guint) result.n_ids);
        }
      else
        {
          status = g_strdup (_("These ids end inside a character, so they are no whole text; "
                               "its bytes are shown as \\xNN."));
        }
    }

  gtk_label_set_label (self->status, status);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), shown != NULL ? shown : "", -1);
  gtk_widget_set_sensitive (self->use_button, td_decode_dialog_can_use (self));
}

static void
td_decode_dialog_dispose (GObject *object)
{
  TdDecodeDialog *self = TD_DECODE_DIALOG (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  /* First: disposing of the template would unparent the child behind the back of the dialog, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_DECODE_DIALOG);

  G_OBJECT_CLASS (td_decode_dialog_parent_class)->dispose (object);
}

static void
td_decode_dialog_class_init (TdDecodeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_decode_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-decode-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdDecodeDialog, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, TdDecodeDialog, ids_caption);
  gtk_widget_class_bind_template_child (widget_class, TdDecodeDialog, ids);
  gtk_widget_class_bind_template_child (widget_class, TdDecodeDialog, status);
  gtk_widget_class_bind_template_child (widget_class, TdDecodeDialog, text);
  gtk_widget_class_bind_template_child (widget_class, TdDecodeDialog, use_button);
  gtk_widget_class_bind_template_callback (widget_class, td_decode_dialog_use);
}

static void
td_decode_dialog_init (TdDecodeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_decode_dialog_new:
 * @document: the document whose encoding to use and whose text to replace
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_decode_dialog_new (TdDocument *document)
{
  TdDecodeDialog *self = g_object_new (TD_TYPE_DECODE_DIALOG, NULL);
  g_autofree char *caption = NULL;

  self->document = g_object_ref (document);
  /* Translators: %s is the name of an encoding. */
  caption = g_strdup_printf (_("Ids in %s"), tk_encoding_id_to_name (td_document_get_encoding (document)));
  gtk_label_set_label (self->ids_caption, caption);
  g_signal_connect_object (gtk_text_view_get_buffer (self->ids), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  return ADW_DIALOG (self);
}

/**
 * td_decode_dialog_set_ids:
 * @self: the dialog
 * @ids: what to decode, as if it were typed
 */
void
td_decode_dialog_set_ids (TdDecodeDialog *self,
                          const char     *ids)
{
  g_return_if_fail (TD_IS_DECODE_DIALOG (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->ids), ids, -1);
}

/** Returns: what is said about the ids */
const char *
td_decode_dialog_get_status (TdDecodeDialog *self)
{
  g_return_val_if_fail (TD_IS_DECODE_DIALOG (self), NULL);

  return gtk_label_get_label (self->status);
}

/** Returns: whether the ids are a text that may replace the document's */
gboolean
td_decode_dialog_can_use (TdDecodeDialog *self)
{
  g_return_val_if_fail (TD_IS_DECODE_DIALOG (self), FALSE);

  return self->bytes != NULL && g_bytes_get_size (self->bytes) > 0;
}

/**
 * td_decode_dialog_use:
 * @self: the dialog
 *
 * Replaces the text of the document with what the ids stand for, as one step to undo, and closes.
 */
void
td_decode_dialog_use (TdDecodeDialog *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;
  gsize length;
  const char *data;

  g_return_if_fail (TD_IS_DECODE_DIALOG (self));

  if (!td_decode_dialog_can_use (self) || td_document_get_loading (self->document))
    return;

  data = g_bytes_get_data (self->bytes, &length);
  buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, data, (int) MIN (length, G_MAXINT));
  gtk_text_buffer_end_user_action (buffer);
  adw_dialog_close (ADW_DIALOG (self));
}
