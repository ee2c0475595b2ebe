/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-encoding-switch.h"
#include "app/editor/td-encodings.h"

/**
 * TdEncodingSwitch:
 *
 * Chooses the encoding that the editor paints with, by the models that use it: a row of toggles, or a drop-down where
 * that is too wide ("compact").
 *
 * The row has the encodings that people compare, and the chosen one if it is another; the drop-down has all.
 */
struct _TdEncodingSwitch
{
  GtkWidget parent_instance;

  TkEncodingId encoding;

  /* template */
  AdwToggleGroup *toggles;
  AdwToggle *other; /* in the row while an encoding is chosen that has no place there, else NULL */
  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (TdEncodingSwitch, td_encoding_switch, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_ENCODING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* In the order of the drop-down. */
static const TkEncodingId choices[] = {
  TK_ENCODING_O200K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_R50K_BASE, TK_ENCODING_O200K_HARMONY,
  TK_ENCODING_P50K_BASE, TK_ENCODING_P50K_EDIT, TK_ENCODING_GPT2,
};

G_STATIC_ASSERT (G_N_ELEMENTS (choices) == TK_N_ENCODINGS);

/* The row has a place for @encoding only while it is chosen. */
static void
update_other (TdEncodingSwitch *self)
{
  const char *name = tk_encoding_id_to_name (self->encoding);
  AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->toggles, name);
  AdwToggle *old = self->other;

  if (toggle != NULL && toggle == old)
    return;

  self->other = NULL;
  if (toggle == NULL)
    {
      self->other = adw_toggle_new ();
      adw_toggle_set_name (self->other, name);
      adw_toggle_set_label (self->other, name);
      adw_toggle_set_tooltip (self->other, td_encoding_get_models (self->encoding));
      adw_toggle_group_add (self->toggles, self->other);
    }

  adw_toggle_group_set_active_name (self->toggles, name);
  if (old != NULL)
    adw_toggle_group_remove (self->toggles, old);
}

static void
show_encoding (TdEncodingSwitch *self)
{
  update_other (self);
  adw_toggle_group_set_active_name (self->toggles, tk_encoding_id_to_name (self->encoding));

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (choices[i] == self->encoding)
        gtk_drop_down_set_selected (self->drop_down, i);
    }
}

static void
notify_active_cb (TdEncodingSwitch *self)
{
  const char *name = adw_toggle_group_get_active_name (self->toggles);
  TkEncodingId encoding;

  if (name != NULL && tk_encoding_id_from_name (name, &encoding))
    td_encoding_switch_set_encoding (self, encoding);
}

static void
notify_selected_cb (TdEncodingSwitch *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (selected < G_N_ELEMENTS (choices))
    td_encoding_switch_set_encoding (self, choices[selected]);
}

static void
td_encoding_switch_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_ENCODING_SWITCH);

  G_OBJECT_CLASS (td_encoding_switch_parent_class)->dispose (object);
}

static void
td_encoding_switch_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TdEncodingSwitch *self = TD_ENCODING_SWITCH (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, td_encoding_switch_get_compact (self));
      break;

    case PROP_ENCODING:
      g_value_set_uint (value, self->encoding);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_encoding_switch_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  TdEncodingSwitch *self = TD_ENCODING_SWITCH (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      td_encoding_switch_set_compact (self, g_value_get_boolean (value));
      break;

    case PROP_ENCODING:
      td_encoding_switch_set_encoding (self, g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_encoding_switch_class_init (TdEncodingSwitchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_encoding_switch_dispose;
  object_class->get_property = td_encoding_switch_get_property;
  object_class->set_property = td_encoding_switch_set_property;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ENCODING] =
    g_param_spec_uint ("encoding", NULL, NULL,
                       0, TK_N_ENCODINGS - 1, TK_ENCODING_O200K_BASE,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-encoding-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, TdEncodingSwitch, toggles);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingSwitch, drop_down);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
td_encoding_switch_init (TdEncodingSwitch *self)
{
  self->encoding = TK_ENCODING_O200K_BASE;
  gtk_widget_init_template (GTK_WIDGET (self));
  show_encoding (self);

  g_signal_connect_object (self->toggles, "notify::active", G_CALLBACK (notify_active_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (notify_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * td_encoding_switch_new:
 *
 * Returns: (transfer floating): a switch
 */
GtkWidget *
td_encoding_switch_new (void)
{
  return g_object_new (TD_TYPE_ENCODING_SWITCH, NULL);
}

/**
 * td_encoding_switch_get_encoding:
 * @self: the switch
 *
 * Returns: the chosen encoding
 */
TkEncodingId
td_encoding_switch_get_encoding (TdEncodingSwitch *self)
{
  g_return_val_if_fail (TD_IS_ENCODING_SWITCH (self), TK_ENCODING_O200K_BASE);

  return self->encoding;
}

/**
 * td_encoding_switch_set_encoding:
 * @self: the switch
 * @encoding: the encoding to choose
 */
void
td_encoding_switch_set_encoding (TdEncodingSwitch *self,
                                 TkEncodingId      encoding)
{
  g_return_if_fail (TD_IS_ENCODING_SWITCH (self));
  g_return_if_fail (encoding < TK_N_ENCODINGS);

  if (self->encoding == encoding)
    return;

  self->encoding = encoding;
  show_encoding (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENCODING]);
}

/**
 * td_encoding_switch_get_compact:
 * @self: the switch
 *
 * Returns: whether the choices are in a drop-down
 */
gboolean
td_encoding_switch_get_compact (TdEncodingSwitch *self)
{
  g_return_val_if_fail (TD_IS_ENCODING_SWITCH (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->drop_down));
}

/**
 * td_encoding_switch_set_compact:
 * @self: the switch
 * @compact: whether to put the choices in a drop-down
 */
void
td_encoding_switch_set_compact (TdEncodingSwitch *self,
                                gboolean          compact)
{
  g_return_if_fail (TD_IS_ENCODING_SWITCH (self));

  if (td_encoding_switch_get_compact (self) == !!compact)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->toggles), !compact);
  gtk_widget_set_visible (GTK_WIDGET (self->drop_down), compact);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}
