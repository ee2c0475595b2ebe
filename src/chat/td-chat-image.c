/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat/td-chat-image.h"

/* How much of a picture is looked at. A JPEG may carry a thumbnail and a colour profile before its size. */
#define MAX_HEADER_BYTES (256 * 1024)

static guint
read_number (const guchar *bytes,
             guint         n_bytes,
             gboolean      little_endian)
{
  guint number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number = number << 8 | bytes[little_endian ? n_bytes - 1 - i : i];

  return number;
}

/* The first chunk of a PNG is its header. */
static void
read_png (const guchar *data,
          gsize         length,
          TdChatImage  *image)
{
  if (length < 24 || memcmp (data + 12, "IHDR", 4) != 0)
    return;

  image->width = read_number (data + 16, 4, FALSE);
  image->height = read_number (data + 20, 4, FALSE);
}

static void
read_gif (const guchar *data,
          gsize         length,
          TdChatImage  *image)
{
  if (length < 10)
    return;

  image->width = read_number (data + 6, 2, TRUE);
  image->height = read_number (data + 8, 2, TRUE);
}

/* The three kinds of WebP: lossy, lossless, extended. */
static void
read_webp (const guchar *data,
           gsize         length,
           TdChatImage  *image)
{
  if (length < 30)
    return;

  if (memcmp (data + 12, "VP8 ", 4) == 0)
    {
      image->width = read_number (data + 26, 2, TRUE) & 0x3fff;
      image->height = read_number (data + 28, 2, TRUE) & 0x3fff;
    }
  else if (memcmp (data + 12, "VP8L", 4) == 0)
    {
      guint bits = read_number (data + 21, 4, TRUE);

      image->width = (bits & 0x3fff) + 1;
      image->height = (bits >> 14 & 0x3fff) + 1;
    }
  else if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      image->width = read_number (data + 24, 3, TRUE) + 1;
      image->height = read_number (data + 27, 3, TRUE) + 1;
    }
}

/* From marker to marker up to a start of frame, which all but the markers C4, C8 and CC of their row are. */
static void
read_jpeg (const guchar *data,
           gsize         length,
           TdChatImage  *image)
{
  gsize at = 2;

  while (at + 9 <= length && data[at] == 0xff)
    {
      guchar marker = data[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          image->height = read_number (data + at + 5, 2, FALSE);
          image->width = read_number (data + at + 7, 2, FALSE);
          return;
        }

      at += 2 + read_number (data + at + 2, 2, FALSE);
    }
}

/**
 * td_chat_image_from_url:
 * @url: (nullable): where the picture is; nothing is fetched
 * @detail: (nullable): "low", "high", "auto" or "original", as the API has it
 *
 * Finds the size of a picture that a message carries within itself, as a data URL of a PNG, JPEG, GIF or WebP.
 *
 * Returns: the picture, of unknown size if it is elsewhere
 */
TdChatImage
td_chat_image_from_url (const char *url,
                        const char *detail)
{
  TdChatImage image = { .low_detail = g_strcmp0 (detail, "low") == 0 };
  g_autofree char *header = NULL;
  g_autofree guchar *data = NULL;
  const char *base64;
  gsize length;

  if (url == NULL || !g_str_has_prefix (url, "data:") || (base64 = strstr (url, ";base64,")) == NULL)
    return image;

  base64 += strlen (";base64,");
  header = g_strndup (base64, MAX_HEADER_BYTES);
  data = g_base64_decode (header, &length);

  if (length > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    read_png (data, length, &image);
  else if (length > 6 && memcmp (data, "GIF8", 4) == 0)
    read_gif (data, length, &image);
  else if (length > 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    read_webp (data, length, &image);
  else if (length > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    read_jpeg (data, length, &image);

  if (image.width == 0 || image.height == 0)
    image.width = image.height = 0;

  return image;
}
