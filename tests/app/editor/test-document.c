/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/editor/td-document-private.h"
#include "app/editor/td-encodings.h"
#include "app/editor/td-words.h"

static const char * const pieces[] = {
  "a", "b", " ", "  ", "\n", "\n\n", "\r\n", "\t", ".", ",", "1", "12345", "'s", "don't", "Hello", " world", "我", "是刘",
  "志军", "🎉", "👨‍👩‍👧", "é", "e\xCC\x81", "שלום", " مرحبا", "\xE3\x80\x80", "<|endoftext|>", "_", "-->", "if (x) {\n    y;\n}",
  "The quick brown fox jumps over the lazy dog. ", "敏捷的棕色狐狸跳过了懒狗。", "\xEF\xBB\xBF", "\xC2\xA0",
};

static guint64
count_fresh (TkEncodingId  encoding,
             const char   *text)
{
  TkEncoder *encoder = tk_encoder_new (td_encodings_get (encoding, NULL));
  gsize n_tokens;
  TkError error;

  g_assert_true (tk_count (encoder, text, strlen (text), NULL, &n_tokens, &error));
  tk_encoder_free (encoder);

  return n_tokens;
}

static void
assert_counts (TdDocument *document)
{
  g_autoptr (GBytes) bytes = td_document_dup_text (document);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  TdWordsState state = { 0 };

  g_assert_false (td_document_get_counting (document));
  g_assert_cmpuint (td_document_get_n_characters (document), ==, g_utf8_strlen (text, -1));
  g_assert_cmpuint (td_document_get_n_bytes (document), ==, strlen (text));
  g_assert_cmpuint (td_document_get_n_words (document), ==, td_words_count (&state, text, strlen (text)));

  for (TkEncodingId i = 0; i < TK_N_ENCODINGS; i++)
    {
      guint64 n_tokens;

      g_assert_true (td_document_get_token_count (document, i, &n_tokens));
      g_assert_cmpuint (n_tokens, ==, count_fresh (i, text));
    }
}

static void
wait_for_counts (TdDocument *document)
{
  while (td_document_get_counting (document))
    g_main_context_iteration (NULL, TRUE);
}

/* Somewhere in the first @reach characters. */
static void
edit_at_random (GtkTextBuffer *buffer,
                int            reach)
{
  GtkTextIter start;
  GtkTextIter end;
  int n_characters = MIN (reach, gtk_text_buffer_get_char_count (buffer));
  int position = g_test_rand_int_range (0, n_characters + 1);

  gtk_text_buffer_get_iter_at_offset (buffer, &start, position);

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
    case 1:
      gtk_text_buffer_get_iter_at_offset (buffer, &end,
                                          MIN (n_characters, position + g_test_rand_int_range (1, 12)));
      gtk_text_buffer_delete (buffer, &start, &end);
      break;

    case 2:
      td_text_buffer_undo (TD_TEXT_BUFFER (buffer));
      break;

    case 3:
      td_text_buffer_redo (TD_TEXT_BUFFER (buffer));
      break;

    case 4:
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_get_iter_at_offset (buffer, &end,
                                          MIN (n_characters, position + g_test_rand_int_range (1, 40)));
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert (buffer, &start, "replaced 替换", -1);
      gtk_text_buffer_end_user_action (buffer);
      break;

    default:
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_insert (buffer, &start, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))], -1);
      gtk_text_buffer_end_user_action (buffer);
    }
}

static void
test_empty (void)
{
  TdDocument *document = td_document_new ();
  guint64 n_tokens;

  assert_counts (document);
  g_assert_nonnull (td_document_get_token_map (document));
  g_assert_null (td_document_get_error (document));
  g_assert_true (td_document_get_token_count (document, TK_ENCODING_GPT2, &n_tokens));
  g_assert_cmpuint (n_tokens, ==, 0);

  g_assert_finalize_object (document);
}

/* The counts the product is known for. */
static void
test_golden (void)
{
  static const struct { TkEncodingId encoding; guint64 n_tokens; } golden[] = {
    { TK_ENCODING_R50K_BASE, 9 }, { TK_ENCODING_CL100K_BASE, 7 }, { TK_ENCODING_O200K_BASE, 4 },
  };
  g_autoptr (TdDocument) document = td_document_new ();

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), "我是刘志军", -1);

  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      guint64 n_tokens;

      g_assert_true (td_document_get_token_count (document, golden[i].encoding, &n_tokens));
      g_assert_cmpuint (n_tokens, ==, golden[i].n_tokens);
    }
  g_assert_cmpuint (td_document_get_n_words (document), ==, 5);
}

static void
test_edits (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));

  for (guint i = 0; i < 1500; i++)
    {
      edit_at_random (buffer, G_MAXINT);
      wait_for_counts (document);
      assert_counts (document);
    }
}

static char *
make_long_text (void)
{
  GString *text = g_string_new (NULL);

  while (text->len < 300000)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

/* A long text is counted by workers; what is typed meanwhile is not lost, and no old number is given out. */
static void
test_workers (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = make_long_text ();
      guint64 n_tokens;

      gtk_text_buffer_set_text (buffer, text, -1);
      g_assert_true (td_document_get_counting (document));
      g_assert_false (td_document_get_token_count (document, TK_ENCODING_O200K_BASE, &n_tokens));
      g_assert_null (td_document_get_token_map (document));

      for (guint j = 0; td_document_get_counting (document); j++)
        {
          g_main_context_iteration (NULL, FALSE);
          if (j < 20)
            edit_at_random (buffer, G_MAXINT);
          if (j == 5)
            td_document_set_encoding (document, i % 2 ? TK_ENCODING_R50K_BASE : TK_ENCODING_CL100K_BASE);
        }
      assert_counts (document);
    }
}

/* Typing in one place while the workers count: their results are followed up, not thrown away. */
static void
test_typing_while_counting (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = make_long_text ();
      guint n_recounts;
      guint n_edits = 0;

      td_text_buffer_begin_irreversible (TD_TEXT_BUFFER (buffer));
      gtk_text_buffer_set_text (buffer, text, -1);
      /* The copy for the workers is taken in the first turn of the main loop. */
      n_recounts = _td_document_get_n_recounts (document);
      while (_td_document_get_n_recounts (document) == n_recounts)
        g_main_context_iteration (NULL, FALSE);
      n_recounts = _td_document_get_n_recounts (document);

      while (td_document_get_counting (document))
        {
          if (n_edits < 200)
            {
              edit_at_random (buffer, 5000);
              n_edits++;
            }
          g_main_context_iteration (NULL, FALSE);
        }
      td_text_buffer_end_irreversible (TD_TEXT_BUFFER (buffer));

      g_assert_cmpuint (n_edits, >, 0);
      g_assert_cmpuint (_td_document_get_n_recounts (document), ==, n_recounts);
      assert_counts (document);
    }
}

/* Replacing every match is one burst of edits. */
static void
test_burst (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));
  g_autofree char *text = make_long_text ();

  gtk_text_buffer_set_text (buffer, text, -1);
  wait_for_counts (document);

  gtk_text_buffer_begin_user_action (buffer);
  for (guint i = 0; i < 3000; i++)
    edit_at_random (buffer, G_MAXINT);
  gtk_text_buffer_end_user_action (buffer);
  wait_for_counts (document);
  assert_counts (document);

  td_text_buffer_undo (TD_TEXT_BUFFER (buffer));
  wait_for_counts (document);
  assert_counts (document);
}

/* The soft breaks of a very long line are part of no number, and of no text that anybody gets. */
static void
test_long_line (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));
  g_autoptr (GString) line = g_string_new ("before\n");

  while (line->len < 60000)
    g_string_append (line, pieces[12 + line->len % 10]);
  gtk_text_buffer_set_text (buffer, line->str, -1);
  g_assert_cmpuint (td_soft_breaks_get_n (td_text_buffer_get_soft_breaks (TD_TEXT_BUFFER (buffer))), >, 5);
  wait_for_counts (document);
  assert_counts (document);

  for (guint i = 0; i < 150; i++)
    {
      edit_at_random (buffer, G_MAXINT);
      wait_for_counts (document);
      assert_counts (document);
    }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_assert_true (td_document_load_finish (TD_DOCUMENT (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
test_load (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = i == 0 ? g_strdup ("short\r\n") : i == 1 ? g_strnfill (500000, 'x') : make_long_text ();
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GBytes) read_back = NULL;
      gboolean loaded = FALSE;

      td_document_load_async (document, bytes, NULL, loaded_cb, &loaded);
      while (!loaded)
        g_main_context_iteration (NULL, TRUE);

      g_assert_false (td_document_get_loading (document));
      g_assert_false (gtk_text_buffer_get_modified (buffer));
      g_assert_false (td_text_buffer_get_undoable (TD_TEXT_BUFFER (buffer)));

      wait_for_counts (document);
      read_back = td_document_dup_text (document);
      g_assert_true (g_bytes_equal (read_back, bytes));
      assert_counts (document);
    }
}

static void
load (TdDocument *document,
      const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  gboolean loaded = FALSE;

  td_document_load_async (document, bytes, NULL, loaded_cb, &loaded);
  while (!loaded)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_text (TdDocument *document,
             const char *text)
{
  g_autoptr (GBytes) bytes = td_document_dup_text (document);
  g_autoptr (GBytes) wanted = g_bytes_new_static (text, strlen (text));

  g_autofree char *own = NULL;

  g_assert_true (g_bytes_equal (bytes, wanted));
  /* The document may give out what it counts, which has to be what the buffer holds. */
  own = td_text_buffer_dup_text (td_document_get_buffer (document), 0, td_document_get_n_characters (document));
  g_assert_cmpstr (own, ==, text);
}

/* A large text takes the place of the selection in slices, and comes and goes again in one step. */
static void
test_paste (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  TdTextBuffer *buffer = td_document_get_buffer (document);

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *text = i == 0 ? g_strdup ("") : make_long_text ();
      g_autofree char *pasted = i == 1 ? g_strnfill (400000, 'y') : make_long_text ();
      g_autoptr (GBytes) bytes = g_bytes_new (pasted, strlen (pasted));
      g_autoptr (GString) wanted = g_string_new (text);
      glong n_characters = g_utf8_strlen (text, -1);
      /* At the start: all, nothing, one character, all but one. */
      glong start_ends[] = { n_characters, 0, 1, n_characters - 1 };
      gboolean at_start = i >= 5;
      glong first = at_start ? 0 : g_test_rand_int_range (0, (int) n_characters + 1);
      glong end = i == 3 ? first : at_start ? start_ends[i - 5] : g_test_rand_int_range ((int) first, (int) n_characters + 1);
      gssize first_byte = g_utf8_offset_to_pointer (text, first) - text;
      gboolean done = FALSE;
      GtkTextIter start;
      GtkTextIter stop;

      load (document, text);
      td_text_buffer_get_iter_at_character (buffer, &start, (gsize) first);
      td_text_buffer_get_iter_at_character (buffer, &stop, (gsize) end);
      gtk_text_buffer_select_range (GTK_TEXT_BUFFER (buffer), &start, &stop);
      g_string_erase (wanted, first_byte, g_utf8_offset_to_pointer (text, end) - text - first_byte);
      g_string_insert (wanted, first_byte, pasted);

      td_document_paste_async (document, bytes, NULL, loaded_cb, &done);
      g_assert_true (td_document_get_loading (document));
      while (!done)
        {
          g_assert_false (td_text_buffer_get_undoable (buffer));
          g_assert_null (td_document_get_token_map (document));
          g_main_context_iteration (NULL, TRUE);
        }
      g_assert_false (td_document_get_loading (document));
      gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (buffer), &start,
                                        gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));
      g_assert_cmpuint (td_text_buffer_get_character (&start), ==, first + g_utf8_strlen (pasted, -1));
      assert_text (document, wanted->str);
      wait_for_counts (document);
      assert_text (document, wanted->str);
      assert_counts (document);

      td_text_buffer_undo (buffer);
      g_assert_false (td_text_buffer_get_undoable (buffer));
      assert_text (document, text);
      wait_for_counts (document);
      assert_counts (document);
      td_text_buffer_redo (buffer);
      assert_text (document, wanted->str);
    }
}

/* What came before it was given up stays, is counted right, and can be undone. */
static void
test_cancelled_paste (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  TdTextBuffer *buffer = td_document_get_buffer (document);
  g_autofree char *text = g_strnfill (3000000, 'z');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  load (document, "before");
  /* With the first slice, however quick the machine is. */
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (g_cancellable_cancel), cancellable);
  td_document_paste_async (document, bytes, cancellable, NULL, NULL);
  while (td_document_get_loading (document))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_func (buffer, g_cancellable_cancel, cancellable);
  g_assert_cmpuint (td_document_get_n_characters (document), >, strlen ("before"));
  g_assert_cmpuint (td_document_get_n_characters (document), <, 3000000);
  wait_for_counts (document);
  assert_counts (document);

  td_text_buffer_undo (buffer);
  assert_text (document, "before");
}

/* Another encoding is chosen, or special tokens are parsed, while a text is being loaded and counted. */
static void
test_choice_while_loading (void)
{
  g_autoptr (TdDocument) document = td_document_new ();

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *text = make_long_text ();
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      gboolean loaded = FALSE;

      td_document_load_async (document, bytes, NULL, loaded_cb, &loaded);
      for (guint j = 0; !loaded; j++)
        {
          g_main_context_iteration (NULL, TRUE);
          if (j == i % 3)
            td_document_set_encoding (document, i % 2 ? TK_ENCODING_R50K_BASE : TK_ENCODING_CL100K_BASE);
          if (j == 2 && i > 3)
            td_document_set_parse_special (document, !td_document_get_parse_special (document));
        }
      assert_text (document, text);
      wait_for_counts (document);
      td_document_set_parse_special (document, FALSE);
      wait_for_counts (document);
      assert_counts (document);
    }
}

static gboolean
count_call_cb (gpointer user_data)
{
  *(guint *) user_data += 1;

  return G_SOURCE_CONTINUE;
}

/* Frames come between the slices; laying out what no view shows waits until all is there. */
static void
test_load_before_layout (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gboolean loaded = FALSE;
  guint n_frames = 0;
  guint n_layouts = 0;
  guint frames;
  guint layouts;

  while (text->len < 8000000)
    g_string_append (text, "One of very many lines, none of them long.\n");
  bytes = g_bytes_new (text->str, text->len);
  td_document_load_async (document, bytes, NULL, loaded_cb, &loaded);
  g_assert_false (loaded);
  layouts = g_idle_add_full (GTK_TEXT_VIEW_PRIORITY_VALIDATE, count_call_cb, &n_layouts, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_assert_false (loaded);
  frames = g_idle_add_full (GDK_PRIORITY_REDRAW, count_call_cb, &n_frames, NULL);
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_frames, >=, 9);
  g_assert_false (loaded);
  g_source_remove (frames);

  while (!loaded)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_layouts, ==, 0);
  g_source_remove (layouts);
}

/* A document may go while its workers are busy. */
static void
test_dispose_while_counting (void)
{
  for (guint i = 0; i < 5; i++)
    {
      TdDocument *document = td_document_new ();
      g_autofree char *text = make_long_text ();

      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), text, -1);
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (document);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
count_cb (guint *n_calls)
{
  (*n_calls)++;
}

static void
test_notifications (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));
  guint n_counts = 0;
  guint n_tokens = 0;
  guint n_encoding = 0;
  guint n_recounts;

  /* The first edit of a process may take so long that the next is not followed. */
  gtk_text_buffer_insert_at_cursor (buffer, "first ", -1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  n_recounts = _td_document_get_n_recounts (document);
  g_signal_connect_swapped (document, "counts-changed", G_CALLBACK (count_cb), &n_counts);
  g_signal_connect_swapped (document, "tokens-changed", G_CALLBACK (count_cb), &n_tokens);
  g_signal_connect_swapped (document, "notify::encoding", G_CALLBACK (count_cb), &n_encoding);

  /* Views hear of each edit at once, numbers are told once a turn. */
  gtk_text_buffer_insert_at_cursor (buffer, "one", -1);
  gtk_text_buffer_insert_at_cursor (buffer, " two", -1);
  g_assert_cmpuint (n_tokens, ==, 2);
  g_assert_cmpuint (n_counts, ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* Edits that took long, on a busy machine say, are not followed but counted anew, which is told once more. */
  g_assert_cmpuint (n_counts, ==, 1 + _td_document_get_n_recounts (document) - n_recounts);

  n_tokens = 0;
  td_document_set_encoding (document, TK_ENCODING_CL100K_BASE);
  td_document_set_encoding (document, TK_ENCODING_CL100K_BASE);
  g_assert_cmpuint (n_encoding, ==, 1);
  g_assert_cmpuint (n_tokens, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/empty", test_empty);
  g_test_add_func ("/document/golden", test_golden);
  g_test_add_func ("/document/edits", test_edits);
  g_test_add_func ("/document/workers", test_workers);
  g_test_add_func ("/document/typing-while-counting", test_typing_while_counting);
  g_test_add_func ("/document/burst", test_burst);
  g_test_add_func ("/document/long-line", test_long_line);
  g_test_add_func ("/document/load", test_load);
  g_test_add_func ("/document/paste", test_paste);
  g_test_add_func ("/document/cancelled-paste", test_cancelled_paste);
  g_test_add_func ("/document/choice-while-loading", test_choice_while_loading);
  g_test_add_func ("/document/load-before-layout", test_load_before_layout);
  g_test_add_func ("/document/dispose-while-counting", test_dispose_while_counting);
  g_test_add_func ("/document/notifications", test_notifications);

  return g_test_run ();
}
