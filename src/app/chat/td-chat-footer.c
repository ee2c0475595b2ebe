/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/chat/td-chat-footer.h"
#include "pricing/td-format.h"

/**
 * TdChatFooter:
 *
 * The sum of a conversation below it: all tokens, what is text and what stands around it, and behind a button every
 * part, where the numbers come from, and how sure they are.
 */

struct _TdChatFooter
{
  GtkWidget parent_instance;

  /* owned */
  TdChatState *state;

  /* template */
  GtkLabel *total_label;
  GtkLabel *parts_label;
  GtkMenuButton *info_button;
  GtkGrid *grid;
  GtkLabel *description_label;
};

G_DEFINE_FINAL_TYPE (TdChatFooter, td_chat_footer, GTK_TYPE_WIDGET)

static void
add_line (TdChatFooter *self,
          int          *row,
          const char   *caption,
          guint64       number)
{
  g_autofree char *text = td_number_format (number);
  GtkWidget *caption_label = gtk_label_new (caption);
  GtkWidget *number_label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (caption_label), 0);
  gtk_widget_set_hexpand (caption_label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (number_label), 1);
  gtk_widget_add_css_class (number_label, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (number_label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, caption_label,
                                  number_label, NULL, -1);
  gtk_grid_attach (self->grid, caption_label, 0, *row, 1, 1);
  gtk_grid_attach (self->grid, number_label, 1, (*row)++, 1, 1);
}

static void
fill_grid (TdChatFooter      *self,
           const TdChatCount *count)
{
  TdChatCounter *counter = td_chat_state_get_counter (self->state);
  const TdChatRules *rules = td_chat_state_get_rules (self->state);
  TdChatTools *tools = td_chat_get_tools (td_chat_state_get_chat (self->state));
  gboolean has_tools = tools != NULL && td_chat_tools_get_n (tools) > 0;
  guint64 by_fields = 0;
  guint64 as_typescript = 0;
  GtkWidget *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  add_line (self, &row, _("Text"), count->text);
  add_line (self, &row, _("Around the messages"), count->overhead);
  if (count->calls > 0)
    add_line (self, &row, _("Function calls"), count->calls);
  if (count->images > 0)
    add_line (self, &row, _("Images"), count->images);
  if (!has_tools)
    return;

  td_chat_counter_get_tools (counter, rules, TD_CHAT_TOOLS_BY_FIELDS, &by_fields);
  td_chat_counter_get_tools (counter, rules, TD_CHAT_TOOLS_AS_TYPESCRIPT, &as_typescript);
  add_line (self, &row, _("Functions"), count->tools);
  add_line (self, &row, _("… by the cookbook’s formula"), by_fields);
  add_line (self, &row, _("… written as TypeScript"), as_typescript);
}

static void
show_description (TdChatFooter      *self,
                  const TdChatCount *count)
{
  g_autofree char *rules = td_chat_rules_describe (td_chat_state_get_rules (self->state),
                                                   td_chat_state_get_model (self->state));
  g_autofree char *unknown = NULL;
  g_autofree char *text = NULL;

  if (count->n_unknown > 0)
    unknown = g_strdup_printf (ngettext ("%u part cannot be counted here and is not in this number.",
                                         "%u parts cannot be counted here and are not in this number.",
                                         count->n_unknown), count->n_unknown);

  text = g_strconcat (rules, unknown != NULL ? "\n\n" : NULL, unknown, NULL);
  gtk_label_set_text (self->description_label, text);
}

/* What the sum consists of, in one line. */
static char *
describe_parts (const TdChatCount *count)
{
  g_autofree char *text = td_number_format (count->text);
  g_autofree char *rest = td_number_format (count->total - count->text);

  /* Translators: what the tokens of a conversation are; both are numbers */
  return g_strdup_printf (_("%s text + %s around it"), text, rest);
}

static void
update (TdChatFooter *self)
{
  const char *error = td_chat_counter_get_error (td_chat_state_get_counter (self->state));
  TdChatCount count;
  g_autofree char *number = NULL;
  g_autofree char *total = NULL;
  g_autofree char *parts = NULL;

  if (!td_chat_counter_get_total (td_chat_state_get_counter (self->state), td_chat_state_get_rules (self->state), &count))
    {
      gtk_label_set_text (self->total_label, error != NULL ? "—" : "…");
      gtk_label_set_text (self->parts_label, error != NULL ? error : _("Counting"));
      return;
    }

  number = td_number_format (count.total);
  /* Translators: a sign such as ≈, and a number */
  total = g_strdup_printf (ngettext ("%s%s token", "%s%s tokens", (gulong) MIN (count.total, G_MAXINT)),
                           td_chat_exactness_mark (count.exactness), number);
  parts = describe_parts (&count);
  gtk_label_set_text (self->total_label, total);
  gtk_label_set_text (self->parts_label, parts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->parts_label), parts);
  fill_grid (self, &count);
  show_description (self, &count);
}

static void
td_chat_footer_dispose (GObject *object)
{
  TdChatFooter *self = TD_CHAT_FOOTER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHAT_FOOTER);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (td_chat_footer_parent_class)->dispose (object);
}

static void
td_chat_footer_class_init (TdChatFooterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_chat_footer_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/chat/td-chat-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, TdChatFooter, total_label);
  gtk_widget_class_bind_template_child (widget_class, TdChatFooter, parts_label);
  gtk_widget_class_bind_template_child (widget_class, TdChatFooter, info_button);
  gtk_widget_class_bind_template_child (widget_class, TdChatFooter, grid);
  gtk_widget_class_bind_template_child (widget_class, TdChatFooter, description_label);

  gtk_widget_class_set_css_name (widget_class, "td-chat-footer");
}

static void
td_chat_footer_init (TdChatFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** Sets what is summed up. Once. */
void
td_chat_footer_set_state (TdChatFooter *self,
                          TdChatState  *state)
{
  g_return_if_fail (TD_IS_CHAT_FOOTER (self) && TD_IS_CHAT_STATE (state) && self->state == NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "counts-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
