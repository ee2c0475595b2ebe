/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TYPE_SETTINGS (td_settings_get_type ())

G_DECLARE_FINAL_TYPE (TdSettings, td_settings, TD, SETTINGS, GObject)

TdSettings  *td_settings_new           (void);

gboolean     td_settings_get_boolean   (TdSettings         *self,
                                        const char         *key);
void         td_settings_set_boolean   (TdSettings         *self,
                                        const char         *key,
                                        gboolean            value);
int          td_settings_get_int       (TdSettings         *self,
                                        const char         *key);
void         td_settings_set_int       (TdSettings         *self,
                                        const char         *key,
                                        int                 value);
guint        td_settings_get_uint      (TdSettings         *self,
                                        const char         *key);
double       td_settings_get_double    (TdSettings         *self,
                                        const char         *key);
void         td_settings_set_double    (TdSettings         *self,
                                        const char         *key,
                                        double              value);
char        *td_settings_get_string    (TdSettings         *self,
                                        const char         *key);
void         td_settings_set_string    (TdSettings         *self,
                                        const char         *key,
                                        const char         *value);
GVariant    *td_settings_get_value     (TdSettings         *self,
                                        const char         *key);
void         td_settings_set_value     (TdSettings         *self,
                                        const char         *key,
                                        GVariant           *value);
void         td_settings_reset         (TdSettings         *self,
                                        const char         *key);

void         td_settings_bind          (TdSettings         *self,
                                        const char         *key,
                                        gpointer            object,
                                        const char         *property,
                                        GSettingsBindFlags  flags);
GAction     *td_settings_create_action (TdSettings         *self,
                                        const char         *key);

G_END_DECLS
