/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * JSON from strangers: a file somebody passed on, or what a server sent. json-glib takes the last of two members of one
 * name, so that two programs may read two different prices out of one file; here that is an error, as is anything the
 * standard does not allow.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue.h"
#include "pricing/td-strict-json.h"

/* No price list is nested deeper than a dozen levels. json-glib itself stops at about a thousand. */
#define MAX_DEPTH 64

/* What the parser reports while it works: how many members each open object has been given so far. */
typedef struct
{
  GArray *n_members;
  char *twin;
  guint depth;
  gboolean is_too_deep;
} Watch;

static void
enter_cb (JsonParser *parser,
          gpointer    user_data)
{
  Watch *watch = user_data;

  watch->is_too_deep |= ++watch->depth > MAX_DEPTH;
}

static void
array_end_cb (JsonParser *parser,
              JsonArray  *array,
              gpointer    user_data)
{
  ((Watch *) user_data)->depth--;
}

static void
object_start_cb (JsonParser *parser,
                 gpointer    user_data)
{
  Watch *watch = user_data;
  guint none = 0;

  g_array_append_val (watch->n_members, none);
  enter_cb (parser, watch);
}

/* Says it after the member went into the object, where a twin has taken the place of the first. */
static void
object_member_cb (JsonParser *parser,
                  JsonObject *object,
                  const char *name,
                  gpointer    user_data)
{
  Watch *watch = user_data;
  guint *n_members = &g_array_index (watch->n_members, guint, watch->n_members->len - 1);

  if (++*n_members > json_object_get_size (object) && watch->twin == NULL)
    watch->twin = g_utf8_make_valid (name, -1);
}

static void
object_end_cb (JsonParser *parser,
               JsonObject *object,
               gpointer    user_data)
{
  Watch *watch = user_data;

  g_array_set_size (watch->n_members, watch->n_members->len - 1);
  watch->depth--;
}

static void
fail (GError     **error,
      const char  *reason)
{
  /* Translators: %s is why, as in "it is not complete" */
  g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_SYNTAX, _("The price list cannot be read: %s."), reason);
}

static JsonNode *
parse (const char  *text,
       size_t       length,
       Watch       *watch,
       GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) syntax_error = NULL;

  json_parser_set_strict (parser, TRUE);
  g_signal_connect (parser, "array-start", G_CALLBACK (enter_cb), watch);
  g_signal_connect (parser, "array-end", G_CALLBACK (array_end_cb), watch);
  g_signal_connect (parser, "object-start", G_CALLBACK (object_start_cb), watch);
  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), watch);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), watch);

  if (!json_parser_load_from_data (parser, text, length, &syntax_error) || json_parser_get_root (parser) == NULL)
    {
      fail (error, g_error_matches (syntax_error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_NESTING)
                     ? _("it is nested too deeply") : _("it is not valid JSON, or not complete"));
      return NULL;
    }

  return json_parser_steal_root (parser);
}

/**
 * td_strict_json_parse:
 * @bytes: a document; need not be NUL-terminated
 * @max_bytes: the most it may have
 * @error: return location for an error of domain %TD_CATALOGUE_ERROR
 *
 * Parses JSON strictly: UTF-8, nothing beyond the standard, no member twice, not nested deeper than any list of prices
 * is. The error repeats nothing of the document but the name of a member that stands twice.
 *
 * Returns: (transfer full) (nullable): the root
 */
JsonNode *
td_strict_json_parse (GBytes  *bytes,
                      size_t   max_bytes,
                      GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  Watch watch = { 0 };
  size_t length;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length > max_bytes)
    {
      fail (error, _("it is too large"));
      return NULL;
    }

  if (length == 0 || !g_utf8_validate_len (text, length, NULL))
    {
      fail (error, length == 0 ? _("it is empty") : _("it is not text in UTF-8"));
      return NULL;
    }

  watch.n_members = g_array_new (FALSE, FALSE, sizeof (guint));
  root = parse (text, length, &watch, error);

  if (root != NULL && (watch.is_too_deep || watch.twin != NULL))
    {
      /* Translators: %s is the name of a field */
      g_autofree char *reason = watch.is_too_deep ? g_strdup (_("it is nested too deeply"))
                                                  : g_strdup_printf (_("“%.40s” stands in it twice"), watch.twin);

      fail (error, reason);
      g_clear_pointer (&root, json_node_unref);
    }

  g_array_unref (watch.n_members);
  g_free (watch.twin);

  return g_steal_pointer (&root);
}
