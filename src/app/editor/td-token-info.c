/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"
#include "app/editor/td-token-info.h"

/* How many tokens are gone back to find one that surely begins with a character; see td_token_seek(). */
#define MAX_TOKENS_BACK 64

/* More ids than this of one token in another encoding are cut short. */
#define MAX_IDS 16

/**
 * td_token_info_free:
 * @info: (transfer full): what to free
 */
void
td_token_info_free (TdTokenInfo *info)
{
  g_free (info->bytes);
  g_free (info);
}

/**
 * td_token_is_special:
 * @encoding: an encoding
 * @bytes: (array length=n_bytes): what one token spells
 * @n_bytes: how much that is
 *
 * Text that is only text never spells a special token in one piece. All of them begin with "<|", so that most tokens cost
 * two comparisons.
 *
 * Returns: whether the token is a special one
 */
gboolean
td_token_is_special (const TkEncoding *encoding,
                     const char       *bytes,
                     gsize             n_bytes)
{
  TkId id;

  if (n_bytes < 5 || bytes[0] != '<' || bytes[1] != '|')
    return FALSE;

  id = tk_encoding_find_token (encoding, bytes, n_bytes);

  return id != TK_ID_NONE && tk_encoding_is_special (encoding, id);
}

/**
 * td_token_count_before:
 * @map: the tokens of a text
 * @character: a character of the text, or its end
 *
 * O(log n).
 *
 * Returns: how many tokens begin before the character
 */
gsize
td_token_count_before (const TkTokenMap *map,
                       gsize             character)
{
  TkTokenIter tokens;
  TkToken token;

  if (!tk_token_map_seek_character (map, character, &tokens) || !tk_token_iter_next (&tokens, &token))
    return tk_token_map_get_total (map).tokens;

  return token.start.tokens + (token.start.characters < character ? 1 : 0);
}

/**
 * td_token_seek:
 * @buffer: the text
 * @map: its tokens
 * @first: a character of the text
 * @tokens: (out): put on the token that holds the first byte of that character
 *
 * A token may begin inside a character, so the bytes are counted from one that cannot be split: a one-byte character.
 *
 * Returns: how many bytes lie before the character
 */
gsize
td_token_seek (TdTextBuffer     *buffer,
               const TkTokenMap *map,
               gsize             first,
               TkTokenIter      *tokens)
{
  TkToken token = { 0 };
  g_autofree char *text = NULL;
  gsize known = first;

  for (guint i = 0; i < MAX_TOKENS_BACK; i++)
    {
      GtkTextIter before;

      if (!tk_token_map_seek_character (map, known, tokens) || !tk_token_iter_next (tokens, &token))
        break;

      known = token.start.characters;
      if (known == 0)
        break;

      td_text_buffer_get_iter_at_character (buffer, &before, known - 1);
      if (gtk_text_iter_get_char (&before) < 0x80 || i == MAX_TOKENS_BACK - 1)
        break;

      known--;
    }

  text = td_text_buffer_dup_text (buffer, known, first);
  tk_token_map_seek_character (map, first, tokens);

  return token.start.bytes + strlen (text);
}

static TdTokenInfo *
new_info (TdDocument    *document,
          const TkToken *token)
{
  TdTextBuffer *buffer = td_document_get_buffer (document);
  const TkTokenMap *map = td_document_get_token_map (document);
  gsize end_character = token->start.characters + token->characters;
  /* The character before may reach into the token. */
  gsize first = token->start.characters > 0 ? token->start.characters - 1 : 0;
  g_autofree char *text = td_text_buffer_dup_text (buffer, first, end_character);
  TkTokenIter tokens;
  TdTokenInfo *info;
  gsize skipped;

  skipped = token->start.bytes - td_token_seek (buffer, map, first, &tokens);
  /* Only after a broken promise of the map; then better no bytes than wrong ones. */
  if (skipped + token->bytes > strlen (text))
    return NULL;

  info = g_new0 (TdTokenInfo, 1);
  info->index = token->start.tokens;
  info->first_byte = token->start.bytes;
  info->n_bytes = token->bytes;
  info->bytes = g_strndup (text + skipped, token->bytes);
  info->id = tk_encoding_find_token (tk_token_map_get_encoding (map), info->bytes, info->n_bytes);
  info->is_special = info->id != TK_ID_NONE && tk_encoding_is_special (tk_token_map_get_encoding (map), info->id);
  info->is_partial = tk_utf8_check (info->bytes, info->n_bytes) < info->n_bytes;
  info->first_character = (((guchar) info->bytes[0]) & 0xC0) == 0x80 ? first : token->start.characters;
  info->n_characters = end_character - info->first_character;

  return info;
}

/**
 * td_document_dup_tokens_at:
 * @document: a document
 * @character: one of its characters
 *
 * Gives the tokens that have bytes of @character: one, or several if it is split.
 *
 * Returns: (transfer full) (element-type TdTokenInfo): the tokens; none at the end of the text or while it is counted
 */
GPtrArray *
td_document_dup_tokens_at (TdDocument *document,
                           gsize       character)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) td_token_info_free);
  const TkTokenMap *map = td_document_get_token_map (document);
  TdTextBuffer *buffer = td_document_get_buffer (document);
  GtkTextIter iter;
  TkTokenIter tokens;
  TkToken token;
  char utf8[6];
  gsize end;

  if (map == NULL || character >= td_document_get_n_characters (document))
    return infos;

  td_text_buffer_get_iter_at_character (buffer, &iter, character);
  end = td_token_seek (buffer, map, character, &tokens);
  end += (gsize) g_unichar_to_utf8 (gtk_text_iter_get_char (&iter), utf8);

  while (tk_token_iter_next (&tokens, &token) && token.start.bytes < end)
    {
      TdTokenInfo *info = new_info (document, &token);

      if (info != NULL)
        g_ptr_array_add (infos, info);
    }

  return infos;
}

/**
 * td_document_count_touched:
 * @document: a document
 * @first: the first character of a range
 * @end: the character behind the range
 *
 * Returns: how many tokens have bytes of the characters in the range, or 0 while they are counted
 */
gsize
td_document_count_touched (TdDocument *document,
                           gsize       first,
                           gsize       end)
{
  const TkTokenMap *map = td_document_get_token_map (document);
  TkTokenIter tokens;
  TkToken first_token;
  gsize end_index;

  if (map == NULL || first >= end || !tk_token_map_seek_character (map, first, &tokens) ||
      !tk_token_iter_next (&tokens, &first_token))
    return 0;

  /* The last is the one before that which holds the next character, or that one too if it begins before it. */
  if (end < td_document_get_n_characters (document))
    {
      gsize end_byte = td_token_seek (td_document_get_buffer (document), map, end, &tokens);
      TkToken token;

      if (!tk_token_iter_next (&tokens, &token))
        return 0;
      end_index = token.start.tokens + (token.start.bytes < end_byte ? 1 : 0);
    }
  else
    {
      end_index = tk_token_map_get_total (map).tokens;
    }

  return end_index - first_token.start.tokens;
}

/**
 * td_token_info_dup_id:
 * @info: a token
 *
 * Returns: (transfer full): the id of the token as a number, or "—" if it has none
 */
char *
td_token_info_dup_id (const TdTokenInfo *info)
{
  return info->id != TK_ID_NONE ? g_strdup_printf ("%u", info->id) : g_strdup ("—");
}

/**
 * td_token_info_dup_text:
 * @info: a token
 *
 * Returns: (transfer full): the text of the token with spaces and line ends made visible; a part of a character shows
 *   as its bytes
 */
char *
td_token_info_dup_text (const TdTokenInfo *info)
{
  GString *text = g_string_new (NULL);
  const char *end = info->bytes + info->n_bytes;

  for (const char *p = info->bytes; p < end;)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (text, "\\x%02X", (guchar) *p);
          p++;
          continue;
        }

      if (c == ' ')
        g_string_append (text, "␣");
      else if (c == '\n')
        g_string_append (text, "↵");
      else if (c == '\r')
        g_string_append (text, "␍");
      else if (c == '\t')
        g_string_append (text, "⇥");
      else if (!g_unichar_isprint (c) || g_unichar_isspace (c))
        g_string_append_printf (text, "U+%04X", c);
      else
        g_string_append_unichar (text, c);
      p = g_utf8_next_char (p);
    }

  return g_string_free (text, FALSE);
}

/**
 * td_token_isolate_text:
 * @widget: where @text is shown
 * @text: text of a token, or numbers with what is between them
 *
 * In a window from right to left a bracket without a letter beside it would be mirrored, and numbers change places. The
 * text is data, and its direction is that of its own letters.
 *
 * Returns: (transfer full): what to show
 */
char *
td_token_isolate_text (GtkWidget  *widget,
                       const char *text)
{
  if (gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL)
    return g_strdup (text);

  return g_strconcat ("\u2068", text, "\u2069", NULL);
}

/**
 * td_token_info_dup_hex:
 * @info: a token
 *
 * Returns: (transfer full): the bytes of the token, two digits each
 */
char *
td_token_info_dup_hex (const TdTokenInfo *info)
{
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < info->n_bytes; i++)
    g_string_append_printf (hex, i > 0 ? " %02X" : "%02X", (guchar) info->bytes[i]);

  return g_string_free (hex, FALSE);
}

/**
 * td_token_info_dup_in:
 * @info: a token
 * @encoding: another encoding
 *
 * Returns: (transfer full): the ids that the text of the token has in @encoding when it stands alone, or "—" for a part
 *   of a character
 */
char *
td_token_info_dup_in (const TdTokenInfo *info,
                      TkEncodingId       encoding)
{
  const TkEncoding *table = td_encodings_get (encoding, NULL);
  g_autofree TkId *ids = NULL;
  TkEncoder *encoder;
  GString *list;
  gsize n_ids;
  TkError error;
  gboolean encoded;
  TkOptions options = { .special = info->is_special ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT };

  if (table == NULL || info->is_partial)
    return g_strdup ("—");

  ids = g_new (TkId, info->n_bytes);
  encoder = tk_encoder_new (table);
  encoded = tk_encode (encoder, info->bytes, info->n_bytes, &options, ids, NULL, info->n_bytes, &n_ids, &error);
  tk_encoder_free (encoder);
  if (!encoded)
    return g_strdup ("—");

  list = g_string_new (NULL);
  for (gsize i = 0; i < MIN (n_ids, MAX_IDS); i++)
    g_string_append_printf (list, i > 0 ? " %u" : "%u", ids[i]);
  if (n_ids > MAX_IDS)
    g_string_append (list, " …");

  return g_string_free (list, FALSE);
}

/**
 * td_document_dup_spoken:
 * @document: a document
 * @tokens: (element-type TdTokenInfo): some of its tokens that follow each other, at least one
 *
 * Returns: (transfer full): what a screen reader says of the tokens
 */
char *
td_document_dup_spoken (TdDocument *document,
                        GPtrArray  *tokens)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *all = NULL;
  guint64 n_tokens = 0;

  td_document_get_token_count (document, td_document_get_encoding (document), &n_tokens);
  all = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_tokens);
  for (guint i = 0; i < tokens->len; i++)
    {
      const TdTokenInfo *info = g_ptr_array_index (tokens, i);
      g_autofree char *text = td_token_info_dup_text (info);
      g_autofree char *hex = td_token_info_dup_hex (info);
      g_autofree char *id = td_token_info_dup_id (info);

      if (i == 0 || i == tokens->len - 1)
        g_string_append_printf (place, i == 0 ? "%'" G_GSIZE_FORMAT : "–%'" G_GSIZE_FORMAT, info->index + 1);
      if (i > 0)
        g_string_append (list, "; ");
      /* Translators: the text of a token, its id, its bytes; said by a screen reader. */
      g_string_append_printf (list, _("%s, id %s, bytes %s"), info->is_partial ? _("part of a character") : text, id, hex);
    }

  /* Translators: said by a screen reader: "Token 2 of 4: world, id 1917, bytes …", or "Tokens 2–3 of 7: …". */
  return g_strdup_printf (ngettext ("Token %s of %s: %s", "Tokens %s of %s: %s", tokens->len),
                          place->str, all, list->str);
}
