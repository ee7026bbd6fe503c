import type { CatalogUnitOfWork } from '../catalog/catalog.unit-of-work.ts';
import type { CategoryQueries } from '../catalog/category-queries.port.ts';
import type { ProductQueries } from '../catalog/product-queries.port.ts';
import type { Inbox } from '../core/inbox.port.ts';
import type { OutboxDeliveries } from '../core/outbox-deliveries.port.ts';
import type { StoreSettings } from '../core/store-settings.ts';
import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { AccessStandings } from '../identity/access-standings.port.ts';
import type { AddressBookReader } from '../identity/address-book-repository.port.ts';
import type { IdentityUnitOfWork } from '../identity/identity.unit-of-work.ts';
import type { PersonalData } from '../identity/personal-data.port.ts';
import type { SessionQueries } from '../identity/session-queries.port.ts';
import type { UserQueries } from '../identity/user-queries.port.ts';
import type { UserReader } from '../identity/user-repository.port.ts';
import type { StockLedger } from '../inventory/stock-ledger.port.ts';
import type { StockQueries } from '../inventory/stock-queries.port.ts';
import type { CartPricing } from '../ordering/cart-pricing.port.ts';
import type { CartReader } from '../ordering/cart-repository.port.ts';
import type { Customers } from '../ordering/customers.port.ts';
import type { Offers } from '../ordering/offers.port.ts';
import type { OrderQueries } from '../ordering/order-queries.port.ts';
import type { OrderingUnitOfWork } from '../ordering/ordering.unit-of-work.ts';
import type { PaymentRepository } from '../payments/payment-repository.port.ts';
import type { CouponQueries } from '../pricing/coupon-queries.port.ts';
import type { PricingTx, PricingUnitOfWork } from '../pricing/pricing.unit-of-work.ts';
import type { PromotionQueries } from '../pricing/promotion-queries.port.ts';
import type { PromotionsInForce } from '../pricing/promotions-in-force.port.ts';
import type { RecordedEvent } from './in-memory/in-memory-store.ts';
import type { MovingClock } from './ports/moving-clock.ts';
import type { SequentialIds } from './ports/sequential-ids.ts';

/** The ports of a whole shop on one store: what contract suites are run against, and use cases built on. */
export type ShopPorts = {
  readonly settings: StoreSettings;
  readonly clock: MovingClock;
  readonly ids: SequentialIds;
  readonly identity: IdentityUnitOfWork;
  readonly catalog: CatalogUnitOfWork;
  readonly inventory: UnitOfWork<{ readonly ledger: StockLedger }>;
  readonly ordering: OrderingUnitOfWork;
  readonly payments: UnitOfWork<{ readonly payments: PaymentRepository }>;
  readonly pricing: PricingUnitOfWork & Inbox<PricingTx>;
  readonly outbox: OutboxDeliveries;
  readonly users: UserReader;
  readonly userQueries: UserQueries;
  readonly addressBooks: AddressBookReader;
  readonly personalData: PersonalData;
  readonly accessStandings: AccessStandings;
  readonly sessionQueries: SessionQueries;
  readonly productQueries: ProductQueries;
  readonly categoryQueries: CategoryQueries;
  readonly stockQueries: StockQueries;
  readonly carts: CartReader;
  readonly customers: Customers;
  readonly offers: Offers;
  readonly cartPricing: CartPricing;
  readonly orderQueries: OrderQueries;
  readonly promotionQueries: PromotionQueries;
  readonly couponQueries: CouponQueries;
  readonly promotionsInForce: PromotionsInForce;
  /** What was told of an aggregate, in the order of its versions. */
  readonly eventsOf: (aggregateId: string) => Promise<readonly RecordedEvent[]>;
};

/** Opens a shop with nothing in it. */
export type OpenShop = () => Promise<{
  readonly ports: ShopPorts;
  readonly close: () => Promise<void>;
}>;
