/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The credit that is left with a service. An answer is taken as a whole or not at all, and its amounts from the digits
 * that were sent: they are money.
 */

#include "config.h"

#include <string.h>

#include "accounts/td-account-error.h"
#include "accounts/td-credit.h"
#include "accounts/td-json-scalar.h"
#include "pricing/td-strict-json.h"

/* Somebody is watching a spinner. */
#define TIME_LIMIT_MS 15000
#define RETRIES 1
/* Answers have some hundred bytes. */
#define MAX_BYTES 65536
/* JSON's numbers may have an exponent; beyond this one they are no money. */
#define MAX_EXPONENT 30

/* Where each service is asked, by the kind of its answer. */
static const char *
get_path (TdCreditKind kind)
{
  switch (kind)
    {
    case TD_CREDIT_KIND_DEEPSEEK:
      return "/user/balance";
    case TD_CREDIT_KIND_MOONSHOT:
      return "/users/me/balance";
    case TD_CREDIT_KIND_SILICONFLOW:
      return "/user/info";
    case TD_CREDIT_KIND_OPENROUTER:
      return "/key";
    case TD_CREDIT_KIND_NONE:
    default:
      return NULL;
    }
}

/* Amounts ---------------------------------------------------------------------------------------------------------- */

/* Moves the point of a number without sign; digits past the last place money has are cut off, towards zero. So of what
 * is left no more is said than there is, and of what is owed less than one last place is left out. */
static char *
shift_point (const char *digits,
             size_t      length,
             int         exponent)
{
  size_t whole = strcspn (digits, ".eE");
  GString *text = g_string_new (NULL);
  int point;

  for (size_t i = 0; i < length; i++)
    {
      if (digits[i] != '.')
        g_string_append_c (text, digits[i]);
    }

  for (point = (int) MIN (whole, length) + exponent; point < 1; point++)
    g_string_prepend_c (text, '0');
  while ((int) text->len < point)
    g_string_append_c (text, '0');
  if ((int) text->len > point)
    {
      g_string_insert_c (text, point, '.');
      g_string_truncate (text, MIN (text->len, (size_t) point + 1 + TD_MONEY_DECIMALS));
    }

  return g_string_free_and_steal (text);
}

/* An amount as services write it, with a sign or an exponent perhaps. */
static gboolean
parse_amount (const char *text,
              TdMoney    *amount)
{
  gboolean is_negative = text != NULL && *text == '-';
  g_autofree char *plain = NULL;
  gint64 exponent = 0;
  size_t length;

  if (text == NULL)
    return FALSE;

  text += is_negative;
  length = strcspn (text, "eE");
  if (length == 0 || length > 64 || strspn (text, "0123456789.") != length || !g_ascii_isdigit (text[0]) ||
      !g_ascii_isdigit (text[length - 1]) || memchr (text, '.', length) != memrchr (text, '.', length))
    return FALSE;
  if (text[length] != '\0' &&
      !g_ascii_string_to_signed (text + length + 1 + (text[length + 1] == '+'), 10, -MAX_EXPONENT, MAX_EXPONENT,
                                 &exponent, NULL))
    return FALSE;

  plain = shift_point (text, length, exponent);
  if (!td_money_parse (plain, amount))
    return FALSE;

  if (is_negative)
    amount->femto = -amount->femto;

  return TRUE;
}

static gboolean
is_currency (const char *code)
{
  return code != NULL && strlen (code) == 3 && g_ascii_isupper (code[0]) && g_ascii_isupper (code[1]) &&
         g_ascii_isupper (code[2]);
}

static gboolean
add_amount (TdCredit   *credit,
            const char *currency,
            const char *text)
{
  TdCreditAmount *amount;

  if (credit->n_amounts == TD_CREDIT_MAX_AMOUNTS || !is_currency (currency))
    return FALSE;

  amount = &credit->amounts[credit->n_amounts];
  if (!parse_amount (text, &amount->amount))
    return FALSE;

  memcpy (amount->currency, currency, sizeof amount->currency);
  credit->n_amounts++;

  return TRUE;
}

/* Answers ---------------------------------------------------------------------------------------------------------- */

static gboolean
read_deepseek (TdCredit   *credit,
               const char *json)
{
  for (guint i = 0; i <= TD_CREDIT_MAX_AMOUNTS; i++)
    {
      g_autofree char *currency_path = g_strdup_printf ("balance_infos/%u/currency", i);
      g_autofree char *amount_path = g_strdup_printf ("balance_infos/%u/total_balance", i);
      g_autofree char *currency = td_json_scalar_dup (json, currency_path);
      g_autofree char *amount = td_json_scalar_dup (json, amount_path);

      if (currency == NULL && amount == NULL)
        return i > 0;
      if (!add_amount (credit, currency, amount))
        return FALSE;
    }

  return FALSE;
}

static gboolean
read_amount (TdCredit         *credit,
             const TdProvider *provider,
             const char       *json,
             const char       *path)
{
  g_autofree char *amount = td_json_scalar_dup (json, path);

  return add_amount (credit, provider->currency, amount);
}

static gboolean
read_answer (TdCredit         *credit,
             const TdProvider *provider,
             const char       *json)
{
  switch (provider->credit_kind)
    {
    case TD_CREDIT_KIND_DEEPSEEK:
      return read_deepseek (credit, json);
    case TD_CREDIT_KIND_MOONSHOT:
      return read_amount (credit, provider, json, "data/available_balance");
    case TD_CREDIT_KIND_SILICONFLOW:
      return read_amount (credit, provider, json, "data/totalBalance");
    case TD_CREDIT_KIND_OPENROUTER:
      return read_amount (credit, provider, json, "data/limit_remaining");
    case TD_CREDIT_KIND_NONE:
    default:
      return FALSE;
    }
}

/**
 * td_credit_read:
 * @credit: (out caller-allocates): what is left
 * @provider: who sent the answer
 * @answer: the body of a successful answer
 * @error: return location for a `TD_HTTP_ERROR_BAD_ANSWER`, for what a relay says in the body of a success, or for
 *   `TD_ACCOUNT_ERROR_NO_LIMIT`
 *
 * Reads an answer exactly, without the time. The error repeats nothing of it.
 *
 * Returns: whether it is one
 */
gboolean
td_credit_read (TdCredit          *credit,
                const TdProvider  *provider,
                GBytes            *answer,
                GError           **error)
{
  g_autoptr (JsonNode) root = td_strict_json_parse (answer, MAX_BYTES, NULL);
  g_autofree char *json = NULL;
  g_autofree char *limit = NULL;
  size_t length;
  const char *text = g_bytes_get_data (answer, &length);

  *credit = (TdCredit) { 0 };
  if (root == NULL)
    {
      g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ANSWER, "The answer is not valid JSON");
      return FALSE;
    }

  json = g_strndup (text, length);
  limit = td_json_scalar_dup (json, "data/limit_remaining");
  if (provider->credit_kind == TD_CREDIT_KIND_OPENROUTER && g_strcmp0 (limit, "null") == 0)
    {
      g_set_error_literal (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_LIMIT, "The key has no limit of its own");
      return FALSE;
    }

  if (read_answer (credit, provider, json))
    return TRUE;

  *credit = (TdCredit) { 0 };
  g_propagate_error (error, td_http_error_new_for_answer (200, answer, 0));

  return FALSE;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  TdAccount *account = TD_ACCOUNT (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TdHttpResponse) response = td_account_send_finish (account, result, &error);
  TdCredit credit;

  if (response == NULL ||
      !td_credit_read (&credit, td_account_get_provider (account), td_http_response_get_body (response), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  credit.read_at = g_get_real_time () / G_USEC_PER_SEC;
  g_task_return_pointer (task, g_memdup2 (&credit, sizeof credit), g_free);
}

/**
 * td_credit_fetch_async:
 * @account: an account with a provider that tells of the credit
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Asks how much is left, which costs nothing.
 */
void
td_credit_fetch_async (TdAccount           *account,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (TdHttpRequest) request = NULL;
  const char *path;

  g_return_if_fail (TD_IS_ACCOUNT (account));

  path = get_path (td_account_get_provider (account)->credit_kind);
  g_return_if_fail (path != NULL);

  task = g_task_new (account, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_credit_fetch_async);
  g_task_set_static_name (task, "td-credit-fetch");

  request = td_account_new_request (account, "GET", path);
  td_http_request_set_max_bytes (request, MAX_BYTES);
  td_http_request_set_time_limit (request, TIME_LIMIT_MS);
  td_http_request_set_retries (request, RETRIES);
  td_account_send_async (account, request, cancellable, answered_cb, g_steal_pointer (&task));
}

/**
 * td_credit_fetch_finish:
 * @account: an account
 * @result: the result given to the callback
 * @credit: (out caller-allocates): what is left, and when it was read
 * @error: return location for a `TD_ACCOUNT_ERROR`, a `TD_HTTP_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether it is known
 */
gboolean
td_credit_fetch_finish (TdAccount     *account,
                        GAsyncResult  *result,
                        TdCredit      *credit,
                        GError       **error)
{
  g_autofree TdCredit *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);
  g_return_val_if_fail (credit != NULL, FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found != NULL)
    *credit = *found;

  return found != NULL;
}

/* Keeping ---------------------------------------------------------------------------------------------------------- */

/**
 * td_credit_to_text:
 * @credit: (nullable): what is left, or %NULL if nobody has asked yet
 * @provider_id: whom the credit is with
 *
 * Returns: (transfer full): both in one line, for the settings: "deepseek 1795525205 CNY 110 USD 5"
 */
char *
td_credit_to_text (const TdCredit *credit,
                   const char     *provider_id)
{
  GString *text = g_string_new (provider_id);

  if (credit != NULL && credit->n_amounts > 0)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, credit->read_at);

  for (guint i = 0; credit != NULL && i < credit->n_amounts; i++)
    {
      g_autofree char *decimal = td_money_to_decimal (credit->amounts[i].amount);

      g_string_append_printf (text, " %s %s", credit->amounts[i].currency, decimal);
    }

  return g_string_free_and_steal (text);
}

/**
 * td_credit_parse:
 * @text: what td_credit_to_text() has written
 * @provider_id: (out) (optional): whom the credit is with
 * @credit: (out caller-allocates): what is left, without amounts if that was not known
 *
 * Returns: whether @text is such a line; the empty text is none
 */
gboolean
td_credit_parse (const char  *text,
                 char       **provider_id,
                 TdCredit    *credit)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n_words = g_strv_length (words);

  *credit = (TdCredit) { 0 };
  if (n_words == 0 || *words[0] == '\0' || (n_words > 1 && n_words % 2 != 0) ||
      (n_words > 1 && !g_ascii_string_to_signed (words[1], 10, 0, G_MAXINT64, &credit->read_at, NULL)))
    return FALSE;

  for (guint i = 2; i < n_words; i += 2)
    {
      if (!add_amount (credit, words[i], words[i + 1]))
        {
          *credit = (TdCredit) { 0 };
          return FALSE;
        }
    }

  if (provider_id != NULL)
    *provider_id = g_strdup (words[0]);

  return TRUE;
}
