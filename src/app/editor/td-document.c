/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document.h"

struct _TdDocument
{
  GObject parent_instance;

  GtkSourceBuffer *buffer;

  TkEncodingId encoding;
  guint64 n_bytes;
  guint64 n_words;
};

G_DEFINE_FINAL_TYPE (TdDocument, td_document, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BUFFER,
  PROP_ENCODING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_COUNTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
td_document_dispose (GObject *object)
{
  TdDocument *self = TD_DOCUMENT (object);

  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (td_document_parent_class)->dispose (object);
}

static void
td_document_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdDocument *self = TD_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_BUFFER:
      g_value_set_object (value, self->buffer);
      break;

    case PROP_ENCODING:
      g_value_set_uint (value, self->encoding);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_document_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdDocument *self = TD_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_ENCODING:
      td_document_set_encoding (self, g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_document_class_init (TdDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_document_dispose;
  object_class->get_property = td_document_get_property;
  object_class->set_property = td_document_set_property;

  properties[PROP_BUFFER] =
    g_param_spec_object ("buffer", NULL, NULL, GTK_SOURCE_TYPE_BUFFER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENCODING] =
    g_param_spec_uint ("encoding", NULL, NULL,
                       0, TK_N_ENCODINGS - 1, TK_ENCODING_O200K_BASE,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_COUNTS_CHANGED] =
    g_signal_new ("counts-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_document_init (TdDocument *self)
{
  self->buffer = gtk_source_buffer_new (NULL);
  self->encoding = TK_ENCODING_O200K_BASE;
}

TdDocument *
td_document_new (void)
{
  return g_object_new (TD_TYPE_DOCUMENT, NULL);
}

GtkSourceBuffer *
td_document_get_buffer (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  return self->buffer;
}

TkEncodingId
td_document_get_encoding (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), TK_ENCODING_O200K_BASE);

  return self->encoding;
}

void
td_document_set_encoding (TdDocument   *self,
                          TkEncodingId  encoding)
{
  g_return_if_fail (TD_IS_DOCUMENT (self));
  g_return_if_fail (encoding < TK_N_ENCODINGS);

  if (self->encoding == encoding)
    return;

  self->encoding = encoding;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENCODING]);
}

gboolean
td_document_get_token_count (TdDocument   *self,
                             TkEncodingId  encoding,
                             guint64      *n_tokens)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  return FALSE;
}

guint64
td_document_get_n_characters (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  return gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->buffer));
}

guint64
td_document_get_n_bytes (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  return self->n_bytes;
}

guint64
td_document_get_n_words (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  return self->n_words;
}

const TkTokenMap *
td_document_get_token_map (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  return NULL;
}
