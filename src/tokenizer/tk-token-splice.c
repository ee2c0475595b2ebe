/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Following an edit. See tk-token-map-private.h for an example.
 *
 * Three steps: read a window of text around the edit which holds a seam on each side; encode what lies between the
 * seams; put those of the new tokens into the tree which are not what they were.
 */

#include "tk-token-map-private.h"

#include "tk-error-private.h"
#include "tk-seam-private.h"

#include <stdlib.h>
#include <string.h>

/* Characters read on each side of an edit: at first, and how many times more when there is no seam among them. */
#define WINDOW_MARGIN 64
#define WINDOW_GROWTH 4
/* Codes kept allocated from one edit to the next. */
#define CODES_KEPT (64 * 1024)
/* Tokens coded at a time. */
#define BATCH 256

/* The part of the document around an edit, and where in it (in bytes) the text that came lies. */
typedef struct
{
  size_t first; /* character of the document */
  const char *text;
  size_t length;
  size_t edit_start;
  size_t edit_end;
  bool at_start; /* of the document */
  bool at_end;
} Window;

typedef struct
{
  TkTokenMap *map;
  const TkEdit *edit;
  TkReadFunc read;
  void *user_data;
  size_t n_characters; /* of the document as it is now */

  Window window;
  /* The seams, in bytes of the window, and the old tokens there. */
  size_t start;
  size_t end;
  TkTreePlace old_start;
  TkTreePlace old_end;
} Splice;

/* Reading ---------------------------------------------------------------------------------------------------------- */

static bool
does_not_fit (TkError *error)
{
  return tk_fail (error, TK_ERROR_CANCELLED, 0, "The text is not the one this map follows; build it again");
}

/* The length in bytes of @n_characters characters, or TK_SEAM_NONE if there are fewer. Bytes that are not UTF-8 are
 * counted somehow; they are found later. */
static size_t
measure_characters (const char *text,
                    size_t      length,
                    size_t      n_characters)
{
  size_t pos = 0;

  for (; n_characters > 0; n_characters--)
    {
      if (pos == length)
        return TK_SEAM_NONE;
      for (pos++; pos < length && ((unsigned char) text[pos] & 0xc0) == 0x80; )
        pos++;
    }
  return pos;
}

static size_t
count_characters (const char *text,
                  size_t      length)
{
  size_t n = 0;

  for (size_t i = 0; i < length; i++)
    n += ((unsigned char) text[i] & 0xc0) != 0x80;
  return n;
}

/* A window knows its first character, but not on which byte that lies, so for the position of ill-formed text
 * everything before it is read as well. */
static bool
fail_invalid (const Splice *splice,
              size_t        n_characters,
              TkError      *error)
{
  size_t length, position = 0;
  const char *text = splice->read (0, splice->window.first + n_characters, &length, splice->user_data);

  if (text != NULL)
    position = tk_utf8_check (text, length);
  return tk_fail (error, TK_ERROR_INVALID_UTF8, position, "The text is not UTF-8 at byte %zu", position);
}

static bool
read_window (Splice  *splice,
             size_t   before,
             size_t   after,
             TkError *error)
{
  const TkEdit *edit = splice->edit;
  Window *window = &splice->window;
  size_t behind = splice->n_characters - edit->position - edit->inserted;
  size_t n;

  if (before > edit->position)
    before = edit->position;
  if (after > behind)
    after = behind;
  n = before + edit->inserted + after;
  window->first = edit->position - before;
  window->at_start = window->first == 0;
  window->at_end = after == behind;
  window->text = splice->read (window->first, n, &window->length, splice->user_data);
  if (window->text == NULL)
    return tk_fail (error, TK_ERROR_CANCELLED, 0, "The text could not be read");

  window->edit_start = measure_characters (window->text, window->length, before);
  if (window->edit_start == TK_SEAM_NONE)
    return does_not_fit (error);
  window->edit_end = measure_characters (window->text + window->edit_start, window->length - window->edit_start,
                                         edit->inserted);
  if (window->edit_end == TK_SEAM_NONE)
    return does_not_fit (error);
  window->edit_end += window->edit_start;
  n = measure_characters (window->text + window->edit_end, window->length - window->edit_end, after);
  if (n == TK_SEAM_NONE)
    return does_not_fit (error);
  window->length = window->edit_end + n;
  if (tk_utf8_check (window->text, window->length) < window->length)
    return fail_invalid (splice, before + edit->inserted + after, error);
  return true;
}

/* Seams ------------------------------------------------------------------------------------------------------------ */

/* Special tokens cut the text before anything else. So where they matter a seam must not lie in one, neither now nor
 * before the edit: it keeps this distance in bytes from the edit and from the ends of what can be seen. */
static size_t
seam_distance (const TkTokenMap *map)
{
  return map->special == TK_SPECIAL_AS_TEXT ? 0 : TK_SPECIAL_MAX_LENGTH;
}

/* Whether a special token starts before @pos and ends after it. They do not overlap each other. */
static bool
is_in_special (const Splice *splice,
               size_t        pos)
{
  const TkSpecials *specials = &splice->map->encoding->specials;
  const Window *window = &splice->window;
  size_t distance = seam_distance (splice->map);
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

static inline bool
is_character_start (const Window *window,
                    size_t        pos)
{
  return pos == window->length || ((unsigned char) window->text[pos] & 0xc0) != 0x80;
}

static bool
find_start (Splice *splice)
{
  const Window *window = &splice->window;
  const TkEncoding *encoding = splice->map->encoding;
  size_t distance = seam_distance (splice->map);
  size_t first = window->at_start ? 0 : distance;
  size_t limit = window->edit_start > distance ? window->edit_start - distance : 0;

  while (!is_character_start (window, limit))
    limit--;
  while (first < limit && !is_character_start (window, first))
    first++;
  while (first < limit)
    {
      size_t seam = tk_seam_find_last (encoding, window->text, first, limit);

      if (seam == TK_SEAM_NONE)
        break;
      if (!is_in_special (splice, seam))
        {
          splice->start = seam;
          return true;
        }
      limit = seam;
    }
  splice->start = 0;
  return window->at_start;
}

static bool
find_end (Splice *splice)
{
  const Window *window = &splice->window;
  const TkEncoding *encoding = splice->map->encoding;
  size_t distance = seam_distance (splice->map);
  size_t first = window->edit_end;
  size_t limit = window->length;

  if (!window->at_end)
    limit = limit > distance ? limit - distance : 0;
  first = window->length - first > distance ? first + distance : window->length;
  while (!is_character_start (window, first))
    first++;
  while (!is_character_start (window, limit))
    limit--;
  while (first < limit)
    {
      size_t seam = tk_seam_find_first (encoding, window->text, first, limit);

      if (seam == TK_SEAM_NONE)
        break;
      if (!is_in_special (splice, seam))
        {
          splice->end = seam;
          return true;
        }
      first = seam;
    }
  splice->end = window->length;
  return window->at_end;
}

/* Reads as much as it takes to have a seam on each side, and finds the old tokens there. */
static bool
find_seams (Splice  *splice,
            TkError *error)
{
  const TkEdit *edit = splice->edit;
  const Window *window = &splice->window;
  const TkTokenTree *tree = &splice->map->tree;
  size_t before = WINDOW_MARGIN + seam_distance (splice->map) * 2;
  size_t after = before;
  size_t character;

  for (;;)
    {
      bool found_start, found_end;

      if (!read_window (splice, before, after, error))
        return false;
      found_start = find_start (splice);
      found_end = find_end (splice);
      if (found_start && found_end)
        break;
      if (!found_start)
        before *= WINDOW_GROWTH;
      if (!found_end)
        after *= WINDOW_GROWTH;
    }

  character = edit->position - count_characters (window->text + splice->start, window->edit_start - splice->start);
  tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &splice->old_start);
  if (splice->old_start.at.extent.characters != character)
    return does_not_fit (error);
  character = edit->position + edit->removed
              + count_characters (window->text + window->edit_end, splice->end - window->edit_end);
  tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, character, &splice->old_end);
  if (splice->old_end.at.extent.characters != character)
    return does_not_fit (error);
  return true;
}

/* Encoding --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  TkTokenMap *map;
  const char *text;
  size_t length;
} Encode;

static bool
encode_cb (const TkId     *ids,
           const uint32_t *lengths,
           size_t          n_tokens,
           void           *user_data)
{
  Encode *encode = user_data;
  TkTokenMap *map = encode->map;

  while (n_tokens > 0)
    {
      size_t n = n_tokens < BATCH ? n_tokens : BATCH;
      size_t n_bytes;

      if (map->allocated - map->n_codes < n * TK_CODE_MAX)
        {
          map->allocated = map->allocated * 2 + n * TK_CODE_MAX;
          map->codes = tk_realloc (map->codes, map->allocated, 1);
        }
      map->n_codes += tk_code_write_all (map->tree.tables, encode->text, encode->length, lengths, n,
                                         map->codes + map->n_codes, &n_bytes);
      encode->text += n_bytes;
      encode->length -= n_bytes;
      lengths += n;
      n_tokens -= n;
    }
  return true;
}

/* Fills the map's codes with those between the seams. */
static bool
encode_window (Splice  *splice,
               TkError *error)
{
  TkTokenMap *map = splice->map;
  TkOptions options = { map->special, NULL };
  Encode encode = { map, splice->window.text + splice->start, splice->end - splice->start };

  map->n_codes = 0;
  if (tk_encode_each (map->encoder, encode.text, encode.length, &options, encode_cb, &encode, error))
    return true;
  if (error != NULL)
    error->position += splice->old_start.at.extent.bytes;
  return false;
}

/* Putting into the tree -------------------------------------------------------------------------------------------- */

/* A walk over old tokens in the tree or over new ones in the map's codes; @at counts from the beginning of the
 * document for the old ones, and from the seam for the new. */
typedef struct
{
  const TkLeaf *leaf; /* NULL: new tokens */
  size_t offset;
  TkSum at;
} Walk;

static TkShape
peek (const TkTokenMap *map,
      const Walk       *walk)
{
  const uint8_t *codes = walk->leaf != NULL ? walk->leaf->codes : map->codes;
  TkShape shape;

  if (walk->leaf != NULL && walk->offset == walk->leaf->used)
    tk_code_read (map->tree.tables, walk->leaf->next->codes, &shape);
  else
    tk_code_read (map->tree.tables, codes + walk->offset, &shape);
  return shape;
}

static void
advance (const TkTokenMap *map,
         Walk             *walk)
{
  const uint8_t *codes = map->codes;
  TkShape shape;

  if (walk->leaf != NULL)
    {
      if (walk->offset == walk->leaf->used)
        {
          walk->leaf = walk->leaf->next;
          walk->offset = 0;
        }
      codes = walk->leaf->codes;
    }
  walk->offset += tk_code_read (map->tree.tables, codes + walk->offset, &shape);
  walk->at.extent.bytes += shape.bytes;
  walk->at.extent.characters += shape.characters;
  walk->at.extent.newlines += shape.newlines;
  walk->at.extent.tokens++;
}

static Walk
walk_from (const TkTreePlace *place)
{
  Walk walk = { place->leaf, place->offset, place->at };

  return walk;
}

/* Moves both walks from the first seam over the tokens that end before the edit and are what they were, as far as a
 * character ends there too. */
static void
skip_equal_start (const Splice *splice,
                  Walk         *old,
                  Walk         *fresh)
{
  const TkTokenMap *map = splice->map;
  const Window *window = &splice->window;
  Walk old_next = *old;
  Walk fresh_next = *fresh;

  while (fresh_next.offset < map->n_codes && old_next.at.extent.tokens < splice->old_end.at.extent.tokens)
    {
      TkShape shape = peek (map, &fresh_next);
      size_t pos = splice->start + fresh_next.at.extent.bytes + shape.bytes;

      if (pos > window->edit_start || peek (map, &old_next).bytes != shape.bytes)
        break;
      advance (map, &old_next);
      advance (map, &fresh_next);
      if (is_character_start (window, pos))
        {
          *old = old_next;
          *fresh = fresh_next;
        }
    }
}

/* Moves both walks to where the tokens behind the edit begin to be what they were and stay so up to the second seam. */
static void
skip_to_equal_end (const Splice *splice,
                   Walk         *old,
                   Walk         *fresh)
{
  const TkTokenMap *map = splice->map;
  const Window *window = &splice->window;
  size_t old_end = splice->old_end.at.extent.bytes;
  size_t fresh_end = splice->end - splice->start;
  Walk old_next = *old;
  Walk fresh_next = *fresh;
  bool equal = false;

  for (;;)
    {
      size_t old_left = old_end - old_next.at.extent.bytes;
      size_t fresh_left = fresh_end - fresh_next.at.extent.bytes;
      size_t pos = splice->end - fresh_left;

      if (old_left != fresh_left)
        equal = false;
      else if (!equal && pos >= window->edit_end && is_character_start (window, pos))
        {
          equal = true;
          *old = old_next;
          *fresh = fresh_next;
        }
      if (old_left == 0 && fresh_left == 0)
        break;
      if (old_left >= fresh_left)
        advance (map, &old_next);
      if (fresh_left >= old_left)
        advance (map, &fresh_next);
    }
}

static void
update_tree (const Splice *splice,
             TkChange     *change)
{
  const TkTokenMap *map = splice->map;
  const Window *window = &splice->window;
  TkTokenTree *tree = &splice->map->tree;
  Walk old = walk_from (&splice->old_start);
  Walk fresh = { NULL, 0, { { 0, 0, 0, 0 } } };
  Walk old_from, fresh_from;
  TkTreePlace place;

  skip_equal_start (splice, &old, &fresh);
  old_from = old;
  fresh_from = fresh;

  /* What was removed or inserted need not be compared, and it can be long. */
  tk_token_tree_seek (tree, TK_UNIT_CHARACTERS, splice->edit->position + splice->edit->removed, &place);
  if (place.at.extent.bytes > old.at.extent.bytes)
    old = walk_from (&place);
  if (splice->start + fresh.at.extent.bytes < window->edit_end)
    fresh.offset += tk_codes_walk (tree->tables, map->codes + fresh.offset, map->n_codes - fresh.offset, TK_UNIT_BYTES,
                                   window->edit_end - splice->start - fresh.at.extent.bytes, &fresh.at);
  skip_to_equal_end (splice, &old, &fresh);

  change->start = old_from.at.extent;
  change->old_tokens = old.at.extent.tokens - old_from.at.extent.tokens;
  change->new_tokens = fresh.at.extent.tokens - fresh_from.at.extent.tokens;
  change->old_characters = old.at.extent.characters - old_from.at.extent.characters;
  change->new_characters = fresh.at.extent.characters - fresh_from.at.extent.characters;
  tk_token_tree_replace (tree, old_from.at.extent.tokens, change->old_tokens, map->codes + fresh_from.offset,
                         fresh.offset - fresh_from.offset);
}

bool
tk_token_map_splice (TkTokenMap   *map,
                     const TkEdit *edit,
                     TkReadFunc    read,
                     void         *user_data,
                     TkChange     *change,
                     TkError      *error)
{
  size_t n_old = map->tree.total.extent.characters;
  Splice splice = { .map = map, .edit = edit, .read = read, .user_data = user_data };
  TkChange ignored;

  if (edit->position > n_old || edit->removed > n_old - edit->position)
    return does_not_fit (error);
  splice.n_characters = n_old - edit->removed + edit->inserted;
  if (!find_seams (&splice, error) || !encode_window (&splice, error))
    return false;
  update_tree (&splice, change != NULL ? change : &ignored);

  if (map->allocated > CODES_KEPT)
    {
      free (map->codes);
      map->codes = NULL;
      map->allocated = 0;
    }
  return true;
}
