/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-soft-breaks.h"

/*
 * GTK lays out a paragraph as a whole, so a very long one is shown with breaks in it which only the view's text has.
 * Here stands where they are, and nowhere else.
 *
 * The breaks are the nodes of a treap in the order of the text. Each stores the number of characters of the document
 * between the break before it (or the start) and itself, and the sums of its subtree; so an edit changes one length, and
 * every question is answered on one way down the tree. With the breaks "|" in "abc|de|f", the lengths are 3 and 2; the
 * last piece needs no length. Characters are code points; a break is one character of the view and none of the document.
 */
typedef struct _Node Node;

struct _Node
{
  Node *left;
  Node *right;
  guint32 priority;
  gsize length;       /* characters between the break before and this one */
  gsize n_breaks;     /* of the subtree */
  gsize n_characters; /* the lengths of the subtree */
};

struct _TdSoftBreaks
{
  Node *root;
  guint32 random;
};

static inline gsize
get_n_breaks (const Node *node)
{
  return node != NULL ? node->n_breaks : 0;
}

static inline gsize
get_n_characters (const Node *node)
{
  return node != NULL ? node->n_characters : 0;
}

/* The characters of the view that a subtree spans, its last break included. */
static inline gsize
get_span (const Node *node)
{
  return get_n_breaks (node) + get_n_characters (node);
}

static void
sum_up (Node *node)
{
  node->n_breaks = get_n_breaks (node->left) + 1 + get_n_breaks (node->right);
  node->n_characters = get_n_characters (node->left) + node->length + get_n_characters (node->right);
}

/* Every function below goes down as deep as the tree is, which is some 2 log n: the priorities are random. */

static Node *
join (Node *left,
      Node *right)
{
  if (left == NULL)
    return right;
  if (right == NULL)
    return left;

  if (left->priority > right->priority)
    {
      left->right = join (left->right, right);
      sum_up (left);
      return left;
    }

  right->left = join (left, right->left);
  sum_up (right);

  return right;
}

/* The breaks before the character @view of the subtree's text go left, that at @view and those behind go right. */
static void
split (Node   *node,
       gsize   view,
       Node  **left,
       Node  **right)
{
  gsize place;

  if (node == NULL)
    {
      *left = NULL;
      *right = NULL;
      return;
    }

  place = get_span (node->left) + node->length;
  if (place < view)
    {
      split (node->right, view - place - 1, &node->right, right);
      *left = node;
    }
  else
    {
      split (node->left, view, left, &node->left);
      *right = node;
    }
  sum_up (node);
}

static void
change_first_length (Node  *node,
                     gssize change)
{
  if (node == NULL)
    return;

  if (node->left != NULL)
    change_first_length (node->left, change);
  else
    node->length = (gsize) ((gssize) node->length + change);
  sum_up (node);
}

static void
free_nodes (Node *node)
{
  if (node == NULL)
    return;

  free_nodes (node->left);
  free_nodes (node->right);
  g_free (node);
}

static Node *
node_new (TdSoftBreaks *self,
          gsize         length)
{
  Node *node = g_new0 (Node, 1);

  /* Xorshift (Marsaglia 2003): the shape of the tree is no secret, it must only be even. */
  self->random ^= self->random << 13;
  self->random ^= self->random >> 17;
  self->random ^= self->random << 5;
  node->priority = self->random;
  node->length = length;
  sum_up (node);

  return node;
}

/**
 * td_soft_breaks_new:
 *
 * Returns: (transfer full): a mapping without any breaks, which leaves every place as it is
 */
TdSoftBreaks *
td_soft_breaks_new (void)
{
  TdSoftBreaks *self = g_new0 (TdSoftBreaks, 1);

  self->random = 2463534242u;

  return self;
}

/**
 * td_soft_breaks_free:
 * @self: (transfer full): a mapping
 */
void
td_soft_breaks_free (TdSoftBreaks *self)
{
  td_soft_breaks_clear (self);
  g_free (self);
}

/**
 * td_soft_breaks_clear:
 * @self: a mapping
 *
 * Forgets all breaks. O(n).
 */
void
td_soft_breaks_clear (TdSoftBreaks *self)
{
  free_nodes (self->root);
  self->root = NULL;
}

/**
 * td_soft_breaks_get_n:
 * @self: a mapping
 *
 * Returns: the number of breaks. O(1).
 */
gsize
td_soft_breaks_get_n (const TdSoftBreaks *self)
{
  return get_n_breaks (self->root);
}

/**
 * td_soft_breaks_to_document:
 * @self: a mapping
 * @view: a place in the view, in characters
 *
 * Both sides of a break are the same place of the document. O(log n).
 *
 * Returns: the place in the document
 */
gsize
td_soft_breaks_to_document (const TdSoftBreaks *self,
                            gsize               view)
{
  return view - td_soft_breaks_count (self, 0, view);
}

/**
 * td_soft_breaks_to_view:
 * @self: a mapping
 * @document: a place in the document, in characters
 *
 * Of the two sides of a break it is the one behind it: where what follows is shown. O(log n).
 *
 * Returns: the place in the view
 */
gsize
td_soft_breaks_to_view (const TdSoftBreaks *self,
                        gsize               document)
{
  const Node *node = self->root;
  gsize n_before = 0;
  gsize rest = document;

  while (node != NULL)
    {
      gsize place = get_n_characters (node->left) + node->length;

      if (place <= rest)
        {
          n_before += get_n_breaks (node->left) + 1;
          rest -= place;
          node = node->right;
        }
      else
        {
          node = node->left;
        }
    }

  return document + n_before;
}

/**
 * td_soft_breaks_is_break:
 * @self: a mapping
 * @view: a place in the view
 *
 * Returns: whether the character behind @view is a break. O(log n).
 */
gboolean
td_soft_breaks_is_break (const TdSoftBreaks *self,
                         gsize               view)
{
  gsize found;

  return td_soft_breaks_find_next (self, view, &found) && found == view;
}

/**
 * td_soft_breaks_find_next:
 * @self: a mapping
 * @view: a place in the view
 * @found: (out): where the first break at or behind @view is, in the view
 *
 * Returns: %FALSE if there is none. O(log n).
 */
gboolean
td_soft_breaks_find_next (const TdSoftBreaks *self,
                          gsize               view,
                          gsize              *found)
{
  const Node *node = self->root;
  gsize before = 0;
  gboolean has_found = FALSE;

  while (node != NULL)
    {
      gsize place = before + get_span (node->left) + node->length;

      if (place >= view)
        {
          *found = place;
          has_found = TRUE;
          node = node->left;
        }
      else
        {
          before = place + 1;
          node = node->right;
        }
    }

  return has_found;
}

static gsize
count_before (const TdSoftBreaks *self,
              gsize               view)
{
  const Node *node = self->root;
  gsize before = 0;
  gsize n_breaks = 0;

  while (node != NULL)
    {
      gsize place = before + get_span (node->left) + node->length;

      if (place < view)
        {
          n_breaks += get_n_breaks (node->left) + 1;
          before = place + 1;
          node = node->right;
        }
      else
        {
          node = node->left;
        }
    }

  return n_breaks;
}

/**
 * td_soft_breaks_count:
 * @self: a mapping
 * @view_first: the first character of a range of the view
 * @view_end: the character behind it
 *
 * Returns: the number of breaks among the characters of the range. O(log n).
 */
gsize
td_soft_breaks_count (const TdSoftBreaks *self,
                      gsize               view_first,
                      gsize               view_end)
{
  gsize n_before = view_first > 0 ? count_before (self, view_first) : 0;

  return count_before (self, view_end) - n_before;
}

/**
 * td_soft_breaks_add:
 * @self: a mapping
 * @view: a place in the view
 *
 * A break has been put there: it is now the character behind @view. O(log n).
 */
void
td_soft_breaks_add (TdSoftBreaks *self,
                    gsize         view)
{
  Node *left;
  Node *right;
  Node *node;
  gsize length;

  split (self->root, view, &left, &right);
  length = view - get_span (left);
  node = node_new (self, length);
  change_first_length (right, -(gssize) length);
  self->root = join (join (left, node), right);
}

/**
 * td_soft_breaks_text_inserted:
 * @self: a mapping
 * @view: a place in the view
 * @n_characters: how many characters of the document were put there
 *
 * O(log n).
 */
void
td_soft_breaks_text_inserted (TdSoftBreaks *self,
                              gsize         view,
                              gsize         n_characters)
{
  Node *left;
  Node *right;

  if (self->root == NULL)
    return;

  split (self->root, view, &left, &right);
  change_first_length (right, (gssize) n_characters);
  self->root = join (left, right);
}

/**
 * td_soft_breaks_text_deleted:
 * @self: a mapping
 * @view: a place in the view
 * @n_characters: how many of the view's characters behind it were removed, breaks included
 *
 * O(log n), and O(1) for each break that went.
 *
 * Returns: how many characters of the document were removed
 */
gsize
td_soft_breaks_text_deleted (TdSoftBreaks *self,
                             gsize         view,
                             gsize         n_characters)
{
  Node *left;
  Node *rest;
  Node *removed;
  Node *right;
  gsize n_removed;
  gsize n_breaks;

  if (self->root == NULL)
    return n_characters;

  split (self->root, view, &left, &rest);
  /* The place within the rest: its text begins behind the last break on the left. */
  split (rest, view + n_characters - get_span (left), &removed, &right);
  n_breaks = get_n_breaks (removed);
  n_removed = n_characters - n_breaks;

  /* What stood before the first removed break and after the last stays, and now belongs to the break behind. */
  change_first_length (right, (gssize) get_n_characters (removed) - (gssize) n_removed);
  free_nodes (removed);
  self->root = join (left, right);

  return n_removed;
}

static gboolean
validate_node (const Node *node)
{
  if (node == NULL)
    return TRUE;

  return validate_node (node->left) && validate_node (node->right) &&
         (node->left == NULL || node->left->priority <= node->priority) &&
         (node->right == NULL || node->right->priority <= node->priority) &&
         node->n_breaks == get_n_breaks (node->left) + 1 + get_n_breaks (node->right) &&
         node->n_characters == get_n_characters (node->left) + node->length + get_n_characters (node->right);
}

/**
 * td_soft_breaks_validate:
 * @self: a mapping
 *
 * For tests. O(n).
 *
 * Returns: whether the sums and the order of the priorities are right
 */
gboolean
td_soft_breaks_validate (const TdSoftBreaks *self)
{
  return validate_node (self->root);
}
