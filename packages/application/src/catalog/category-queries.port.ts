import type { ResultAsync } from 'neverthrow';

import type {
  AttributeDefinition,
  CategoryNotFound,
  CategoryRenamed,
} from '@kastoma/domain/catalog';

import type { Page, PageRequest } from '../core/page.ts';
import type { CategoryReference } from './product-listing.ts';

export type CategoryView = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly parentId: string | null;
  readonly position: number;
  /** Published products that stand in this very category. */
  readonly productCount: number;
  /** Published products of this category and of all below it. */
  readonly treeProductCount: number;
  readonly version: number;
};

/** A category with its neighbours. */
export type CategoryDetail = CategoryView & {
  /** The way down to it, from the root, itself left out. */
  readonly breadcrumbs: readonly CategoryReference[];
  /** Those right below it, as siblings are sorted; at most 200, the list has them all. */
  readonly children: readonly CategoryView[];
};

export type CategoryTree = readonly CategoryTreeNode[];

export type CategoryTreeNode = Omit<CategoryView, 'description'> & {
  readonly children: CategoryTree;
};

/** What a category says of its products' attributes, and what those above it say. */
export type CategoryAttributes = {
  /** Its own. */
  readonly definitions: readonly AttributeDefinition[];
  /** What holds for its products: its own and, of names that it does not define, those of the nearest category above. */
  readonly inForce: readonly AttributeDefinition[];
  readonly version: number;
};

export const MOST_CHILDREN_SHOWN = 200;

/** Under a slug that a category had before, the slug that it has now is told. */
export type CategoryElsewhere = CategoryNotFound | CategoryRenamed;

export interface CategoryQueries {
  /** In the order of their names; of a parent, by its id or slug, in the order of siblings. */
  list(filter: { readonly parent: string | null }, page: PageRequest): Promise<Page<CategoryView>>;
  find(idOrSlug: string): ResultAsync<CategoryDetail, CategoryElsewhere>;
  /** All of them, siblings sorted by position and name. */
  tree(): Promise<CategoryTree>;
  attributes(idOrSlug: string): ResultAsync<CategoryAttributes, CategoryElsewhere>;
}
