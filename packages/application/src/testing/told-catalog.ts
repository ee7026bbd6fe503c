import { ListedStock } from '../catalog/acl/listed-stock.subscriber.ts';
import { ListedCategory } from '../catalog/listed-category.errand.ts';
import { RebuildListing } from '../catalog/rebuild-listing.use-case.ts';
import { RELAY_POLICY, RelayOutbox } from '../core/relay-outbox.use-case.ts';
import { asErrand, inTransaction } from '../core/subscriber.ts';
import { HeldPause } from './ports/held-pause.ts';
import { SteadyJitter } from './ports/steady-jitter.ts';
import { relayAll, subscriptionsOf } from './relayed-events.ts';
import type { ShopPorts } from './shop-ports.ts';

/** Brings the catalogue all that lists have to hear of. */
export async function tellCatalog(shop: ShopPorts): Promise<void> {
  const { outbox: deliveries, catalog, clock } = shop;
  const rebuildListing = new RebuildListing({ unitOfWork: catalog });
  const relay = new RelayOutbox({
    deliveries,
    subscriptions: subscriptionsOf({
      'inventory.stock_changed': [inTransaction(new ListedStock(), catalog)],
      'catalog.category_created': [],
      'catalog.category_revised': [asErrand(new ListedCategory({ rebuildListing }))],
    }),
    clock,
    jitter: new SteadyJitter(),
    pause: new HeldPause(),
    policy: RELAY_POLICY,
  });
  await relayAll(relay);
}
