import type { OrderId, PaymentId, UserId, VariantId } from '@kastoma/domain/core';
import type { OrderStatusName } from '@kastoma/domain/ordering';

/** What a clerk would keep on a card of one order. */
export type OrderCard = {
  readonly id: OrderId;
  readonly paymentId: PaymentId;
  readonly customerId: UserId;
  readonly lines: ReadonlyMap<VariantId, number>;
  readonly usesCode: boolean;
  readonly total: bigint;
  /** Of the goods, what was not paid back yet. */
  goodsLeft: bigint;
  status: OrderStatusName;
  captured: bigint;
  refunded: bigint;
};

type Units = { onHand: number; reserved: number };

/** Everything that is known of a small shop: what the real one is compared with. */
export class ShopCard {
  readonly units: Map<VariantId, Units>;
  readonly carts = new Map<UserId, Map<VariantId, number>>();
  readonly presented = new Set<UserId>();
  readonly orders: OrderCard[] = [];
  readonly uses: { left: number };

  constructor(units: ReadonlyMap<VariantId, number>, uses: number) {
    this.units = new Map([...units].map(([id, onHand]) => [id, { onHand, reserved: 0 }]));
    this.uses = { left: uses };
  }

  cartOf(customerId: UserId): Map<VariantId, number> {
    const known = this.carts.get(customerId) ?? new Map<VariantId, number>();
    this.carts.set(customerId, known);
    return known;
  }

  unitsOf(variantId: VariantId): Units {
    const known = this.units.get(variantId) ?? { onHand: 0, reserved: 0 };
    this.units.set(variantId, known);
    return known;
  }

  hasUnitsFor(lines: ReadonlyMap<VariantId, number>): boolean {
    return [...lines].every(([id, quantity]) => {
      const { onHand, reserved } = this.unitsOf(id);
      return onHand - reserved >= quantity;
    });
  }

  placed(order: OrderCard): void {
    this.orders.push(order);
    for (const [id, quantity] of order.lines) this.unitsOf(id).reserved += quantity;
    if (order.usesCode) this.uses.left -= 1;
    this.carts.delete(order.customerId);
    this.presented.delete(order.customerId);
  }

  cancelled(order: OrderCard): void {
    order.status = 'cancelled';
    for (const [id, quantity] of order.lines) this.unitsOf(id).reserved -= quantity;
    if (order.usesCode) this.uses.left += 1;
  }

  shipped(order: OrderCard): void {
    order.status = 'shipped';
    for (const [id, quantity] of order.lines) {
      this.unitsOf(id).reserved -= quantity;
      this.unitsOf(id).onHand -= quantity;
    }
  }
}
