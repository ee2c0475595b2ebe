/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "files/td-file-entry-private.h"

/**
 * TdFileEntry:
 *
 * One file that a scan came upon, and what became of it. Immutable.
 */
struct _TdFileEntry
{
  GObject parent_instance;

  GFile *file;
  char *path;
  TdFileState state;
  TdFileCount count;
};

G_DEFINE_FINAL_TYPE (TdFileEntry, td_file_entry, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PATH,
  N_PROPS
};

static void
td_file_entry_finalize (GObject *object)
{
  TdFileEntry *self = TD_FILE_ENTRY (object);

  g_clear_object (&self->file);
  g_free (self->path);

  G_OBJECT_CLASS (td_file_entry_parent_class)->finalize (object);
}

static void
td_file_entry_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, TD_FILE_ENTRY (object)->path);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_file_entry_class_init (TdFileEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_file_entry_finalize;
  object_class->get_property = td_file_entry_get_property;

  g_object_class_install_property (object_class, PROP_PATH,
                                   g_param_spec_string ("path", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
td_file_entry_init (TdFileEntry *self)
{
}

TdFileEntry *
_td_file_entry_new (GFile             *file,
                    const char        *path,
                    TdFileState        state,
                    const TdFileCount *count)
{
  TdFileEntry *self = g_object_new (TD_TYPE_FILE_ENTRY, NULL);

  self->file = g_object_ref (file);
  self->path = g_filename_display_name (path);
  self->state = state;
  if (count != NULL)
    self->count = *count;

  return self;
}

/**
 * td_file_entry_get_file:
 * @self: the entry
 *
 * Returns: (transfer none): the file
 */
GFile *
td_file_entry_get_file (TdFileEntry *self)
{
  g_return_val_if_fail (TD_IS_FILE_ENTRY (self), NULL);

  return self->file;
}

/**
 * td_file_entry_get_path:
 * @self: the entry
 *
 * Returns: its path from the folder that was scanned, that folder included ("path" property), valid UTF-8
 */
const char *
td_file_entry_get_path (TdFileEntry *self)
{
  g_return_val_if_fail (TD_IS_FILE_ENTRY (self), NULL);

  return self->path;
}

/**
 * td_file_entry_get_state:
 * @self: the entry
 *
 * Returns: what became of the file
 */
TdFileState
td_file_entry_get_state (TdFileEntry *self)
{
  g_return_val_if_fail (TD_IS_FILE_ENTRY (self), TD_FILE_UNREADABLE);

  return self->state;
}

/**
 * td_file_entry_get_count:
 * @self: the entry
 *
 * Returns: what was counted, all zero for a file that was left out
 */
const TdFileCount *
td_file_entry_get_count (TdFileEntry *self)
{
  g_return_val_if_fail (TD_IS_FILE_ENTRY (self), NULL);

  return &self->count;
}

/**
 * td_file_state_get_reason:
 * @state: what became of a file
 *
 * Returns: why it is left out
 */
const char *
td_file_state_get_reason (TdFileState state)
{
  switch (state)
    {
    case TD_FILE_IGNORED:
      return _("ignored by git");
    case TD_FILE_BINARY:
      return _("binary");
    case TD_FILE_NOT_UTF8:
      return _("not UTF-8");
    case TD_FILE_LINK:
      return _("a link");
    case TD_FILE_SPECIAL:
      return _("not an ordinary file");
    case TD_FILE_UNREADABLE:
      return _("cannot be read");
    case TD_FILE_CHANGED:
      return _("changed while being read");
    case TD_FILE_NO_PLACE_TO_CUT:
      return _("too long without a word end");
    case TD_FILE_COUNTED:
    case TD_N_FILE_STATES:
    default:
      return "";
    }
}
