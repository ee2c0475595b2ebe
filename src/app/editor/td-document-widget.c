/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-widget.h"

/**
 * TdDocumentWidget:
 *
 * What shows something of a document: its "document" property, and a call of update() once for all that happened to counts,
 * cursor and selection in one turn of the main loop.
 */
typedef struct
{
  /* owned */
  TdDocument *document;
  guint update_source;
} TdDocumentWidgetPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TdDocumentWidget, td_document_widget, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
update_cb (gpointer user_data)
{
  TdDocumentWidget *self = user_data;
  TdDocumentWidgetPrivate *priv = td_document_widget_get_instance_private (self);

  priv->update_source = 0;
  TD_DOCUMENT_WIDGET_GET_CLASS (self)->update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (TdDocumentWidget *self)
{
  TdDocumentWidgetPrivate *priv = td_document_widget_get_instance_private (self);

  if (priv->update_source == 0)
    priv->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static void
mark_set_cb (TdDocumentWidget *self,
             GtkTextIter      *place,
             GtkTextMark      *mark,
             GtkTextBuffer    *buffer)
{
  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    queue_update (self);
}

static void
disconnect_document (TdDocumentWidget *self)
{
  TdDocumentWidgetPrivate *priv = td_document_widget_get_instance_private (self);

  if (priv->document == NULL)
    return;

  g_signal_handlers_disconnect_by_data (priv->document, self);
  g_signal_handlers_disconnect_by_data (td_document_get_buffer (priv->document), self);
  g_clear_handle_id (&priv->update_source, g_source_remove);
  g_clear_object (&priv->document);
}

static void
td_document_widget_dispose (GObject *object)
{
  disconnect_document (TD_DOCUMENT_WIDGET (object));

  G_OBJECT_CLASS (td_document_widget_parent_class)->dispose (object);
}

static void
td_document_widget_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TdDocumentWidget *self = TD_DOCUMENT_WIDGET (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, td_document_widget_get_document (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_document_widget_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  TdDocumentWidget *self = TD_DOCUMENT_WIDGET (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      td_document_widget_set_document (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_document_widget_class_init (TdDocumentWidgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_document_widget_dispose;
  object_class->get_property = td_document_widget_get_property;
  object_class->set_property = td_document_widget_set_property;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_document_widget_init (TdDocumentWidget *self)
{
}

/**
 * td_document_widget_get_document:
 * @self: the widget
 *
 * Returns: (transfer none) (nullable): the document
 */
TdDocument *
td_document_widget_get_document (TdDocumentWidget *self)
{
  TdDocumentWidgetPrivate *priv;

  g_return_val_if_fail (TD_IS_DOCUMENT_WIDGET (self), NULL);

  priv = td_document_widget_get_instance_private (self);

  return priv->document;
}

/**
 * td_document_widget_set_document:
 * @self: the widget
 * @document: (nullable): the document to show something of
 */
void
td_document_widget_set_document (TdDocumentWidget *self,
                                 TdDocument       *document)
{
  TdDocumentWidgetPrivate *priv;

  g_return_if_fail (TD_IS_DOCUMENT_WIDGET (self));

  priv = td_document_widget_get_instance_private (self);
  if (priv->document == document)
    return;

  disconnect_document (self);
  if (document != NULL)
    {
      TdTextBuffer *buffer = td_document_get_buffer (document);

      priv->document = g_object_ref (document);
      g_signal_connect_object (document, "counts-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      /* An edit moves the cursor without setting its mark. */
      g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_SWAPPED);
      queue_update (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}
