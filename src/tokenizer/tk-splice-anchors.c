/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Anchors: old token boundaries in the middle of a long piece, where an edit can begin and end to encode anew. */

#include "tk-splice-private.h"

#include "tk-seam-private.h"
#include "tk-unicode-private.h"

/* How many times farther from the edit an anchor is looked for when one was no good, and how far at most, in bytes. */
#define ANCHOR_GROWTH 4
#define ANCHOR_MAX_DISTANCE 256
/* Tokens tried from there on, and those of them for which a look at what is far away may turn out badly. */
#define ANCHOR_TRIES 48
#define ANCHOR_LOOKS 8

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
  const unsigned char *text = (const unsigned char *) splice->window.text;
  unsigned before = 0, near = 0, after = 0, first = 0;
  size_t at = pos;
  size_t size;

  for (int i = 0; i < TK_RUN_DEPTH; i++)
    {
      if (at <= start)
        return TK_RUN_NONE;
      at = tk_window_previous (&splice->window, at);
      before |= tk_run_class (tk_utf8_read (text + at, &size));
      if (i < TK_RUN_NEAR)
        near = before;
    }
  at = pos;
  for (int i = 0; i < TK_RUN_DEPTH; i++, at += size)
    {
      if (at >= end)
        return TK_RUN_NONE;
      after |= tk_run_class (tk_utf8_read (text + at, &size));
      if (i == 0)
        first = after;
    }
  return tk_run_between (splice->map->encoding, before, near, first, after);
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
        pos = tk_window_previous (window, pos);
      *found = tk_run_class (tk_utf8_read ((const unsigned char *) window->text + pos, &size));
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

  *good = run != TK_RUN_SLASHES_GONE_ON;
  switch (run)
    {
    case TK_RUN_UPPER:
      /* Capitals behind caseless letters: small letters at their end would join all of them. */
      if (!look (splice, pos, true, TK_CLASS_BIT (TK_CLASS_UPPER), &found, error))
        return false;
      *good = !(found & TK_SET_FLAT);
      return true;
    case TK_RUN_MARKS:
      if (!look (splice, pos, true, TK_SET_MARK, &found, error))
        return false;
      *good = !(found & (TK_SET_PUNCTUATION | TK_RUN_SLASH));
      if (!*good)
        return true;
      /* They are part of a word. */
      /* fall through */
    case TK_RUN_CASELESS:
      if (!look (splice, pos, false, TK_SET_FLAT, &found, error))
        return false;
      if (found & TK_CLASS_BIT (TK_CLASS_UPPER))
        {
          /* Capitals go on with a word only if it has no small letters yet. */
          if (!look (splice, pos, true, TK_SET_FLAT, &found, error))
            return false;
          *good = !(found & TK_CLASS_BIT (TK_CLASS_LOWER));
        }
      return true;
    case TK_RUN_SLASHES:
      /* Behind a line end they do not take other punctuation along, at the front of a piece they do. */
      if (!look (splice, pos, false, TK_RUN_SLASH, &found, error))
        return false;
      *good = !(found & TK_SET_PUNCTUATION);
      return true;
    case TK_RUN_BLANKS:
      /* A line end before them may be where they are cut. */
      if (!look (splice, pos, true, TK_CLASS_BIT (TK_CLASS_SPACE), &found, error))
        return false;
      *good = !(found & TK_SET_NEWLINE);
      return true;
    case TK_RUN_LINES:
      /* Line ends behind punctuation belong to that, and without what follows them. */
      if (!look (splice, pos, true, TK_SET_NEWLINE, &found, error))
        return false;
      *good = !(found & (TK_SET_PUNCTUATION | TK_RUN_SLASH));
      return true;
    default:
      return true;
    }
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
  switch (run)
    {
    case TK_RUN_UPPER:
      if (!look (splice, pos, false, TK_CLASS_BIT (TK_CLASS_UPPER), &found, error))
        return false;
      *good = !(found & TK_SET_TAIL);
      return true;
    case TK_RUN_CASELESS:
      if (!look (splice, pos, false, TK_SET_FLAT, &found, error))
        return false;
      *good = !(found & TK_CLASS_BIT (TK_CLASS_UPPER));
      return true;
    case TK_RUN_MARKS:
      /* Letters go on with a word, punctuation and line ends with punctuation; blanks and digits with neither. */
      if (!look (splice, pos, false, TK_SET_MARK, &found, error))
        return false;
      *good = !(found & ~(TK_SET_NUMBER | TK_CLASS_BIT (TK_CLASS_SPACE)));
      return true;
    case TK_RUN_SLASHES:
      if (!look (splice, pos, false, TK_RUN_SLASH, &found, error))
        return false;
      *good = !(found & TK_SET_PUNCTUATION);
      return true;
    case TK_RUN_BLANKS:
    case TK_RUN_LINES:
      /* Behind a blank it is white space for certain. Line ends may belong to punctuation, and then end with it. */
      if (!look (splice, pos, true, 0, &found, error))
        return false;
      if (!(found & TK_SET_NEWLINE))
        return true;
      if (!look (splice, pos, false, TK_SET_NEWLINE, &found, error))
        return false;
      *good = !(found & (TK_CLASS_BIT (TK_CLASS_SPACE) | TK_RUN_SLASH));
      return true;
    default:
      return true;
    }
}

/* In white space and slashes another token may be better; among letters what is far away is the same for all. */
static bool
differs_nearby (TkRun run)
{
  return run != TK_RUN_UPPER && run != TK_RUN_CASELESS && run != TK_RUN_MARKS;
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
bool
tk_splice_find_start_anchor (TkSplice *splice,
                             TkError  *error)
{
  const TkTokenTree *tree = &splice->map->tree;
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->start;
  size_t distance = limit->try_from + tk_splice_special_distance (splice);
  int n_looks = ANCHOR_LOOKS;
  size_t pos, character;

  if (limit->try_from == 0 || window->edit_start <= distance)
    return true;
  pos = tk_window_previous (window, window->edit_start - distance + 1);
  character = splice->edit->position - tk_count_characters (window->text + pos, window->edit_start - pos);
  for (int i = 0; i < ANCHOR_TRIES; i++)
    {
      TkRun run;

      tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &limit->old);
      for (; character > limit->old.at.extent.characters && pos > 0; character--)
        pos = tk_window_previous (window, pos);
      if (character != limit->old.at.extent.characters)
        return true;
      run = run_around (splice, pos, 0, window->edit_start);
      if (run != TK_RUN_NONE && !begins_inside (tree, &limit->old) && !tk_splice_is_in_special (splice, pos))
        {
          bool good;

          if (!is_good_start (splice, pos, run, &good, error))
            return false;
          if (good)
            {
              limit->found = limit->is_anchor = true;
              limit->distance = window->edit_start - pos;
            }
          if (good || --n_looks == 0 || !differs_nearby (run))
            return true;
        }
      if (pos == 0)
        return true;
      pos = tk_window_previous (window, pos);
      character--;
    }
  return true;
}

/* An old token boundary behind the edit, going on token by token. */
bool
tk_splice_find_end_anchor (TkSplice *splice,
                           TkError  *error)
{
  const TkTokenTree *tree = &splice->map->tree;
  const TkWindow *window = &splice->window;
  TkLimit *limit = &splice->end;
  size_t distance = limit->try_from + tk_splice_special_distance (splice);
  int n_looks = ANCHOR_LOOKS;
  size_t pos, character;

  if (limit->try_from == 0 || window->length - window->edit_end <= distance)
    return true;
  pos = tk_window_next (window, window->edit_end + distance - 1);
  character = splice->edit->position + splice->edit->removed
              + tk_count_characters (window->text + window->edit_end, pos - window->edit_end);
  tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &limit->old);
  for (int i = 0; i < ANCHOR_TRIES; i++)
    {
      bool good = limit->old.at.extent.characters == character && !begins_inside (tree, &limit->old);
      TkRun run = good ? run_around (splice, pos, window->edit_end, window->length) : TK_RUN_NONE;

      if (run != TK_RUN_NONE && !tk_splice_is_in_special (splice, pos))
        {
          if (!is_good_end (splice, pos, run, &good, error))
            return false;
          if (good)
            {
              limit->found = limit->is_anchor = true;
              limit->distance = pos - window->edit_end;
            }
          if (good || --n_looks == 0 || !differs_nearby (run))
            return true;
        }
      if (!tk_token_tree_seek (tree, TK_UNIT_TOKENS, limit->old.at.extent.tokens + 1, &limit->old))
        return true;
      for (; character < limit->old.at.extent.characters && pos < window->length; character++)
        pos = tk_window_next (window, pos);
      if (character < limit->old.at.extent.characters)
        return true;
    }
  return true;
}
