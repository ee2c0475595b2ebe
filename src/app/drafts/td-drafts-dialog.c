/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/drafts/td-drafts-dialog.h"
#include "app/editor/td-text-file.h"

/**
 * TdDraftsDialog:
 *
 * Offers the drafts that another run of the program left behind: each is restored, thrown away, or left for later.
 *
 * What was marked to be thrown away goes when the dialog closes; until then the mark can be taken back.
 *
 * Accessibility: each row is named by the file and described by when it was written and how it begins.
 */
struct _TdDraftsDialog
{
  AdwDialog parent_instance;

  /* owned */
  GPtrArray *rows; /* GtkWidgets, borrowed, each with its draft as data */

  /* template */
  AdwPreferencesGroup *group;
  AdwPreferencesGroup *all_group;
  AdwButtonRow *all_row;
};

G_DEFINE_FINAL_TYPE (TdDraftsDialog, td_drafts_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_DISCARD,
  SIGNAL_RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char draft_key[] = "td-draft";
static const char trash_key[] = "td-trash";

static TdDraft *
get_draft (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), draft_key);
}

static gboolean
is_thrown_away (GtkWidget *row)
{
  return gtk_toggle_button_get_active (g_object_get_data (G_OBJECT (row), trash_key));
}

/* Rows are taken out of the list as they are restored; the dialog closes with the last. */
static void
restore (TdDraftsDialog *self,
         GtkWidget      *row)
{
  g_autoptr (TdDraft) draft = g_object_ref (get_draft (row));

  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (self->group, row);
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, draft);
}

static void
restore_cb (GtkButton *button,
            gpointer   user_data)
{
  TdDraftsDialog *self = TD_DRAFTS_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (button), TD_TYPE_DRAFTS_DIALOG));

  restore (self, user_data);
  gtk_widget_set_visible (GTK_WIDGET (self->all_group), self->rows->len > 1);
  if (self->rows->len == 0)
    adw_dialog_close (ADW_DIALOG (self));
}

static void
restore_all_cb (TdDraftsDialog *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (rows, g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < rows->len; i++)
    {
      if (!is_thrown_away (g_ptr_array_index (rows, i)))
        restore (self, g_ptr_array_index (rows, i));
    }

  adw_dialog_close (ADW_DIALOG (self));
}

static char *
dup_subtitle (TdDraft *draft)
{
  g_autoptr (GDateTime) saved = g_date_time_new_from_unix_local (td_draft_get_saved (draft));
  /* Translators: a day and a time as strftime() writes them: when a text was kept. */
  g_autofree char *time = saved != NULL ? g_date_time_format (saved, _("%x, %R")) : NULL;
  g_autofree char *words = td_draft_dup_first_words (draft);
  GString *subtitle = g_string_new (words);

  g_string_append_printf (subtitle, "\n%s", time != NULL ? time : "—");
  if (td_draft_get_file_state (draft) == TD_DRAFT_FILE_CHANGED)
    g_string_append_printf (subtitle, " · %s", _("the file has been changed since"));
  else if (td_draft_get_file_state (draft) == TD_DRAFT_FILE_GONE)
    g_string_append_printf (subtitle, " · %s", _("the file is not there any more"));

  return g_string_free_and_steal (subtitle);
}

static void
add_row (TdDraftsDialog *self,
         TdDraft        *draft)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore"));
  GtkWidget *trash = gtk_toggle_button_new ();
  g_autofree char *subtitle = dup_subtitle (draft);
  GFile *file = td_draft_get_file (draft);
  g_autofree char *title = file != NULL ? td_text_file_dup_name (file)
                           : g_strdup (td_draft_get_is_chat (draft) ? _("Unsaved Conversation") : _("Unsaved Text"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  gtk_button_set_icon_name (GTK_BUTTON (trash), "user-trash-symbolic");
  gtk_widget_set_tooltip_text (trash, _("Discard"));
  gtk_widget_set_valign (trash, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (trash, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_bind_property (trash, "active", button, "sensitive", G_BINDING_INVERT_BOOLEAN);
  g_signal_connect (button, "clicked", G_CALLBACK (restore_cb), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), trash);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  g_object_set_data_full (G_OBJECT (row), draft_key, g_object_ref (draft), g_object_unref);
  g_object_set_data (G_OBJECT (row), trash_key, trash);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
td_drafts_dialog_closed (AdwDialog *dialog)
{
  TdDraftsDialog *self = TD_DRAFTS_DIALOG (dialog);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (is_thrown_away (row))
        g_signal_emit (self, signals[SIGNAL_DISCARD], 0, get_draft (row));
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
td_drafts_dialog_dispose (GObject *object)
{
  /* First: disposing of the template would unparent the child behind the back of the dialog, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_DRAFTS_DIALOG);

  G_OBJECT_CLASS (td_drafts_dialog_parent_class)->dispose (object);
}

static void
td_drafts_dialog_finalize (GObject *object)
{
  TdDraftsDialog *self = TD_DRAFTS_DIALOG (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (td_drafts_dialog_parent_class)->finalize (object);
}

static void
td_drafts_dialog_class_init (TdDraftsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_drafts_dialog_dispose;
  object_class->finalize = td_drafts_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = td_drafts_dialog_closed;

  /**
   * TdDraftsDialog::discard:
   * @draft: a draft that is to be thrown away
   */
  signals[SIGNAL_DISCARD] =
    g_signal_new ("discard", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, TD_TYPE_DRAFT);

  /**
   * TdDraftsDialog::restore:
   * @draft: a draft that is to be opened
   */
  signals[SIGNAL_RESTORE] =
    g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, TD_TYPE_DRAFT);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/drafts/td-drafts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdDraftsDialog, group);
  gtk_widget_class_bind_template_child (widget_class, TdDraftsDialog, all_group);
  gtk_widget_class_bind_template_child (widget_class, TdDraftsDialog, all_row);
  gtk_widget_class_bind_template_callback (widget_class, restore_all_cb);
}

static void
td_drafts_dialog_init (TdDraftsDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_drafts_dialog_new:
 * @drafts: (element-type TdDraft): what there is to restore
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_drafts_dialog_new (GPtrArray *drafts)
{
  TdDraftsDialog *self = g_object_new (TD_TYPE_DRAFTS_DIALOG, NULL);

  for (guint i = 0; i < drafts->len; i++)
    add_row (self, g_ptr_array_index (drafts, i));
  gtk_widget_set_visible (GTK_WIDGET (self->all_group), drafts->len > 1);

  return ADW_DIALOG (self);
}
