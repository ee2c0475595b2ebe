/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-model.h"

G_BEGIN_DECLS

/*
 * The fields of a model, filled by the reader of catalogues and never changed once the model is handed out. All
 * strings are owned.
 */
struct _TdModel
{
  GObject parent_instance;

  char *id;
  char *name;
  char *vendor;
  char **aliases;
  char *encoding;
  char *replacement;
  char *note;
  char **sources;
  char **unverified;
  GPtrArray *prices;
  TdChatOverhead chat_overhead;
  TdImageFormula image_formula;
  guint64 context_window;
  guint64 max_input;
  guint64 max_output;
  TdDate knowledge_cutoff;
  TdDate released;
  TdDate shutdown;
  TdDate as_of; /* the day of the catalogue it is from */
  TdModelKind kind;
  TdModelOrigin origin;
  TdExactness exactness;
  TdModelStatus status;
};

TdModel *td_model_new_empty (void);
TdModel *td_model_copy      (TdModel       *self);
TdModel *td_model_new_own   (const char    *id,
                             const char    *name,
                             const char    *vendor,
                             TdModelOrigin  origin);

G_END_DECLS
