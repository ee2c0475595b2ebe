/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "td-test-log.h"

/* Everything any library logged at any level, with all fields, so that a test can tell that a secret isn't among it. */
static GMutex mutex;
static GString *captured;

static GLogWriterOutput
writer_cb (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  g_mutex_lock (&mutex);
  for (gsize i = 0; i < n_fields; i++)
    {
      if (fields[i].length < 0)
        g_string_append_printf (captured, "%s=%s\n", fields[i].key, (const char *) fields[i].value);
      else
        g_string_append_len (captured, fields[i].value, fields[i].length);
    }
  g_mutex_unlock (&mutex);

  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
    return g_log_writer_default (level, fields, n_fields, user_data);

  return G_LOG_WRITER_HANDLED;
}

/* For libraries that log in the older way, which the test framework would print. */
static void
handler_cb (const char     *domain,
            GLogLevelFlags  level,
            const char     *message,
            gpointer        user_data)
{
  g_mutex_lock (&mutex);
  g_string_append_printf (captured, "%s: %s\n", domain, message);
  g_mutex_unlock (&mutex);

  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
    g_log_default_handler (domain, level, message, user_data);
}

/* Once per program, after g_test_init(). */
void
td_test_log_capture (void)
{
  captured = g_string_new (NULL);
  g_log_set_writer_func (writer_cb, NULL, NULL);
  g_log_set_default_handler (handler_cb, NULL);
}

static gboolean
has (const char *text)
{
  gboolean found;

  g_mutex_lock (&mutex);
  found = g_strstr_len (captured->str, captured->len, text) != NULL;
  g_mutex_unlock (&mutex);

  return found;
}

void
td_test_log_assert_lacks (const char *secret)
{
  g_assert_false (has (secret));
}

void
td_test_log_assert_has (const char *text)
{
  g_assert_true (has (text));
}
