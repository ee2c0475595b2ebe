/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-splice-private.h"

#include "tk-error-private.h"
#include "tk-seam-private.h"

/* Characters read on each side of an edit: at first, and how many times more when no limit is among them. */
#define WINDOW_MARGIN 64
#define WINDOW_GROWTH 8
/* Anchors are for long runs: only when there is no seam in as many characters. */
#define ANCHOR_MARGIN (WINDOW_MARGIN * WINDOW_GROWTH)

/* Special tokens cut the text before anything else. So where they matter a limit must not lie in one, neither now nor
 * before the edit. */
size_t
tk_splice_special_distance (const TkSplice *splice)
{
  return splice->map->special == TK_SPECIAL_AS_TEXT ? 0 : TK_SPECIAL_MAX_LENGTH;
}

/* Special tokens do not overlap each other. */
bool
tk_splice_is_in_special (const TkSplice *splice,
                         size_t          pos)
{
  const TkSpecials *specials = &splice->map->encoding->specials;
  const TkWindow *window = &splice->window;
  size_t distance = tk_splice_special_distance (splice);
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

/* Seams ------------------------------------------------------------------------------------------------------------ */

/* The last seam before the edit, or the beginning of the document. */
static void
find_start_seam (TkSplice *splice)
{
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->start;
  size_t distance = tk_splice_special_distance (splice);
  size_t nearest = limit->searched > distance ? limit->searched : distance;
  size_t first = window->at_start ? 0 : distance;
  size_t last = window->edit_start > nearest ? window->edit_start - nearest : 0;

  while (!tk_window_is_character_start (window, last))
    last--;
  while (first < last && !tk_window_is_character_start (window, first))
    first++;
  /* The character where the last search ended has not been tried as the second one of a seam. */
  if (limit->searched > 0 && last < window->edit_start - distance)
    last = tk_window_next (window, last);
  while (first < last)
    {
      size_t seam = tk_seam_find_last (splice->map->encoding, window->text, first, last);

      if (seam == TK_SEAM_NONE)
        break;
      if (!tk_splice_is_in_special (splice, seam))
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
  size_t distance = tk_splice_special_distance (splice);
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
    first = tk_window_previous (window, first);
  while (first < last)
    {
      size_t seam = tk_seam_find_first (splice->map->encoding, window->text, first, last);

      if (seam == TK_SEAM_NONE)
        break;
      if (!tk_splice_is_in_special (splice, seam))
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
      start->try_from = end->try_from = TK_ANCHOR_DISTANCE;
      before = after = WINDOW_MARGIN + tk_splice_special_distance (splice) * 2;
      if (!tk_window_read (splice, before, after, error))
        return false;
    }
  for (;;)
    {
      if (!start->found)
        find_start_seam (splice);
      if (!start->found && before >= ANCHOR_MARGIN && !tk_splice_find_start_anchor (splice, error))
        return false;
      if (!end->found)
        find_end_seam (splice);
      if (!end->found && after >= ANCHOR_MARGIN && !tk_splice_find_end_anchor (splice, error))
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
