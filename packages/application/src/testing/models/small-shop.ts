import type { OrderId, PaymentId, ProductId, UserId, VariantId } from '@kastoma/domain/core';
import type { OrderStatusName } from '@kastoma/domain/ordering';
import type { Promotion } from '@kastoma/domain/pricing';

import { anAddress } from '../builders/address.builder.ts';
import { dollars } from '../builders/money.builder.ts';
import { asCustomer, SHOP } from '../contexts.ts';
import { clicksOf, orderingUseCases, type OrderingUseCases } from '../ordering-use-cases.ts';
import { paymentUseCases, type PaymentUseCases } from '../payment-use-cases.ts';
import { FakePaymentProvider } from '../ports/fake-payment-provider.ts';
import { givenCoupon, givenPromotion } from '../promoted-shop.ts';
import type { ShopPorts } from '../shop-ports.ts';
import { givenCustomer, givenVariant } from '../stocked-shop.ts';
import { ShopCard, type OrderCard } from './shop-card.ts';
import type { Click } from './shop-clicks.ts';

const UNITS = 7;
/** Of the one code that there is. */
export const USES = 1;
const REFUND = dollars('1.00');
const NEXT: Partial<Record<OrderStatusName, OrderStatusName>> = {
  pending: 'confirmed',
  confirmed: 'processing',
  processing: 'shipped',
  shipped: 'delivered',
};

/** `done`, or the code of a refusal. */
export type Said = string;

/** A shop that does as it is clicked, and the card on which its answers are written down. */
export class SmallShop {
  readonly ports: ShopPorts;
  readonly card: ShopCard;
  readonly customers: readonly UserId[];
  readonly variants: readonly { readonly productId: ProductId; readonly variantId: VariantId }[];
  readonly promotion: Promotion;
  readonly #code: string;
  readonly #ordering: OrderingUseCases;
  readonly #payments: PaymentUseCases;

  private constructor(
    ports: ShopPorts,
    given: Pick<SmallShop, 'customers' | 'variants' | 'promotion'> & { readonly code: string },
  ) {
    this.ports = ports;
    this.customers = given.customers;
    this.variants = given.variants;
    this.promotion = given.promotion;
    this.#code = given.code;
    this.#payments = paymentUseCases(ports, [new FakePaymentProvider('test')]);
    this.#ordering = orderingUseCases(ports, { carryOut: this.#payments.carryOut });
    this.card = new ShopCard(
      new Map(this.variants.map(({ variantId }) => [variantId, UNITS])),
      USES,
    );
  }

  static async open(ports: ShopPorts): Promise<SmallShop> {
    const customers = [await givenCustomer(ports), await givenCustomer(ports)];
    const variants = [await givenVariant(ports, UNITS), await givenVariant(ports, UNITS)];
    const promotion = await givenPromotion(ports, { automatic: false, limits: { total: USES } });
    const { code } = (await givenCoupon(ports, promotion)).state;
    return new SmallShop(ports, { customers, variants, promotion, code });
  }

  customer(index: 0 | 1): UserId {
    return this.customers[index] as UserId;
  }

  variant(index: 0 | 1): VariantId {
    return this.variants[index]?.variantId as VariantId;
  }

  order(index: number): OrderCard | null {
    return this.card.orders.at(index % Math.max(1, this.card.orders.length)) ?? null;
  }

  /** Does it, and writes down what was answered. */
  async click(click: Click): Promise<Said> {
    switch (click.kind) {
      case 'add':
        return this.#add(click);
      case 'present':
        return this.#present(this.customer(click.customer));
      case 'place':
        return this.#place(this.customer(click.customer));
      case 'capture':
      case 'cancel':
      case 'move_on':
      case 'refund': {
        const order = this.order(click.order);
        return order === null ? 'no_order' : this.#clickOrder(click.kind, order);
      }
    }
  }

  /** One after the other. */
  async clickAll(clicks: readonly Click[]): Promise<readonly Said[]> {
    const answers: Said[] = [];
    for (const click of clicks) answers.push(await this.click(click));
    return answers;
  }

  /** Until nobody is to be asked for money, and nothing is to go back. */
  async settle(): Promise<void> {
    for (;;) {
      const carried = await this.#payments.reconcilePayments.execute(SHOP);
      if (carried.length === 0) return;
    }
  }

  async #add({ customer, variant, quantity }: Extract<Click, { kind: 'add' }>): Promise<Said> {
    const [customerId, variantId] = [this.customer(customer), this.variant(variant)];
    const clicks = clicksOf(customerId, this.#ordering);
    return said(await clicks.addVariant(variantId, quantity), () => {
      const cart = this.card.cartOf(customerId);
      cart.set(variantId, (cart.get(variantId) ?? 0) + quantity);
    });
  }

  async #present(customerId: UserId): Promise<Said> {
    const clicks = clicksOf(customerId, this.#ordering);
    return said(await clicks.presentCode(this.#code), () => this.card.presented.add(customerId));
  }

  async #place(customerId: UserId): Promise<Said> {
    const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
    const how = { ...unsaid, shippingAddress: anAddress(), quoteHash: null, notes: '' };
    const command = { ...how, customerId, paymentMethod: 'test', paymentToken: 'tok_success' };
    const run = await this.#ordering.placeOrder.execute(command, asCustomer(customerId));
    return said(run, ({ id, items, payments, totals, promotions }) => {
      const lines = new Map<VariantId, number>(
        items.map(({ variantId, quantity }) => [variantId, quantity]),
      );
      const goods = items.reduce((sum, { total }) => sum + total.minorUnits, 0n);
      this.card.placed({
        id: id as OrderId,
        paymentId: payments[0]?.id as PaymentId,
        customerId,
        lines,
        usesCode: promotions.length > 0,
        total: totals.total.minorUnits,
        goodsLeft: goods,
        status: 'pending',
        captured: 0n,
        refunded: 0n,
      });
    });
  }

  async #clickOrder(kind: 'capture' | 'cancel' | 'move_on' | 'refund', order: OrderCard) {
    const { id: orderId, paymentId } = order;
    const { cancelOrder, changeOrderStatus, refundOrder } = this.#ordering;
    if (kind === 'capture') {
      const command = { orderId, paymentId, amount: null };
      const run = await this.#payments.capturePayment.execute(command, SHOP);
      return said(run, () => (order.captured = order.total));
    }
    if (kind === 'cancel') {
      const run = await cancelOrder.execute({ orderId, customerId: null, reason: '' }, SHOP);
      return said(run, () => this.card.cancelled(order));
    }
    if (kind === 'refund') {
      const run = await refundOrder.execute({ orderId, reason: '', amount: REFUND }, SHOP);
      return said(run, () => {
        order.refunded += REFUND.minorUnits;
        order.goodsLeft -= REFUND.minorUnits;
      });
    }
    const status = NEXT[order.status] ?? 'pending';
    const moving = { orderId, status, expectedVersion: null };
    return said(await changeOrderStatus.execute(moving, SHOP), ({ status: now }) => {
      if (now === 'shipped') this.card.shipped(order);
      // Answers of those who click at once may come in another order than the changes did.
      else if (order.status !== 'cancelled') order.status = now as OrderStatusName;
    });
  }
}

type Outcome<Value> = {
  match(done: (value: Value) => Said, refused: (error: { readonly code: string }) => Said): Said;
};

function said<Value>(outcome: Outcome<Value>, note: (value: Value) => unknown): Said {
  return outcome.match(
    (value) => {
      note(value);
      return 'done';
    },
    ({ code }) => code,
  );
}
