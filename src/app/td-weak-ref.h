/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a callback is given that may come when @object has gone: keyrings and networks answer in their own time. */
static inline GWeakRef *
td_weak_ref_new (gpointer object)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

/* Returns (transfer full) the object, or NULL if it has gone. */
static inline gpointer
td_weak_ref_free_to_strong (GWeakRef *weak)
{
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return object;
}

G_END_DECLS
