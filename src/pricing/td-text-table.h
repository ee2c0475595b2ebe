/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdTextTable:
 *
 * Texts in rows and columns, to be written in one of several ways once all are there.
 */
typedef struct _TdTextTable TdTextTable;

TdTextTable *td_text_table_new             (void);
void         td_text_table_free            (TdTextTable *table);
void         td_text_table_add_column      (TdTextTable *table,
                                            const char  *title,
                                            gboolean     is_number);
void         td_text_table_begin_row       (TdTextTable *table);
void         td_text_table_take_cell       (TdTextTable *table,
                                            char        *text);
void         td_text_table_add_cell        (TdTextTable *table,
                                            const char  *text);
void         td_text_table_append_text     (TdTextTable *table,
                                            GString     *out);
void         td_text_table_append_markdown (TdTextTable *table,
                                            GString     *out);
void         td_text_table_append_csv      (TdTextTable *table,
                                            GString     *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdTextTable, td_text_table_free)

G_END_DECLS
