/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-model-private.h"

/* A model with the same content, to be changed before it is handed out. */
TdModel *
td_model_copy (TdModel *self)
{
  TdModel *copy = td_model_new_empty ();

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->vendor = g_strdup (self->vendor);
  copy->aliases = g_strdupv (self->aliases);
  copy->encoding = g_strdup (self->encoding);
  copy->replacement = g_strdup (self->replacement);
  copy->note = g_strdup (self->note);
  copy->sources = g_strdupv (self->sources);
  copy->unverified = g_strdupv (self->unverified);
  copy->chat_overhead = self->chat_overhead;
  copy->image_formula = self->image_formula;
  copy->context_window = self->context_window;
  copy->max_input = self->max_input;
  copy->max_output = self->max_output;
  copy->knowledge_cutoff = self->knowledge_cutoff;
  copy->released = self->released;
  copy->shutdown = self->shutdown;
  copy->as_of = self->as_of;
  copy->kind = self->kind;
  copy->origin = self->origin;
  copy->exactness = self->exactness;
  copy->status = self->status;

  for (guint i = 0; i < self->prices->len; i++)
    g_ptr_array_add (copy->prices, td_price_period_copy (g_ptr_array_index (self->prices, i)));

  return copy;
}

/* A model that is in no catalogue file, with nothing known of it but its names. */
TdModel *
td_model_new_own (const char    *id,
                  const char    *name,
                  const char    *vendor,
                  TdModelOrigin  origin)
{
  TdModel *self = td_model_new_unlisted (id, NULL, TD_EXACTNESS_NOT_BUNDLED);

  g_set_str (&self->name, name);
  g_set_str (&self->vendor, vendor);
  self->origin = origin;

  return self;
}
