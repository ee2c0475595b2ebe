/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "accounts/td-credit.h"
#include "app/accounts/td-credit-text.h"
#include "app/compare/td-budget-group.h"
#include "app/compare/td-entry-mark.h"
#include "app/preferences/td-service-error-text.h"
#include "app/td-weak-ref.h"

/*
 * TdBudgetGroup:
 *
 * What may be spent: an amount that is typed, or the credit that is left with a service. A service is asked when the
 * button is pressed and never else; what it said stays, with the time, until it is asked again.
 */
struct _TdBudgetGroup
{
  AdwPreferencesGroup parent_instance;

  /* owned */
  TdComparison *comparison;
  GPtrArray *accounts; /* those that tell of the credit, in the order of the row behind its first item */
  TdAccount *asked;          /* who is being asked, and */
  GCancellable *cancellable; /* what ends that; NULL if nobody is */

  /* template */
  AdwComboRow *source_row;
  AdwEntryRow *amount_row;
  AdwActionRow *credit_row;
  AdwActionRow *problem_row;
  AdwSpinner *spinner;
  GtkButton *ask_button;
  GtkWidget *keys_button;

  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (TdBudgetGroup, td_budget_group, ADW_TYPE_PREFERENCES_GROUP)

static TdScenarioOptions *
get_options (TdBudgetGroup *self)
{
  return td_comparison_get_options (self->comparison);
}

/* The account whose credit is the budget, or NULL for an amount; what is known of the credit in any case. */
static TdAccount *
get_account (TdBudgetGroup *self,
             TdCredit      *credit,
             guint         *position)
{
  g_autofree char *text = NULL;
  g_autofree char *provider_id = NULL;

  *position = 0;
  g_object_get (get_options (self), "credit", &text, NULL);
  if (!td_credit_parse (text, &provider_id, credit))
    return NULL;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      TdAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_str_equal (td_account_get_provider (account)->id, provider_id))
        {
          *position = i + 1;
          return account;
        }
    }

  return NULL;
}

/* Showing ---------------------------------------------------------------------------------------------------------- */

static void
show_problem (TdBudgetGroup *self,
              const char    *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), text != NULL);
  if (text == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* When it was read, and why it may not count. */
static char *
describe_credit (TdBudgetGroup  *self,
                 TdAccount      *account,
                 const TdCredit *credit)
{
  GString *text = g_string_new (NULL);
  g_autofree char *read_at = td_credit_text_read_at (credit);

  g_string_append (text, read_at);
  if (td_account_get_provider (account)->credit_kind == TD_CREDIT_KIND_OPENROUTER)
    g_string_append_printf (text, "\n%s", _("Left of this key’s own limit; the account may have less"));
  for (guint i = 0; i < credit->n_amounts; i++)
    {
      TdCurrency currency;

      if (td_comparison_get_rate (self->comparison, credit->amounts[i].currency, &currency))
        continue;

      g_string_append_c (text, '\n');
      /* Translators: %s is the code of a currency */
      g_string_append_printf (text, _("Set a rate for %s below: without one it cannot be compared with prices"),
                              credit->amounts[i].currency);
    }

  return g_string_free_and_steal (text);
}

static void
show_credit (TdBudgetGroup  *self,
             TdAccount      *account,
             const TdCredit *credit)
{
  TdKeyStorage storage = td_account_get_key_storage (account);
  gboolean has_key = storage == TD_KEY_STORAGE_KEYRING || storage == TD_KEY_STORAGE_MEMORY;
  gboolean is_asking = self->cancellable != NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (credit->n_amounts > 0)
    {
      title = td_credit_text_amounts (credit);
      subtitle = describe_credit (self, account, credit);
    }
  else
    {
      title = g_strdup (has_key ? _("Not read yet") : _("No key saved"));
      subtitle = g_strdup_printf (_("For %s"), td_account_get_host (account));
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->credit_row), title);
  adw_action_row_set_subtitle (self->credit_row, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_asking);
  gtk_widget_set_visible (GTK_WIDGET (self->ask_button), has_key);
  gtk_widget_set_visible (self->keys_button, !has_key);
  gtk_button_set_label (self->ask_button, is_asking ? _("_Cancel") : _("_Read Now"));
}

static void
stop (TdBudgetGroup *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->asked);
}

static void
update (TdBudgetGroup *self)
{
  TdCredit credit;
  guint position;
  TdAccount *account = get_account (self, &credit, &position);
  g_autofree char *budget = NULL;

  /* A saved scenario may have chosen another budget meanwhile, which the answer must not take away. */
  if (self->asked != account)
    stop (self);

  g_object_get (get_options (self), "budget", &budget, NULL);
  self->is_updating = TRUE;
  adw_combo_row_set_selected (self->source_row, position);
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->amount_row), "error") &&
      gtk_widget_get_focus_child (GTK_WIDGET (self->amount_row)) == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->amount_row), budget);
  self->is_updating = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->amount_row), account == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->credit_row), account != NULL);
  if (account != NULL)
    show_credit (self, account, &credit);
}

/* What the user does ----------------------------------------------------------------------------------------------- */

static void
source_selected_cb (TdBudgetGroup *self)
{
  guint position = adw_combo_row_get_selected (self->source_row);
  TdCredit credit;
  guint old_position;

  if (self->is_updating || self->comparison == NULL)
    return;

  get_account (self, &credit, &old_position);
  if (position == old_position || position > self->accounts->len)
    return;

  stop (self);
  show_problem (self, NULL);
  if (position == 0)
    {
      g_object_set (get_options (self), "credit", "", NULL);
    }
  else
    {
      TdAccount *account = g_ptr_array_index (self->accounts, position - 1);
      g_autofree char *text = td_credit_to_text (NULL, td_account_get_provider (account)->id);

      g_object_set (get_options (self), "credit", text, NULL);
    }
}

static void
amount_changed_cb (TdBudgetGroup *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->amount_row)));
  TdMoney amount;
  gboolean is_right;

  if (self->is_updating || self->comparison == NULL)
    return;

  g_strstrip (text);
  if (strchr (text, '.') == NULL)
    g_strdelimit (text, ",", '.');
  is_right = *text == '\0' || td_money_parse (text, &amount);
  td_entry_mark (self->amount_row,
                 is_right ? NULL : _("Write an amount like 12.50, in the currency of the comparison"));
  if (is_right)
    g_object_set (get_options (self), "budget", text, NULL);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdBudgetGroup) self = td_weak_ref_free_to_strong (user_data);
  TdAccount *account = TD_ACCOUNT (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  TdCredit credit;
  gboolean is_known = td_credit_fetch_finish (account, result, &credit, &error);

  if (self == NULL || self->comparison == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  g_clear_object (&self->asked);
  if (is_known)
    {
      g_autofree char *amounts = td_credit_text_amounts (&credit);

      text = td_credit_to_text (&credit, td_account_get_provider (account)->id);
      g_object_set (get_options (self), "credit", text, NULL);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), amounts, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  else
    {
      text = td_credit_error_text (error, td_account_get_host (account));
      show_problem (self, text);
    }

  update (self);
}

static void
ask_clicked_cb (TdBudgetGroup *self)
{
  TdCredit credit;
  guint position;
  TdAccount *account = get_account (self, &credit, &position);

  if (self->cancellable != NULL)
    {
      stop (self);
    }
  else if (account != NULL)
    {
      show_problem (self, NULL);
      self->asked = g_object_ref (account);
      self->cancellable = g_cancellable_new ();
      td_credit_fetch_async (account, self->cancellable, fetched_cb, td_weak_ref_new (self));
    }

  update (self);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_budget_group_dispose (GObject *object)
{
  TdBudgetGroup *self = TD_BUDGET_GROUP (object);

  stop (self);
  g_clear_object (&self->comparison);
  g_ptr_array_set_size (self->accounts, 0);

  /* The template goes with the parent class, whose dispose() still needs it. */
  G_OBJECT_CLASS (td_budget_group_parent_class)->dispose (object);
}

static void
td_budget_group_finalize (GObject *object)
{
  TdBudgetGroup *self = TD_BUDGET_GROUP (object);

  g_ptr_array_unref (self->accounts);

  G_OBJECT_CLASS (td_budget_group_parent_class)->finalize (object);
}

static void
td_budget_group_class_init (TdBudgetGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_budget_group_dispose;
  object_class->finalize = td_budget_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-budget-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, source_row);
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, amount_row);
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, credit_row);
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, problem_row);
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, ask_button);
  gtk_widget_class_bind_template_child (widget_class, TdBudgetGroup, keys_button);
  gtk_widget_class_bind_template_callback (widget_class, source_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_clicked_cb);
}

static void
td_budget_group_init (TdBudgetGroup *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_sources (TdBudgetGroup *self,
              GListModel    *accounts)
{
  g_autoptr (GtkStringList) sources = gtk_string_list_new (NULL);

  gtk_string_list_append (sources, _("An amount"));
  for (guint i = 0; accounts != NULL && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TdAccount) account = g_list_model_get_item (accounts, i);
      const TdProvider *provider = td_account_get_provider (account);
      g_autofree char *name = NULL;

      if (provider->credit_kind == TD_CREDIT_KIND_NONE)
        continue;

      if (provider->credit_kind == TD_CREDIT_KIND_OPENROUTER)
        /* Translators: %s is a service that sells tokens; a key of it may have a limit of what may be spent with it */
        name = g_strdup_printf (_("Rest of the key’s limit at %s"), provider->name);
      else
        /* Translators: %s is a service that sells tokens, such as DeepSeek */
        name = g_strdup_printf (_("Remaining credit at %s"), provider->name);
      gtk_string_list_append (sources, name);
      g_signal_connect_object (account, "notify::key-storage", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->accounts, g_steal_pointer (&account));
    }

  self->is_updating = TRUE;
  adw_combo_row_set_model (self->source_row, G_LIST_MODEL (sources));
  self->is_updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->source_row), self->accounts->len > 0);
}

/**
 * td_budget_group_set_up:
 * @self: a group that shows nothing yet
 * @comparison: whose budget it is
 * @accounts: (nullable) (element-type TdAccount): who can be asked for the credit that is left
 *
 * Says what the group shows and changes. To be called once.
 */
void
td_budget_group_set_up (TdBudgetGroup *self,
                        TdComparison  *comparison,
                        GListModel    *accounts)
{
  g_return_if_fail (TD_IS_BUDGET_GROUP (self));
  g_return_if_fail (TD_IS_COMPARISON (comparison));
  g_return_if_fail (self->comparison == NULL);

  self->comparison = g_object_ref (comparison);
  fill_sources (self, accounts);
  g_signal_connect_object (get_options (self), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (comparison, "notify::rates", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
