/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The callback for td_test_await(): user_data is a GAsyncResult* that starts as NULL. */
static inline void
td_test_done_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **location = user_data;

  g_assert_null (*location);
  *location = g_object_ref (result);
}

static inline GAsyncResult *
td_test_await (GAsyncResult **location)
{
  while (*location == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *location;
}

/* Gives up the only reference there should be but for those of operations that still have to hear that they were
 * cancelled. A leak never ends. */
static inline void
td_test_await_finalized (GObject *object)
{
  g_object_add_weak_pointer (object, (gpointer *) &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

G_END_DECLS
