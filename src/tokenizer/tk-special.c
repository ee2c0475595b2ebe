/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-special-private.h"

#include "tk-error-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  TkId id;
  const char *name;
} Name;

static const Name r50k_names[] = {
  { 50256, "endoftext" },
};

static const Name p50k_edit_names[] = {
  { 50256, "endoftext" },
  { 50281, "fim_prefix" },
  { 50282, "fim_middle" },
  { 50283, "fim_suffix" },
};

static const Name cl100k_names[] = {
  { 100257, "endoftext" },
  { 100258, "fim_prefix" },
  { 100259, "fim_middle" },
  { 100260, "fim_suffix" },
  { 100276, "endofprompt" },
};

static const Name o200k_names[] = {
  { 199999, "endoftext" },
  { 200018, "endofprompt" },
};

/* Every other id from HARMONY_FIRST_RESERVED up to HARMONY_END is reserved under its number, and so is 200018, which
 * keeps its older name beside it. */
static const Name harmony_names[] = {
  { 199998, "startoftext" },
  { 199999, "endoftext" },
  { 200002, "return" },
  { 200003, "constrain" },
  { 200005, "channel" },
  { 200006, "start" },
  { 200007, "end" },
  { 200008, "message" },
  { 200012, "call" },
};

#define HARMONY_FIRST 199998u
#define HARMONY_END 201088u
#define HARMONY_ENDOFPROMPT 200018u

static void
add (TkSpecials *specials,
     TkId        id,
     const char *name)
{
  TkSpecial *special = &specials->items[specials->n_items++];

  special->id = id;
  special->length = (uint32_t) snprintf (special->spelling, sizeof special->spelling, "<|%s|>", name);
}

static void
add_names (TkSpecials *specials,
           const Name *names,
           size_t      n_names)
{
  specials->items = tk_realloc (NULL, n_names, sizeof *specials->items);
  for (size_t i = 0; i < n_names; i++)
    add (specials, names[i].id, names[i].name);
}

static void
add_harmony (TkSpecials *specials)
{
  size_t n_names = sizeof harmony_names / sizeof *harmony_names;
  size_t next = 0;

  specials->items = tk_realloc (NULL, HARMONY_END - HARMONY_FIRST + 1, sizeof *specials->items);
  for (TkId id = HARMONY_FIRST; id < HARMONY_END; id++)
    {
      char name[TK_SPECIAL_MAX_LENGTH - 4];

      if (next < n_names && harmony_names[next].id == id)
        {
          add (specials, id, harmony_names[next++].name);
          continue;
        }
      if (id == HARMONY_ENDOFPROMPT)
        add (specials, id, "endofprompt");
      snprintf (name, sizeof name, "reserved_%u", (unsigned) id);
      add (specials, id, name);
    }
}

static size_t
hash_spelling (const char *bytes,
               size_t      length)
{
  uint32_t hash = 2166136261u;

  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char) bytes[i]) * 16777619u;
  return hash ^ hash >> 15;
}

/* Harmony has over a thousand of them, and a text may be full of look-alikes. */
static void
index_spellings (TkSpecials *specials)
{
  size_t n_slots = 8;

  while (n_slots < specials->n_items * 2)
    n_slots *= 2;
  specials->slots_mask = n_slots - 1;
  specials->slots = tk_realloc (NULL, n_slots, sizeof *specials->slots);
  memset (specials->slots, 0, n_slots * sizeof *specials->slots);
  for (size_t i = 0; i < specials->n_items; i++)
    {
      const TkSpecial *special = &specials->items[i];
      size_t slot = hash_spelling (special->spelling, special->length) & specials->slots_mask;

      while (specials->slots[slot] != 0)
        slot = (slot + 1) & specials->slots_mask;
      specials->slots[slot] = (uint16_t) (i + 1);
    }
}

#define ADD_NAMES(specials, names) add_names (specials, names, sizeof (names) / sizeof *(names))

void
tk_specials_init (TkSpecials   *specials,
                  TkEncodingId  id)
{
  specials->n_items = 0;
  switch (id)
    {
    case TK_ENCODING_P50K_EDIT:
      ADD_NAMES (specials, p50k_edit_names);
      break;
    case TK_ENCODING_CL100K_BASE:
      ADD_NAMES (specials, cl100k_names);
      break;
    case TK_ENCODING_O200K_BASE:
      ADD_NAMES (specials, o200k_names);
      break;
    case TK_ENCODING_O200K_HARMONY:
      add_harmony (specials);
      break;
    case TK_ENCODING_R50K_BASE:
    case TK_ENCODING_GPT2:
    case TK_ENCODING_P50K_BASE:
    case TK_N_ENCODINGS:
    default:
      ADD_NAMES (specials, r50k_names);
      break;
    }
  index_spellings (specials);
}

void
tk_specials_clear (TkSpecials *specials)
{
  free (specials->items);
  free (specials->slots);
  memset (specials, 0, sizeof *specials);
}

const TkSpecial *
tk_specials_lookup (const TkSpecials *specials,
                    TkId              id)
{
  size_t low = 0;
  size_t high = specials->n_items;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;

      if (specials->items[middle].id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low < specials->n_items && specials->items[low].id == id ? &specials->items[low] : NULL;
}

const TkSpecial *
tk_specials_match (const TkSpecials *specials,
                   const char       *bytes,
                   size_t            length)
{
  size_t slot;

  if (length < 5 || length >= TK_SPECIAL_MAX_LENGTH)
    return NULL;
  slot = hash_spelling (bytes, length) & specials->slots_mask;
  for (; specials->slots[slot] != 0; slot = (slot + 1) & specials->slots_mask)
    {
      const TkSpecial *special = &specials->items[specials->slots[slot] - 1];

      if (special->length == length && memcmp (special->spelling, bytes, length) == 0)
        return special;
    }
  return NULL;
}

/* The special token that starts at @text, which holds at least `<|`. */
static const TkSpecial *
match_at (const TkSpecials *specials,
          const char       *text,
          size_t            length)
{
  size_t n = length < TK_SPECIAL_MAX_LENGTH ? length : TK_SPECIAL_MAX_LENGTH;

  for (size_t i = 3; i < n; i++)
    if (text[i] == '>')
      return text[i - 1] == '|' ? tk_specials_match (specials, text, i + 1) : NULL;
  return NULL;
}

const TkSpecial *
tk_specials_find (const TkSpecials *specials,
                  const char       *text,
                  size_t            length,
                  size_t            start,
                  size_t           *position)
{
  while (start < length)
    {
      const char *open = memchr (text + start, '<', length - start);
      const TkSpecial *special;

      if (open == NULL)
        return NULL;
      start = (size_t) (open - text);
      if (length - start > 2 && open[1] == '|' && (special = match_at (specials, open, length - start)) != NULL)
        {
          *position = start;
          return special;
        }
      start++;
    }
  return NULL;
}
