/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-openai.h"
#include "http/td-json.h"

/*
 * OpenAI's protocol, which many other services speak too. Each call is a pair of functions over
 * td_account_send_async().
 */

/* Somebody is watching a spinner. */
#define TEST_TIME_LIMIT_MS 15000
#define TEST_RETRIES 1

/* Relays built on one-api answer 200 with an error in the body. */
static GError *
error_in_body (TdHttpResponse *response)
{
  return td_http_error_new_for_answer (td_http_response_get_status (response), td_http_response_get_body (response), 0);
}

static gboolean
count_models (TdHttpResponse  *response,
              guint           *n_models,
              GError         **error)
{
  g_autoptr (JsonNode) root = td_json_parse (td_http_response_get_body (response), error);
  JsonArray *models = NULL;

  if (root == NULL)
    return FALSE;

  if (JSON_NODE_HOLDS_OBJECT (root))
    models = td_json_object_get_array (json_node_get_object (root), "data");

  if (models == NULL)
    {
      g_propagate_error (error, error_in_body (response));
      return FALSE;
    }

  *n_models = 0;
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonNode *model = json_array_get_element (models, i);

      if (JSON_NODE_HOLDS_OBJECT (model) && td_json_object_get_string (json_node_get_object (model), "id") != NULL)
        ++*n_models;
    }

  return TRUE;
}

static void
models_received_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TdHttpResponse) response = td_account_send_finish (TD_ACCOUNT (source), result, &error);
  guint n_models;

  if (response != NULL && count_models (response, &n_models, &error))
    g_task_return_int (task, n_models);
  else
    g_task_return_error (task, error);
}

/**
 * td_openai_test_key_async:
 * @account: an account
 * @cancellable: (nullable): a cancellable
 * @callback: called with the verdict
 * @user_data: data for @callback
 *
 * Finds out whether the account's key works by asking for the list of models, which costs nothing.
 */
void
td_openai_test_key_async (TdAccount           *account,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (TdHttpRequest) request = NULL;

  g_return_if_fail (TD_IS_ACCOUNT (account));

  task = g_task_new (account, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_openai_test_key_async);
  g_task_set_static_name (task, "td-openai-test-key");

  request = td_account_new_request (account, "GET", "/models");
  td_http_request_set_time_limit (request, TEST_TIME_LIMIT_MS);
  td_http_request_set_retries (request, TEST_RETRIES);
  td_account_send_async (account, request, cancellable, models_received_cb, g_steal_pointer (&task));
}

/**
 * td_openai_test_key_finish:
 * @account: an account
 * @result: the result given to the callback
 * @n_models: (out): how many models the key can use
 * @error: return location for a `TD_ACCOUNT_ERROR`, a `TD_HTTP_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the key works
 */
gboolean
td_openai_test_key_finish (TdAccount     *account,
                           GAsyncResult  *result,
                           guint         *n_models,
                           GError       **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);
  g_return_val_if_fail (n_models != NULL, FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  *n_models = MAX (n, 0);

  return n >= 0;
}
