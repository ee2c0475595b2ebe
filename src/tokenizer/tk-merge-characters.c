/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-merge-private.h"

#include "tk-characters-private.h"

/* Characters between two looks at the wish to cancel. */
#define CHARACTERS_PER_CHECK 16384

/* One character of the text. */
typedef struct
{
  uint32_t code;
  unsigned length;
  TkCharacter entry;
} Character;

static inline Character
read_character (const TkTable       *table,
                const unsigned char *bytes)
{
  Character c;

  c.length = tk_character_length (bytes[0]);
  c.code = tk_character_decode (bytes, c.length);
  c.entry = c.code < TK_N_CHARACTERS ? table->characters[c.code] : TK_CHARACTER_UNKNOWN;
  return c;
}

static inline bool
put_character (TkCharacter  entry,
               unsigned     length,
               const TkTable *table,
               TkSink      *sink)
{
  for (unsigned i = 0; i < tk_character_count (entry); i++)
    {
      TkId id = tk_character_id (entry, i);
      unsigned size = tk_character_count (entry) == 1 ? length : table->offsets[id + 1] - table->offsets[id];

      if (!tk_sink_put (sink, id, size))
        return false;
    }
  return true;
}

static bool
merge_segment (TkEncoder           *encoder,
               const unsigned char *bytes,
               size_t               length,
               TkSink              *sink)
{
  if (length <= TK_MERGE_SHORT_MAX)
    return tk_merge_short (encoder, bytes, length, sink);
  return tk_merge_long (encoder, bytes, length, sink);
}

bool
tk_merge_characters (TkEncoder           *encoder,
                     const unsigned char *bytes,
                     size_t               length,
                     TkSink              *sink)
{
  const TkTable *table = &encoder->encoding->table;
  const unsigned char *end = bytes + length;
  const unsigned char *segment = bytes;
  Character last = read_character (table, bytes);
  unsigned since_check = 0;

  for (const unsigned char *p = bytes + last.length; ; )
    {
      Character next = { 0 };

      if (p < end)
        {
          next = read_character (table, p);
          if (tk_boundary_is_open (table->boundaries, last.code, last.entry, next.code, next.entry))
            {
              p += next.length;
              last = next;
              continue;
            }
        }
      /* The segment ends here: one character, whose tokens are known, or several. */
      if (segment + last.length == p && tk_character_count (last.entry) > 0)
        {
          if (!put_character (last.entry, last.length, table, sink))
            return false;
        }
      else if (!merge_segment (encoder, segment, (size_t) (p - segment), sink))
        return false;
      if (p == end)
        return true;
      if (++since_check == CHARACTERS_PER_CHECK)
        {
          since_check = 0;
          if (tk_is_cancelled (encoder))
            {
              sink->code = TK_ERROR_CANCELLED;
              return false;
            }
        }
      segment = p;
      p += next.length;
      last = next;
    }
}
