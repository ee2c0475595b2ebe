/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/td-settings.h"

/**
 * TdSettings:
 *
 * What the user chose, kept from one start to the next.
 *
 * The application makes one and passes it to every window and dialog as their "settings" property; nothing else opens
 * GSettings, so tests can give each widget settings of their own. The keys and their defaults are in
 * data/com.example.TokenDesk.gschema.xml. "changed" is emitted with the key as its detail, whoever changed it.
 */
struct _TdSettings
{
  GObject parent_instance;

  GSettings *gsettings;
};

G_DEFINE_FINAL_TYPE (TdSettings, td_settings, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (TdSettings *self,
            const char *key)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], g_quark_from_string (key), key);
}

static void
td_settings_dispose (GObject *object)
{
  TdSettings *self = TD_SETTINGS (object);

  if (self->gsettings != NULL)
    g_signal_handlers_disconnect_by_data (self->gsettings, self);
  g_clear_object (&self->gsettings);

  G_OBJECT_CLASS (td_settings_parent_class)->dispose (object);
}

static void
td_settings_class_init (TdSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_settings_dispose;

  /**
   * TdSettings::changed:
   * @key: the key, also the detail of the signal
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
td_settings_init (TdSettings *self)
{
  self->gsettings = g_settings_new ("com.example.TokenDesk");
  g_signal_connect_swapped (self->gsettings, "changed", G_CALLBACK (changed_cb), self);
}

/**
 * td_settings_new:
 *
 * Opens the settings. The schema must be installed, or lie in $GSETTINGS_SCHEMA_DIR.
 *
 * Returns: (transfer full): new settings
 */
TdSettings *
td_settings_new (void)
{
  return g_object_new (TD_TYPE_SETTINGS, NULL);
}

gboolean
td_settings_get_boolean (TdSettings *self,
                        const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), 0);

  return g_settings_get_boolean (self->gsettings, key);
}

void
td_settings_set_boolean (TdSettings *self,
                        const char *key,
                        gboolean   value)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_set_boolean (self->gsettings, key, value);
}

int
td_settings_get_int (TdSettings *self,
                    const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), 0);

  return g_settings_get_int (self->gsettings, key);
}

void
td_settings_set_int (TdSettings *self,
                    const char *key,
                    int        value)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_set_int (self->gsettings, key, value);
}

guint
td_settings_get_uint (TdSettings *self,
                      const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), 0);

  return g_settings_get_uint (self->gsettings, key);
}

double
td_settings_get_double (TdSettings *self,
                       const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), 0);

  return g_settings_get_double (self->gsettings, key);
}

void
td_settings_set_double (TdSettings *self,
                       const char *key,
                       double     value)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_set_double (self->gsettings, key, value);
}

/**
 * td_settings_get_string:
 * @self: the settings
 * @key: a key of type "s"
 *
 * Returns: (transfer full): the value
 */
char *
td_settings_get_string (TdSettings *self,
                        const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), NULL);

  return g_settings_get_string (self->gsettings, key);
}

void
td_settings_set_string (TdSettings *self,
                        const char *key,
                        const char *value)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_set_string (self->gsettings, key, value);
}

/**
 * td_settings_get_value:
 * @self: the settings
 * @key: a key of any type
 *
 * Returns: (transfer full): the value
 */
GVariant *
td_settings_get_value (TdSettings *self,
                       const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), NULL);

  return g_settings_get_value (self->gsettings, key);
}

/**
 * td_settings_set_value:
 * @self: the settings
 * @key: a key
 * @value: a value of the key's type; sunk if floating
 */
void
td_settings_set_value (TdSettings *self,
                       const char *key,
                       GVariant   *value)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_set_value (self->gsettings, key, value);
}

/**
 * td_settings_reset:
 * @self: the settings
 * @key: a key
 *
 * Goes back to the default of @key.
 */
void
td_settings_reset (TdSettings *self,
                   const char *key)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_reset (self->gsettings, key);
}

/**
 * td_settings_bind:
 * @self: the settings
 * @key: a key
 * @object: (type GObject): an object
 * @property: a property of @object of a matching type
 * @flags: as for g_settings_bind()
 *
 * Keeps @property and @key equal as long as @object lives.
 */
void
td_settings_bind (TdSettings         *self,
                  const char         *key,
                  gpointer            object,
                  const char         *property,
                  GSettingsBindFlags  flags)
{
  g_return_if_fail (TD_IS_SETTINGS (self));

  g_settings_bind (self->gsettings, key, object, property, flags);
}

/**
 * td_settings_create_action:
 * @self: the settings
 * @key: a key
 *
 * Returns: (transfer full): an action named like @key whose state is its value
 */
GAction *
td_settings_create_action (TdSettings *self,
                           const char *key)
{
  g_return_val_if_fail (TD_IS_SETTINGS (self), NULL);

  return g_settings_create_action (self->gsettings, key);
}
