/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-edit-history.h"

typedef struct
{
  TdEditHistory *history;
  GString *text; /* ASCII */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->history = td_edit_history_new ();
  fixture->text = g_string_new ("");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  td_edit_history_free (fixture->history);
  g_string_free (fixture->text, TRUE);
}

static void
insert (Fixture    *fixture,
        gsize       position,
        const char *text)
{
  g_string_insert (fixture->text, (gssize) position, text);
  td_edit_history_inserted (fixture->history, position, text, strlen (text));
}

static void
take_out (Fixture *fixture,
          gsize    position,
          gsize    length)
{
  g_autofree char *text = g_strndup (fixture->text->str + position, length);

  g_string_erase (fixture->text, (gssize) position, (gssize) length);
  td_edit_history_removed (fixture->history, position, text, length);
}

static void
replay_cb (gboolean    is_insert,
           gsize       position,
           const char *text,
           gsize       n_characters,
           gpointer    user_data)
{
  Fixture *fixture = user_data;

  if (is_insert)
    {
      g_string_insert (fixture->text, (gssize) position, text);
      return;
    }

  g_assert_cmpint (strncmp (fixture->text->str + position, text, n_characters), ==, 0);
  g_string_erase (fixture->text, (gssize) position, (gssize) n_characters);
}

static void
undo (Fixture    *fixture,
      const char *expected)
{
  gsize cursor;
  gsize bound;

  g_assert_true (td_edit_history_can_undo (fixture->history));
  td_edit_history_undo (fixture->history, replay_cb, fixture, &cursor, &bound);
  g_assert_cmpstr (fixture->text->str, ==, expected);
}

static void
redo (Fixture    *fixture,
      const char *expected)
{
  gsize cursor;
  gsize bound;

  g_assert_true (td_edit_history_can_redo (fixture->history));
  td_edit_history_redo (fixture->history, replay_cb, fixture, &cursor, &bound);
  g_assert_cmpstr (fixture->text->str, ==, expected);
}

/* Typing is undone by the word, with the blanks behind it. */
static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  static const char typed[] = "two words  here\nnext";

  for (gsize i = 0; typed[i] != '\0'; i++)
    {
      char key[] = { typed[i], '\0' };

      td_edit_history_begin (fixture->history, i, i);
      insert (fixture, i, key);
      td_edit_history_end (fixture->history);
    }

  undo (fixture, "two words  here\n");
  undo (fixture, "two words  here");
  undo (fixture, "two words  ");
  undo (fixture, "two ");
  undo (fixture, "");
  g_assert_false (td_edit_history_can_undo (fixture->history));
  redo (fixture, "two ");
  redo (fixture, "two words  ");

  /* Something else done now forgets what was undone. */
  insert (fixture, 4, "x");
  g_assert_false (td_edit_history_can_redo (fixture->history));
  undo (fixture, "two words  ");
}

static void
test_deleting (Fixture       *fixture,
               gconstpointer  data)
{
  insert (fixture, 0, "0123456789");
  take_out (fixture, 5, 1);
  take_out (fixture, 4, 1);
  take_out (fixture, 3, 1);
  take_out (fixture, 3, 1);
  g_assert_cmpstr (fixture->text->str, ==, "012789");
  undo (fixture, "0123456789");
  redo (fixture, "012789");
  undo (fixture, "0123456789");
  undo (fixture, "");
}

/* All that one command does is one step. */
static void
test_group (Fixture       *fixture,
            gconstpointer  data)
{
  gsize cursor;
  gsize bound;

  insert (fixture, 0, "a b a b");
  td_edit_history_begin (fixture->history, 3, 1);
  td_edit_history_begin (fixture->history, 0, 0);
  take_out (fixture, 0, 1);
  insert (fixture, 0, "xyz");
  td_edit_history_end (fixture->history);
  g_assert_false (td_edit_history_can_undo (fixture->history));
  take_out (fixture, 6, 1);
  insert (fixture, 6, "xyz");
  td_edit_history_end (fixture->history);
  g_assert_cmpstr (fixture->text->str, ==, "xyz b xyz b");

  td_edit_history_undo (fixture->history, replay_cb, fixture, &cursor, &bound);
  g_assert_cmpstr (fixture->text->str, ==, "a b a b");
  g_assert_cmpuint (cursor, ==, 3);
  g_assert_cmpuint (bound, ==, 1);
  td_edit_history_redo (fixture->history, replay_cb, fixture, &cursor, &bound);
  g_assert_cmpstr (fixture->text->str, ==, "xyz b xyz b");
  g_assert_cmpuint (cursor, ==, 9);
  g_assert_cmpuint (bound, ==, 9);

  /* A group in which nothing happens is no step. */
  td_edit_history_begin (fixture->history, 0, 0);
  td_edit_history_end (fixture->history);
  undo (fixture, "a b a b");
}

static void
test_saved (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_true (td_edit_history_is_saved (fixture->history));
  insert (fixture, 0, "one");
  g_assert_false (td_edit_history_is_saved (fixture->history));
  td_edit_history_mark_saved (fixture->history);
  insert (fixture, 3, "x");
  g_assert_false (td_edit_history_is_saved (fixture->history));
  undo (fixture, "one");
  g_assert_true (td_edit_history_is_saved (fixture->history));
  undo (fixture, "");
  g_assert_false (td_edit_history_is_saved (fixture->history));

  /* The saved text can no longer be reached. */
  insert (fixture, 0, "other");
  g_assert_false (td_edit_history_is_saved (fixture->history));
  undo (fixture, "");
  g_assert_false (td_edit_history_is_saved (fixture->history));

  td_edit_history_clear (fixture->history);
  g_assert_false (td_edit_history_can_undo (fixture->history));
  g_assert_false (td_edit_history_can_redo (fixture->history));
}

/* The oldest steps are forgotten, and the others still fit the text. */
static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  guint n_undone = 0;

  for (guint i = 0; i < 5000; i++)
    insert (fixture, 0, "ab");
  while (td_edit_history_can_undo (fixture->history))
    {
      gsize cursor;
      gsize bound;

      td_edit_history_undo (fixture->history, replay_cb, fixture, &cursor, &bound);
      n_undone++;
    }
  g_assert_cmpuint (n_undone, >=, 1000);
  g_assert_cmpuint (fixture->text->len, ==, 2 * (5000 - n_undone));
  g_assert_false (td_edit_history_is_saved (fixture->history));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/edit-history/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("typing", test_typing);
  ADD ("deleting", test_deleting);
  ADD ("group", test_group);
  ADD ("saved", test_saved);
  ADD ("many", test_many);
#undef ADD

  return g_test_run ();
}
