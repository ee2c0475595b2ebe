/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/preferences/td-account-group.h"
#include "app/preferences/td-keys-page.h"

/*
 * TdKeysPage:
 *
 * The accounts, a group for each, and a banner when keys can't be kept for longer than this run.
 */
struct _TdKeysPage
{
  AdwPreferencesPage parent_instance;

  /* owned */
  GListModel *accounts;

  /* template */
  AdwBanner *keyring_banner;
};

G_DEFINE_FINAL_TYPE (TdKeysPage, td_keys_page, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  PROP_0,
  PROP_ACCOUNTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* They all keep their keys in one store. */
static TdKeyStore *
get_key_store (TdKeysPage *self)
{
  g_autoptr (TdAccount) account = g_list_model_get_item (self->accounts, 0);

  return td_account_get_key_store (account);
}

static void
keyring_state_changed_cb (TdKeysPage *self)
{
  TdKeyringState state = td_key_store_get_keyring_state (get_key_store (self));

  adw_banner_set_revealed (self->keyring_banner, state == TD_KEYRING_UNUSABLE);
}

static void
td_keys_page_constructed (GObject *object)
{
  TdKeysPage *self = TD_KEYS_PAGE (object);

  G_OBJECT_CLASS (td_keys_page_parent_class)->constructed (object);

  for (guint i = 0; i < g_list_model_get_n_items (self->accounts); i++)
    {
      g_autoptr (TdAccount) account = g_list_model_get_item (self->accounts, i);

      adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (td_account_group_new (account)));
    }

  g_signal_connect_object (get_key_store (self), "notify::keyring-state",
                           G_CALLBACK (keyring_state_changed_cb), self, G_CONNECT_SWAPPED);
  keyring_state_changed_cb (self);
}

static void
td_keys_page_dispose (GObject *object)
{
  TdKeysPage *self = TD_KEYS_PAGE (object);

  g_clear_object (&self->accounts);

  /* The template goes with the parent class, whose dispose() still needs it. */
  G_OBJECT_CLASS (td_keys_page_parent_class)->dispose (object);
}

static void
td_keys_page_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TdKeysPage *self = TD_KEYS_PAGE (object);

  switch (property_id)
    {
    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_keys_page_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TdKeysPage *self = TD_KEYS_PAGE (object);

  switch (property_id)
    {
    case PROP_ACCOUNTS:
      self->accounts = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_keys_page_class_init (TdKeysPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_keys_page_constructed;
  object_class->dispose = td_keys_page_dispose;
  object_class->get_property = td_keys_page_get_property;
  object_class->set_property = td_keys_page_set_property;

  properties[PROP_ACCOUNTS] =
    g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/preferences/td-keys-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdKeysPage, keyring_banner);
}

static void
td_keys_page_init (TdKeysPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_keys_page_new:
 * @accounts: (element-type TdAccount): accounts, one at least, with one store of keys
 *
 * Returns: (transfer floating): a page
 */
AdwPreferencesPage *
td_keys_page_new (GListModel *accounts)
{
  return g_object_new (TD_TYPE_KEYS_PAGE, "accounts", accounts, NULL);
}
