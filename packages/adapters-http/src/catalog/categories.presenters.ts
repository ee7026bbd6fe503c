import type {
  CategoryAttributes,
  CategoryDetail,
  CategoryTreeNode,
  CategoryView,
} from '@kastoma/application/catalog';
import type { AttributeDefinition } from '@kastoma/domain/catalog';

type CategoryNode = ReturnType<typeof presentNode> & { readonly children: CategoryNode[] };

export function presentCategory(category: CategoryView) {
  return { ...presentNode(category), description: category.description };
}

export function presentCategoryDetail(category: CategoryDetail) {
  return {
    ...presentCategory(category),
    breadcrumbs: [...category.breadcrumbs],
    children: category.children.map(presentCategory),
  };
}

export function presentBranch(branch: CategoryTreeNode): CategoryNode {
  return { ...presentNode(branch), children: branch.children.map(presentBranch) };
}

export function presentAttributes({ definitions, inForce, version }: CategoryAttributes) {
  return {
    definitions: definitions.map(presentDefinition),
    in_force: inForce.map(presentDefinition),
    version,
  };
}

function presentNode(category: Omit<CategoryView, 'description'>) {
  return {
    id: category.id,
    slug: category.slug,
    name: category.name,
    parent_id: category.parentId,
    position: category.position,
    product_count: category.productCount,
    tree_product_count: category.treeProductCount,
    version: category.version,
  };
}

function presentDefinition({ choices, ...definition }: AttributeDefinition) {
  return { ...definition, choices: [...choices] };
}
