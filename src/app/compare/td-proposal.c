/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-proposal.h"

/* A change with a check mark. Changes of models that are compared start out accepted, unless they look like a mistake;
 * new models do not: there are hundreds. */

struct _TdProposal
{
  GObject parent_instance;

  /* owned */
  TdPriceChange *change;

  gboolean accepted;
};

G_DEFINE_FINAL_TYPE (TdProposal, td_proposal, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCEPTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
td_proposal_finalize (GObject *object)
{
  TdProposal *self = TD_PROPOSAL (object);

  g_clear_object (&self->change);

  G_OBJECT_CLASS (td_proposal_parent_class)->finalize (object);
}

static void
td_proposal_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdProposal *self = TD_PROPOSAL (object);

  switch (prop_id)
    {
    case PROP_ACCEPTED:
      g_value_set_boolean (value, self->accepted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_proposal_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdProposal *self = TD_PROPOSAL (object);

  switch (prop_id)
    {
    case PROP_ACCEPTED:
      td_proposal_set_accepted (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_proposal_class_init (TdProposalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_proposal_finalize;
  object_class->get_property = td_proposal_get_property;
  object_class->set_property = td_proposal_set_property;

  properties[PROP_ACCEPTED] =
    g_param_spec_boolean ("accepted", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_proposal_init (TdProposal *self)
{
}

/** Returns: (transfer full): a proposal, accepted unless there is a doubt or the model is new */
TdProposal *
td_proposal_new (TdPriceChange *change)
{
  TdProposal *self = g_object_new (TD_TYPE_PROPOSAL, NULL);

  self->change = g_object_ref (change);
  self->accepted = td_price_change_is_credible (change);

  return self;
}

/** Returns: (transfer none): what is proposed */
TdPriceChange *
td_proposal_get_change (TdProposal *self)
{
  g_return_val_if_fail (TD_IS_PROPOSAL (self), NULL);

  return self->change;
}

/** Returns: whether the user wants it */
gboolean
td_proposal_get_accepted (TdProposal *self)
{
  g_return_val_if_fail (TD_IS_PROPOSAL (self), FALSE);

  return self->accepted;
}

/** Says whether the user wants it. */
void
td_proposal_set_accepted (TdProposal *self,
                          gboolean    accepted)
{
  g_return_if_fail (TD_IS_PROPOSAL (self));

  if (self->accepted == !!accepted)
    return;

  self->accepted = !!accepted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPTED]);
}
