import type { ResultAsync } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';
import type { Promotion, PromotionNotFound } from '@kastoma/domain/pricing';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface PromotionRepository {
  /** Stores a new promotion with its events. */
  add(promotion: Promotion): ResultAsync<void, never>;
  /** How many need no code, whether or not they apply at this moment. */
  countAutomatic(): ResultAsync<number, never>;
  /** Holds it until the work is done: nobody changes it, and nobody counts a use of it. */
  find(id: PromotionId): ResultAsync<Promotion, PromotionNotFound>;
  /** Stores the changes with their events; of a deleted one all coupons go, too. */
  save(promotion: Promotion): ResultAsync<void, ConcurrentUpdate>;
}
