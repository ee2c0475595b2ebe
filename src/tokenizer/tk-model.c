/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which encoding a model uses, by its name, as tiktoken 0.14 has it: whole names first, then the longest prefix.
 *
 * It differs from tiktoken in two ways. A fine-tuned model, `ft:NAME:…`, is looked up as NAME, where tiktoken's prefix
 * `ft:gpt-4` would give gpt-4.1's tunings the encoding of gpt-4. And an unknown `gpt-N` from 4 on is taken to use the
 * newest encoding, and said to be assumed; gpt-35 and the like are Azure's way to write 3.5 and no such generation.
 */

#include "tk-tokenizer.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  TkEncodingId encoding;
} Model;

static const Model names[] = {
  { "ada", TK_ENCODING_R50K_BASE },
  { "babbage", TK_ENCODING_R50K_BASE },
  { "babbage-002", TK_ENCODING_CL100K_BASE },
  { "code-cushman-001", TK_ENCODING_P50K_BASE },
  { "code-cushman-002", TK_ENCODING_P50K_BASE },
  { "code-davinci-001", TK_ENCODING_P50K_BASE },
  { "code-davinci-002", TK_ENCODING_P50K_BASE },
  { "code-davinci-edit-001", TK_ENCODING_P50K_EDIT },
  { "code-search-ada-code-001", TK_ENCODING_R50K_BASE },
  { "code-search-babbage-code-001", TK_ENCODING_R50K_BASE },
  { "curie", TK_ENCODING_R50K_BASE },
  { "cushman-codex", TK_ENCODING_P50K_BASE },
  { "davinci", TK_ENCODING_R50K_BASE },
  { "davinci-002", TK_ENCODING_CL100K_BASE },
  { "davinci-codex", TK_ENCODING_P50K_BASE },
  { "gpt-2", TK_ENCODING_GPT2 },
  { "gpt-3.5", TK_ENCODING_CL100K_BASE },
  { "gpt-3.5-turbo", TK_ENCODING_CL100K_BASE },
  { "gpt-35-turbo", TK_ENCODING_CL100K_BASE },
  { "gpt-4", TK_ENCODING_CL100K_BASE },
  { "gpt-4.1", TK_ENCODING_O200K_BASE },
  { "gpt-4o", TK_ENCODING_O200K_BASE },
  { "gpt2", TK_ENCODING_GPT2 },
  { "o1", TK_ENCODING_O200K_BASE },
  { "o3", TK_ENCODING_O200K_BASE },
  { "o4-mini", TK_ENCODING_O200K_BASE },
  { "text-ada-001", TK_ENCODING_R50K_BASE },
  { "text-babbage-001", TK_ENCODING_R50K_BASE },
  { "text-curie-001", TK_ENCODING_R50K_BASE },
  { "text-davinci-001", TK_ENCODING_R50K_BASE },
  { "text-davinci-002", TK_ENCODING_P50K_BASE },
  { "text-davinci-003", TK_ENCODING_P50K_BASE },
  { "text-davinci-edit-001", TK_ENCODING_P50K_EDIT },
  { "text-embedding-3-large", TK_ENCODING_CL100K_BASE },
  { "text-embedding-3-small", TK_ENCODING_CL100K_BASE },
  { "text-embedding-ada-002", TK_ENCODING_CL100K_BASE },
  { "text-search-ada-doc-001", TK_ENCODING_R50K_BASE },
  { "text-search-babbage-doc-001", TK_ENCODING_R50K_BASE },
  { "text-search-curie-doc-001", TK_ENCODING_R50K_BASE },
  { "text-search-davinci-doc-001", TK_ENCODING_R50K_BASE },
  { "text-similarity-ada-001", TK_ENCODING_R50K_BASE },
  { "text-similarity-babbage-001", TK_ENCODING_R50K_BASE },
  { "text-similarity-curie-001", TK_ENCODING_R50K_BASE },
  { "text-similarity-davinci-001", TK_ENCODING_R50K_BASE },
};

static const Model prefixes[] = {
  { "chatgpt-4o-", TK_ENCODING_O200K_BASE },
  { "gpt-3.5-turbo-", TK_ENCODING_CL100K_BASE },
  { "gpt-35-turbo-", TK_ENCODING_CL100K_BASE },
  { "gpt-4-", TK_ENCODING_CL100K_BASE },
  { "gpt-4.1-", TK_ENCODING_O200K_BASE },
  { "gpt-4.5-", TK_ENCODING_O200K_BASE },
  { "gpt-4o-", TK_ENCODING_O200K_BASE },
  { "gpt-5", TK_ENCODING_O200K_BASE },
  { "gpt-oss-", TK_ENCODING_O200K_HARMONY },
  { "o1-", TK_ENCODING_O200K_BASE },
  { "o3-", TK_ENCODING_O200K_BASE },
  { "o4-mini-", TK_ENCODING_O200K_BASE },
};

static int
compare_model (const void *key,
               const void *model)
{
  return strcmp (key, ((const Model *) model)->name);
}

static bool
find_prefix (const char   *model,
             TkEncodingId *id)
{
  size_t longest = 0;

  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
    {
      size_t length = strlen (prefixes[i].name);

      if (length > longest && strncmp (model, prefixes[i].name, length) == 0)
        {
          longest = length;
          *id = prefixes[i].encoding;
        }
    }
  return longest > 0;
}

/* The N of `gpt-N`, or 0. */
static unsigned
generation (const char *model)
{
  unsigned n = 0;

  if (strncmp (model, "gpt-", 4) != 0)
    return 0;
  for (const char *p = model + 4; *p >= '0' && *p <= '9' && n < 1000; p++)
    n = n * 10 + (unsigned) (*p - '0');
  return n;
}

TkModelMatch
tk_encoding_id_for_model (const char   *model,
                          TkEncodingId *id)
{
  char base[64];
  const Model *found;

  if (strncmp (model, "ft:", 3) == 0)
    {
      size_t length = strcspn (model + 3, ":");

      if (length >= sizeof base)
        return TK_MODEL_UNKNOWN;
      memcpy (base, model + 3, length);
      base[length] = '\0';
      model = base;
    }

  found = bsearch (model, names, sizeof names / sizeof *names, sizeof *names, compare_model);
  if (found != NULL)
    {
      *id = found->encoding;
      return TK_MODEL_EXACT;
    }
  if (find_prefix (model, id))
    return TK_MODEL_EXACT;
  if (generation (model) >= 4 && generation (model) < 30)
    {
      *id = TK_ENCODING_O200K_BASE;
      return TK_MODEL_ASSUMED;
    }
  return TK_MODEL_UNKNOWN;
}
