/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "files/td-ignore.h"

/* One line of the file. Without a slash, or with one at the end only, it is about names in any folder below; else about
 * the path from the folder of the file, segment by segment. */
typedef struct
{
  GStrv segments;
  guint n_segments;
  gboolean include;      /* "!" */
  gboolean only_folders; /* "/" at the end */
  gboolean any_folder;   /* no slash */
} Rule;

struct _TdIgnore
{
  GArray *rules; /* of Rule */
};

static void
rule_clear (gpointer data)
{
  Rule *rule = data;

  g_strfreev (rule->segments);
}

/* Blanks at the end count only behind a backslash. */
static void
trim_end (char *line)
{
  gsize length = strlen (line);
  gsize end = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (line[i] == '\\' && i + 1 < length)
        end = ++i + 1;
      else if (line[i] != ' ')
        end = i + 1;
    }
  line[end] = '\0';
}

static void
add_rule (TdIgnore *ignore,
          char     *line)
{
  Rule rule = { 0 };
  gsize length = strlen (line);

  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';
  if (line[0] == '#')
    return;
  trim_end (line);

  if (line[0] == '!')
    {
      rule.include = TRUE;
      line++;
    }
  length = strlen (line);
  if (length > 0 && line[length - 1] == '/')
    {
      rule.only_folders = TRUE;
      line[--length] = '\0';
    }
  rule.any_folder = strchr (line, '/') == NULL;
  if (line[0] == '/')
    line++;
  if (line[0] == '\0')
    return;

  rule.segments = g_strsplit (line, "/", -1);
  rule.n_segments = g_strv_length (rule.segments);
  g_array_append_val (ignore->rules, rule);
}

/**
 * td_ignore_new:
 * @rules: the contents of a .gitignore file
 * @length: their length in bytes
 *
 * Returns: (transfer full): its rules
 */
TdIgnore *
td_ignore_new (const char *rules,
               gsize       length)
{
  TdIgnore *ignore = g_new0 (TdIgnore, 1);
  g_autofree char *copy = g_strndup (rules, length);
  char *start = g_str_has_prefix (copy, "\xEF\xBB\xBF") ? copy + 3 : copy;
  g_auto (GStrv) lines = g_strsplit (start, "\n", -1);

  ignore->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  g_array_set_clear_func (ignore->rules, rule_clear);
  for (guint i = 0; lines[i] != NULL; i++)
    add_rule (ignore, lines[i]);

  return ignore;
}

/**
 * td_ignore_free:
 * @ignore: rules
 */
void
td_ignore_free (TdIgnore *ignore)
{
  g_array_unref (ignore->rules);
  g_free (ignore);
}

/* Matching --------------------------------------------------------------------------------------------------------- */

static gboolean
in_class (const char *name,
          gsize       length,
          guchar      c)
{
  static const struct { const char *name; GAsciiType type; } classes[] = {
    { "alnum", G_ASCII_ALNUM }, { "alpha", G_ASCII_ALPHA }, { "cntrl", G_ASCII_CNTRL }, { "digit", G_ASCII_DIGIT },
    { "graph", G_ASCII_GRAPH }, { "lower", G_ASCII_LOWER }, { "print", G_ASCII_PRINT }, { "punct", G_ASCII_PUNCT },
    { "space", G_ASCII_SPACE }, { "upper", G_ASCII_UPPER }, { "xdigit", G_ASCII_XDIGIT },
  };

  if (length == 5 && strncmp (name, "blank", 5) == 0)
    return c == ' ' || c == '\t';
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (strlen (classes[i].name) == length && strncmp (classes[i].name, name, length) == 0)
        return (g_ascii_table[c] & classes[i].type) != 0;
    }

  return FALSE;
}

/* Whether @c is in the brackets that begin at @p, behind the "[". Sets @end behind the "]", or to NULL without one. */
static gboolean
match_brackets (const char  *p,
                guchar       c,
                const char **end)
{
  gboolean negated = *p == '!' || *p == '^';
  gboolean found = FALSE;
  const char *first;

  if (negated)
    p++;
  first = p;
  for (; *p != '\0' && (*p != ']' || p == first); p++)
    {
      guchar low;

      if (p[0] == '[' && p[1] == ':')
        {
          const char *close = strstr (p + 2, ":]");

          if (close != NULL)
            {
              found |= in_class (p + 2, (gsize) (close - p) - 2, c);
              p = close + 1;
              continue;
            }
        }
      if (*p == '\\' && p[1] != '\0')
        p++;
      low = (guchar) *p;
      if (p[1] == '-' && p[2] != ']' && p[2] != '\0')
        {
          p += 2;
          if (*p == '\\' && p[1] != '\0')
            p++;
          found |= c >= low && c <= (guchar) *p;
        }
      else
        {
          found |= c == low;
        }
    }
  *end = *p == ']' ? p + 1 : NULL;

  return *end != NULL && found != negated;
}

/* One segment of a path, by bytes as git does it. Quadratic at the most: only the last "*" is ever tried again. */
static gboolean
match_segment (const char *pattern,
               const char *name)
{
  const char *star = NULL;
  const char *retry = NULL;

  while (*name != '\0')
    {
      const char *next = NULL;
      gboolean matched = FALSE;

      if (*pattern == '*')
        {
          star = ++pattern;
          retry = name;
          continue;
        }
      if (*pattern == '?')
        {
          matched = TRUE;
          next = pattern + 1;
        }
      else if (*pattern == '[')
        {
          matched = match_brackets (pattern + 1, (guchar) *name, &next);
          if (next == NULL)
            matched = FALSE;
        }
      else if (*pattern != '\0')
        {
          const char *literal = *pattern == '\\' && pattern[1] != '\0' ? pattern + 1 : pattern;

          matched = *literal == *name;
          next = literal + 1;
        }

      if (matched)
        {
          pattern = next;
          name++;
        }
      else if (star != NULL)
        {
          pattern = star;
          name = ++retry;
        }
      else
        {
          return FALSE;
        }
    }

  while (*pattern == '*')
    pattern++;

  return *pattern == '\0';
}

/* "**" stands for any number of folders, at the end for at least one thing. The table says which segments of the rule
 * can reach which of the path, so many "**" cost no more than their number times that of the segments. */
static gboolean
match_path (const Rule *rule,
            GStrv       path,
            guint       n_path)
{
  g_autofree gboolean *reached = g_new0 (gboolean, n_path + 1);

  reached[0] = TRUE;
  for (guint i = 0; i < rule->n_segments; i++)
    {
      g_autofree gboolean *next = g_new0 (gboolean, n_path + 1);
      gboolean is_last = i + 1 == rule->n_segments;

      if (g_str_equal (rule->segments[i], "**"))
        {
          gboolean any = FALSE;

          for (guint j = 0; j <= n_path; j++)
            {
              next[j] = is_last ? any : any || reached[j];
              any |= reached[j];
            }
        }
      else
        {
          for (guint j = 0; j < n_path; j++)
            next[j + 1] = reached[j] && match_segment (rule->segments[i], path[j]);
        }
      memcpy (reached, next, sizeof (gboolean) * (n_path + 1));
    }

  return reached[n_path];
}

/**
 * td_ignore_match:
 * @ignore: the rules of a file
 * @path: what to look up, from the folder of that file, with "/" between its segments
 * @is_folder: whether it is a folder
 *
 * The last rule that matches decides. What lies in an ignored folder is ignored with it and need not be asked for.
 *
 * Returns: what the rules say
 */
TdIgnoreMatch
td_ignore_match (TdIgnore   *ignore,
                 const char *path,
                 gboolean    is_folder)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  guint n_segments = g_strv_length (segments);

  if (n_segments == 0)
    return TD_IGNORE_UNDECIDED;

  for (guint i = ignore->rules->len; i > 0; i--)
    {
      const Rule *rule = &g_array_index (ignore->rules, Rule, i - 1);

      if (rule->only_folders && !is_folder)
        continue;
      if (rule->any_folder
          ? match_segment (rule->segments[0], segments[n_segments - 1])
          : match_path (rule, segments, n_segments))
        return rule->include ? TD_IGNORE_INCLUDED : TD_IGNORE_EXCLUDED;
    }

  return TD_IGNORE_UNDECIDED;
}
