/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "chat/td-chat-json.h"
#include "tokenizer/tk-tokenizer.h"

/* The parser and all that walks its trees recurse. */
#define MAX_DEPTH 200

#define MAX_BYTES (512 * 1024 * 1024)

/* More digits need not fit 64 bits. */
#define MAX_DIGITS 18

G_DEFINE_QUARK (td-chat-error-quark, td_chat_error)

static gboolean
fail_at (const char  *text,
         gsize        position,
         const char  *reason,
         GError     **error)
{
  guint line = 1;

  for (gsize i = 0; i < position; i++)
    line += text[i] == '\n';

  /* Translators: a place in a text, and what is wrong there */
  g_set_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_SYNTAX, _("Line %u: %s"), line, reason);

  return FALSE;
}

/* Past a string that begins at @at. A zero among its characters would end it in the middle later on. */
static gboolean
skip_string (const char  *text,
             gsize        length,
             gsize       *at,
             GError     **error)
{
  gsize i = *at + 1;

  for (; i < length && text[i] != '"'; i++)
    {
      if (text[i] != '\\')
        continue;

      i++;
      if (length - i >= 5 && memcmp (text + i, "u0000", 5) == 0)
        return fail_at (text, i, _("A text contains the character zero, “\\u0000”. Take it out."), error);
    }

  *at = i;

  return TRUE;
}

static gboolean
skip_number (const char  *text,
             gsize        length,
             gsize       *at,
             GError     **error)
{
  gsize i = *at;
  gsize n_digits = 0;
  gboolean is_whole = TRUE;
  g_autofree char *number = NULL;

  for (; i < length && (g_ascii_isalnum (text[i]) || text[i] == '.' || text[i] == '+' || text[i] == '-'); i++)
    {
      n_digits += g_ascii_isdigit (text[i]);
      is_whole &= text[i] != '.' && text[i] != 'e' && text[i] != 'E';
    }

  if (is_whole && n_digits > MAX_DIGITS)
    return fail_at (text, *at, _("A whole number has too many digits to be kept exactly. Put it in quotation marks."),
                    error);

  number = g_strndup (text + *at, i - *at);
  if (isinf (g_ascii_strtod (number, NULL)))
    return fail_at (text, *at, _("A number is too large."), error);

  *at = i - 1;

  return TRUE;
}

/* What the parser would take, but not keep as it is. */
static gboolean
check_text (const char  *text,
            gsize        length,
            GError     **error)
{
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (c == '\0')
        return fail_at (text, i, _("There is a byte that is zero. This is no text."), error);
      if (c == '"' && !skip_string (text, length, &i, error))
        return FALSE;
      if ((c == '-' || g_ascii_isdigit (c)) && !skip_number (text, length, &i, error))
        return FALSE;
      if ((c == '[' || c == '{') && ++depth > MAX_DEPTH)
        return fail_at (text, i, _("Lists and objects lie too deep in one another."), error);
      if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }

  return TRUE;
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (text[i]))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  guint line;
  guint character;
} Place;

/* The parser knows where it is only as long as it is there. */
static void
error_cb (JsonParser   *parser,
          const GError *error,
          Place        *place)
{
  place->line = json_parser_get_current_line (parser);
  place->character = json_parser_get_current_pos (parser);
}

/**
 * td_chat_json_parse:
 * @text: JSON
 * @length: its length in bytes
 * @error: return location for a #TdChatError
 *
 * Parses JSON so that nothing of it is lost: what could not be written back as it was is refused.
 *
 * Returns: (transfer full) (nullable): the root
 */
JsonNode *
td_chat_json_parse (const char  *text,
                    gsize        length,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  Place place = { 1, 0 };
  JsonNode *root = NULL;

  if (length > MAX_BYTES)
    {
      g_set_error_literal (error, TD_CHAT_ERROR, TD_CHAT_ERROR_SYNTAX, _("This is too long for a conversation."));
      return NULL;
    }

  if (tk_utf8_check (text, length) < length)
    {
      fail_at (text, tk_utf8_check (text, length), _("This is not UTF-8 text."), error);
      return NULL;
    }

  /* A byte order mark is no JSON, but files have it. */
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }

  if (is_blank (text, length))
    {
      g_set_error_literal (error, TD_CHAT_ERROR, TD_CHAT_ERROR_SYNTAX, _("There is nothing in it."));
      return NULL;
    }

  if (!check_text (text, length, error))
    return NULL;

  json_parser_set_strict (parser, TRUE);
  g_signal_connect (parser, "error", G_CALLBACK (error_cb), &place);
  if (json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_steal_root (parser);

  if (root == NULL)
    g_set_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_SYNTAX,
                 _("This is not valid JSON: there is a mistake in line %u, at character %u."), place.line,
                 place.character);

  return root;
}

/** Returns: (transfer none) (nullable): the member, or %NULL if it is missing or null */
JsonNode *
td_chat_json_find (JsonObject *object,
                   const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/** Returns: whether it is a string */
gboolean
td_chat_json_is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/** Returns: (transfer none) (nullable): the member, if it is a string */
const char *
td_chat_json_string (JsonObject *object,
                     const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return td_chat_json_is_string (node) ? json_node_get_string (node) : NULL;
}

/** Returns: (transfer none) (nullable): the member, if it is a list */
JsonArray *
td_chat_json_array (JsonObject *object,
                    const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/** Returns: (transfer none) (nullable): the member, if it is an object */
JsonObject *
td_chat_json_object (JsonObject *object,
                     const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * td_chat_json_print:
 * @node: a number, a truth value or null
 *
 * Returns: (transfer full): the shortest spelling that gives the same value again
 */
char *
td_chat_json_print (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("null");
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  number = json_node_get_double (node);
  for (int digits = 1; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }

  return strpbrk (buffer, ".e") == NULL ? g_strconcat (buffer, ".0", NULL) : g_strdup (buffer);
}
