import type { ResultAsync } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';
import type { PromotionNotFound } from '@kastoma/domain/pricing';

import type { Page, PageRequest } from '../core/page.ts';
import type { PromotionView } from './promotion-view.ts';

export type PromotionFilter = {
  /** Switched on or off, whatever its window says. */
  readonly active: boolean | null;
  readonly automatic: boolean | null;
  /** A part of the name, in either case. */
  readonly search: string | null;
};

export interface PromotionQueries {
  /** The latest first. */
  list(filter: PromotionFilter, page: PageRequest): Promise<Page<PromotionView>>;
  find(id: PromotionId): ResultAsync<PromotionView, PromotionNotFound>;
}
