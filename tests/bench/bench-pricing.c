/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Prints how long the costs of 500 models take after a keystroke, which may be 1 ms: the catalogue is gone through
 * again and again until 500 quotes and their ratios to a baseline are made. Times are processor time of this thread.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "pricing/td-catalogue.h"
#include "pricing/td-quote.h"

#define N_MODELS 500
#define N_ROUNDS 2000

static double
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

/* What stops this thread without being its work: page faults, and other tasks that take the processor. A round during which
 * the machine below a virtual one takes the processor shows neither. */
static long
count_interruptions (void)
{
  struct rusage usage;

  getrusage (RUSAGE_THREAD, &usage);

  return usage.ru_minflt + usage.ru_majflt + usage.ru_nivcsw;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* All rows for a text of @tokens tokens; the result keeps the work from being left out. */
static guint
recompute (TdModel          **models,
           const TdScenario  *scenario,
           guint64            tokens)
{
  TdQuote baseline, quote;
  guint n_dearer = 0;

  td_quote_compute (&baseline, models[0], scenario, tokens);
  for (guint i = 0; i < N_MODELS; i++)
    {
      td_quote_compute (&quote, models[i], scenario, tokens);
      if (td_ratio_compare (td_quote_ratio (&quote, &baseline), (TdRatio) { 1, 1 }) > 0)
        n_dearer++;
    }

  return n_dearer;
}

int
main (void)
{
  g_autoptr (TdCatalogue) catalogue = NULL;
  TdModel *models[N_MODELS];
  static double times[N_ROUNDS];
  TdScenario scenario = TD_SCENARIO_INIT;
  double start = now_us ();
  double load_time, first;
  guint n_listed;
  guint longest = 0;
  long longest_interruptions = 0;
  guint sum = 0;

  catalogue = td_catalogue_new_bundled (NULL);
  load_time = now_us () - start;
  if (catalogue == NULL)
    return EXIT_FAILURE;

  n_listed = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  for (guint i = 0; i < N_MODELS; i++)
    models[i] = g_list_model_get_item (G_LIST_MODEL (catalogue), i % n_listed);

  scenario.date = td_date_today ();
  scenario.output_tokens = 500;
  scenario.cached_share = TD_SHARE_ONE / 2;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      long interruptions = count_interruptions ();

      start = now_us ();
      sum += recompute (models, &scenario, 1000 + i);
      times[i] = now_us () - start;
      if (times[i] > times[longest] || i == 0)
        {
          longest = i;
          longest_interruptions = count_interruptions () - interruptions;
        }
    }

  first = times[0];
  qsort (times, N_ROUNDS, sizeof times[0], compare_doubles);
  printf ("reading the catalogue of %u models: %.0f µs\n", n_listed, load_time);
  printf ("costs and ratios of %d models: median %.1f µs, 99 %% %.1f µs, longest %.1f µs (allowed: 1000 µs)\n",
          N_MODELS, times[N_ROUNDS / 2], times[N_ROUNDS * 99 / 100], times[N_ROUNDS - 1]);

  printf ("the first round: %.1f µs; the longest was round %u of %d, with %ld page faults and interruptions\n", first,
          longest + 1, N_ROUNDS, longest_interruptions);

  for (guint i = 0; i < N_MODELS; i++)
    g_object_unref (models[i]);

  return sum > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
