/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/drafts/td-draft-keeper.h"

/* A draft is written when nobody has typed for the first of these times, in milliseconds, but at the latest after the
 * second. Copying the text is all that happens on the main thread. */
#define PAUSE 1000
#define LATEST 5000

/**
 * TdDraftKeeper:
 *
 * Sees to it that a document, or a conversation, has a draft while, and only while, it has changes that are in no file.
 *
 * The draft goes when the buffer is not modified any more: saved, or undone. While a save is under way the buffer
 * already says so, so whoever saves holds the keeper until the file is complete.
 */
struct _TdDraftKeeper
{
  GObject parent_instance;

  /* owned */
  TdDraftStore *store;
  TdDocument *document; /* one of these two, the other is NULL */
  TdChat *chat;
  char *id;
  GFile *file;
  char *etag;
  char *charset;

  guint pause_source;
  guint latest_source;
  guint n_holds;
  guint saved_serial; /* of the conversation as it is in a file */
  gboolean enabled;
  gboolean written;   /* the store has, or is about to have, a draft */
  gboolean discarded; /* the document is going */
};

G_DEFINE_FINAL_TYPE (TdDraftKeeper, td_draft_keeper, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CHAT,
  PROP_DOCUMENT,
  PROP_ENABLED,
  PROP_STORE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkTextBuffer *
get_buffer (TdDraftKeeper *self)
{
  return GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
}

/* Whether anybody would miss it: a message that was added and left empty is nothing yet. */
static gboolean
says_something (TdChat *chat)
{
  for (guint i = 0; i < td_chat_get_n_messages (chat); i++)
    {
      TdChatMessage *message = td_chat_get_message (chat, i);

      if (!td_chat_message_is_plain (message) || td_chat_message_get_text (message)[0] != '\0')
        return TRUE;
    }

  return td_chat_get_tools (chat) != NULL;
}

static gboolean
wants_draft (TdDraftKeeper *self)
{
  return self->enabled && !self->discarded && td_draft_keeper_get_modified (self) &&
         (self->chat != NULL || gtk_text_buffer_get_char_count (get_buffer (self)) > 0);
}

static gboolean
is_loading (TdDraftKeeper *self)
{
  return self->document != NULL && td_document_get_loading (self->document);
}

static TdDraft *
make_draft (TdDraftKeeper *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GBytes) text = NULL;

  if (self->chat != NULL)
    {
      char *json = td_chat_to_json (self->chat);

      text = g_bytes_new_take (json, strlen (json));
      return td_draft_new_chat (text, now);
    }

  text = td_document_dup_text (self->document);

  return td_draft_new (text, self->file, self->etag, self->charset, now);
}

static void
stop_waiting (TdDraftKeeper *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_handle_id (&self->latest_source, g_source_remove);
}

static void
remove_draft (TdDraftKeeper *self)
{
  stop_waiting (self);
  if (self->written)
    td_draft_store_remove (self->store, self->id);
  self->written = FALSE;
}

static void
write_draft (TdDraftKeeper *self)
{
  g_autoptr (TdDraft) draft = NULL;

  stop_waiting (self);
  if (is_loading (self) || self->n_holds > 0)
    return;
  if (!wants_draft (self))
    {
      remove_draft (self);
      return;
    }

  draft = make_draft (self);
  td_draft_store_write (self->store, self->id, draft);
  self->written = TRUE;
}

static void
pause_cb (gpointer user_data)
{
  TdDraftKeeper *self = user_data;

  self->pause_source = 0;
  write_draft (self);
}

static void
latest_cb (gpointer user_data)
{
  TdDraftKeeper *self = user_data;

  self->latest_source = 0;
  write_draft (self);
}

static void
queue_write (TdDraftKeeper *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->pause_source = g_timeout_add_once (PAUSE, pause_cb, self);
  if (self->latest_source == 0)
    self->latest_source = g_timeout_add_once (LATEST, latest_cb, self);
}

static void
changed_cb (TdDraftKeeper *self)
{
  if (self->enabled && !self->discarded && !is_loading (self))
    queue_write (self);
}

static void
update (TdDraftKeeper *self)
{
  if (is_loading (self) || self->n_holds > 0)
    return;

  if (wants_draft (self))
    queue_write (self);
  else
    remove_draft (self);
}

static void
td_draft_keeper_constructed (GObject *object)
{
  TdDraftKeeper *self = TD_DRAFT_KEEPER (object);

  G_OBJECT_CLASS (td_draft_keeper_parent_class)->constructed (object);

  self->id = td_draft_store_new_id (self->store);
  if (self->chat != NULL)
    {
      self->saved_serial = td_chat_get_serial (self->chat);
      g_signal_connect_object (self->chat, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      return;
    }

  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "modified-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
td_draft_keeper_dispose (GObject *object)
{
  TdDraftKeeper *self = TD_DRAFT_KEEPER (object);

  stop_waiting (self);
  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->document, self);
      g_signal_handlers_disconnect_by_data (get_buffer (self), self);
    }
  if (self->chat != NULL)
    g_signal_handlers_disconnect_by_data (self->chat, self);
  g_clear_object (&self->chat);
  g_clear_object (&self->document);
  g_clear_object (&self->store);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (td_draft_keeper_parent_class)->dispose (object);
}

static void
td_draft_keeper_finalize (GObject *object)
{
  TdDraftKeeper *self = TD_DRAFT_KEEPER (object);

  g_free (self->id);
  g_free (self->etag);
  g_free (self->charset);

  G_OBJECT_CLASS (td_draft_keeper_parent_class)->finalize (object);
}

static void
td_draft_keeper_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TdDraftKeeper *self = TD_DRAFT_KEEPER (object);

  switch (prop_id)
    {
    case PROP_CHAT:
      g_value_set_object (value, self->chat);
      break;

    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;

    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_draft_keeper_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TdDraftKeeper *self = TD_DRAFT_KEEPER (object);

  switch (prop_id)
    {
    case PROP_CHAT:
      self->chat = g_value_dup_object (value);
      break;

    case PROP_DOCUMENT:
      self->document = g_value_dup_object (value);
      break;

    case PROP_ENABLED:
      td_draft_keeper_set_enabled (self, g_value_get_boolean (value));
      break;

    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_draft_keeper_class_init (TdDraftKeeperClass *klass)
{
  const GParamFlags construct_only = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = td_draft_keeper_constructed;
  object_class->dispose = td_draft_keeper_dispose;
  object_class->finalize = td_draft_keeper_finalize;
  object_class->get_property = td_draft_keeper_get_property;
  object_class->set_property = td_draft_keeper_set_property;

  properties[PROP_CHAT] = g_param_spec_object ("chat", NULL, NULL, TD_TYPE_CHAT, construct_only);
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT, construct_only);
  properties[PROP_ENABLED] =
    g_param_spec_boolean ("enabled", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, TD_TYPE_DRAFT_STORE, construct_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_draft_keeper_init (TdDraftKeeper *self)
{
  self->enabled = TRUE;
}

/**
 * td_draft_keeper_new:
 * @store: where to keep the draft
 * @document: the document to follow
 *
 * Returns: (transfer full): a keeper
 */
TdDraftKeeper *
td_draft_keeper_new (TdDraftStore *store,
                     TdDocument   *document)
{
  return g_object_new (TD_TYPE_DRAFT_KEEPER, "store", store, "document", document, NULL);
}

/**
 * td_draft_keeper_new_for_chat:
 * @store: where to keep the draft
 * @chat: the conversation to follow
 *
 * Returns: (transfer full): a keeper
 */
TdDraftKeeper *
td_draft_keeper_new_for_chat (TdDraftStore *store,
                              TdChat       *chat)
{
  return g_object_new (TD_TYPE_DRAFT_KEEPER, "store", store, "chat", chat, NULL);
}

/**
 * td_draft_keeper_get_modified:
 * @self: the keeper
 *
 * Returns: whether there is something that is in no file
 */
gboolean
td_draft_keeper_get_modified (TdDraftKeeper *self)
{
  g_return_val_if_fail (TD_IS_DRAFT_KEEPER (self), FALSE);

  if (self->chat == NULL)
    return gtk_text_buffer_get_modified (get_buffer (self));

  return td_chat_get_serial (self->chat) != self->saved_serial && says_something (self->chat);
}

/**
 * td_draft_keeper_set_saved:
 * @self: a keeper of a conversation
 * @serial: the number of the change of the conversation up to which it is in a file
 */
void
td_draft_keeper_set_saved (TdDraftKeeper *self,
                           guint          serial)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));
  g_return_if_fail (self->chat != NULL);

  self->saved_serial = serial;
  update (self);
}

/**
 * td_draft_keeper_get_enabled:
 * @self: the keeper
 *
 * Returns: whether drafts are kept
 */
gboolean
td_draft_keeper_get_enabled (TdDraftKeeper *self)
{
  g_return_val_if_fail (TD_IS_DRAFT_KEEPER (self), FALSE);

  return self->enabled;
}

/**
 * td_draft_keeper_set_enabled:
 * @self: the keeper
 * @enabled: whether drafts are kept; %FALSE removes the one there is
 */
void
td_draft_keeper_set_enabled (TdDraftKeeper *self,
                             gboolean       enabled)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));

  if (self->enabled == enabled)
    return;

  self->enabled = enabled;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/**
 * td_draft_keeper_set_file:
 * @self: the keeper
 * @file: (nullable): the file that the text belongs to
 * @etag: (nullable): its version
 * @charset: (nullable): how it is encoded; %NULL is UTF-8
 */
void
td_draft_keeper_set_file (TdDraftKeeper *self,
                          GFile         *file,
                          const char    *etag,
                          const char    *charset)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));

  g_set_object (&self->file, file);
  g_set_str (&self->etag, etag);
  g_set_str (&self->charset, charset);
}

/**
 * td_draft_keeper_hold:
 * @self: the keeper
 *
 * The text is being saved: the draft stays as it is.
 */
void
td_draft_keeper_hold (TdDraftKeeper *self)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));

  self->n_holds++;
}

/**
 * td_draft_keeper_release:
 * @self: the keeper
 *
 * The save has ended, well or not: the draft follows the document again.
 */
void
td_draft_keeper_release (TdDraftKeeper *self)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));
  g_return_if_fail (self->n_holds > 0);

  if (--self->n_holds == 0)
    update (self);
}

/**
 * td_draft_keeper_take_over:
 * @self: the keeper
 * @draft: a draft from the store, whose text is being put into the document
 *
 * Makes @draft the one of this document: there is no moment at which the text is nowhere on disk.
 */
void
td_draft_keeper_take_over (TdDraftKeeper *self,
                           TdDraft       *draft)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));
  g_return_if_fail (TD_IS_DRAFT (draft));

  td_draft_store_rename (self->store, td_draft_get_id (draft), self->id);
  td_draft_keeper_set_file (self, td_draft_get_file (draft), td_draft_get_etag (draft), td_draft_get_charset (draft));
  self->written = TRUE;
}

/**
 * td_draft_keeper_discard:
 * @self: the keeper
 *
 * The user has closed the document: its draft goes, and no other is made.
 */
void
td_draft_keeper_discard (TdDraftKeeper *self)
{
  g_return_if_fail (TD_IS_DRAFT_KEEPER (self));

  self->discarded = TRUE;
  remove_draft (self);
}
