/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks codes and tree against flat arrays of shapes. A long run: TOKENDESK_TEST_EDITS=1000000 */

#include <glib.h>
#include <string.h>

#include "tokenizer/tk-token-tree-private.h"

static const TkUnit units[] = { TK_UNIT_BYTES, TK_UNIT_CHARACTERS, TK_UNIT_NEWLINES, TK_UNIT_TOKENS };

static gint
n_edits (gint normal)
{
  const gchar *wanted = g_getenv ("TOKENDESK_TEST_EDITS");

  return wanted != NULL ? (gint) g_ascii_strtoll (wanted, NULL, 10) : normal;
}

/* Mostly everyday tokens, now and then whatever is possible. */
static TkShape
random_shape (void)
{
  TkShape shape = { 1, 1, 0, 0 };

  switch (g_test_rand_int_range (0, 20))
    {
    case 0:
      shape.bytes = (guint32) g_test_rand_int_range (1, 200000);
      shape.characters = (guint32) g_test_rand_int_range (0, (gint) shape.bytes + 1);
      shape.newlines = (guint32) g_test_rand_int_range (0, MIN ((gint) shape.characters, 4000) + 1);
      break;
    case 1:
    case 2:
      shape.bytes = (guint32) g_test_rand_int_range (1, 9);
      shape.characters = (guint32) g_test_rand_int_range (0, (gint) shape.bytes + 1);
      shape.newlines = (guint32) g_test_rand_int_range (0, (gint) shape.characters + 1);
      break;
    case 3:
    case 4:
    case 5:
      shape.characters = (guint32) g_test_rand_int_range (1, 5);
      shape.bytes = 3 * shape.characters;
      break;
    default:
      shape.bytes = shape.characters = (guint32) g_test_rand_int_range (1, 12);
      break;
    }
  if (shape.characters < shape.bytes)
    shape.inside = shape.characters == 0 || g_test_rand_bit ();
  return shape;
}

static GByteArray *
write_codes (GArray *shapes,
             gsize   first,
             gsize   n)
{
  GByteArray *codes = g_byte_array_new ();

  for (gsize i = first; i < first + n; i++)
    {
      guint8 code[TK_CODE_MAX];
      gsize length = tk_code_write (tk_code_tables (), g_array_index (shapes, TkShape, i), code);

      g_byte_array_append (codes, code, (guint) length);
    }
  return codes;
}

static void
assert_valid (const TkTokenTree *tree)
{
  TkError error;

  if (!tk_token_tree_validate (tree, &error))
    g_error ("%s", error.message);
}

static TkSum
sum_of (const TkShape *shape)
{
  TkSum sum = { { shape->bytes, shape->characters, shape->newlines, 1 } };

  return sum;
}

/* Walks the whole tree along the chain. */
static void
assert_equal (const TkTokenTree *tree,
              GArray            *shapes)
{
  TkTreePlace place;
  TkLeaf *leaf;
  gsize offset = 0;

  g_assert_cmpuint (tree->total.extent.tokens, ==, shapes->len);
  tk_token_tree_seek (tree, TK_UNIT_TOKENS, 0, &place);
  leaf = place.leaf;
  for (guint i = 0; i < shapes->len; i++)
    {
      TkShape shape;

      if (offset == leaf->used)
        {
          leaf = leaf->next;
          offset = 0;
        }
      offset += tk_code_read (tree->tables, leaf->codes + offset, &shape);
      g_assert_cmpmem (&shape, sizeof shape, &g_array_index (shapes, TkShape, i), sizeof shape);
    }
  g_assert_cmpuint (offset, ==, leaf->used);
}

/* One seek in each unit, compared with a walk over the array. */
static void
assert_seeks (const TkTokenTree *tree,
              GArray            *shapes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      TkUnit unit = units[i];
      gsize total = tree->total.by[unit];
      gsize target = total > 0 && g_test_rand_int_range (0, 50) > 0
                       ? (gsize) (g_test_rand_double () * (gdouble) total)
                       : total + (gsize) g_test_rand_int_range (0, 3);
      TkTreePlace place;
      TkSum at = { 0 };
      guint index = 0;

      for (; index < shapes->len; index++)
        {
          TkSum sum = sum_of (&g_array_index (shapes, TkShape, index));

          if (at.by[unit] + sum.by[unit] > target)
            break;
          tk_sum_add (&at, &sum);
        }
      g_assert_true (tk_token_tree_seek (tree, unit, target, &place) == (index < shapes->len));
      g_assert_cmpmem (&place.at, sizeof at, &at, sizeof at);
      if (index < shapes->len)
        {
          TkShape shape;

          tk_code_read (tree->tables, place.leaf->codes + place.offset, &shape);
          g_assert_cmpmem (&shape, sizeof shape, &g_array_index (shapes, TkShape, index), sizeof shape);
        }
    }
}

static void
replace (TkTokenTree *tree,
         GArray      *shapes,
         gsize        first,
         gsize        n_old,
         gsize        n_new)
{
  g_autoptr (GByteArray) codes = NULL;
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (TkShape));

  for (gsize i = 0; i < n_new; i++)
    {
      TkShape shape = random_shape ();

      g_array_append_val (fresh, shape);
    }
  codes = write_codes (fresh, 0, n_new);
  tk_token_tree_replace (tree, first, n_old, codes->data, codes->len);
  if (n_old > 0)
    g_array_remove_range (shapes, (guint) first, (guint) n_old);
  if (n_new > 0)
    g_array_insert_vals (shapes, (guint) first, fresh->data, (guint) n_new);
}

static void
build (TkTokenTree *tree,
       GArray      *shapes)
{
  TkTreeBuilder builder;
  gsize first = 0;

  tk_tree_builder_begin (&builder);
  while (first < shapes->len)
    {
      gsize wanted = (gsize) g_test_rand_int_range (1, TK_CODE_BATCH + 1);
      gsize n = MIN (wanted, shapes->len - first);
      g_autoptr (GByteArray) codes = write_codes (shapes, first, n);
      TkPackedShape sum = 0;

      for (gsize i = first; i < first + n; i++)
        {
          const TkShape *shape = &g_array_index (shapes, TkShape, i);

          sum += tk_packed_shape (shape->bytes, shape->characters, shape->newlines);
        }
      memcpy (tk_tree_builder_room (&builder), codes->data, codes->len);
      tk_tree_builder_add (&builder, codes->len, n, sum);
      first += n;
    }
  tk_tree_builder_end (&builder, tree);
}

static void
test_codes_round_trip (void)
{
  const TkCodeTables *tables = tk_code_tables ();
  guint n_short = 0;

  for (guint32 bytes = 1; bytes < 140; bytes++)
    for (guint32 characters = 0; characters <= bytes; characters++)
      for (guint32 newlines = 0; newlines <= characters; newlines++)
        for (guint32 inside = 0; inside < 2 && characters + inside <= bytes; inside++)
          {
            TkShape shape = { bytes, characters, newlines, inside };
            guint8 code[TK_CODE_MAX];
            TkShape back;
            gsize n = tk_code_write (tables, shape, code);

            g_assert_cmpuint (n, <=, TK_CODE_MAX);
            g_assert_cmpuint (tk_code_read (tables, code, &back), ==, n);
            g_assert_cmpmem (&shape, sizeof shape, &back, sizeof back);
            n_short += n == 1;
          }
  /* Every byte but the escape and the spare ones is the code of one shape. */
  for (guint code = 1; code < 256; code++)
    n_short -= tables->shapes[code] != 0;
  g_assert_cmpuint (n_short, ==, 0);
}

static void
test_codes_big_numbers (void)
{
  const TkShape shapes[] = {
    { G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, 1 },
    { 1 << 28, 127, 128, 0 },
    { 16384, 0, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      guint8 code[TK_CODE_MAX];
      TkShape back;
      gsize n = tk_code_write (tk_code_tables (), shapes[i], code);

      g_assert_cmpuint (n, <=, TK_CODE_MAX);
      g_assert_cmpuint (tk_code_read (tk_code_tables (), code, &back), ==, n);
      g_assert_cmpmem (&shapes[i], sizeof back, &back, sizeof back);
    }
}

/* The quick measuring of bytes against the definition, over every kind of byte at every place in a word. */
static void
test_codes_measure (void)
{
  for (gint i = 0; i < n_edits (20000); i++)
    {
      guint8 text[TK_CODE_BATCH * 40], codes[TK_CODE_BATCH * TK_CODE_MAX];
      guint32 lengths[TK_CODE_BATCH];
      gsize length = 0, at = 0, read = 0;
      gsize n = (gsize) g_test_rand_int_range (1, TK_CODE_BATCH + 1);
      TkPackedShape sum;
      TkSum total = { { 0, 0, 0, 0 } }, expected_total = { { 0, 0, 0, 0 } };
      gsize n_codes;

      for (gsize t = 0; t < n; t++)
        {
          lengths[t] = (guint32) g_test_rand_int_range (1, g_test_rand_bit () ? 5 : 40);
          for (guint32 k = 0; k < lengths[t]; k++)
            text[length + k] = g_test_rand_int_range (0, 6) == 0 ? '\n' : (guint8) g_test_rand_int_range (0, 256);
          length += lengths[t];
        }
      n_codes = tk_code_write_all (tk_code_tables (), (const gchar *) text, length, lengths, n, codes, &sum);
      tk_sum_add_packed (&total, sum, n);
      for (gsize k = 0; k < n; k++)
        {
          TkShape shape, expected = { lengths[k], 0, 0, (text[at] & 0xc0) == 0x80 };

          for (gsize b = at; b < at + lengths[k]; b++)
            {
              expected.characters += (text[b] & 0xc0) != 0x80;
              expected.newlines += text[b] == '\n';
            }
          at += lengths[k];
          read += tk_code_read (tk_code_tables (), codes + read, &shape);
          g_assert_cmpmem (&shape, sizeof shape, &expected, sizeof expected);
          expected_total.extent.bytes += shape.bytes;
          expected_total.extent.characters += shape.characters;
          expected_total.extent.newlines += shape.newlines;
          expected_total.extent.tokens++;
        }
      g_assert_cmpuint (read, ==, n_codes);
      g_assert_cmpmem (&total, sizeof total, &expected_total, sizeof expected_total);
    }
}

static void
test_tree_empty (void)
{
  TkTokenTree tree;
  TkTreePlace place;

  tk_token_tree_init (&tree);
  assert_valid (&tree);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    g_assert_false (tk_token_tree_seek (&tree, units[i], 0, &place));
  tk_token_tree_replace (&tree, 0, 0, NULL, 0);
  assert_valid (&tree);
  tk_token_tree_clear (&tree);
}

/* Trees of every height that a document of some megabytes has, built in one go. */
static void
test_tree_build (void)
{
  const guint sizes[] = { 1, 2, 100, 255, 256, 1023, 1024, 1025, 2047, 2048, 2049, 5000, 40000, 1200000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (TkShape));
      TkTokenTree tree;

      for (guint k = 0; k < sizes[i]; k++)
        {
          TkShape shape = random_shape ();

          g_array_append_val (shapes, shape);
        }
      tk_token_tree_init (&tree);
      build (&tree, shapes);
      assert_valid (&tree);
      assert_equal (&tree, shapes);
      for (gint k = 0; k < 20; k++)
        assert_seeks (&tree, shapes);
      tk_token_tree_replace (&tree, 0, sizes[i], NULL, 0);
      assert_valid (&tree);
      g_assert_cmpuint (tree.total.extent.bytes, ==, 0);
      tk_token_tree_clear (&tree);
    }
}

/* Grows, shrinks and grows again, so that leaves and nodes split and join at each level. */
static void
test_tree_random_edits (void)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (TkShape));
  gint edits = n_edits (3000);
  TkTokenTree tree;

  tk_token_tree_init (&tree);
  for (gint i = 0; i < edits; i++)
    {
      gboolean growing = i * 8 / edits % 2 == 0;
      gint most = g_test_rand_int_range (0, 100) == 0 ? 20000 : g_test_rand_int_range (0, 10) == 0 ? 1500 : 6;
      gsize first = (gsize) g_test_rand_int_range (0, (gint) shapes->len + 1);
      gsize n_old = (gsize) g_test_rand_int_range (0, growing ? most / 2 + 2 : most + 2);
      gsize n_new = (gsize) g_test_rand_int_range (0, growing ? most + 2 : most / 2 + 2);

      replace (&tree, shapes, first, MIN (n_old, shapes->len - first), n_new);
      assert_valid (&tree);
      if (i % 50 == 0)
        assert_equal (&tree, shapes);
      if (i % 10 == 0)
        assert_seeks (&tree, shapes);
    }
  assert_equal (&tree, shapes);
  tk_token_tree_clear (&tree);
}

/* However it is edited, a tree of everyday tokens stays small. */
static void
test_tree_memory (void)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (TkShape));
  TkShape shape = { 5, 5, 0, 0 };
  TkTokenTree tree;
  guint8 codes[64];
  gsize most = 0;

  memset (codes, 5, sizeof codes);
  for (guint k = 0; k < 300000; k++)
    g_array_append_val (shapes, shape);
  tk_token_tree_init (&tree);
  build (&tree, shapes);
  g_assert_cmpuint (tree.memory * 100, <=, 115 * tree.total.extent.tokens);
  for (gint i = 0; i < 100000; i++)
    {
      gsize first = (gsize) g_test_rand_int_range (0, (gint) tree.total.extent.tokens - 100);

      tk_token_tree_replace (&tree, first, (gsize) g_test_rand_int_range (0, 4), codes,
                             (gsize) g_test_rand_int_range (0, 6));
      if (i % 1000 == 0)
        most = MAX (most, tree.memory * 100 / tree.total.extent.tokens);
    }
  assert_valid (&tree);
  g_test_message ("at most %u bytes per 100 tokens", (guint) most);
  g_assert_cmpuint (most, <=, 140);
  tk_token_tree_clear (&tree);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-tree/codes/round-trip", test_codes_round_trip);
  g_test_add_func ("/token-tree/codes/big-numbers", test_codes_big_numbers);
  g_test_add_func ("/token-tree/codes/measure", test_codes_measure);
  g_test_add_func ("/token-tree/empty", test_tree_empty);
  g_test_add_func ("/token-tree/build", test_tree_build);
  g_test_add_func ("/token-tree/random-edits", test_tree_random_edits);
  g_test_add_func ("/token-tree/memory", test_tree_memory);

  return g_test_run ();
}
