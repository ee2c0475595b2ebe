/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/drafts/td-draft.h"
#include "chat/td-chat.h"
#include "tokenizer/tk-tokenizer.h"

/* Of the first line, as much as a row can show. */
#define FIRST_WORDS_CHARACTERS 80

#define GROUP "Draft"
#define TEXT_MARK "\n[Text]\n"

/**
 * TdDraft:
 *
 * A text that was not saved, with what is needed to go on with it: the file it was opened from and the version of that
 * file. Or a conversation, which is the text of its JSON.
 *
 * On disk a draft is one file, so that it can be replaced as one step: a key file with one group, the line "[Text]",
 * then the text byte for byte. Anybody can read it with any editor. It holds nothing but these: no keys, no settings.
 *
 * All but the id and the state of the file is immutable; a draft may be handed to another thread as long as only one
 * thread sets these.
 */
struct _TdDraft
{
  GObject parent_instance;

  GBytes *text;
  GFile *file;
  char *etag;
  char *charset;
  gint64 saved;
  gboolean is_chat;
  char *id;
  TdDraftFileState file_state;
};

G_DEFINE_FINAL_TYPE (TdDraft, td_draft, G_TYPE_OBJECT)

static void
td_draft_finalize (GObject *object)
{
  TdDraft *self = TD_DRAFT (object);

  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_object (&self->file);
  g_free (self->etag);
  g_free (self->charset);
  g_free (self->id);

  G_OBJECT_CLASS (td_draft_parent_class)->finalize (object);
}

static void
td_draft_class_init (TdDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_draft_finalize;
}

static void
td_draft_init (TdDraft *self)
{
}

/**
 * td_draft_new:
 * @text: the text, valid UTF-8 without NUL
 * @file: (nullable): the file it was opened from
 * @etag: (nullable): the version of @file that the text began as
 * @charset: (nullable): how @file is encoded; %NULL is UTF-8
 * @saved: when, in seconds since 1970
 *
 * Returns: (transfer full): a draft
 */
TdDraft *
td_draft_new (GBytes     *text,
              GFile      *file,
              const char *etag,
              const char *charset,
              gint64      saved)
{
  TdDraft *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (TD_TYPE_DRAFT, NULL);
  self->text = g_bytes_ref (text);
  g_set_object (&self->file, file);
  self->etag = g_strdup (etag);
  self->charset = g_strdup (charset);
  self->saved = saved;
  self->file_state = file != NULL ? TD_DRAFT_FILE_SAME : TD_DRAFT_FILE_NONE;

  return self;
}

/**
 * td_draft_new_chat:
 * @json: the JSON of a conversation
 * @saved: when, in seconds since 1970
 *
 * Returns: (transfer full): a draft of a conversation
 */
TdDraft *
td_draft_new_chat (GBytes *json,
                   gint64  saved)
{
  TdDraft *self = td_draft_new (json, NULL, NULL, NULL, saved);

  self->is_chat = TRUE;

  return self;
}

/**
 * td_draft_parse:
 * @contents: the contents of a draft's file
 *
 * Returns: (transfer full) (nullable): the draft, or %NULL if @contents is not a whole one
 */
TdDraft *
td_draft_parse (GBytes *contents)
{
  g_autoptr (GKeyFile) header = g_key_file_new ();
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GFile) file = NULL;
  TdDraft *self;
  g_autofree char *uri = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *charset = NULL;
  gsize length;
  const char *data = g_bytes_get_data (contents, &length);
  const char *mark = data != NULL ? g_strstr_len (data, (gssize) length, TEXT_MARK) : NULL;
  const char *start;
  gsize n_bytes;

  if (mark == NULL ||
      !g_key_file_load_from_data (header, data, (gsize) (mark - data) + 1, G_KEY_FILE_NONE, NULL))
    return NULL;

  start = mark + strlen (TEXT_MARK);
  n_bytes = length - (gsize) (start - data);
  if (g_key_file_get_uint64 (header, GROUP, "Bytes", NULL) != n_bytes ||
      tk_utf8_check (start, n_bytes) < n_bytes ||
      memchr (start, '\0', n_bytes) != NULL)
    return NULL;

  text = g_bytes_new_from_bytes (contents, (gsize) (start - data), n_bytes);
  uri = g_key_file_get_string (header, GROUP, "File", NULL);
  if (uri != NULL)
    file = g_file_new_for_uri (uri);
  etag = g_key_file_get_string (header, GROUP, "Version", NULL);
  charset = g_key_file_get_string (header, GROUP, "Charset", NULL);

  self = td_draft_new (text, file, etag, charset, g_key_file_get_int64 (header, GROUP, "Saved", NULL));
  self->is_chat = g_key_file_get_boolean (header, GROUP, "Chat", NULL);

  return self;
}

/**
 * td_draft_serialize:
 * @self: the draft
 *
 * Returns: (transfer full): what its file is to hold
 */
GBytes *
td_draft_serialize (TdDraft *self)
{
  g_autoptr (GKeyFile) header = g_key_file_new ();
  g_autofree char *data = NULL;
  GByteArray *contents;
  gsize length;
  gsize n_bytes;
  const char *text;

  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  text = g_bytes_get_data (self->text, &n_bytes);
  if (self->file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (self->file);

      g_key_file_set_string (header, GROUP, "File", uri);
    }
  if (self->etag != NULL)
    g_key_file_set_string (header, GROUP, "Version", self->etag);
  if (self->charset != NULL)
    g_key_file_set_string (header, GROUP, "Charset", self->charset);
  if (self->is_chat)
    g_key_file_set_boolean (header, GROUP, "Chat", TRUE);
  g_key_file_set_int64 (header, GROUP, "Saved", self->saved);
  g_key_file_set_uint64 (header, GROUP, "Bytes", n_bytes);

  data = g_key_file_to_data (header, &length, NULL);
  contents = g_byte_array_sized_new ((guint) (length + strlen (TEXT_MARK) + n_bytes));
  g_byte_array_append (contents, (const guint8 *) data, (guint) length);
  g_byte_array_append (contents, (const guint8 *) TEXT_MARK, (guint) strlen (TEXT_MARK));
  if (n_bytes > 0)
    g_byte_array_append (contents, (const guint8 *) text, (guint) n_bytes);

  return g_byte_array_free_to_bytes (contents);
}

/**
 * td_draft_get_text:
 * @self: the draft
 *
 * Returns: (transfer none): the text, valid UTF-8 without NUL
 */
GBytes *
td_draft_get_text (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  return self->text;
}

/**
 * td_draft_get_is_chat:
 * @self: the draft
 *
 * Returns: whether the text is the JSON of a conversation
 */
gboolean
td_draft_get_is_chat (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), FALSE);

  return self->is_chat;
}

/**
 * td_draft_get_file:
 * @self: the draft
 *
 * Returns: (transfer none) (nullable): the file that the text was opened from
 */
GFile *
td_draft_get_file (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  return self->file;
}

/**
 * td_draft_get_etag:
 * @self: the draft
 *
 * Returns: (nullable): the version of the file that the text began as
 */
const char *
td_draft_get_etag (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  return self->etag;
}

/**
 * td_draft_get_charset:
 * @self: the draft
 *
 * Returns: (nullable): how the file is encoded; %NULL is UTF-8
 */
const char *
td_draft_get_charset (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  return self->charset;
}

/**
 * td_draft_get_saved:
 * @self: the draft
 *
 * Returns: when the draft was written, in seconds since 1970
 */
gint64
td_draft_get_saved (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), 0);

  return self->saved;
}

/**
 * td_draft_get_id:
 * @self: the draft
 *
 * Returns: (nullable): what the store knows the draft by
 */
const char *
td_draft_get_id (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  return self->id;
}

/**
 * td_draft_set_id:
 * @self: the draft
 * @id: (nullable): what the store knows the draft by
 */
void
td_draft_set_id (TdDraft    *self,
                 const char *id)
{
  g_return_if_fail (TD_IS_DRAFT (self));

  g_set_str (&self->id, id);
}

/**
 * td_draft_get_file_state:
 * @self: the draft
 *
 * Returns: what td_draft_check_file() found
 */
TdDraftFileState
td_draft_get_file_state (TdDraft *self)
{
  g_return_val_if_fail (TD_IS_DRAFT (self), TD_DRAFT_FILE_NONE);

  return self->file_state;
}

/**
 * td_draft_check_file:
 * @self: the draft
 * @cancellable: (nullable): a cancellable
 *
 * Looks whether the file is still the one that the text was opened from. Blocks: not for the main thread.
 */
void
td_draft_check_file (TdDraft      *self,
                     GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = NULL;

  g_return_if_fail (TD_IS_DRAFT (self));

  if (self->file == NULL)
    return;

  info = g_file_query_info (self->file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  if (info == NULL)
    self->file_state = TD_DRAFT_FILE_GONE;
  else if (g_strcmp0 (g_file_info_get_etag (info), self->etag) != 0)
    self->file_state = TD_DRAFT_FILE_CHANGED;
  else
    self->file_state = TD_DRAFT_FILE_SAME;
}

static char *
dup_first_words (const char *p,
                 gsize       length)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *end;
  gsize n_characters = 0;
  gboolean blank = FALSE;

  for (end = p + length; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c == '\n' || c == '\r') && words->len > 0)
        break;
      if (!g_unichar_isprint (c) || g_unichar_isspace (c))
        {
          blank = words->len > 0;
          continue;
        }
      if (n_characters++ == FIRST_WORDS_CHARACTERS)
        {
          g_string_append (words, "…");
          break;
        }
      if (blank)
        g_string_append_c (words, ' ');
      blank = FALSE;
      g_string_append_unichar (words, c);
    }

  return g_string_free_and_steal (g_steal_pointer (&words));
}

/* Of the first message that says something. */
static char *
dup_first_words_of_chat (const char *json,
                         gsize       length)
{
  g_autoptr (TdChat) chat = td_chat_new ();

  if (td_chat_load (chat, json, length, NULL))
    {
      for (guint i = 0; i < td_chat_get_n_messages (chat); i++)
        {
          const char *text = td_chat_message_get_text (td_chat_get_message (chat, i));

          if (text != NULL && text[0] != '\0')
            return dup_first_words (text, strlen (text));
        }
    }

  return g_strdup ("");
}

/**
 * td_draft_dup_first_words:
 * @self: the draft
 *
 * Returns: (transfer full): the beginning of the first line that is not blank, for people to know the text by
 */
char *
td_draft_dup_first_words (TdDraft *self)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (TD_IS_DRAFT (self), NULL);

  text = g_bytes_get_data (self->text, &length);
  if (text == NULL)
    return g_strdup ("");

  return self->is_chat ? dup_first_words_of_chat (text, length) : dup_first_words (text, length);
}
