import type { Instant, PromotionId } from '@kastoma/domain/core';

import type { DeliveryReport, RelayOutbox } from '../core/relay-outbox.use-case.ts';
import type { Subscriptions } from '../core/subscriber.ts';
import { BUILT_AT } from './builders/builder-ids.ts';
import { SHOP } from './contexts.ts';
import { givenPromotion } from './promoted-shop.ts';
import type { ShopPorts } from './shop-ports.ts';

/** The listeners of a test; types that are not named are not known to it. */
export function subscriptionsOf(listeners: Partial<Subscriptions>): Subscriptions {
  return listeners as Subscriptions;
}

/** A promotion that was revised so many times: as many events of one aggregate, and the first. */
export async function givenRevisions(shop: ShopPorts, count: number): Promise<PromotionId> {
  const { id } = (await givenPromotion(shop)).state;
  for (let revision = 1; revision <= count; revision += 1) {
    const revised = shop.pricing.run(SHOP, ({ promotions }) =>
      promotions
        .find(id)
        .andThen((found) => found.revise({ name: `Revision ${revision}` }, BUILT_AT as Instant))
        .andThen((promotion) => promotions.save(promotion)),
    );
    (await revised)._unsafeUnwrap();
  }
  return id;
}

/** Delivers all that is due, and what becomes due by that; one at a time. */
export async function relayAll(relay: RelayOutbox): Promise<readonly DeliveryReport[]> {
  const reports: DeliveryReport[] = [];
  for (;;) {
    const claimed = await relay.claim(10);
    if (claimed.length === 0) return reports;
    for (const delivery of claimed) reports.push(await relay.deliver(delivery));
  }
}
