/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "accounts/td-account-error.h"
#include "accounts/td-credit.h"
#include "accounts/td-key.h"
#include "accounts/td-openai.h"
#include "app/accounts/td-credit-text.h"
#include "app/preferences/td-account-group.h"
#include "app/preferences/td-service-error-text.h"
#include "app/td-weak-ref.h"

/*
 * TdAccountGroup:
 *
 * The rows of one account: its key, where the key is kept, a test of it, the address it belongs to unless that is
 * fixed. The test asks for the credit that is left where the service tells, and else for the list of models.
 *
 * A key that is kept is never shown again: the entry is for a new one, and is emptied as soon as that is saved. It
 * has no undo history, nothing can be copied from it, and its buffer is wiped by GTK.
 */
struct _TdAccountGroup
{
  AdwPreferencesGroup parent_instance;

  /* owned */
  TdAccount *account;
  GCancellable *test_cancellable;

  /* template */
  AdwPasswordEntryRow *key_row;
  AdwActionRow *state_row;
  GtkImage *state_image;
  AdwSpinner *test_spinner;
  GtkButton *test_button;
  AdwActionRow *result_row;
  GtkImage *result_image;
  AdwEntryRow *url_row;
  GtkButton *reset_button;
  AdwButtonRow *remove_row;
};

G_DEFINE_FINAL_TYPE (TdAccountGroup, td_account_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Showing ---------------------------------------------------------------------------------------------------------- */

/* An entry row takes a text set by the program for one typed by the user, and offers to apply it. */
static void
set_row_text (AdwEntryRow *row,
              const char  *text)
{
  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

static void
set_row_valid (AdwEntryRow *row,
               gboolean     is_valid)
{
  if (is_valid)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
}

static void
hide_result (TdAccountGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), FALSE);
}

static void
show_result (TdAccountGroup *self,
             gboolean        is_good,
             const char     *text)
{
  gtk_image_set_from_icon_name (self->result_image, is_good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->result_image), is_good ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->result_image), is_good ? "success" : "warning");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_error (TdAccountGroup *self,
            const GError   *error,
            const char     *host)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = td_account_get_provider (self->account)->is_fixed ? td_credit_error_text (error, host)
                                                            : td_service_error_text (error, host);
  show_result (self, FALSE, text);
}

static void
show_test_running (TdAccountGroup *self,
                   gboolean        is_running)
{
  gtk_widget_set_visible (GTK_WIDGET (self->test_spinner), is_running);
  gtk_button_set_label (self->test_button, is_running ? _("_Cancel") : _("_Test Key"));
}

static void
update_state_row (TdAccountGroup *self)
{
  const char *host = td_account_get_host (self->account);
  const char *icon_name = "dialog-password-symbolic";
  const char *title = "";
  g_autofree char *subtitle = NULL;

  switch (td_account_get_key_storage (self->account))
    {
    case TD_KEY_STORAGE_KEYRING:
      icon_name = "object-select-symbolic";
      title = _("Key saved");
      subtitle = g_strdup_printf (_("In your keyring, for %s"), host);
      break;
    case TD_KEY_STORAGE_MEMORY:
      icon_name = "dialog-warning-symbolic";
      title = _("Key kept for this run only");
      subtitle = g_strdup_printf (_("Until TokenDesk is closed, for %s"), host);
      break;
    case TD_KEY_STORAGE_NONE:
      title = _("No key saved");
      subtitle = g_strdup_printf (_("For %s"), host);
      break;
    case TD_KEY_STORAGE_UNKNOWN:
    default:
      title = _("Looking for a key…");
      subtitle = g_strdup_printf (_("For %s"), host);
      break;
    }

  gtk_image_set_from_icon_name (self->state_image, icon_name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (self->state_row, subtitle);
}

static void
key_storage_changed_cb (TdAccountGroup *self)
{
  TdKeyStorage storage = td_account_get_key_storage (self->account);
  gboolean has_key = storage == TD_KEY_STORAGE_KEYRING || storage == TD_KEY_STORAGE_MEMORY;

  update_state_row (self);
  /* There are many services, and of most people have no key. */
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), has_key || !td_account_get_provider (self->account)->is_fixed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), has_key);
  gtk_widget_set_visible (GTK_WIDGET (self->remove_row), has_key);
}

static void
base_url_changed_cb (TdAccountGroup *self)
{
  const char *base_url = td_account_get_base_url (self->account);

  /* A verdict is on the key at the address it was tested at. */
  g_cancellable_cancel (self->test_cancellable);
  hide_result (self);

  set_row_text (self->url_row, base_url);
  gtk_widget_set_visible (GTK_WIDGET (self->reset_button),
                          !g_str_equal (base_url, td_account_get_provider (self->account)->base_url));
  update_state_row (self);
}

/* The key ---------------------------------------------------------------------------------------------------------- */

static void
key_edited_cb (TdAccountGroup *self)
{
  set_row_valid (ADW_ENTRY_ROW (self->key_row), TRUE);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TdAccountGroup) self = td_weak_ref_free_to_strong (user_data);
  TdKeyStorage storage = td_account_save_key_finish (TD_ACCOUNT (source), result, NULL);

  if (self == NULL)
    return;

  gtk_editable_set_editable (GTK_EDITABLE (self->key_row), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           storage == TD_KEY_STORAGE_KEYRING ? _("Key saved") : _("Key kept for this run only"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
key_apply_cb (TdAccountGroup *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) key = td_key_new (gtk_editable_get_text (GTK_EDITABLE (self->key_row)), &error);

  g_cancellable_cancel (self->test_cancellable);
  hide_result (self);

  if (key == NULL)
    {
      set_row_valid (ADW_ENTRY_ROW (self->key_row), FALSE);
      show_error (self, error, td_account_get_host (self->account));
      return;
    }

  /* Not insensitive: that would take the focus out of the dialog, and with it the Escape key. */
  set_row_text (ADW_ENTRY_ROW (self->key_row), "");
  gtk_editable_set_editable (GTK_EDITABLE (self->key_row), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
  /* Whoever closes the dialog now still wants the key kept, so there is nothing to cancel. */
  td_account_save_key_async (self->account, key, NULL, saved_cb, td_weak_ref_new (self));
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdAccountGroup) self = td_weak_ref_free_to_strong (user_data);
  g_autoptr (GError) error = NULL;

  td_account_remove_key_finish (TD_ACCOUNT (source), result, &error);
  if (self == NULL)
    return;

  if (error != NULL)
    show_error (self, error, td_account_get_host (self->account));
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Key removed"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
remove_response_cb (TdAccountGroup *self,
                    const char     *response)
{
  if (!g_str_equal (response, "remove"))
    return;

  /* The row that has the focus is about to go. */
  gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
  g_cancellable_cancel (self->test_cancellable);
  hide_result (self);
  td_account_remove_key_async (self->account, NULL, removed_cb, td_weak_ref_new (self));
}

static void
remove_activated_cb (TdAccountGroup *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Remove Key?"), NULL));

  adw_alert_dialog_format_body (dialog,
                                _("The key for %s will be deleted here. Services show a key only when it is made, so "
                                  "you may have to make a new one."),
                                td_account_get_host (self->account));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* The test --------------------------------------------------------------------------------------------------------- */

static void
test_ended (TdAccountGroup *self,
            const GError   *error)
{
  g_clear_object (&self->test_cancellable);
  show_test_running (self, FALSE);

  if (error != NULL)
    show_error (self, error, td_account_get_host (self->account));
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdAccountGroup) self = td_weak_ref_free_to_strong (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_models;
  gboolean works = td_openai_test_key_finish (TD_ACCOUNT (source), result, &n_models, &error);

  if (self == NULL)
    return;

  test_ended (self, error);
  if (!works)
    return;

  text = g_strdup_printf (ngettext ("The key works, with %u model.", "The key works, with %u models.", n_models),
                          n_models);
  show_result (self, TRUE, n_models > 0 ? text : _("The key works, but may not use any model."));
}

static void
credit_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TdAccountGroup) self = td_weak_ref_free_to_strong (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *amounts = NULL;
  g_autofree char *text = NULL;
  TdCredit credit;
  gboolean works = td_credit_fetch_finish (TD_ACCOUNT (source), result, &credit, &error);

  if (self == NULL)
    return;

  /* A key without a limit is a good one. */
  if (g_error_matches (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_LIMIT))
    {
      test_ended (self, NULL);
      show_result (self, TRUE, _("The key works, and has no limit of its own."));
      return;
    }

  test_ended (self, error);
  if (!works)
    return;

  amounts = td_credit_text_amounts (&credit);
  if (td_account_get_provider (self->account)->credit_kind == TD_CREDIT_KIND_OPENROUTER)
    /* Translators: %s is how much money may still be spent with this key */
    text = g_strdup_printf (_("The key works, with %s left of its own limit; the account may have less."), amounts);
  else
    /* Translators: %s is how much money is left to spend */
    text = g_strdup_printf (_("The key works, with %s left."), amounts);
  show_result (self, TRUE, text);
}

static void
test_clicked_cb (TdAccountGroup *self)
{
  if (self->test_cancellable != NULL)
    {
      g_cancellable_cancel (self->test_cancellable);
      return;
    }

  hide_result (self);
  show_test_running (self, TRUE);
  self->test_cancellable = g_cancellable_new ();
  if (td_account_get_provider (self->account)->credit_kind != TD_CREDIT_KIND_NONE)
    td_credit_fetch_async (self->account, self->test_cancellable, credit_read_cb, td_weak_ref_new (self));
  else
    td_openai_test_key_async (self->account, self->test_cancellable, tested_cb, td_weak_ref_new (self));
}

/* The address ------------------------------------------------------------------------------------------------------ */

static void
url_edited_cb (TdAccountGroup *self)
{
  g_autofree char *url = td_account_normalize_base_url (gtk_editable_get_text (GTK_EDITABLE (self->url_row)), NULL);

  set_row_valid (self->url_row, url != NULL);
}

static void
url_apply_cb (TdAccountGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->url_row));
  g_autoptr (GError) error = NULL;
  g_autofree char *url = td_account_normalize_base_url (text, &error);

  if (url == NULL)
    {
      show_error (self, error, td_account_get_host (self->account));
      return;
    }

  hide_result (self);
  td_account_set_base_url (self->account, url);
  /* Also where only the way it was written has changed. */
  set_row_text (self->url_row, url);
}

static void
reset_clicked_cb (TdAccountGroup *self)
{
  td_account_set_base_url (self->account, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->url_row));
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_account_group_constructed (GObject *object)
{
  TdAccountGroup *self = TD_ACCOUNT_GROUP (object);
  const TdProvider *provider = td_account_get_provider (self->account);

  G_OBJECT_CLASS (td_account_group_parent_class)->constructed (object);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), provider->name);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->key_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->url_row), !provider->is_fixed);
  if (provider->credit_kind != TD_CREDIT_KIND_NONE)
    {
      g_autofree char *purpose = NULL;

      if (provider->credit_kind == TD_CREDIT_KIND_OPENROUTER)
        /* Translators: %s is the host of a service */
        purpose = g_strdup_printf (_("Tells how much of the key’s own limit is left. For %s"),
                                   td_account_get_host (self->account));
      else
        /* Translators: %s is the host of a service */
        purpose = g_strdup_printf (_("Tells how much credit is left. For %s"), td_account_get_host (self->account));

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), purpose);
    }

  g_signal_connect_object (self->account, "notify::key-storage", G_CALLBACK (key_storage_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notify::base-url", G_CALLBACK (base_url_changed_cb), self,
                           G_CONNECT_SWAPPED);
  key_storage_changed_cb (self);
  base_url_changed_cb (self);
  show_test_running (self, FALSE);
}

static void
td_account_group_dispose (GObject *object)
{
  TdAccountGroup *self = TD_ACCOUNT_GROUP (object);

  g_cancellable_cancel (self->test_cancellable);
  g_clear_object (&self->test_cancellable);
  g_clear_object (&self->account);

  /* The template goes with the parent class, whose dispose() still needs it. */
  G_OBJECT_CLASS (td_account_group_parent_class)->dispose (object);
}

static void
td_account_group_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TdAccountGroup *self = TD_ACCOUNT_GROUP (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_account_group_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TdAccountGroup *self = TD_ACCOUNT_GROUP (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_account_group_class_init (TdAccountGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_account_group_constructed;
  object_class->dispose = td_account_group_dispose;
  object_class->get_property = td_account_group_get_property;
  object_class->set_property = td_account_group_set_property;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, TD_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/preferences/td-account-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, key_row);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, state_row);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, state_image);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, test_spinner);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, test_button);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, result_row);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, result_image);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, url_row);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, reset_button);
  gtk_widget_class_bind_template_child (widget_class, TdAccountGroup, remove_row);
  gtk_widget_class_bind_template_callback (widget_class, key_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_activated_cb);
}

static void
td_account_group_init (TdAccountGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_account_group_new:
 * @account: an account
 *
 * Returns: (transfer floating): the rows of @account
 */
GtkWidget *
td_account_group_new (TdAccount *account)
{
  return g_object_new (TD_TYPE_ACCOUNT_GROUP, "account", account, NULL);
}
