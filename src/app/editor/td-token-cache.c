/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-token-cache.h"

/* Parts kept, as a multiple of those that the last frame showed. */
#define KEPT_PER_SHOWN 4
#define KEPT_AT_LEAST 256

struct _TdTokenCache
{
  GHashTable *parts; /* a set of Part */
};

/* The bands of one line, or of one part of a long line. */
typedef struct
{
  int line;
  guint part;
  TdLineLook look;     /* when it was painted */
  GskRenderNode *node; /* NULL if there is nothing to draw */
} Part;

static guint
part_hash (gconstpointer key)
{
  const Part *part = key;

  return (guint) part->line * 31 + part->part;
}

static gboolean
part_equal (gconstpointer a,
            gconstpointer b)
{
  const Part *part_a = a;
  const Part *part_b = b;

  return part_a->line == part_b->line && part_a->part == part_b->part;
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->node, gsk_render_node_unref);
  g_free (part);
}

/**
 * td_token_cache_new:
 *
 * Returns: (transfer full): an empty cache
 */
TdTokenCache *
td_token_cache_new (void)
{
  TdTokenCache *self = g_new0 (TdTokenCache, 1);

  self->parts = g_hash_table_new_full (part_hash, part_equal, part_free, NULL);

  return self;
}

/**
 * td_token_cache_free:
 * @self: (transfer full): a cache
 */
void
td_token_cache_free (TdTokenCache *self)
{
  g_hash_table_unref (self->parts);
  g_free (self);
}

/**
 * td_token_cache_lookup:
 * @self: a cache
 * @line: the number of a line
 * @part: which part of it
 * @look: how the line lies now
 * @node: (out) (transfer none) (nullable): what was painted
 *
 * Returns: whether the part was painted and still lies as it did then
 */
gboolean
td_token_cache_lookup (TdTokenCache      *self,
                       int                line,
                       guint              part,
                       const TdLineLook  *look,
                       GskRenderNode    **node)
{
  Part wanted = { .line = line, .part = part };
  const Part *found = g_hash_table_lookup (self->parts, &wanted);

  if (found == NULL || found->look.x != look->x || found->look.height != look->height)
    return FALSE;

  *node = found->node;

  return TRUE;
}

/**
 * td_token_cache_insert:
 * @self: a cache
 * @line: the number of a line
 * @part: which part of it
 * @look: how the line lies
 * @node: (transfer full) (nullable): what was painted
 */
void
td_token_cache_insert (TdTokenCache     *self,
                       int               line,
                       guint             part,
                       const TdLineLook *look,
                       GskRenderNode    *node)
{
  Part *inserted = g_new0 (Part, 1);

  inserted->line = line;
  inserted->part = part;
  inserted->look = *look;
  inserted->node = node;
  g_hash_table_replace (self->parts, inserted, inserted);
}

/**
 * td_token_cache_clear:
 * @self: a cache
 *
 * Forgets everything.
 */
void
td_token_cache_clear (TdTokenCache *self)
{
  g_hash_table_remove_all (self->parts);
}

/**
 * td_token_cache_forget_lines:
 * @self: a cache
 * @first: the first line that changed
 * @last: the last line that changed, as lines are counted now
 * @n_added: how many lines more there are than before
 *
 * Forgets the lines that changed and renumbers those behind them.
 */
void
td_token_cache_forget_lines (TdTokenCache *self,
                             int           first,
                             int           last,
                             int           n_added)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Part *part = key;

      if (part->line < first)
        continue;

      if (part->line <= last - n_added)
        {
          g_hash_table_iter_remove (&iter);
        }
      else if (n_added != 0)
        {
          g_hash_table_iter_steal (&iter);
          part->line += n_added;
          g_ptr_array_add (moved, part);
        }
    }

  for (guint i = 0; i < moved->len; i++)
    g_hash_table_add (self->parts, g_ptr_array_index (moved, i));
}

/**
 * td_token_cache_keep_near:
 * @self: a cache
 * @first: the first line that the screen shows
 * @last: the last of them
 * @n_shown: how many parts were drawn
 *
 * Forgets what is far from the screen, if much is kept.
 */
void
td_token_cache_keep_near (TdTokenCache *self,
                          int           first,
                          int           last,
                          guint         n_shown)
{
  int margin = last - first + 1;
  GHashTableIter iter;
  gpointer key;

  if (g_hash_table_size (self->parts) <= MAX (KEPT_AT_LEAST, KEPT_PER_SHOWN * n_shown))
    return;

  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Part *part = key;

      if (part->line < first - margin || part->line > last + margin)
        g_hash_table_iter_remove (&iter);
    }
}
