import type { CategoryView } from '@kastoma/application/catalog';
import { Category, type AttributeDefinition, type CategoryState } from '@kastoma/domain/catalog';

import { fromTimestamp } from '../core/timestamp.ts';

/** A category as its writers read it. */
export type CategoryRow = {
  id: CategoryState['id'];
  slug: CategoryState['slug'];
  name: string;
  description: string;
  parent_id: CategoryState['parentId'];
  position: number;
  attribute_definitions: readonly AttributeDefinition[];
  created_at: Date;
  version: number;
};

export function toCategory(row: CategoryRow): Category {
  const { id, slug, name, description, position, version } = row;
  const state: CategoryState = {
    id,
    slug,
    name,
    description,
    position,
    parentId: row.parent_id,
    attributeDefinitions: row.attribute_definitions,
    createdAt: fromTimestamp(row.created_at),
    deletedAt: null,
  };
  return Category.restore(state, version);
}

/** A category as it is shown. */
export type CategoryViewRow = {
  id: string;
  slug: string;
  name: string;
  description: string;
  parent_id: string | null;
  position: number;
  product_count: number;
  tree_product_count: number;
  version: number;
};

export function toCategoryView(row: CategoryViewRow): CategoryView {
  const { id, slug, name, description, position, version } = row;
  return {
    id,
    slug,
    name,
    description,
    parentId: row.parent_id,
    position,
    productCount: row.product_count,
    treeProductCount: row.tree_product_count,
    version,
  };
}
