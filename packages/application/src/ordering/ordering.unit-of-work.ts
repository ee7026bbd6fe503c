import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { CartPricing } from './cart-pricing.port.ts';
import type { CartRepository } from './cart-repository.port.ts';
import type { Customers } from './customers.port.ts';
import type { Offers } from './offers.port.ts';
import type { OrderPayments } from './order-payments.port.ts';
import type { OrderPromotions } from './order-promotions.port.ts';
import type { OrderRepository } from './order-repository.port.ts';
import type { StockReservations } from './stock-reservations.port.ts';

export type OrderingTx = {
  readonly carts: CartRepository;
  readonly customers: Customers;
  readonly orders: OrderRepository;
  readonly offers: Offers;
  readonly pricing: CartPricing;
  readonly promotions: OrderPromotions;
  readonly stock: StockReservations;
  readonly payments: OrderPayments;
};

export type OrderingUnitOfWork = UnitOfWork<OrderingTx>;
