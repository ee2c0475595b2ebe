/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/drafts/td-draft-store.h"

#define DRAFT_SUFFIX ".draft"
#define LOCK_SUFFIX ".lock"

/**
 * TdDraftStore:
 *
 * The folder of the drafts, and the thread that writes them.
 *
 * A draft is named after the process that wrote it, by a random name, and a number:
 *
 *     6f1c….lock        held with flock() as long as the process lives
 *     6f1c…-1.draft     its first window
 *     6f1c…-2.draft     its second one
 *
 * The kernel lets go of the lock however a process ends, so a draft whose lock can be had belongs to nobody any more
 * and may be offered; a number of a process would not do, as they are used again and differ between sandboxes. The store
 * keeps what locks it got so that no other process offers the same drafts meanwhile.
 *
 * All writing and removing happens in one thread in the order in which it was asked for. The folder is the user's alone
 * (0700), the files too (0600).
 *
 * All functions belong to the main thread.
 */
struct _TdDraftStore
{
  GObject parent_instance;

  /* owned */
  char *folder;
  char *name;          /* of this process */
  GThreadPool *thread; /* takes Jobs */
  char *error;
  guint n_ids;

  GMutex mutex;
  GCond idle;
  guint n_jobs;        /* these three under the mutex */
  char *result;        /* nullable: why the last draft could not be written, for the main thread */
  guint report_source;

  /* of the thread */
  int lock;            /* -1 before the first draft is written */

  /* of td_draft_store_find_async() */
  GHashTable *claimed; /* name of a process that is no more → descriptor of its lock; under the mutex */
};

G_DEFINE_FINAL_TYPE (TdDraftStore, td_draft_store, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ERROR,
  PROP_FOLDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The thread ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  TdDraft *draft; /* nullable: to be written */
  char *id;
  char *new_id;   /* nullable: to be renamed to */
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->draft);
  g_free (job->id);
  g_free (job->new_id);
  g_free (job);
}

static char *
build_path (TdDraftStore *self,
            const char   *name,
            const char   *suffix)
{
  g_autofree char *base = g_strconcat (name, suffix, NULL);

  return g_build_filename (self->folder, base, NULL);
}

/* -1 if another process holds it, or with errno. */
static int
open_lock (TdDraftStore *self,
           const char   *name)
{
  g_autofree char *path = build_path (self, name, LOCK_SUFFIX);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  /* A file system without locks is no reason to do without drafts. */
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      close (fd);
      return -1;
    }

  return fd;
}

static gboolean
prepare (TdDraftStore  *self,
         GError       **error)
{
  int code;

  if (self->lock >= 0)
    return TRUE;

  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    self->lock = open_lock (self, self->name);
  if (self->lock >= 0)
    return TRUE;

  code = errno;
  g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), g_strerror (code));

  return FALSE;
}

static gboolean
report_cb (gpointer user_data)
{
  TdDraftStore *self = user_data;
  g_autofree char *message = NULL;

  g_mutex_lock (&self->mutex);
  self->report_source = 0;
  message = g_steal_pointer (&self->result);
  g_mutex_unlock (&self->mutex);

  if (g_set_str (&self->error, message))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);

  return G_SOURCE_REMOVE;
}

/* Tells the main thread how the last writing went. */
static void
report_result (TdDraftStore *self,
               const GError *error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_set_str (&self->result, error != NULL ? error->message : NULL);
  if (self->report_source == 0)
    self->report_source = g_idle_add_full (G_PRIORITY_DEFAULT, report_cb, self, NULL);
}

static void
write_draft (TdDraftStore *self,
             Job          *job)
{
  g_autofree char *path = build_path (self, job->id, DRAFT_SUFFIX);
  g_autoptr (GBytes) contents = td_draft_serialize (job->draft);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (contents, &length);

  if (prepare (self, &error))
    g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  report_result (self, error);
}

static void
rename_draft (TdDraftStore *self,
              Job          *job)
{
  g_autofree char *path = build_path (self, job->id, DRAFT_SUFFIX);
  g_autofree char *new_path = build_path (self, job->new_id, DRAFT_SUFFIX);
  g_autoptr (GError) error = NULL;

  if (prepare (self, &error) && g_rename (path, new_path) != 0)
    g_debug ("The draft %s stays where it is: %s", path, g_strerror (errno));
  if (error != NULL)
    report_result (self, error);
}

static void
run_job (gpointer data,
         gpointer user_data)
{
  Job *job = data;
  TdDraftStore *self = user_data;

  if (job->draft != NULL)
    {
      write_draft (self, job);
    }
  else if (job->new_id != NULL)
    {
      rename_draft (self, job);
    }
  else
    {
      g_autofree char *path = build_path (self, job->id, DRAFT_SUFFIX);

      g_unlink (path);
    }
  job_free (job);

  g_mutex_lock (&self->mutex);
  if (--self->n_jobs == 0)
    g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->mutex);
}

static void
push (TdDraftStore *self,
      TdDraft      *draft,
      const char   *id,
      const char   *new_id)
{
  Job *job = g_new0 (Job, 1);

  g_set_object (&job->draft, draft);
  job->id = g_strdup (id);
  job->new_id = g_strdup (new_id);

  g_mutex_lock (&self->mutex);
  self->n_jobs++;
  g_mutex_unlock (&self->mutex);
  g_thread_pool_push (self->thread, job, NULL);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

/* Whether a draft of the process @name is left. */
static gboolean
has_drafts (TdDraftStore *self,
            const char   *name)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *entry;

  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_prefix (entry, name) && g_str_has_suffix (entry, DRAFT_SUFFIX))
        return TRUE;
    }

  return FALSE;
}

static void
release_lock (TdDraftStore *self,
              const char   *name,
              int           fd)
{
  g_autofree char *path = build_path (self, name, LOCK_SUFFIX);

  if (!has_drafts (self, name))
    g_unlink (path);
  close (fd);
}

static void
td_draft_store_finalize (GObject *object)
{
  TdDraftStore *self = TD_DRAFT_STORE (object);
  GHashTableIter iter;
  gpointer name;
  gpointer fd;

  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_clear_handle_id (&self->report_source, g_source_remove);

  if (self->lock >= 0)
    release_lock (self, self->name, self->lock);
  g_hash_table_iter_init (&iter, self->claimed);
  while (g_hash_table_iter_next (&iter, &name, &fd))
    release_lock (self, name, GPOINTER_TO_INT (fd));

  g_hash_table_unref (self->claimed);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self->error);
  g_free (self->result);
  g_free (self->name);
  g_free (self->folder);

  G_OBJECT_CLASS (td_draft_store_parent_class)->finalize (object);
}

static void
td_draft_store_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TdDraftStore *self = TD_DRAFT_STORE (object);

  switch (prop_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_draft_store_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TdDraftStore *self = TD_DRAFT_STORE (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      self->folder = g_value_dup_string (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_draft_store_class_init (TdDraftStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_draft_store_finalize;
  object_class->get_property = td_draft_store_get_property;
  object_class->set_property = td_draft_store_set_property;

  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDER] =
    g_param_spec_string ("folder", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_draft_store_init (TdDraftStore *self)
{
  self->lock = -1;
  self->name = g_uuid_string_random ();
  self->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->thread = g_thread_pool_new (run_job, self, 1, FALSE, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
}

/**
 * td_draft_store_new:
 * @folder: (nullable): where the drafts are kept; %NULL is the usual place. It is made when it is needed.
 *
 * Returns: (transfer full): a store
 */
TdDraftStore *
td_draft_store_new (const char *folder)
{
  /* The data folder, not the one for state: older sandboxes keep only the former. */
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "tokendesk", "drafts", NULL);

  return g_object_new (TD_TYPE_DRAFT_STORE, "folder", folder != NULL ? folder : usual, NULL);
}

/**
 * td_draft_store_get_error:
 * @self: the store
 *
 * Returns: (nullable): why the last draft could not be written ("error" property), as the system says it
 */
const char *
td_draft_store_get_error (TdDraftStore *self)
{
  g_return_val_if_fail (TD_IS_DRAFT_STORE (self), NULL);

  return self->error;
}

/**
 * td_draft_store_new_id:
 * @self: the store
 *
 * Returns: (transfer full): what a new draft is to be known by
 */
char *
td_draft_store_new_id (TdDraftStore *self)
{
  g_return_val_if_fail (TD_IS_DRAFT_STORE (self), NULL);

  return g_strdup_printf ("%s-%u", self->name, ++self->n_ids);
}

/**
 * td_draft_store_write:
 * @self: the store
 * @id: what the draft is known by
 * @draft: the draft
 *
 * Has the draft written, or replaced as one step. Returns at once; see td_draft_store_get_error().
 */
void
td_draft_store_write (TdDraftStore *self,
                      const char   *id,
                      TdDraft      *draft)
{
  g_return_if_fail (TD_IS_DRAFT_STORE (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (TD_IS_DRAFT (draft));

  push (self, draft, id, NULL);
}

/**
 * td_draft_store_remove:
 * @self: the store
 * @id: what the draft is known by
 *
 * Has the draft removed, if there is one. Returns at once.
 */
void
td_draft_store_remove (TdDraftStore *self,
                       const char   *id)
{
  g_return_if_fail (TD_IS_DRAFT_STORE (self));
  g_return_if_fail (id != NULL);

  push (self, NULL, id, NULL);
}

/**
 * td_draft_store_rename:
 * @self: the store
 * @id: what the draft is known by
 * @new_id: what it is to be known by
 *
 * Has the draft of a process that is no more taken over by this one. Returns at once.
 */
void
td_draft_store_rename (TdDraftStore *self,
                       const char   *id,
                       const char   *new_id)
{
  g_return_if_fail (TD_IS_DRAFT_STORE (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (new_id != NULL);

  push (self, NULL, id, new_id);
}

/**
 * td_draft_store_flush:
 * @self: the store
 *
 * Waits until all that was asked for is done. For the end of the process, and for tests.
 */
void
td_draft_store_flush (TdDraftStore *self)
{
  g_return_if_fail (TD_IS_DRAFT_STORE (self));

  g_mutex_lock (&self->mutex);
  while (self->n_jobs > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/* Finding ---------------------------------------------------------------------------------------------------------- */

/* The name of the process that wrote the draft with this file name, or NULL. */
static char *
get_process_name (const char *file_name)
{
  const char *dash = strrchr (file_name, '-');

  if (dash == NULL || dash == file_name || !g_str_has_suffix (file_name, DRAFT_SUFFIX))
    return NULL;

  return g_strndup (file_name, (gsize) (dash - file_name));
}

/* Whether nobody else has the drafts of the process @name. */
static gboolean
claim (TdDraftStore *self,
       const char   *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  int fd;

  if (g_str_equal (name, self->name))
    return FALSE;
  if (g_hash_table_contains (self->claimed, name))
    return TRUE;

  fd = open_lock (self, name);
  if (fd >= 0)
    g_hash_table_insert (self->claimed, g_strdup (name), GINT_TO_POINTER (fd));

  return fd >= 0;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 saved_a = td_draft_get_saved (*(TdDraft **) a);
  gint64 saved_b = td_draft_get_saved (*(TdDraft **) b);

  return saved_a < saved_b ? 1 : saved_a > saved_b ? -1 : 0;
}

static TdDraft *
read_draft (TdDraftStore *self,
            const char   *file_name,
            GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (self->folder, file_name, NULL);
  g_autofree char *id = g_strndup (file_name, strlen (file_name) - strlen (DRAFT_SUFFIX));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) contents = g_file_load_bytes (file, cancellable, NULL, NULL);
  TdDraft *draft = contents != NULL ? td_draft_parse (contents) : NULL;

  if (draft != NULL)
    {
      td_draft_set_id (draft, id);
      td_draft_check_file (draft, cancellable);
    }

  return draft;
}

static void
find_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  TdDraftStore *self = source_object;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *entry;

  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *name = get_process_name (entry);
      TdDraft *draft;

      if (name == NULL || !claim (self, name))
        continue;

      draft = read_draft (self, entry, cancellable);
      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }

  g_ptr_array_sort (drafts, compare_newest_first);
  g_task_return_pointer (task, g_steal_pointer (&drafts), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * td_draft_store_find_async:
 * @self: the store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: data for @callback
 *
 * Looks in a worker thread for the drafts of processes that are no more.
 */
void
td_draft_store_find_async (TdDraftStore        *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TD_IS_DRAFT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_draft_store_find_async);
  g_task_run_in_thread (task, find_thread);
}

/**
 * td_draft_store_find_finish:
 * @self: the store
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type TdDraft): the drafts, the newest first, or %NULL
 */
GPtrArray *
td_draft_store_find_finish (TdDraftStore  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
