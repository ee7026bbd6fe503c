import type { CategoryTree, CategoryTreeNode } from './category-queries.port.ts';

/** Nests categories below their parents; siblings keep the order in which they come. */
export function growTree(
  categories: readonly Omit<CategoryTreeNode, 'children' | 'treeProductCount'>[],
): CategoryTree {
  const byParent = Map.groupBy(categories, ({ parentId }) => parentId);
  const growBelow = (parentId: string | null): CategoryTree =>
    (byParent.get(parentId) ?? []).map((category) => {
      const children = growBelow(category.id);
      const treeProductCount = children.reduce(
        (sum, child) => sum + child.treeProductCount,
        category.productCount,
      );
      return { ...category, treeProductCount, children };
    });
  return growBelow(null);
}
