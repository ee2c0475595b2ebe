/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-splice-private.h"

#include "tk-error-private.h"
#include "tk-seam-private.h"
#include "tk-unicode-private.h"

/* Characters read on each side of an edit: at first, and how many times more when no limit is among them. */
#define WINDOW_MARGIN 64
#define WINDOW_GROWTH 8
/* Anchors are for long runs: only when there is no seam in as many characters. */
#define ANCHOR_MARGIN (WINDOW_MARGIN * WINDOW_GROWTH)
/* Bytes from the edit where anchors are looked for: at first, how many times more when one was no good, and at most. */
#define ANCHOR_DISTANCE 16
#define ANCHOR_GROWTH 4
#define ANCHOR_MAX_DISTANCE 256
/* Tokens tried from there on. */
#define ANCHOR_TRIES 48

/* Special tokens cut the text before anything else. So where they matter a limit must not lie in one, neither now nor
 * before the edit: it keeps this distance in bytes from the edit and from the ends of what can be seen. */
static size_t
special_distance (const TkSplice *splice)
{
  return splice->map->special == TK_SPECIAL_AS_TEXT ? 0 : TK_SPECIAL_MAX_LENGTH;
}

/* Whether a special token starts before @pos and ends after it. They do not overlap each other. */
static bool
is_in_special (const TkSplice *splice,
               size_t          pos)
{
  const TkSpecials *specials = &splice->map->encoding->specials;
  const TkWindow *window = &splice->window;
  size_t distance = special_distance (splice);
  size_t start = pos > distance ? pos - distance : 0;
  size_t end = window->length - pos > distance ? pos + distance : window->length;
  const TkSpecial *special;
  size_t found;

  if (distance == 0)
    return false;
  while ((special = tk_specials_find (specials, window->text, end, start, &found)) != NULL && found < pos)
    {
      start = found + special->length;
      if (start > pos)
        return true;
    }
  return false;
}

static size_t
previous_character (const TkWindow *window,
                    size_t          pos)
{
  do
    pos--;
  while (!tk_window_is_character_start (window, pos));
  return pos;
}

static size_t
next_character (const TkWindow *window,
                size_t          pos)
{
  do
    pos++;
  while (!tk_window_is_character_start (window, pos));
  return pos;
}

/* Seams ------------------------------------------------------------------------------------------------------------ */

/* The last seam before the edit, or the beginning of the document. */
static void
find_start_seam (TkSplice *splice)
{
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->start;
  size_t distance = special_distance (splice);
  size_t nearest = limit->searched > distance ? limit->searched : distance;
  size_t first = window->at_start ? 0 : distance;
  size_t last = window->edit_start > nearest ? window->edit_start - nearest : 0;

  while (!tk_window_is_character_start (window, last))
    last--;
  while (first < last && !tk_window_is_character_start (window, first))
    first++;
  /* The character where the last search ended has not been tried as the second one of a seam. */
  if (limit->searched > 0 && last < window->edit_start - distance)
    last = next_character (window, last);
  while (first < last)
    {
      size_t seam = tk_seam_find_last (splice->map->encoding, window->text, first, last);

      if (seam == TK_SEAM_NONE)
        break;
      if (!is_in_special (splice, seam))
        {
          limit->found = true;
          limit->distance = window->edit_start - seam;
          return;
        }
      last = seam;
    }
  limit->searched = window->edit_start - first;
  if (window->at_start)
    {
      limit->found = true;
      limit->distance = window->edit_start;
    }
}

/* The first seam behind the edit, or the end of the document. */
static void
find_end_seam (TkSplice *splice)
{
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->end;
  size_t distance = special_distance (splice);
  size_t nearest = limit->searched > distance ? limit->searched : distance;
  size_t last = window->length;
  size_t first = window->length - window->edit_end > nearest ? window->edit_end + nearest : window->length;

  if (!window->at_end)
    last = last > distance ? last - distance : 0;
  while (!tk_window_is_character_start (window, first))
    first++;
  while (!tk_window_is_character_start (window, last))
    last--;
  if (limit->searched > 0 && first > window->edit_end + distance)
    first = previous_character (window, first);
  while (first < last)
    {
      size_t seam = tk_seam_find_first (splice->map->encoding, window->text, first, last);

      if (seam == TK_SEAM_NONE)
        break;
      if (!is_in_special (splice, seam))
        {
          limit->found = true;
          limit->distance = seam - window->edit_end;
          return;
        }
      first = seam;
    }
  limit->searched = last > window->edit_end ? last - window->edit_end : 0;
  if (window->at_end)
    {
      limit->found = true;
      limit->distance = window->length - window->edit_end;
    }
}

/* Anchors ---------------------------------------------------------------------------------------------------------- */

void
tk_limit_drop_anchor (TkLimit *limit)
{
  limit->found = false;
  limit->is_anchor = false;
  limit->try_from *= ANCHOR_GROWTH;
  if (limit->try_from > ANCHOR_MAX_DISTANCE)
    limit->try_from = 0;
}

void
tk_limit_give_up_anchors (TkLimit *limit)
{
  limit->try_from = 0;
  if (limit->is_anchor)
    limit->found = limit->is_anchor = false;
}

/* The run that @pos lies deep in, between @start and @end. */
static TkRun
run_around (const TkSplice *splice,
            size_t          pos,
            size_t          start,
            size_t          end)
{
  const TkWindow *window = &splice->window;
  TkRun run = TK_RUN_NONE;
  size_t at = pos;

  for (int i = 0; i < TK_RUN_DEPTH; i++)
    {
      if (at <= start)
        return TK_RUN_NONE;
      at = previous_character (window, at);
    }
  for (int i = 0; i < 2 * TK_RUN_DEPTH; i++)
    {
      size_t size;
      TkRun next;

      if (at >= end)
        return TK_RUN_NONE;
      next = tk_run_of (splice->map->encoding, tk_utf8_read ((const unsigned char *) window->text + at, &size));
      if (next == TK_RUN_NONE || (i > 0 && next != run))
        return TK_RUN_NONE;
      run = next;
      at += size;
    }
  return run;
}

/* The class of the first character from @pos on, or before it, that is not in @set; in the window or beyond. */
static bool
look (TkSplice *splice,
      size_t    pos,
      bool      backwards,
      unsigned  set,
      unsigned *found,
      TkError  *error)
{
  const TkWindow *window = &splice->window;
  size_t size;

  while (backwards ? pos > 0 : pos < window->length)
    {
      if (backwards)
        pos = previous_character (window, pos);
      *found = TK_CLASS_BIT (tk_class_of (tk_utf8_read ((const unsigned char *) window->text + pos, &size)));
      if (!(*found & set))
        return true;
      if (!backwards)
        pos += size;
    }
  return tk_window_look_beyond (splice, backwards, set, found, error);
}

/* Whether pieces can be found from @pos on as if the text began there, and those before it stay: see TkRun. */
static bool
is_good_start (TkSplice *splice,
               size_t    pos,
               TkRun     run,
               bool     *good,
               TkError  *error)
{
  unsigned found = 0;

  *good = true;
  if (run == TK_RUN_UPPER)
    {
      /* Capitals behind caseless letters: small letters at their end would join all of them. */
      if (!look (splice, pos, true, TK_CLASS_BIT (TK_CLASS_UPPER), &found, error))
        return false;
      *good = !(found & TK_SET_FLAT);
    }
  else if (run == TK_RUN_CASELESS)
    {
      if (!look (splice, pos, false, TK_SET_FLAT, &found, error))
        return false;
      if (found & TK_CLASS_BIT (TK_CLASS_UPPER))
        {
          /* Capitals go on with a word only if it has no small letters yet. */
          if (!look (splice, pos, true, TK_SET_FLAT, &found, error))
            return false;
          *good = !(found & TK_CLASS_BIT (TK_CLASS_LOWER));
        }
    }
  return true;
}

/* Whether the piece that @pos lies in ends where it did, however it began; and, for capitals, whether those before the
 * edit can be told apart without seeing their end. */
static bool
is_good_end (TkSplice *splice,
             size_t    pos,
             TkRun     run,
             bool     *good,
             TkError  *error)
{
  unsigned found = 0;

  *good = true;
  if (run == TK_RUN_UPPER)
    {
      if (!look (splice, pos, false, TK_CLASS_BIT (TK_CLASS_UPPER), &found, error))
        return false;
      *good = !(found & TK_SET_TAIL);
    }
  else if (run == TK_RUN_CASELESS)
    {
      if (!look (splice, pos, false, TK_SET_FLAT, &found, error))
        return false;
      *good = !(found & TK_CLASS_BIT (TK_CLASS_UPPER));
    }
  return true;
}

static bool
begins_inside (const TkTokenTree *tree,
               const TkTreePlace *place)
{
  TkShape shape;

  if (place->offset == place->leaf->used)
    return false;
  tk_code_read (tree->tables, place->leaf->codes + place->offset, &shape);
  return shape.inside;
}

/* An old token boundary before the edit, going back token by token. */
static bool
find_start_anchor (TkSplice *splice,
                   TkError  *error)
{
  const TkTokenTree *tree = &splice->map->tree;
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->start;
  size_t distance = limit->try_from + special_distance (splice);
  size_t pos, character;

  if (limit->try_from == 0 || window->edit_start <= distance)
    return true;
  pos = previous_character (window, window->edit_start - distance + 1);
  character = splice->edit->position - tk_count_characters (window->text + pos, window->edit_start - pos);
  for (int i = 0; i < ANCHOR_TRIES; i++)
    {
      TkRun run;

      tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &limit->old);
      for (; character > limit->old.at.extent.characters && pos > 0; character--)
        pos = previous_character (window, pos);
      if (character != limit->old.at.extent.characters)
        return true;
      run = run_around (splice, pos, 0, window->edit_start);
      if (run != TK_RUN_NONE && !begins_inside (tree, &limit->old) && !is_in_special (splice, pos))
        {
          bool good;

          if (!is_good_start (splice, pos, run, &good, error))
            return false;
          if (!good)
            return true;
          limit->found = limit->is_anchor = true;
          limit->distance = window->edit_start - pos;
          return true;
        }
      if (pos == 0)
        return true;
      pos = previous_character (window, pos);
      character--;
    }
  return true;
}

/* An old token boundary behind the edit, going on token by token. */
static bool
find_end_anchor (TkSplice *splice,
                 TkError  *error)
{
  const TkTokenTree *tree = &splice->map->tree;
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->end;
  size_t distance = limit->try_from + special_distance (splice);
  size_t pos, character;

  if (limit->try_from == 0 || window->length - window->edit_end <= distance)
    return true;
  pos = next_character (window, window->edit_end + distance - 1);
  character = splice->edit->position + splice->edit->removed
              + tk_count_characters (window->text + window->edit_end, pos - window->edit_end);
  tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &limit->old);
  for (int i = 0; i < ANCHOR_TRIES; i++)
    {
      bool good = limit->old.at.extent.characters == character && !begins_inside (tree, &limit->old);
      TkRun run = good ? run_around (splice, pos, window->edit_end, window->length) : TK_RUN_NONE;

      if (run != TK_RUN_NONE && !is_in_special (splice, pos))
        {
          if (!is_good_end (splice, pos, run, &good, error))
            return false;
          if (!good)
            return true;
          limit->found = limit->is_anchor = true;
          limit->distance = pos - window->edit_end;
          return true;
        }
      if (!tk_token_tree_seek (tree, TK_UNIT_TOKENS, limit->old.at.extent.tokens + 1, &limit->old))
        return true;
      for (; character < limit->old.at.extent.characters && pos < window->length; character++)
        pos = next_character (window, pos);
      if (character < limit->old.at.extent.characters)
        return true;
    }
  return true;
}

/* Both ------------------------------------------------------------------------------------------------------------- */

/* Finds the old tokens at the seams. They begin there unless the text is not the one the map was made of. */
static bool
find_old_tokens (TkSplice *splice,
                 TkError  *error)
{
  const TkTokenTree *tree = &splice->map->tree;
  const TkWindow *window = &splice->window;
  const TkEdit *edit = splice->edit;
  size_t character;

  if (!splice->start.is_anchor)
    {
      character = edit->position
                  - tk_count_characters (window->text + tk_splice_start (splice), splice->start.distance);
      tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &splice->start.old);
      if (splice->start.old.at.extent.characters != character)
        return tk_splice_does_not_fit (error);
    }
  if (!splice->end.is_anchor)
    {
      character = edit->position + edit->removed
                  + tk_count_characters (window->text + window->edit_end, splice->end.distance);
      tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &splice->end.old);
      if (splice->end.old.at.extent.characters != character)
        return tk_splice_does_not_fit (error);
    }
  return true;
}

bool
tk_splice_find_limits (TkSplice *splice,
                       TkError  *error)
{
  TkWindow *window = &splice->window;
  TkLimit *start = &splice->start;
  TkLimit *end = &splice->end;
  size_t before = window->before;
  size_t after = window->after;

  if (window->text == NULL)
    {
      start->try_from = end->try_from = ANCHOR_DISTANCE;
      before = after = WINDOW_MARGIN + special_distance (splice) * 2;
      if (!tk_window_read (splice, before, after, error))
        return false;
    }
  for (;;)
    {
      if (!start->found)
        find_start_seam (splice);
      if (!start->found && before >= ANCHOR_MARGIN && !find_start_anchor (splice, error))
        return false;
      if (!end->found)
        find_end_seam (splice);
      if (!end->found && after >= ANCHOR_MARGIN && !find_end_anchor (splice, error))
        return false;
      if (start->found && end->found)
        return find_old_tokens (splice, error);
      if (!start->found)
        before *= WINDOW_GROWTH;
      if (!end->found)
        after *= WINDOW_GROWTH;
      if (!tk_window_read (splice, before, after, error))
        return false;
    }
}
