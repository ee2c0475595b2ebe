/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-proposal-row.h"
#include "app/compare/td-refresh-dialog.h"
#include "pricing/td-change-text.h"
#include "pricing/td-price-difference.h"

/* Fetches a price list and shows what would change, row by row. It says first from where, and waits to be told; what is
 * marked is taken over with one button, and everything else stays as it is. */

struct _TdRefreshDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdCatalogue *catalogue;
  TdPriceRefresh *refresh;
  char *url;
  GCancellable *cancellable;
  GListStore *proposals;
  GtkFilterListModel *shown;

  /* template */
  GtkStack *stack;
  AdwStatusPage *ask_page;
  AdwStatusPage *error_page;
  GtkSearchEntry *search_entry;
  GtkListView *view;
  GtkWidget *bottom_bar;
  GtkButton *accept_button;
  GtkWidget *fetch_button;
};

G_DEFINE_FINAL_TYPE (TdRefreshDialog, td_refresh_dialog, ADW_TYPE_DIALOG)

static void
show_page (TdRefreshDialog *self,
           const char      *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->bottom_bar, g_str_equal (name, "list"));
}

static void
show_error (TdRefreshDialog *self,
            const char      *text)
{
  /* A status page reads markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->error_page, escaped);
  show_page (self, "error");
}

/* The list --------------------------------------------------------------------------------------------------------- */

static guint
count_accepted (TdRefreshDialog *self)
{
  guint n_accepted = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->proposals)); i++)
    {
      g_autoptr (TdProposal) proposal = g_list_model_get_item (G_LIST_MODEL (self->proposals), i);

      n_accepted += td_proposal_get_accepted (proposal) ? 1 : 0;
    }

  return n_accepted;
}

static void
accepted_changed_cb (TdRefreshDialog *self)
{
  guint n_accepted = count_accepted (self);
  g_autofree char *number = g_strdup_printf ("%u", n_accepted);
  /* Translators: a button; %s is a number */
  g_autofree char *label = g_strdup_printf (ngettext ("A_ccept %s Change", "A_ccept %s Changes", n_accepted), number);

  gtk_button_set_label (self->accept_button, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "refresh.accept", n_accepted > 0);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          TdRefreshDialog    *self)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_focusable (item, FALSE);
  gtk_list_item_set_child (item, td_proposal_row_new (self->catalogue));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  td_proposal_row_set_proposal (TD_PROPOSAL_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  td_proposal_row_set_proposal (TD_PROPOSAL_ROW (gtk_list_item_get_child (item)), NULL);
}

static gboolean
matches_cb (gpointer item,
            gpointer user_data)
{
  TdRefreshDialog *self = user_data;
  g_autofree char *title = td_change_text_title (td_proposal_get_change (item), self->catalogue);
  g_autofree char *folded = g_utf8_casefold (title, -1);
  g_autofree char *search = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);

  return strstr (folded, search) != NULL;
}

static void
search_changed_cb (TdRefreshDialog *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
fill_list (TdRefreshDialog *self,
           GListStore      *changes)
{
  g_list_store_remove_all (self->proposals);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (changes)); i++)
    {
      g_autoptr (TdPriceChange) change = g_list_model_get_item (G_LIST_MODEL (changes), i);
      g_autoptr (TdProposal) proposal = td_proposal_new (change);

      g_signal_connect_object (proposal, "notify::accepted", G_CALLBACK (accepted_changed_cb), self, G_CONNECT_SWAPPED);
      g_list_store_append (self->proposals, proposal);
    }

  accepted_changed_cb (self);
  show_page (self, g_list_model_get_n_items (G_LIST_MODEL (self->proposals)) > 0 ? "list" : "same");
}

static void
mark_shown (TdRefreshDialog *self,
            gboolean         accepted)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (TdProposal) proposal = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      td_proposal_set_accepted (proposal, accepted);
    }
}

/* Actions ---------------------------------------------------------------------------------------------------------- */

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdRefreshDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPriceFeed) feed = td_price_refresh_fetch_finish (TD_PRICE_REFRESH (source), result, &error);
  g_autoptr (GListStore) changes = NULL;

  /* Closed or stopped meanwhile. */
  if (self->catalogue == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (feed == NULL)
    {
      g_autofree char *text = td_price_refresh_error_text (error, self->url);

      show_error (self, text);
      return;
    }

  changes = td_price_difference_list (self->catalogue, feed, td_date_today (), self->url);
  fill_list (self, changes);
}

static void
stop (TdRefreshDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
fetch_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TdRefreshDialog *self = TD_REFRESH_DIALOG (widget);

  stop (self);
  self->cancellable = g_cancellable_new ();
  show_page (self, "busy");
  td_price_refresh_fetch_async (self->refresh, self->url, td_date_today (), self->cancellable, fetched_cb,
                                g_object_ref (self));
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TdRefreshDialog *self = TD_REFRESH_DIALOG (widget);

  stop (self);
  show_page (self, "ask");
}

static void
mark_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  mark_shown (TD_REFRESH_DIALOG (widget), TRUE);
}

static void
mark_none_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  mark_shown (TD_REFRESH_DIALOG (widget), FALSE);
}

static void
accept_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TdRefreshDialog *self = TD_REFRESH_DIALOG (widget);
  TdOverlay *overlay = td_catalogue_get_overlay (self->catalogue);
  g_autoptr (GPtrArray) accepted = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->proposals)); i++)
    {
      g_autoptr (TdProposal) proposal = g_list_model_get_item (G_LIST_MODEL (self->proposals), i);

      if (td_proposal_get_accepted (proposal))
        g_ptr_array_add (accepted, td_proposal_get_change (proposal));
    }

  if (td_overlay_add (overlay, (TdPriceChange **) accepted->pdata, accepted->len, &error))
    {
      adw_dialog_close (ADW_DIALOG (self));
    }
  else
    {
      /* Translators: %s is the reason, as the system gives it */
      g_autofree char *text = g_strdup_printf (_("The changes could not be saved: %s"), error->message);

      show_error (self, text);
    }
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_refresh_dialog_dispose (GObject *object)
{
  TdRefreshDialog *self = TD_REFRESH_DIALOG (object);

  stop (self);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->refresh);
  /* First: disposing of the template would unparent the child behind the dialog's back, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REFRESH_DIALOG);

  G_OBJECT_CLASS (td_refresh_dialog_parent_class)->dispose (object);
}

static void
td_refresh_dialog_finalize (GObject *object)
{
  TdRefreshDialog *self = TD_REFRESH_DIALOG (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->proposals);
  g_free (self->url);

  G_OBJECT_CLASS (td_refresh_dialog_parent_class)->finalize (object);
}

/* Closing stops what goes on; the fetch holds a reference until then. */
static void
td_refresh_dialog_closed (AdwDialog *dialog)
{
  stop (TD_REFRESH_DIALOG (dialog));

  if (ADW_DIALOG_CLASS (td_refresh_dialog_parent_class)->closed)
    ADW_DIALOG_CLASS (td_refresh_dialog_parent_class)->closed (dialog);
}

static void
td_refresh_dialog_class_init (TdRefreshDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_refresh_dialog_dispose;
  object_class->finalize = td_refresh_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = td_refresh_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-refresh-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, ask_page);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, view);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, bottom_bar);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, TdRefreshDialog, fetch_button);

  gtk_widget_class_install_action (widget_class, "refresh.fetch", NULL, fetch_action);
  gtk_widget_class_install_action (widget_class, "refresh.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "refresh.mark-all", NULL, mark_all_action);
  gtk_widget_class_install_action (widget_class, "refresh.mark-none", NULL, mark_none_action);
  gtk_widget_class_install_action (widget_class, "refresh.accept", NULL, accept_action);
}

static void
set_up_list (TdRefreshDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  self->proposals = g_list_store_new (TD_TYPE_PROPOSAL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->proposals)),
                                           GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL)));
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
td_refresh_dialog_init (TdRefreshDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self);
  show_page (self, "ask");
  adw_dialog_set_focus (ADW_DIALOG (self), self->fetch_button);
}

/**
 * td_refresh_dialog_new:
 * @catalogue: what is compared; accepted changes go into its overlay
 * @refresh: what fetches
 * @url: the price list's address
 *
 * Returns: (transfer floating): a dialog that fetches nothing before it is told
 */
AdwDialog *
td_refresh_dialog_new (TdCatalogue    *catalogue,
                       TdPriceRefresh *refresh,
                       const char     *url)
{
  TdRefreshDialog *self = g_object_new (TD_TYPE_REFRESH_DIALOG, NULL);
  g_autofree char *host = td_price_refresh_dup_host (url);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  self->catalogue = g_object_ref (catalogue);
  self->refresh = g_object_ref (refresh);
  self->url = g_strdup (url);

  /* Translators: %s is a host, as in "raw.githubusercontent.com" */
  text = g_strdup_printf (_("TokenDesk asks %s for a public price list and shows what is different. Nothing of yours "
                            "is sent, and no price changes before you accept it."), host);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->ask_page, escaped);

  return ADW_DIALOG (self);
}

/** Returns: (transfer none): the proposed changes */
GListModel *
td_refresh_dialog_get_proposals (TdRefreshDialog *self)
{
  g_return_val_if_fail (TD_IS_REFRESH_DIALOG (self), NULL);

  return G_LIST_MODEL (self->proposals);
}
