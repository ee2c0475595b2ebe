/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-merge-private.h"

#include "tk-characters-private.h"

/* Parts between two looks at the wish to cancel. */
#define PARTS_PER_CHECK 16384

/* Reads the character at @bytes. Returns its length. */
static inline unsigned
read_character (const TkTable       *table,
                const unsigned char *bytes,
                uint32_t            *code,
                TkCharacter         *entry)
{
  const unsigned length = tk_character_length (bytes[0]);

  *code = tk_character_decode (bytes, length);
  *entry = *code < TK_N_CHARACTERS ? table->characters[*code] : TK_CHARACTER_UNKNOWN;
  return length;
}

void
tk_parts_init (TkParts             *parts,
               const TkTable       *table,
               const unsigned char *bytes,
               size_t               length)
{
  parts->start = bytes;
  parts->length = 0;
  parts->known = 0;
  parts->end = bytes + length;
  read_character (table, bytes, &parts->next_code, &parts->next);
}

bool
tk_parts_next (TkParts       *parts,
               const TkTable *table)
{
  const unsigned char *end = parts->end;
  const unsigned char *p = parts->start + parts->length;
  uint32_t last_code = parts->next_code;
  TkCharacter last = parts->next;
  size_t size;

  parts->start = p;
  parts->length = 0;
  if (p == end)
    return false;
  size = tk_character_length (p[0]);
  for (p += size; p < end; p += size)
    {
      size = read_character (table, p, &parts->next_code, &parts->next);
      if (!tk_boundary_is_open (table->boundaries, last_code, last, parts->next_code, parts->next))
        break;
      last_code = parts->next_code;
      last = parts->next;
    }
  parts->length = (size_t) (p - parts->start);
  parts->known = parts->length == tk_character_length (parts->start[0]) && tk_character_count (last) > 0 ? last : 0;
  return true;
}

static bool
put_character (TkCharacter    entry,
               size_t         length,
               const TkTable *table,
               TkSink        *sink)
{
  for (unsigned i = 0; i < tk_character_count (entry); i++)
    {
      TkId id = tk_character_id (entry, i);
      size_t size = tk_character_count (entry) == 1 ? length : tk_table_token_length (table, id);

      if (!tk_sink_put (sink, id, (uint32_t) size))
        return false;
    }
  return true;
}

bool
tk_merge_characters (TkEncoder           *encoder,
                     const unsigned char *bytes,
                     size_t               length,
                     TkSink              *sink)
{
  const TkTable *table = &encoder->encoding->table;
  unsigned since_check = 0;
  TkParts parts;

  tk_parts_init (&parts, table, bytes, length);
  while (tk_parts_next (&parts, table))
    {
      bool ok;

      if (parts.known != 0)
        ok = put_character (parts.known, parts.length, table, sink);
      else if (parts.length <= TK_MERGE_SHORT_MAX)
        ok = tk_merge_short (encoder, parts.start, parts.length, sink);
      else
        ok = tk_merge_long (encoder, parts.start, parts.length, sink);
      if (!ok)
        return false;
      if (++since_check == PARTS_PER_CHECK)
        {
          since_check = 0;
          if (tk_is_cancelled (encoder))
            {
              sink->code = TK_ERROR_CANCELLED;
              return false;
            }
        }
    }
  return true;
}
