/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "pricing/td-change-text.h"
#include "pricing/td-price-difference.h"
#include "refresh/td-price-refresh.h"

typedef struct
{
  GMainLoop *loop;
  TdPriceFeed *feed;
  GError *error;
} Fetch;

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fetch *fetch = user_data;

  fetch->feed = td_price_refresh_fetch_finish (TD_PRICE_REFRESH (source), result, &fetch->error);
  g_main_loop_quit (fetch->loop);
}

/* Waits for the list; complains if there will be none. */
static TdPriceFeed *
fetch_feed (const char *url,
            TdDate      today)
{
  g_autoptr (TdHttpClient) http_client = td_http_client_new ();
  g_autofree char *cache_path = td_price_refresh_dup_cache_path ();
  g_autoptr (TdPriceRefresh) refresh = td_price_refresh_new (http_client, cache_path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Fetch fetch = { loop, NULL, NULL };

  td_price_refresh_fetch_async (refresh, url, today, NULL, fetched_cb, &fetch);
  g_main_loop_run (loop);
  if (fetch.error != NULL)
    {
      g_autofree char *text = td_price_refresh_error_text (fetch.error, url);

      td_cli_complain ("%s", text);
      g_error_free (fetch.error);
    }

  return fetch.feed;
}

static void
print_change (TdPriceChange *change,
              TdCatalogue   *catalogue)
{
  g_autofree char *title = td_change_text_title (change, catalogue);
  g_autofree char *values = td_change_text_values (change);
  g_autofree char *days = td_change_text_days (change);
  g_autofree char *doubts = td_change_text_doubts (change);
  g_auto (GStrv) reasons = g_strsplit (doubts != NULL ? doubts : "", "\n", -1);

  printf ("[%c] %s  %s  %s\n", td_price_change_is_credible (change) ? 'x' : ' ', title, values, days);
  for (guint i = 0; reasons[i] != NULL; i++)
    printf ("    %s\n", reasons[i]);
}

/* Prints all changes, and collects those to accept. */
static GPtrArray *
print_changes (GListModel  *changes,
               TdCatalogue *catalogue,
               gboolean     with_models)
{
  GPtrArray *credible = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_models = 0;

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TdPriceChange) change = g_list_model_get_item (changes, i);

      if (td_price_change_get_field (change) == TD_CHANGE_FIELD_MODEL && !with_models)
        {
          n_models++;
          continue;
        }

      print_change (change, catalogue);
      if (td_price_change_is_credible (change))
        g_ptr_array_add (credible, g_steal_pointer (&change));
    }

  if (credible->len == 0 && g_list_model_get_n_items (changes) == n_models)
    puts (_("The prices are the same."));
  if (n_models > 0)
    {
      /* Translators: %u is how many models a price list has that TokenDesk's own does not have */
      printf (ngettext ("%u more model is in the list; --new-models shows it.",
                        "%u more models are in the list; --new-models shows them.", n_models), n_models);
      putchar ('\n');
    }

  return credible;
}

static TdCliStatus
accept (TdOverlay *overlay,
        GPtrArray *changes)
{
  g_autoptr (GError) error = NULL;

  if (!td_overlay_add (overlay, (TdPriceChange **) changes->pdata, changes->len, &error))
    {
      td_cli_complain (_("The changes could not be saved: %s"), error->message);
      return TD_CLI_FAILED;
    }

  printf (ngettext ("%u change was accepted; it can be undone in the window.",
                    "%u changes were accepted; they can be undone in the window.", changes->len), changes->len);
  putchar ('\n');

  return TD_CLI_OK;
}

/**
 * td_cli_refresh:
 * @argc: number of arguments
 * @argv: "refresh" and its arguments
 *
 * Fetches a price list and prints what would change, by the same checks as the window's.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_refresh (int    argc,
                char **argv)
{
  g_autofree char *url = NULL;
  g_autoptr (TdCatalogue) catalogue = NULL;
  g_autoptr (TdOverlay) overlay = NULL;
  g_autoptr (TdPriceFeed) feed = NULL;
  g_autoptr (GListStore) changes = NULL;
  g_autoptr (GPtrArray) credible = NULL;
  TdDate today = td_date_today ();
  gboolean apply = FALSE;
  gboolean new_models = FALSE;
  const GOptionEntry entries[] = {
    { "apply", 0, 0, G_OPTION_ARG_NONE, &apply, N_("Accept the changes that are marked: all but those in doubt"),
      NULL },
    { "new-models", 0, 0, G_OPTION_ARG_NONE, &new_models, N_("Show models, too, that TokenDesk does not have"), NULL },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_("Ask this address; without it genai-prices is asked"), N_("URL") },
    { NULL }
  };

  if (!td_cli_parse (&argc, &argv, entries, NULL,
                     _("Fetches a price list and shows what would change. Nothing changes without --apply.")))
    return TD_CLI_USAGE;

  if (argc > 1)
    {
      td_cli_complain_usage (_("There is nothing to do with “%s”."), argv[1]);
      return TD_CLI_USAGE;
    }

  if (url == NULL)
    url = g_strdup (TD_PRICE_REFRESH_DEFAULT_URL);
  catalogue = td_cli_load_catalogue (TRUE);
  /* Not over a file that cannot be read. */
  if (td_catalogue_get_overlay (catalogue) == NULL)
    return TD_CLI_FAILED;

  feed = fetch_feed (url, today);
  if (feed == NULL)
    return TD_CLI_FAILED;

  changes = td_price_difference_list (catalogue, feed, today, url);
  credible = print_changes (G_LIST_MODEL (changes), catalogue, new_models);
  overlay = g_object_ref (td_catalogue_get_overlay (catalogue));

  return apply && credible->len > 0 ? accept (overlay, credible) : TD_CLI_OK;
}
