/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "pricing/td-overlay-json.h"
#include "pricing/td-overlay.h"

/* How long another program's change is waited for; it takes some milliseconds. */
#define LOCK_TRIES 500
#define LOCK_PAUSE_US 10000

/**
 * TdOverlay:
 *
 * What the user has laid over the catalogue: changes accepted from a price list, and models of their own. A #GListModel
 * of #TdPriceChange, oldest first.
 *
 * It is kept in one small file, which is replaced as a whole with each change, so that it is complete at any time. A
 * file that cannot be read is never overwritten: it is set aside under another name before the first new one is
 * written.
 *
 * The command line and other windows change the same file. So it is looked at again before each change, and what was
 * saved there in the meantime stays. From that look until the new file is in place a lock is held, on an empty file
 * beside it, as the file itself is another one afterwards. Use it from one thread.
 */
struct _TdOverlay
{
  GObject parent_instance;

  /* owned */
  char *path;
  GPtrArray *changes;
  char *seen; /* the file as it was last read or written, %NULL if never: what @changes were made of */

  gboolean is_damaged;
};

static GType
td_overlay_get_item_type (GListModel *list)
{
  return TD_TYPE_PRICE_CHANGE;
}

static guint
td_overlay_get_n_items (GListModel *list)
{
  return TD_OVERLAY (list)->changes->len;
}

static gpointer
td_overlay_get_item (GListModel *list,
                     guint       position)
{
  TdOverlay *self = TD_OVERLAY (list);

  return position < self->changes->len ? g_object_ref (g_ptr_array_index (self->changes, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = td_overlay_get_item_type;
  iface->get_n_items = td_overlay_get_n_items;
  iface->get_item = td_overlay_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TdOverlay, td_overlay, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
td_overlay_finalize (GObject *object)
{
  TdOverlay *self = TD_OVERLAY (object);

  g_free (self->path);
  g_free (self->seen);
  g_ptr_array_unref (self->changes);

  G_OBJECT_CLASS (td_overlay_parent_class)->finalize (object);
}

static void
td_overlay_class_init (TdOverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_overlay_finalize;
}

static void
td_overlay_init (TdOverlay *self)
{
  self->changes = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * td_overlay_new:
 * @path: (nullable): the file it is kept in, or %NULL to keep it in memory only
 *
 * Returns: (transfer full): an empty overlay; td_overlay_load() fills it
 */
TdOverlay *
td_overlay_new (const char *path)
{
  TdOverlay *self = g_object_new (TD_TYPE_OVERLAY, NULL);

  self->path = g_strdup (path);

  return self;
}

/**
 * td_overlay_dup_user_path:
 *
 * Returns: (transfer full): where the user's overlay lies, for the window and the command line alike
 */
char *
td_overlay_dup_user_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "tokendesk", "overlay.json", NULL);
}

/* Takes @changes in place of those that were. */
static void
replace (TdOverlay *self,
         GPtrArray *changes)
{
  GPtrArray *old = self->changes;
  guint n_removed = old->len;

  self->changes = changes;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, changes->len);
  g_ptr_array_unref (old);
}

/**
 * td_overlay_load:
 * @self: an overlay
 * @error: return location for an error of domain %TD_CATALOGUE_ERROR or %G_FILE_ERROR
 *
 * Reads the file, if there is one, and if it isn't as it was last seen. At once: it is small, and needed before there
 * is anything to show.
 *
 * Returns: whether that worked; otherwise the overlay is as it was
 */
gboolean
td_overlay_load (TdOverlay  *self,
                 GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  GPtrArray *changes;
  size_t length;

  g_return_val_if_fail (TD_IS_OVERLAY (self), FALSE);

  if (self->path == NULL)
    return TRUE;

  if (!g_file_get_contents (self->path, &text, &length, &local_error))
    {
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;

      self->is_damaged = TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* Who holds a change of ours keeps it. */
  if (self->seen != NULL && strlen (self->seen) == length && memcmp (self->seen, text, length) == 0)
    {
      self->is_damaged = FALSE;
      return TRUE;
    }

  bytes = g_bytes_new (text, length);
  changes = td_overlay_json_read (bytes, error);
  self->is_damaged = changes == NULL;
  if (changes == NULL)
    return FALSE;

  g_free (self->seen);
  self->seen = g_steal_pointer (&text);
  replace (self, changes);

  return TRUE;
}

/** Returns: whether there is a file that could not be read; it is set aside before another is written */
gboolean
td_overlay_is_damaged (TdOverlay *self)
{
  g_return_val_if_fail (TD_IS_OVERLAY (self), FALSE);

  return self->is_damaged;
}

/** Returns: (transfer none) (nullable): the file it is kept in */
const char *
td_overlay_get_path (TdOverlay *self)
{
  g_return_val_if_fail (TD_IS_OVERLAY (self), NULL);

  return self->path;
}

/* Moves a file that could not be read out of the way. */
static gboolean
set_aside (TdOverlay  *self,
           GError    **error)
{
  g_autofree char *aside = g_strdup_printf ("%s.damaged", self->path);

  if (!self->is_damaged)
    return TRUE;

  if (g_rename (self->path, aside) != 0 && errno != ENOENT)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("“%s” cannot be set aside: %s"), self->path,
                   g_strerror (code));
      return FALSE;
    }

  self->is_damaged = FALSE;

  return TRUE;
}

/* Makes sure that no other program changes the file until @fd is closed; also makes its folder. */
static gboolean
lock (TdOverlay  *self,
      int        *fd,
      GError    **error)
{
  g_autofree char *folder = self->path != NULL ? g_path_get_dirname (self->path) : NULL;
  g_autofree char *path = g_strdup_printf ("%s.lock", self->path != NULL ? self->path : "");
  gboolean is_locked;
  int code;

  if (self->path == NULL)
    return TRUE;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      code = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("The folder “%s” cannot be made: %s"), folder,
                   g_strerror (code));
      return FALSE;
    }

  *fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  is_locked = *fd >= 0 && flock (*fd, LOCK_EX | LOCK_NB) == 0;
  for (guint i = 0; i < LOCK_TRIES && *fd >= 0 && !is_locked && (errno == EWOULDBLOCK || errno == EINTR); i++)
    {
      g_usleep (LOCK_PAUSE_US);
      is_locked = flock (*fd, LOCK_EX | LOCK_NB) == 0;
    }

  if (is_locked)
    return TRUE;

  code = errno;
  if (code == EWOULDBLOCK)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, _("Another program is changing “%s”. Try again."), self->path);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("“%s” cannot be written: %s"), path,
                 g_strerror (code));

  return FALSE;
}

static gboolean
save (TdOverlay  *self,
      GPtrArray  *changes,
      GError    **error)
{
  g_autofree char *text = NULL;

  if (self->path == NULL)
    return TRUE;

  text = td_overlay_json_write (changes);
  if (!set_aside (self, error) ||
      !g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, error))
    return FALSE;

  g_free (self->seen);
  self->seen = g_steal_pointer (&text);

  return TRUE;
}

/* Saves @changes, and only then takes them. */
static gboolean
commit (TdOverlay  *self,
        GPtrArray  *changes,
        GError    **error)
{
  if (!save (self, changes, error))
    {
      g_ptr_array_unref (changes);
      return FALSE;
    }

  replace (self, changes);

  return TRUE;
}

static gpointer
copy_object (gconstpointer object,
             gpointer      user_data)
{
  return g_object_ref ((gpointer) object);
}

/* Removes the change of the same field from the same day on. */
static void
take_out (GPtrArray     *changes,
          TdPriceChange *change)
{
  for (guint i = 0; i < changes->len; i++)
    {
      if (td_price_change_is_same (g_ptr_array_index (changes, i), change))
        {
          g_ptr_array_remove_index (changes, i);
          break;
        }
    }
}

static void
put (GPtrArray     *changes,
     TdPriceChange *change)
{
  take_out (changes, change);
  g_ptr_array_add (changes, g_object_ref (change));
}

/**
 * td_overlay_add:
 * @self: an overlay
 * @changes: (array length=n_changes): what the user has accepted
 * @n_changes: how many
 * @error: return location for an error of domain %G_FILE_ERROR
 *
 * Adds changes, in place of earlier ones of the same fields from the same days on, and saves, with what others have
 * saved in the meantime.
 *
 * Returns: whether that worked; otherwise none was added
 */
gboolean
td_overlay_add (TdOverlay      *self,
                TdPriceChange **changes,
                guint           n_changes,
                GError        **error)
{
  g_autofd int fd = -1;
  GPtrArray *all;

  g_return_val_if_fail (TD_IS_OVERLAY (self), FALSE);

  if (!lock (self, &fd, error))
    return FALSE;

  /* One that cannot be read is set aside. */
  td_overlay_load (self, NULL);
  all = g_ptr_array_copy (self->changes, copy_object, NULL);
  g_ptr_array_set_free_func (all, g_object_unref);
  for (guint i = 0; i < n_changes; i++)
    put (all, changes[i]);

  return commit (self, all, error);
}

/**
 * td_overlay_remove:
 * @self: an overlay
 * @change: one of its changes
 * @error: return location for an error of domain %G_FILE_ERROR
 *
 * Undoes one change, and saves, with what others have saved in the meantime.
 *
 * Returns: whether that worked; otherwise it was not undone
 */
gboolean
td_overlay_remove (TdOverlay      *self,
                   TdPriceChange  *change,
                   GError        **error)
{
  /* Reading the file again may take the last other reference. */
  g_autoptr (TdPriceChange) held = g_object_ref (change);
  g_autofd int fd = -1;
  GPtrArray *all;

  g_return_val_if_fail (TD_IS_OVERLAY (self), FALSE);

  if (!lock (self, &fd, error))
    return FALSE;

  td_overlay_load (self, NULL);
  all = g_ptr_array_copy (self->changes, copy_object, NULL);
  g_ptr_array_set_free_func (all, g_object_unref);
  /* After reading there is another object for it. */
  if (!g_ptr_array_remove (all, held))
    take_out (all, held);

  return commit (self, all, error);
}

/**
 * td_overlay_clear:
 * @self: an overlay
 * @error: return location for an error of domain %G_FILE_ERROR
 *
 * Undoes all changes and removes all own models, those that others have saved in the meantime, too, and saves.
 *
 * Returns: whether that worked; otherwise nothing has changed
 */
gboolean
td_overlay_clear (TdOverlay  *self,
                  GError    **error)
{
  g_autofd int fd = -1;

  g_return_val_if_fail (TD_IS_OVERLAY (self), FALSE);

  if (!lock (self, &fd, error))
    return FALSE;

  td_overlay_load (self, NULL);

  return commit (self, g_ptr_array_new_with_free_func (g_object_unref), error);
}

/**
 * td_overlay_to_json:
 * @self: an overlay
 *
 * Returns: (transfer full): all of it, as the file has it and td_overlay_import() takes it
 */
char *
td_overlay_to_json (TdOverlay *self)
{
  g_return_val_if_fail (TD_IS_OVERLAY (self), NULL);

  return td_overlay_json_write (self->changes);
}

/**
 * td_overlay_import:
 * @self: an overlay
 * @bytes: what td_overlay_to_json() has written, here or elsewhere
 * @error: return location for an error of domain %TD_CATALOGUE_ERROR or %G_FILE_ERROR
 *
 * Adds all changes of another overlay, and saves.
 *
 * Returns: how many that were, or -1 if it did not work and nothing has changed
 */
int
td_overlay_import (TdOverlay  *self,
                   GBytes     *bytes,
                   GError    **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  g_return_val_if_fail (TD_IS_OVERLAY (self), -1);
  g_return_val_if_fail (bytes != NULL, -1);

  changes = td_overlay_json_read (bytes, error);
  if (changes == NULL ||
      !td_overlay_add (self, (TdPriceChange **) changes->pdata, changes->len, error))
    return -1;

  return changes->len;
}
