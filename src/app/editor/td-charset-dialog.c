/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/editor/td-charset-dialog.h"
#include "app/editor/td-text-file.h"
#include "files/td-charset.h"

/* Bytes of the preview, before and from the first byte that is not UTF-8. */
#define BEFORE 1024
#define BEHIND 6144

/**
 * TdCharsetDialog:
 *
 * Asks how a file that is not UTF-8 is encoded, and shows what it says in each encoding.
 *
 * The list begins with the charsets in which the whole file is a text, the likeliest first; behind them are all others
 * that GtkSourceView knows. The preview begins just before the first byte that is not UTF-8: that is where they differ.
 */
struct _TdCharsetDialog
{
  AdwDialog parent_instance;

  /* owned */
  GFile *file;
  GBytes *bytes;
  gsize position;
  GStrv charsets;

  /* template */
  GtkWidget *open_button;
  GtkLabel *reason;
  AdwComboRow *charset_row;
  GtkTextView *preview;
};

G_DEFINE_FINAL_TYPE (TdCharsetDialog, td_charset_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * td_charset_dup_name:
 * @charset: (nullable): a charset, see td-charset.h
 *
 * Returns: (transfer full): its name for people, for example "GB18030 (Chinese Simplified)"
 */
char *
td_charset_dup_name (const char *charset)
{
  const GtkSourceEncoding *encoding;
  g_autofree char *plain = NULL;

  if (charset == NULL)
    return g_strdup ("UTF-8");

  plain = g_str_has_suffix (charset, "+BOM") ? g_strndup (charset, strlen (charset) - 4) : g_strdup (charset);
  encoding = gtk_source_encoding_get_from_charset (plain);

  if (encoding == NULL)
    return g_strdup (plain);

  /* Translators: a character encoding and the writing it is for: "GB18030 (Chinese Simplified)" */
  return g_strdup_printf (_("%s (%s)"), plain, gtk_source_encoding_get_name (encoding));
}

/**
 * td_charset_list:
 * @first: charsets that are to come first
 *
 * Returns: (transfer full): @first, then all others that GtkSourceView knows by the order of their names
 */
GStrv
td_charset_list (const char * const *first)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  GSList *all = gtk_source_encoding_get_all ();

  g_strv_builder_addv (list, (const char **) first);
  for (GSList *l = all; l != NULL; l = l->next)
    {
      const char *charset = gtk_source_encoding_get_charset (l->data);

      if (!g_strv_contains (first, charset) && !g_str_equal (charset, "UTF-8"))
        g_strv_builder_add (list, charset);
    }
  g_slist_free (all);

  return g_strv_builder_end (list);
}

/* A part of the file that begins and ends with a line where there are lines. */
static GBytes *
cut_sample (TdCharsetDialog *self,
            const char      *charset)
{
  gsize length;
  const char *data = g_bytes_get_data (self->bytes, &length);
  gsize start = self->position > BEFORE ? self->position - BEFORE : 0;
  gsize end = MIN (self->position + BEHIND, length);

  /* Wide characters have no bytes to look for: from the start, or from an even place. */
  if (g_str_has_prefix (charset, "UTF-16") || g_str_has_prefix (charset, "UTF-32") || g_str_has_prefix (charset, "UCS"))
    {
      end = MIN (BEHIND, length);
      return g_bytes_new_from_bytes (self->bytes, 0, end == length ? length : end & ~(gsize) 3);
    }

  while (start > 0 && data[start - 1] != '\n')
    start--;
  if (self->position - start > BEHIND)
    start = self->position;
  while (end < length && end > self->position + 1 && data[end - 1] != '\n')
    end--;
  if (end == self->position + 1)
    end = MIN (self->position + BEHIND, length);

  return g_bytes_new_from_bytes (self->bytes, start, end - start);
}

/* What the file says in @charset, or NULL. The sample may end inside a character. */
static GBytes *
decode_sample (TdCharsetDialog *self,
               const char      *charset)
{
  g_autoptr (GBytes) sample = cut_sample (self, charset);
  gsize length = g_bytes_get_size (sample);

  for (gsize cut = 0; cut < 4 && cut < length; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (sample, 0, length - cut);
      GBytes *text = td_charset_decode (charset, part, NULL);

      if (text != NULL)
        return text;
    }

  return NULL;
}

static const char *
get_selected (TdCharsetDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->charset_row);

  return self->charsets != NULL && selected < g_strv_length (self->charsets) ? self->charsets[selected] : NULL;
}

static void
selected_cb (TdCharsetDialog *self)
{
  const char *charset = get_selected (self);
  g_autoptr (GBytes) text = charset != NULL ? decode_sample (self, charset) : NULL;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->preview);
  gsize length = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &length) : NULL;
  gboolean readable = data != NULL && memchr (data, '\0', length) == NULL;

  gtk_widget_set_sensitive (self->open_button, readable);
  if (readable)
    gtk_text_buffer_set_text (buffer, data, (int) length);
  else
    gtk_text_buffer_set_text (buffer, _("The file is not text in this encoding."), -1);
}

static void
open_cb (TdCharsetDialog *self)
{
  g_autofree char *charset = g_strdup (get_selected (self));

  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, charset);
  g_object_unref (self);
}

static void
show_reason (TdCharsetDialog *self)
{
  g_autofree char *name = td_text_file_dup_name (self->file);
  gsize length;
  const guchar *data = g_bytes_get_data (self->bytes, &length);
  g_autofree char *position = g_strdup_printf ("%'" G_GSIZE_FORMAT, self->position);
  g_autofree char *byte = g_strdup_printf ("%02X", self->position < length ? data[self->position] : 0);
  g_autofree char *text = NULL;

  /* Translators: a file name, a number, and a byte in hexadecimal. */
  text = g_strdup_printf (_("“%s” is not UTF-8: the byte at position %s, %s, is not valid there. Choose the encoding in "
                            "which the text reads right. It will be saved in the same one."), name, position, byte);
  gtk_label_set_label (self->reason, text);
}

static void
td_charset_dialog_dispose (GObject *object)
{
  TdCharsetDialog *self = TD_CHARSET_DIALOG (object);

  /* First: disposing of the template would unparent the child behind the back of the dialog, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHARSET_DIALOG);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (td_charset_dialog_parent_class)->dispose (object);
}

static void
td_charset_dialog_finalize (GObject *object)
{
  TdCharsetDialog *self = TD_CHARSET_DIALOG (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->charsets, g_strfreev);

  G_OBJECT_CLASS (td_charset_dialog_parent_class)->finalize (object);
}

static void
td_charset_dialog_class_init (TdCharsetDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_charset_dialog_dispose;
  object_class->finalize = td_charset_dialog_finalize;

  /**
   * TdCharsetDialog::chosen:
   * @charset: what the user chose
   */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-charset-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCharsetDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, TdCharsetDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, TdCharsetDialog, charset_row);
  gtk_widget_class_bind_template_child (widget_class, TdCharsetDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
td_charset_dialog_init (TdCharsetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_charset_dialog_new:
 * @file: the file
 * @bytes: what is in it
 * @position: where the first byte is that is not UTF-8
 * @guesses: the charsets in which @bytes are a text, the likeliest first
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_charset_dialog_new (GFile              *file,
                       GBytes             *bytes,
                       gsize               position,
                       const char * const *guesses)
{
  TdCharsetDialog *self = g_object_new (TD_TYPE_CHARSET_DIALOG, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->file = g_object_ref (file);
  self->bytes = g_bytes_ref (bytes);
  self->position = position;
  self->charsets = td_charset_list (guesses);
  for (guint i = 0; self->charsets[i] != NULL; i++)
    gtk_string_list_take (names, td_charset_dup_name (self->charsets[i]));
  show_reason (self);
  adw_combo_row_set_model (self->charset_row, G_LIST_MODEL (names));
  selected_cb (self);

  return ADW_DIALOG (self);
}

/**
 * td_charset_dialog_get_file:
 * @self: the dialog
 *
 * Returns: (transfer none): the file that the dialog is about
 */
GFile *
td_charset_dialog_get_file (TdCharsetDialog *self)
{
  g_return_val_if_fail (TD_IS_CHARSET_DIALOG (self), NULL);

  return self->file;
}
