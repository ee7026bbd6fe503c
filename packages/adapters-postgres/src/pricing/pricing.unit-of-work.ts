import type { Clock, IdGenerator } from '@kastoma/application/core';
import type { PricingTx } from '@kastoma/application/pricing';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresCouponRepository } from './coupons.postgres-repository.ts';
import { PostgresCouponQueries } from './coupons.read-view.ts';
import { PostgresPromotionUseLedger } from './promotion-uses.postgres-ledger.ts';
import { PostgresPromotionRepository } from './promotions.postgres-repository.ts';

export function pricingUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
): PostgresUnitOfWork<PricingTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => {
    const outbox = new Outbox(sql, context, ids);
    return {
      promotions: new PostgresPromotionRepository(sql, outbox),
      coupons: new PostgresCouponRepository(sql, outbox),
      uses: new PostgresPromotionUseLedger(sql),
      couponQueries: new PostgresCouponQueries(sql),
    };
  });
}
