import type { CatalogEvent } from '@kastoma/domain/catalog';
import type { IdentityEvent } from '@kastoma/domain/identity';
import type { InventoryEvent } from '@kastoma/domain/inventory';
import type { NotificationsEvent } from '@kastoma/domain/notifications';
import type { OrderingEvent, OrderLookupRequested, ReturnEvent } from '@kastoma/domain/ordering';
import type { PaymentsEvent } from '@kastoma/domain/payments';
import type { PricingEvent } from '@kastoma/domain/pricing';

/** Everything that any context tells. */
export type ShopEvent =
  | CatalogEvent
  | IdentityEvent
  | InventoryEvent
  | NotificationsEvent
  | OrderingEvent
  | OrderLookupRequested
  | PaymentsEvent
  | PricingEvent
  | ReturnEvent;

export type EventType = ShopEvent['type'];

/** The event of that type; one that serves several types is narrowed to it. */
export type EventOf<Type extends EventType> = Narrowed<ShopEvent, Type>;

type Narrowed<Event, Type> = Event extends { readonly type: infer Own }
  ? Type extends Own
    ? Event & { readonly type: Type }
    : never
  : never;
