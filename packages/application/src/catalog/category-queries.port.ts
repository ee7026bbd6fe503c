import type { ResultAsync } from 'neverthrow';

import type { CategoryNotFound } from '@kastoma/domain/catalog';

import type { Page, PageRequest } from '../core/page.ts';

export type CategoryView = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly parentId: string | null;
  /** Published products that stand in this very category. */
  readonly productCount: number;
  readonly version: number;
};

export interface CategoryQueries {
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<CategoryView>>;
  find(idOrSlug: string): ResultAsync<CategoryView, CategoryNotFound>;
}
