/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the editor costs beside a bare GtkSourceView, in a real window, measured by editor.py:
 *
 *   bench-editor token|bare TEXT KEYS [SCENARIO…]    opens TEXT, types, clicks, scrolls and switches the encoding, or
 *                                                    does only what is named: paste type click page step anywhere switch
 *   bench-editor start token|bare TEXT MICROSECONDS    opens the whole program, or an empty window with a bare view;
 *                                                      MICROSECONDS is the monotonic time when it was asked for
 *
 * It prints one JSON object. Where the machine's other work must not show, the time is that of the main thread's own
 * processor; what people wait for is measured by the clock.
 */

#include "config.h"

#include <malloc.h>
#include <time.h>

#include <adwaita.h>

#include "app/editor/td-token-view.h"
#include "app/td-application.h"

#define QUIET_MILLISECONDS 120
#define MAX_SETTLE_SECONDS 60
#define MAX_FRAME_SECONDS 20

/* A bin that measures how long its child takes to draw. */
#define TIMED_TYPE_BIN (timed_bin_get_type ())
G_DECLARE_FINAL_TYPE (TimedBin, timed_bin, TIMED, BIN, GtkWidget)

struct _TimedBin
{
  GtkWidget parent_instance;

  GtkWidget *child;
  gint64 draw_time;
};

G_DEFINE_FINAL_TYPE (TimedBin, timed_bin, GTK_TYPE_WIDGET)

/* The window and what is in it. */
static struct
{
  gboolean is_token;
  TimedBin *bin;
  TdDocument *document; /* NULL for the bare view */
  GtkTextView *view;
  GtkTextBuffer *buffer;
  guint n_frames;
  gint64 longest_turn;  /* of the main loop, since it was last cleared */
  gint64 turn_start;
  GString *json;
} bench;

static gint64
get_own_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
timed_bin_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  TimedBin *self = TIMED_BIN (widget);
  gint64 start = get_own_time ();

  gtk_widget_snapshot_child (widget, self->child, snapshot);
  self->draw_time += get_own_time () - start;
}

static void
timed_bin_dispose (GObject *object)
{
  g_clear_pointer (&TIMED_BIN (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (timed_bin_parent_class)->dispose (object);
}

static void
timed_bin_class_init (TimedBinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = timed_bin_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = timed_bin_snapshot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
timed_bin_init (TimedBin *self)
{
}

/* What is printed -------------------------------------------------------------------------------------------------- */

static void
print_figure (const char *name,
              double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (bench.json, "%s\n  \"%s\": %s", bench.json->len > 1 ? "," : "", name,
                          g_ascii_formatd (number, sizeof number, "%.3f", value));
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 time_a = *(const gint64 *) a;
  gint64 time_b = *(const gint64 *) b;

  return (time_a > time_b) - (time_a < time_b);
}

/* Prints the median and the 99th percentile in milliseconds. */
static void
print_times (const char *name,
             GArray     *times)
{
  g_autofree char *p50 = g_strconcat (name, "_p50", NULL);
  g_autofree char *p99 = g_strconcat (name, "_p99", NULL);

  g_array_sort (times, compare_times);
  print_figure (p50, g_array_index (times, gint64, times->len / 2) / 1e3);
  print_figure (p99, g_array_index (times, gint64, (times->len * 99 - 1) / 100) / 1e3);
}

/* The main loop ---------------------------------------------------------------------------------------------------- */

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int result;

  bench.longest_turn = MAX (bench.longest_turn, g_get_monotonic_time () - bench.turn_start);
  result = g_poll (fds, n_fds, timeout);
  bench.turn_start = g_get_monotonic_time ();

  return result;
}

static void
forget_turns (void)
{
  bench.turn_start = g_get_monotonic_time ();
  bench.longest_turn = 0;
}

static void
after_paint_cb (void)
{
  bench.n_frames++;
}

static void
run_until_frame (void)
{
  guint n_frames = bench.n_frames;
  gint64 end = g_get_monotonic_time () + MAX_FRAME_SECONDS * G_USEC_PER_SEC;

  while (bench.n_frames == n_frames && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
time_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Until nothing has been done for a while: GTK lays out the rest of a text bit by bit. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + MAX_SETTLE_SECONDS * G_USEC_PER_SEC;
  gboolean quiet = FALSE;

  while (!quiet && g_get_monotonic_time () < end)
    {
      gint64 own_time = get_own_time ();
      gboolean out = FALSE;

      g_timeout_add_full (G_PRIORITY_LOW + 100, QUIET_MILLISECONDS, time_out_cb, &out, NULL);
      while (!out)
        g_main_context_iteration (NULL, TRUE);
      quiet = get_own_time () - own_time < QUIET_MILLISECONDS * 1000 / 10 &&
              (bench.document == NULL || !td_document_get_counting (bench.document));
    }
}

static void
open_window (gboolean is_token)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view;

  bench.is_token = is_token;
  bench.document = is_token ? td_document_new () : NULL;
  view = is_token ? td_token_view_new (bench.document) : gtk_source_view_new ();
  bench.view = GTK_TEXT_VIEW (view);
  bench.buffer = gtk_text_view_get_buffer (bench.view);
  gtk_source_buffer_set_highlight_matching_brackets (GTK_SOURCE_BUFFER (bench.buffer), FALSE);
  gtk_text_view_set_wrap_mode (bench.view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_monospace (bench.view, TRUE);

  /* The view scrolls by itself only as a direct child, so the bin holds the scrolled window. */
  bench.bin = g_object_new (TIMED_TYPE_BIN, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  bench.bin->child = scrolled;
  gtk_widget_set_parent (scrolled, GTK_WIDGET (bench.bin));

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 900);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bench.bin));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), NULL);
  run_until_frame ();
  settle ();
}

/* Scenarios -------------------------------------------------------------------------------------------------------- */

static double
get_private_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  malloc_trim (0);
  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;

  line = strstr (text, "Anonymous:");

  return line != NULL ? g_ascii_strtoll (line + strlen ("Anonymous:"), NULL, 10) * 1024 / 1e6 : 0;
}

/* Until the tokens on the screen are painted, and until everything is counted. */
static void
run_until_ready (const char *name,
                 gint64      start)
{
  g_autofree char *painted_name = g_strconcat (name, "_painted_ms", NULL);
  g_autofree char *counted_name = g_strconcat (name, "_counted_ms", NULL);
  g_autofree char *turn_name = g_strconcat (name, "_longest_turn_ms", NULL);
  gboolean painted = FALSE;
  gboolean counted = FALSE;

  while (!painted || !counted)
    {
      guint n_frames = bench.n_frames;

      g_main_context_iteration (NULL, TRUE);
      if (!painted && bench.n_frames > n_frames &&
          (!bench.is_token || td_token_view_is_painted (TD_TOKEN_VIEW (bench.view))))
        {
          painted = TRUE;
          print_figure (painted_name, (g_get_monotonic_time () - start) / 1e3);
        }
      if (!counted && (!bench.is_token || !td_document_get_counting (bench.document)))
        {
          counted = TRUE;
          if (bench.is_token)
            print_figure (counted_name, (g_get_monotonic_time () - start) / 1e3);
        }
    }
  print_figure (turn_name, bench.longest_turn / 1e3);
}

static gboolean
has_text (glong n_characters)
{
  if (bench.is_token)
    return !td_document_get_loading (bench.document) &&
           td_document_get_n_characters (bench.document) == (guint64) n_characters;

  return gtk_text_buffer_get_char_count (bench.buffer) == (int) n_characters;
}

/* From the clipboard, as the keys for it do. */
static void
paste (const char *text,
       gsize       length)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (bench.view));
  glong n_characters = g_utf8_strlen (text, (gssize) length);
  gint64 start;

  /* Some of it beforehand, so that what is measured is not the loading of its fonts. */
  gtk_text_buffer_set_text (bench.buffer, text, (int) (g_utf8_offset_to_pointer (text, MIN (n_characters, 1000)) - text));
  settle ();
  gtk_text_buffer_set_text (bench.buffer, "", 0);
  gdk_clipboard_set_text (clipboard, text);
  settle ();
  start = g_get_monotonic_time ();
  forget_turns ();
  g_signal_emit_by_name (bench.view, "paste-clipboard");
  while (!has_text (n_characters))
    g_main_context_iteration (NULL, TRUE);
  gdk_clipboard_set_content (clipboard, NULL);
  print_figure ("paste_insert_ms", (g_get_monotonic_time () - start) / 1e3);
  run_until_ready ("paste", g_get_monotonic_time ());
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *loaded = user_data;

  *loaded = td_document_load_finish (TD_DOCUMENT (source), result, NULL);
}

/* As opening a file does: what was there before goes. */
static void
load (const char *text,
      gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  gint64 start = g_get_monotonic_time ();

  forget_turns ();
  if (bench.is_token)
    {
      gboolean loaded = FALSE;

      td_document_load_async (bench.document, bytes, NULL, loaded_cb, &loaded);
      while (!loaded)
        g_main_context_iteration (NULL, TRUE);
    }
  else
    {
      gtk_text_buffer_begin_irreversible_action (bench.buffer);
      gtk_text_buffer_set_text (bench.buffer, text, (int) length);
      gtk_text_buffer_end_irreversible_action (bench.buffer);
    }
  print_figure ("open_insert_ms", (g_get_monotonic_time () - start) / 1e3);
  run_until_ready ("open", g_get_monotonic_time ());
}

static void
go_to (int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (bench.buffer, &iter, offset);
  gtk_text_buffer_place_cursor (bench.buffer, &iter);
  gtk_text_view_scroll_to_mark (bench.view, gtk_text_buffer_get_insert (bench.buffer), 0, TRUE, 0, 0.5);
  run_until_frame ();
  settle ();
}

static void
type (GArray     *edits,
      GArray     *frames,
      GArray     *draws,
      const char *key)
{
  gint64 start = get_own_time ();
  gint64 time;

  bench.bin->draw_time = 0;
  gtk_text_buffer_begin_user_action (bench.buffer);
  g_signal_emit_by_name (bench.view, "insert-at-cursor", key);
  gtk_text_buffer_end_user_action (bench.buffer);
  time = get_own_time () - start;
  g_array_append_val (edits, time);
  gtk_text_view_scroll_mark_onscreen (bench.view, gtk_text_buffer_get_insert (bench.buffer));
  run_until_frame ();
  time = get_own_time () - start;
  g_array_append_val (frames, time);
  g_array_append_val (draws, bench.bin->draw_time);
}

static void
type_at (const char *place,
         int         offset,
         guint       n_keys)
{
  static const char * const keys[] = { "a", "n", " ", "7", "e", "中" };
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) draws = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *edit_name = g_strconcat ("key_", place, "_edit_ms", NULL);
  g_autofree char *frame_name = g_strconcat ("key_", place, "_frame_ms", NULL);
  g_autofree char *draw_name = g_strconcat ("key_", place, "_draw_ms", NULL);

  go_to (offset);
  for (guint i = 0; i < n_keys; i++)
    type (edits, frames, draws, keys[i % G_N_ELEMENTS (keys)]);
  print_times (edit_name, edits);
  print_times (frame_name, frames);
  print_times (draw_name, draws);
}

/* Each key somewhere else, the view staying where it is. */
static void
type_anywhere (guint n_keys)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < n_keys; i++)
    {
      GtkTextIter iter;
      gint64 start;

      gtk_text_buffer_get_iter_at_offset (bench.buffer, &iter,
                                          g_rand_int_range (random, 0, gtk_text_buffer_get_char_count (bench.buffer)));
      start = get_own_time ();
      gtk_text_buffer_insert (bench.buffer, &iter, i % 7 == 0 ? " " : "x", -1);
      start = get_own_time () - start;
      g_array_append_val (edits, start);
      while (g_main_context_pending (NULL))
        g_main_context_iteration (NULL, FALSE);
    }
  print_times ("key_anywhere_edit_ms", edits);
}

static void
click (guint n_clicks)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < n_clicks; i++)
    {
      gint64 start = get_own_time ();
      GdkRectangle visible;
      GtkTextIter iter;

      gtk_text_view_get_visible_rect (bench.view, &visible);
      gtk_text_view_get_iter_at_location (bench.view, &iter,
                                          visible.x + g_rand_int_range (random, 0, visible.width),
                                          visible.y + g_rand_int_range (random, 0, visible.height));
      gtk_text_buffer_place_cursor (bench.buffer, &iter);
      gtk_widget_queue_draw (GTK_WIDGET (bench.view));
      run_until_frame ();
      start = get_own_time () - start;
      g_array_append_val (frames, start);
    }
  print_times ("click_frame_ms", frames);
}

static void
scroll (const char *name,
        double      fraction,
        guint       n_steps)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench.view));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) draws = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *frame_name = g_strconcat ("scroll_", name, "_frame_ms", NULL);
  g_autofree char *draw_name = g_strconcat ("scroll_", name, "_draw_ms", NULL);
  double page = gtk_adjustment_get_page_size (adjustment);
  double value = (gtk_adjustment_get_upper (adjustment) - page) / 2 - n_steps * page * fraction / 2;

  gtk_adjustment_set_value (adjustment, MAX (value, 0));
  run_until_frame ();
  settle ();
  for (guint i = 0; i < n_steps; i++)
    {
      gint64 start = get_own_time ();

      bench.bin->draw_time = 0;
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + page * fraction);
      run_until_frame ();
      start = get_own_time () - start;
      g_array_append_val (frames, start);
      g_array_append_val (draws, bench.bin->draw_time);
    }
  print_times (frame_name, frames);
  print_times (draw_name, draws);
}

/* Until the tokens of the other encoding are painted, typing meanwhile. */
static void
switch_encoding (void)
{
  static const TkEncodingId encodings[] = {
    TK_ENCODING_CL100K_BASE, TK_ENCODING_R50K_BASE, TK_ENCODING_O200K_BASE, TK_ENCODING_P50K_BASE,
  };
  g_autoptr (GArray) painted = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) draws = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 4 * G_N_ELEMENTS (encodings); i++)
    {
      gint64 start = g_get_monotonic_time ();

      td_document_set_encoding (bench.document, encodings[i % G_N_ELEMENTS (encodings)]);
      do
        type (edits, frames, draws, "a");
      while (!td_token_view_is_painted (TD_TOKEN_VIEW (bench.view)));
      start = g_get_monotonic_time () - start;
      g_array_append_val (painted, start);
    }
  print_times ("switch_painted_ms", painted);
  print_times ("switch_key_edit_ms", edits);
}

/* For profiling, all but one scenario can be left out. */
static gboolean
is_wanted (char       **scenarios,
           const char  *name)
{
  return scenarios[0] == NULL || g_strv_contains ((const char * const *) scenarios, name);
}

static void
run_text (const char  *path,
          guint        n_keys,
          char       **scenarios)
{
  g_autofree char *text = NULL;
  gsize length;
  double memory;
  int n_characters;

  if (!g_file_get_contents (path, &text, &length, NULL))
    g_error ("“%s” cannot be read", path);

  if (is_wanted (scenarios, "paste"))
    paste (text, length);
  settle ();
  load (text, length);
  g_clear_pointer (&text, g_free);
  settle ();
  memory = get_private_memory ();
  print_figure ("memory_mb", memory);

  n_characters = gtk_text_buffer_get_char_count (bench.buffer);
  if (is_wanted (scenarios, "type"))
    {
      type_at ("start", 100, n_keys);
      type_at ("middle", n_characters / 2, n_keys);
      type_at ("end", n_characters - 10, n_keys);
    }
  if (is_wanted (scenarios, "click"))
    click (MIN (n_keys, 50));
  if (is_wanted (scenarios, "page"))
    scroll ("page", 0.9, MIN (n_keys, 60));
  if (is_wanted (scenarios, "step"))
    scroll ("step", 0.05, MIN (n_keys, 60));
  if (is_wanted (scenarios, "anywhere"))
    type_anywhere (n_keys);
  settle ();
  if (bench.is_token && is_wanted (scenarios, "switch"))
    switch_encoding ();
}

/* A cold start ----------------------------------------------------------------------------------------------------- */

static gint64 asked_at;

/* When the window shows the text, and its tokens if it paints them. */
static void
started_cb (GdkFrameClock *frame_clock,
            GtkWindow     *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus == NULL || !gtk_widget_get_mapped (focus))
    return;
  if (TD_IS_TOKEN_VIEW (focus) &&
      (!td_token_view_is_painted (TD_TOKEN_VIEW (focus)) ||
       td_document_get_n_characters (td_token_view_get_document (TD_TOKEN_VIEW (focus))) == 0))
    return;

  if (asked_at > 0)
    print_figure ("start_ms", (g_get_monotonic_time () - asked_at) / 1e3);
  asked_at = 0;
  g_application_quit (g_application_get_default ());
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (started_cb), window, 0);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (GTK_WIDGET (window));
  else
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}

static void
open_bare_cb (GtkApplication  *application,
              GFile          **files,
              int              n_files,
              const char      *hint)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_source_view_new ();
  g_autofree char *text = NULL;

  if (!g_file_load_contents (files[0], NULL, &text, NULL, NULL, NULL))
    g_error ("The text cannot be read");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 1090, 760);
  gtk_widget_grab_focus (view);
  gtk_window_present (GTK_WINDOW (window));
}

static void
run_start (gboolean    is_token,
           char       *program,
           char       *path,
           const char *asked)
{
  g_autoptr (GApplication) application = NULL;
  char *arguments[] = { program, path, NULL };

  gtk_source_init ();
  asked_at = g_ascii_strtoll (asked, NULL, 10);
  if (is_token)
    {
      application = G_APPLICATION (td_application_new ());
    }
  else
    {
      application = G_APPLICATION (adw_application_new ("com.example.TokenDesk.Bare", G_APPLICATION_HANDLES_OPEN));
      g_signal_connect (application, "open", G_CALLBACK (open_bare_cb), NULL);
    }
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  g_application_run (application, 2, arguments);
}

int
main (int    argc,
      char **argv)
{
  bench.json = g_string_new ("{");

  if (argc == 5 && g_str_equal (argv[1], "start"))
    {
      run_start (g_str_equal (argv[2], "token"), argv[0], argv[3], argv[4]);
    }
  else if (argc >= 4)
    {
      adw_init ();
      gtk_source_init ();
      g_main_context_set_poll_func (NULL, poll_cb);
      open_window (g_str_equal (argv[1], "token"));
      run_text (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10), argv + 4);
    }
  else
    {
      g_printerr ("Usage: bench-editor token|bare TEXT KEYS [SCENARIO…]\n       bench-editor start token|bare TEXT MICROSECONDS\n");
      return 2;
    }

  g_print ("%s\n}\n", bench.json->str);

  return 0;
}
