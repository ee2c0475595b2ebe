/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_DOCUMENT_WIDGET (td_document_widget_get_type ())

G_DECLARE_DERIVABLE_TYPE (TdDocumentWidget, td_document_widget, TD, DOCUMENT_WIDGET, GtkWidget)

struct _TdDocumentWidgetClass
{
  GtkWidgetClass parent_class;

  /* Shows what is so now; there is a document. */
  void (*update) (TdDocumentWidget *self);
};

TdDocument *td_document_widget_get_document (TdDocumentWidget *self);
void        td_document_widget_set_document (TdDocumentWidget *self,
                                             TdDocument       *document);

G_END_DECLS
