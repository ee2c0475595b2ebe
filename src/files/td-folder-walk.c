/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "files/td-folder-walk.h"
#include "files/td-ignore.h"

#define ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK

/* Deeper than any tree that people make; what is below is told as unreadable. */
#define DEEPEST 200

/* The rules of one folder. Those of the folders above are asked when these say nothing. */
typedef struct _Level
{
  struct _Level *above;
  TdIgnore *rules;  /* nullable */
  const char *name; /* of the folder, in the one above */
} Level;

typedef struct
{
  TdFolderWalkFunc func;
  gpointer user_data;
  gboolean stopped;
} Walk;

static TdIgnore *
load_rules (GFile      *folder,
            const char *name)
{
  g_autoptr (GFile) file = g_file_resolve_relative_path (folder, name);
  g_autoptr (GBytes) rules = g_file_load_bytes (file, NULL, NULL, NULL);
  gsize length;
  const char *data = rules != NULL ? g_bytes_get_data (rules, &length) : NULL;

  return data != NULL ? td_ignore_new (data, length) : NULL;
}

static gboolean
is_ignored (const Level *level,
            const char  *name,
            gboolean     is_folder)
{
  g_autoptr (GString) path = g_string_new (name);

  for (; level != NULL; level = level->above)
    {
      TdIgnoreMatch match = level->rules != NULL ? td_ignore_match (level->rules, path->str, is_folder) : TD_IGNORE_UNDECIDED;

      if (match != TD_IGNORE_UNDECIDED)
        return match == TD_IGNORE_EXCLUDED;
      if (level->name != NULL)
        {
          g_string_prepend_c (path, '/');
          g_string_prepend (path, level->name);
        }
    }

  return FALSE;
}

static void
tell (Walk        *walk,
      GFile       *file,
      const char  *path,
      TdFileState  state)
{
  if (!walk->stopped && !walk->func (file, path, state, walk->user_data))
    walk->stopped = TRUE;
}

static void walk_folder (Walk       *walk,
                         GFile      *folder,
                         const char *path,
                         Level      *level,
                         guint       depth);

static void
visit (Walk       *walk,
       GFile      *folder,
       const char *folder_path,
       Level      *level,
       guint       depth,
       GFileInfo  *info)
{
  const char *name = g_file_info_get_name (info);
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autofree char *path = g_strconcat (folder_path, "/", name, NULL);
  gboolean is_folder = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

  if (g_str_equal (name, ".git") || is_ignored (level, name, is_folder))
    {
      tell (walk, file, path, TD_FILE_IGNORED);
    }
  else if (g_file_info_get_is_symlink (info))
    {
      tell (walk, file, path, TD_FILE_LINK);
    }
  else if (is_folder)
    {
      Level below = { .above = level, .rules = load_rules (file, ".gitignore"), .name = name };

      walk_folder (walk, file, path, &below, depth + 1);
      g_clear_pointer (&below.rules, td_ignore_free);
    }
  else
    {
      tell (walk, file, path,
            g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR ? TD_FILE_COUNTED : TD_FILE_SPECIAL);
    }
}

/* Links are not followed, so no folder is come upon twice. */
static void
walk_folder (Walk       *walk,
             GFile      *folder,
             const char *path,
             Level      *level,
             guint       depth)
{
  g_autoptr (GFileEnumerator) entries = NULL;

  if (depth <= DEEPEST)
    entries = g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  if (entries == NULL)
    {
      tell (walk, folder, path, TD_FILE_UNREADABLE);
      return;
    }

  while (!walk->stopped)
    {
      g_autoptr (GFileInfo) info = g_file_enumerator_next_file (entries, NULL, NULL);

      if (info == NULL)
        break;
      visit (walk, folder, path, level, depth, info);
    }
}

/* The rules that hold for @folder from above: those of its repository, up to where that begins. */
static Level *
add_levels_above (GFile     *folder,
                  GPtrArray *levels)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFile) at = g_object_ref (folder);
  gboolean in_repository = FALSE;
  Level *level = NULL;

  while (at != NULL && !in_repository)
    {
      g_autoptr (GFile) git = g_file_get_child (at, ".git");
      GFile *parent = g_file_get_parent (at);

      g_ptr_array_add (folders, g_object_ref (at));
      in_repository = g_file_query_exists (git, NULL);
      g_set_object (&at, parent);
      g_clear_object (&parent);
    }
  if (!in_repository)
    g_ptr_array_set_size (folders, 1);

  for (guint i = folders->len; i > 0; i--)
    {
      GFile *it = g_ptr_array_index (folders, i - 1);
      Level *next;

      if (in_repository && i == folders->len)
        {
          next = g_new0 (Level, 1);
          next->rules = load_rules (it, ".git/info/exclude");
          g_ptr_array_add (levels, next);
          level = next;
        }
      next = g_new0 (Level, 1);
      next->above = level;
      next->rules = load_rules (it, ".gitignore");
      next->name = i < folders->len ? g_file_get_basename (it) : NULL;
      g_ptr_array_add (levels, next);
      level = next;
    }

  return level;
}

static void
level_free (gpointer data)
{
  Level *level = data;

  g_clear_pointer (&level->rules, td_ignore_free);
  g_free ((char *) level->name);
  g_free (level);
}

/**
 * td_folder_walk:
 * @root: a file or a folder
 * @func: (scope call): called for each file below @root, or for @root itself if it is a file
 * @user_data: data for @func
 *
 * Goes through a folder as git would add it: what .gitignore files say in it, in its folders, and above it in its
 * repository is ignored, and so is .git. An ignored folder is told once and not looked into. Symbolic links are not
 * followed, but @root may be one. What the user names is never ignored. Blocks: not for the main thread.
 */
void
td_folder_walk (GFile            *root,
                TdFolderWalkFunc  func,
                gpointer          user_data)
{
  Walk walk = { func, user_data, FALSE };
  g_autofree char *name = g_file_get_basename (root);
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func (level_free);

  switch (g_file_query_file_type (root, G_FILE_QUERY_INFO_NONE, NULL))
    {
    case G_FILE_TYPE_DIRECTORY:
      walk_folder (&walk, root, name, add_levels_above (root, levels), 0);
      break;

    case G_FILE_TYPE_REGULAR:
      tell (&walk, root, name, TD_FILE_COUNTED);
      break;

    case G_FILE_TYPE_UNKNOWN:
      tell (&walk, root, name, TD_FILE_UNREADABLE);
      break;

    default:
      tell (&walk, root, name, TD_FILE_SPECIAL);
    }
}
