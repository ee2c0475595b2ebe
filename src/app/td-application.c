/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/td-application.h"
#include "app/td-window.h"

/**
 * TdApplication:
 *
 * The process: one for all windows, with the settings and the prices they share.
 */
struct _TdApplication
{
  AdwApplication parent_instance;

  TdSettings *settings;
  TdCatalogue *catalogue;
};

G_DEFINE_FINAL_TYPE (TdApplication, td_application, ADW_TYPE_APPLICATION)

static void
td_application_activate (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (td_window_new (self));

  gtk_window_present (window);
}

static void
td_application_startup (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (td_application_parent_class)->startup (application);

  self->settings = td_settings_new ();
  self->catalogue = td_catalogue_new ();
  if (!td_catalogue_load_bundled (self->catalogue, &error))
    g_critical ("The catalogue compiled in cannot be read: %s", error->message);
}

static void
td_application_dispose (GObject *object)
{
  TdApplication *self = TD_APPLICATION (object);

  g_clear_object (&self->catalogue);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_application_parent_class)->dispose (object);
}

static void
td_application_class_init (TdApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = td_application_dispose;

  application_class->activate = td_application_activate;
  application_class->startup = td_application_startup;
}

static void
td_application_init (TdApplication *self)
{
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
}

/**
 * td_application_new:
 *
 * Returns: (transfer full): the application
 */
TdApplication *
td_application_new (void)
{
  return g_object_new (TD_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", APP_PATH,
                       NULL);
}

/**
 * td_application_get_settings:
 * @self: the application, after its start-up
 *
 * Returns: (transfer none): the settings that all windows share
 */
TdSettings *
td_application_get_settings (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * td_application_get_catalogue:
 * @self: the application, after its start-up
 *
 * Returns: (transfer none): the models and prices that all windows share
 */
TdCatalogue *
td_application_get_catalogue (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), NULL);

  return self->catalogue;
}
