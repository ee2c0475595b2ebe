/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli/td-cli-input.h"
#include "cli/td-cli.h"

#define FIRST_BUFFER_SIZE (64 * 1024)

/* Reads to the end. FALSE with errno on failure. */
static gboolean
read_stream (TdCliInput *input,
             int         fd)
{
  size_t size = FIRST_BUFFER_SIZE;

  input->buffer = g_malloc (size);

  for (;;)
    {
      ssize_t n = read (fd, input->buffer + input->length, size - input->length);

      if (n < 0)
        {
          if (errno == EINTR)
            continue;
          return FALSE;
        }
      if (n == 0)
        break;

      input->length += n;
      if (input->length == size)
        {
          size *= 2;
          input->buffer = g_realloc (input->buffer, size);
        }
    }

  input->text = input->buffer;

  return TRUE;
}

/* Maps an ordinary file that is to be read from its start. FALSE if it has to be read like a stream. */
static gboolean
map_file (TdCliInput *input,
          int         fd)
{
  struct stat status;

  /* Files of 0 bytes may be made on the fly, as in /proc; and somebody may have read a part already. */
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size == 0 || lseek (fd, 0, SEEK_CUR) != 0)
    return FALSE;

  input->file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  if (input->file == NULL)
    return FALSE;

  input->text = g_mapped_file_get_contents (input->file);
  input->length = g_mapped_file_get_length (input->file);

  return TRUE;
}

/**
 * td_cli_input_open:
 * @input: (out caller-allocates): the input
 * @name: (nullable): a file; %NULL or "-" is standard input
 *
 * Makes the bytes of an input available, and complains if it cannot be read.
 *
 * Returns: whether that worked
 */
gboolean
td_cli_input_open (TdCliInput *input,
                   const char *name)
{
  gboolean is_stdin = name == NULL || g_str_equal (name, "-");
  gboolean ok;
  int fd;

  *input = (TdCliInput) { .text = "" };
  input->label = is_stdin ? g_strdup (_("standard input")) : g_filename_display_name (name);

  fd = is_stdin ? STDIN_FILENO : open (name, O_RDONLY | O_CLOEXEC);
  ok = fd >= 0 && (map_file (input, fd) || read_stream (input, fd));

  if (!ok)
    td_cli_complain (_("%s could not be read: %s."), input->label, g_strerror (errno));
  if (fd >= 0 && !is_stdin)
    close (fd);

  return ok;
}

/**
 * td_cli_input_clear:
 * @input: an input
 *
 * Gives its bytes back.
 */
void
td_cli_input_clear (TdCliInput *input)
{
  g_clear_pointer (&input->file, g_mapped_file_unref);
  g_clear_pointer (&input->buffer, g_free);
  g_clear_pointer (&input->label, g_free);
}
