/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "files/td-charset.h"
#include "files/td-file-entry-private.h"
#include "files/td-folder-walk.h"

/**
 * TdFolderScan:
 *
 * Counts the tokens of all files below some folders, in the background.
 *
 * One thread walks through the folders, a few others count what it finds; each of them has a counter of its own. Results
 * come to the main thread in batches, one for each turn of the main loop. The lists grow as they come, in the order in
 * which files are done. Cancelling keeps what has been counted by then.
 *
 * All functions belong to the main thread.
 */
struct _TdFolderScan
{
  GObject parent_instance;

  /* owned */
  const TkEncoding *encodings[TK_N_ENCODINGS];
  GListStore *files;
  GListStore *left_out;
  struct _Run *run; /* nullable: under way */
  guint n_found;
  guint n_done;
};

G_DEFINE_FINAL_TYPE (TdFolderScan, td_folder_scan, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the threads share. Lives until the last of them and the scan have let go. */
typedef struct _Run
{
  gatomicrefcount ref_count;
  GPtrArray *roots;        /* GFiles */
  const TkEncoding *encodings[TK_N_ENCODINGS];
  TdFileProgress progress; /* its wish to cancel */
  GAsyncQueue *counters;   /* that are not in use */

  GMutex mutex;
  TdFolderScan *scan;      /* NULL once it does not wait any more; these under the mutex */
  GPtrArray *results;      /* TdFileEntries */
  guint n_found;
  gboolean finished;
  guint source;
} Run;

typedef struct
{
  GFile *file;
  char *path;
} Found;

static void
found_free (Found *found)
{
  g_object_unref (found->file);
  g_free (found->path);
  g_free (found);
}

static void
run_unref (Run *run)
{
  if (!g_atomic_ref_count_dec (&run->ref_count))
    return;

  g_ptr_array_unref (run->roots);
  g_ptr_array_unref (run->results);
  g_async_queue_unref (run->counters);
  g_mutex_clear (&run->mutex);
  g_free (run);
}

/* The main thread -------------------------------------------------------------------------------------------------- */

static void
add_results (TdFolderScan *self,
             GPtrArray    *results)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GPtrArray) left_out = g_ptr_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      TdFileEntry *entry = g_ptr_array_index (results, i);

      g_ptr_array_add (td_file_entry_get_state (entry) == TD_FILE_COUNTED ? files : left_out, entry);
    }

  g_list_store_splice (self->files, g_list_model_get_n_items (G_LIST_MODEL (self->files)), 0,
                       files->pdata, files->len);
  g_list_store_splice (self->left_out, g_list_model_get_n_items (G_LIST_MODEL (self->left_out)), 0,
                       left_out->pdata, left_out->len);
  self->n_done += results->len;
}

static void
let_go (TdFolderScan *self)
{
  Run *run = g_steal_pointer (&self->run);

  if (run == NULL)
    return;

  atomic_store (&run->progress.cancelled, true);
  g_mutex_lock (&run->mutex);
  run->scan = NULL;
  g_clear_handle_id (&run->source, g_source_remove);
  g_mutex_unlock (&run->mutex);
  run_unref (run);
}

static gboolean
results_cb (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (TdFolderScan) self = NULL;
  g_autoptr (GPtrArray) results = NULL;
  gboolean finished;

  g_mutex_lock (&run->mutex);
  run->source = 0;
  self = run->scan != NULL ? g_object_ref (run->scan) : NULL;
  results = g_steal_pointer (&run->results);
  run->results = g_ptr_array_new_with_free_func (g_object_unref);
  if (self != NULL)
    self->n_found = run->n_found;
  finished = run->finished;
  g_mutex_unlock (&run->mutex);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  add_results (self, results);
  if (finished)
    let_go (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  if (finished)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);

  return G_SOURCE_REMOVE;
}

/* The threads ------------------------------------------------------------------------------------------------------ */

/* With the mutex. */
static void
queue_results (Run *run)
{
  if (run->scan != NULL && run->source == 0)
    {
      g_atomic_ref_count_inc (&run->ref_count);
      run->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, results_cb, run, (GDestroyNotify) run_unref);
    }
}

static void
add_result (Run               *run,
            GFile             *file,
            const char        *path,
            TdFileState        state,
            const TdFileCount *count)
{
  TdFileEntry *entry = _td_file_entry_new (file, path, state, count);

  g_mutex_lock (&run->mutex);
  g_ptr_array_add (run->results, entry);
  queue_results (run);
  g_mutex_unlock (&run->mutex);
}

static TdFileState
get_state (const GError *error)
{
  if (error->domain != TD_FILE_COUNT_ERROR)
    return TD_FILE_UNREADABLE;

  switch (error->code)
    {
    case TD_FILE_COUNT_ERROR_BINARY:
      return TD_FILE_BINARY;
    case TD_FILE_COUNT_ERROR_NOT_UTF8:
      return TD_FILE_NOT_UTF8;
    case TD_FILE_COUNT_ERROR_CHANGED:
      return TD_FILE_CHANGED;
    default:
      return TD_FILE_NO_PLACE_TO_CUT;
    }
}

/* UTF-16 has NULs, but also a mark by which it is known. */
static char *
read_mark (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GBytes) beginning = stream != NULL ? g_input_stream_read_bytes (G_INPUT_STREAM (stream), 4, NULL, NULL) : NULL;

  return beginning != NULL ? td_charset_from_mark (beginning) : NULL;
}

static void
count_cb (gpointer data,
          gpointer user_data)
{
  Found *found = data;
  Run *run = user_data;
  TdFileCounter *counter;
  TdFileCount count;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (atomic_load (&run->progress.cancelled))
    {
      found_free (found);
      return;
    }

  counter = g_async_queue_try_pop (run->counters);
  if (counter == NULL)
    counter = td_file_counter_new (run->encodings);

  ok = td_file_counter_count (counter, found->file, NULL, TD_FILE_COUNT_DEFAULT, &run->progress, &count, &error);
  if (!ok && error->domain == TD_FILE_COUNT_ERROR)
    {
      g_autofree char *charset = read_mark (found->file);

      if (charset != NULL)
        {
          g_clear_error (&error);
          ok = td_file_counter_count (counter, found->file, charset, TD_FILE_COUNT_DEFAULT, &run->progress, &count, &error);
        }
    }

  if (ok)
    add_result (run, found->file, found->path, TD_FILE_COUNTED, &count);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_result (run, found->file, found->path, get_state (error), NULL);

  g_async_queue_push (run->counters, counter);
  found_free (found);
}

typedef struct
{
  Run *run;
  GThreadPool *pool;
} Walk;

static gboolean
found_cb (GFile       *file,
          const char  *path,
          TdFileState  state,
          gpointer     user_data)
{
  Walk *walk = user_data;
  Run *run = walk->run;

  g_mutex_lock (&run->mutex);
  run->n_found++;
  g_mutex_unlock (&run->mutex);

  if (state == TD_FILE_COUNTED)
    {
      Found *found = g_new0 (Found, 1);

      found->file = g_object_ref (file);
      found->path = g_strdup (path);
      g_thread_pool_push (walk->pool, found, NULL);
    }
  else
    {
      add_result (run, file, path, state, NULL);
    }

  return !atomic_load (&run->progress.cancelled);
}

static gpointer
walk_thread (gpointer data)
{
  Run *run = data;
  guint n_threads = CLAMP (g_get_num_processors (), 1, 4);
  Walk walk = { run, g_thread_pool_new (count_cb, run, (int) n_threads, FALSE, NULL) };

  for (guint i = 0; i < run->roots->len && !atomic_load (&run->progress.cancelled); i++)
    td_folder_walk (g_ptr_array_index (run->roots, i), found_cb, &walk);
  g_thread_pool_free (walk.pool, FALSE, TRUE);

  g_mutex_lock (&run->mutex);
  run->finished = TRUE;
  queue_results (run);
  g_mutex_unlock (&run->mutex);
  run_unref (run);

  return NULL;
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_folder_scan_dispose (GObject *object)
{
  TdFolderScan *self = TD_FOLDER_SCAN (object);

  let_go (self);
  g_clear_object (&self->files);
  g_clear_object (&self->left_out);

  G_OBJECT_CLASS (td_folder_scan_parent_class)->dispose (object);
}

static void
td_folder_scan_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, td_folder_scan_get_running (TD_FOLDER_SCAN (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_folder_scan_class_init (TdFolderScanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_folder_scan_dispose;
  object_class->get_property = td_folder_scan_get_property;

  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TdFolderScan::progress:
   *
   * More files have been found or counted, or all have. Once for each batch.
   */
  signals[SIGNAL_PROGRESS] =
    g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_folder_scan_init (TdFolderScan *self)
{
  self->files = g_list_store_new (TD_TYPE_FILE_ENTRY);
  self->left_out = g_list_store_new (TD_TYPE_FILE_ENTRY);
}

/**
 * td_folder_scan_new:
 * @encodings: for each encoding that is to be counted the encoding, else %NULL; they have to outlive the process's
 *   threads
 *
 * Returns: (transfer full): a scan that has nothing to do yet
 */
TdFolderScan *
td_folder_scan_new (const TkEncoding *encodings[TK_N_ENCODINGS])
{
  TdFolderScan *self = g_object_new (TD_TYPE_FOLDER_SCAN, NULL);

  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    self->encodings[i] = encodings[i];

  return self;
}

/**
 * td_folder_scan_start:
 * @self: the scan
 * @roots: (element-type GFile): files and folders
 *
 * Begins anew with @roots.
 */
void
td_folder_scan_start (TdFolderScan *self,
                      GListModel   *roots)
{
  Run *run;

  g_return_if_fail (TD_IS_FOLDER_SCAN (self));

  let_go (self);
  g_list_store_remove_all (self->files);
  g_list_store_remove_all (self->left_out);
  self->n_found = 0;
  self->n_done = 0;

  run = g_new0 (Run, 1);
  g_atomic_ref_count_init (&run->ref_count);
  g_mutex_init (&run->mutex);
  run->roots = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (roots); i++)
    g_ptr_array_add (run->roots, g_list_model_get_item (roots, i));
  run->results = g_ptr_array_new_with_free_func (g_object_unref);
  run->counters = g_async_queue_new_full ((GDestroyNotify) td_file_counter_free);
  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    run->encodings[i] = self->encodings[i];
  run->scan = self;
  self->run = run;

  g_atomic_ref_count_inc (&run->ref_count);
  g_thread_unref (g_thread_new ("folder-scan", walk_thread, run));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/**
 * td_folder_scan_cancel:
 * @self: the scan
 *
 * Ends the counting; what is there stays.
 */
void
td_folder_scan_cancel (TdFolderScan *self)
{
  g_return_if_fail (TD_IS_FOLDER_SCAN (self));

  if (self->run == NULL)
    return;

  let_go (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/**
 * td_folder_scan_get_running:
 * @self: the scan
 *
 * Returns: whether files are being looked for or counted ("running" property)
 */
gboolean
td_folder_scan_get_running (TdFolderScan *self)
{
  g_return_val_if_fail (TD_IS_FOLDER_SCAN (self), FALSE);

  return self->run != NULL;
}

/**
 * td_folder_scan_get_n_found:
 * @self: the scan
 *
 * Returns: how many files have been come upon, those that are left out included
 */
guint
td_folder_scan_get_n_found (TdFolderScan *self)
{
  g_return_val_if_fail (TD_IS_FOLDER_SCAN (self), 0);

  return self->n_found;
}

/**
 * td_folder_scan_get_n_done:
 * @self: the scan
 *
 * Returns: how many of them have been counted or left out
 */
guint
td_folder_scan_get_n_done (TdFolderScan *self)
{
  g_return_val_if_fail (TD_IS_FOLDER_SCAN (self), 0);

  return self->n_done;
}

/**
 * td_folder_scan_get_files:
 * @self: the scan
 *
 * Returns: (transfer none) (element-type TdFileEntry): the files that were counted
 */
GListModel *
td_folder_scan_get_files (TdFolderScan *self)
{
  g_return_val_if_fail (TD_IS_FOLDER_SCAN (self), NULL);

  return G_LIST_MODEL (self->files);
}

/**
 * td_folder_scan_get_left_out:
 * @self: the scan
 *
 * Returns: (transfer none) (element-type TdFileEntry): the files and folders that were not
 */
GListModel *
td_folder_scan_get_left_out (TdFolderScan *self)
{
  g_return_val_if_fail (TD_IS_FOLDER_SCAN (self), NULL);

  return G_LIST_MODEL (self->left_out);
}
