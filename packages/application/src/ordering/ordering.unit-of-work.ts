import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { CartPricing } from './cart-pricing.port.ts';
import type { CartRepository } from './cart-repository.port.ts';
import type { Customers } from './customers.port.ts';
import type { Offers } from './offers.port.ts';
import type { OrderLookups } from './order-lookups.port.ts';
import type { OrderNotes } from './order-notes.port.ts';
import type { OrderPayments } from './order-payments.port.ts';
import type { OrderPayouts } from './order-payouts.port.ts';
import type { OrderPromotions } from './order-promotions.port.ts';
import type { OrderRepository } from './order-repository.port.ts';
import type { ReturnRepository } from './return-repository.port.ts';
import type { ReturnedStock } from './returned-stock.port.ts';
import type { StockReservations } from './stock-reservations.port.ts';

export type OrderingTx = {
  readonly carts: CartRepository;
  readonly customers: Customers;
  readonly orders: OrderRepository;
  readonly lookups: OrderLookups;
  readonly notes: OrderNotes;
  readonly offers: Offers;
  readonly pricing: CartPricing;
  readonly promotions: OrderPromotions;
  readonly stock: StockReservations;
  readonly payments: OrderPayments;
  readonly payouts: OrderPayouts;
  readonly returns: ReturnRepository;
  readonly returnedStock: ReturnedStock;
};

export type OrderingUnitOfWork = UnitOfWork<OrderingTx>;
