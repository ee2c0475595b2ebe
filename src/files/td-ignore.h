/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdIgnore:
 *
 * The rules of one .gitignore file, as gitignore(5) describes them. Immutable.
 */
typedef struct _TdIgnore TdIgnore;

/**
 * TdIgnoreMatch:
 * @TD_IGNORE_UNDECIDED: no rule is about the path; those of the folder above may be
 * @TD_IGNORE_EXCLUDED: the path is ignored
 * @TD_IGNORE_INCLUDED: a rule with "!" takes it back in
 */
typedef enum
{
  TD_IGNORE_UNDECIDED,
  TD_IGNORE_EXCLUDED,
  TD_IGNORE_INCLUDED
} TdIgnoreMatch;

TdIgnore      *td_ignore_new   (const char *rules,
                                gsize       length);
void           td_ignore_free  (TdIgnore   *ignore);
TdIgnoreMatch  td_ignore_match (TdIgnore   *ignore,
                                const char *path,
                                gboolean    is_folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdIgnore, td_ignore_free)

G_END_DECLS
