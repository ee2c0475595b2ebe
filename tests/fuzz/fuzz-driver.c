/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The main program of a fuzz target where there is no libFuzzer:
 *
 *   fuzz-TARGET [RUNS [SEED]]     mutates the seeds RUNS times, the same way for the same SEED
 *   fuzz-TARGET FILE…             runs the target on each file, for example one that libFuzzer left
 */

#ifndef FUZZ_WITH_LIBFUZZER

#include "fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIZE 4096
#define POOL 64

typedef struct
{
  uint8_t bytes[MAX_SIZE];
  size_t size;
} Input;

static Input pool[POOL];
static size_t n_pool;
static uint64_t state;

static size_t
below (size_t n)
{
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return n > 0 ? (size_t) (state % n) : 0;
}

static size_t
n_strings (const char *const *strings)
{
  size_t n = 0;

  while (strings[n] != NULL)
    n++;
  return n;
}

/* Puts @n bytes at @at in the place of @removed ones, as far as there is room. */
static void
splice (Input         *input,
        size_t         at,
        size_t         removed,
        const uint8_t *bytes,
        size_t         n)
{
  uint8_t copy[MAX_SIZE];

  if (input->size - removed + n > MAX_SIZE)
    return;
  memcpy (copy, bytes, n);
  memmove (input->bytes + at + n, input->bytes + at + removed, input->size - at - removed);
  memcpy (input->bytes + at, copy, n);
  input->size += n - removed;
}

static void
mutate (Input *input)
{
  size_t at = below (input->size + 1);
  size_t length = below (input->size - at + 1);
  const char *word = fuzz_words[below (n_strings (fuzz_words))];
  const Input *other = &pool[below (n_pool)];
  uint8_t byte = (uint8_t) below (256);

  if (length > 40 && below (4) > 0)
    length = below (40);
  switch (below (8))
    {
    case 0:
      if (at < input->size)
        input->bytes[at] = byte;
      break;
    case 1:
      if (at < input->size)
        input->bytes[at] ^= (uint8_t) (1 << below (8));
      break;
    case 2:
      splice (input, at, length, input->bytes, 0);
      break;
    case 3:
      splice (input, below (input->size + 1), 0, input->bytes + at, length);
      break;
    case 4:
      splice (input, at, 0, other->bytes, below (other->size + 1));
      break;
    case 5:
      splice (input, at, 0, &byte, 1);
      break;
    default:
      splice (input, at, below (3) == 0 ? length : 0, (const uint8_t *) word, strlen (word));
      break;
    }
}

static void
run_mutations (size_t n_runs)
{
  size_t n_seeds = n_strings (fuzz_seeds);

  for (n_pool = 0; n_pool < n_seeds && n_pool < POOL; n_pool++)
    {
      pool[n_pool].size = strlen (fuzz_seeds[n_pool]);
      memcpy (pool[n_pool].bytes, fuzz_seeds[n_pool], pool[n_pool].size);
    }
  for (size_t i = 0; i < n_runs; i++)
    {
      static Input input;

      input = pool[below (n_pool)];
      for (size_t n = 1 + below (6); n > 0; n--)
        mutate (&input);
      LLVMFuzzerTestOneInput (input.bytes, input.size);
      /* Seeds stay; what came of them takes turns. */
      if (n_pool < POOL)
        pool[n_pool++] = input;
      else if (below (4) == 0)
        pool[n_seeds + below (POOL - n_seeds)] = input;
    }
}

static int
run_file (const char *path)
{
  FILE *file = fopen (path, "rb");
  static uint8_t bytes[1 << 20];
  size_t size;

  if (file == NULL)
    {
      perror (path);
      return 1;
    }
  size = fread (bytes, 1, sizeof bytes, file);
  fclose (file);
  return LLVMFuzzerTestOneInput (bytes, size);
}

int
main (int   argc,
      char *argv[])
{
  char *end = NULL;
  size_t n_runs = 1000;
  int status = 0;

  if (argc > 1)
    n_runs = strtoull (argv[1], &end, 10);
  if (end != NULL && *end != '\0')
    {
      for (int i = 1; i < argc; i++)
        status |= run_file (argv[i]);
      return status;
    }
  state = (argc > 2 ? strtoull (argv[2], NULL, 10) : 1) * UINT64_C (0x9e3779b97f4a7c15) | 1;
  run_mutations (n_runs);
  printf ("%zu runs\n", n_runs);
  return 0;
}

#endif
