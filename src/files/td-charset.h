/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the characters of a file are written as bytes, by a name that iconv knows ("GB18030"), or one of UTF-16 and
 * UTF-32 with "+BOM" behind it where the file begins with a byte order mark ("UTF-16LE+BOM"). NULL is UTF-8. */

#define TD_CHARSET_ERROR (td_charset_error_quark ())

/**
 * TdCharsetError:
 * @TD_CHARSET_ERROR_CANNOT_DECODE: some bytes are no characters of this charset
 * @TD_CHARSET_ERROR_CANNOT_ENCODE: the charset lacks a character of the text
 * @TD_CHARSET_ERROR_UNKNOWN: the system does not know the charset
 */
typedef enum
{
  TD_CHARSET_ERROR_CANNOT_DECODE,
  TD_CHARSET_ERROR_CANNOT_ENCODE,
  TD_CHARSET_ERROR_UNKNOWN
} TdCharsetError;

GQuark   td_charset_error_quark  (void);

GBytes  *td_charset_decode       (const char  *charset,
                                  GBytes      *bytes,
                                  GError     **error);
GBytes  *td_charset_encode       (const char  *charset,
                                  GBytes      *text,
                                  GError     **error);
char    *td_charset_find_missing (const char  *charset,
                                  GBytes      *text);
char    *td_charset_from_mark    (GBytes      *bytes);
GStrv    td_charset_guess        (GBytes      *bytes);

G_END_DECLS
