import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SHOP } from '../contexts.ts';
import { inMemoryShop } from '../in-memory/in-memory-shop.ts';
import type { OrderCard } from './shop-card.ts';
import { anyClick, type Click } from './shop-clicks.ts';
import { SmallShop, USES, type Said } from './small-shop.ts';

const RUNS = 60;
const REFUND = 100n;

/** What the card says that the shop has to answer. */
function expected(shop: SmallShop, click: Click): Said {
  const { card } = shop;
  switch (click.kind) {
    case 'add':
      return 'done';
    case 'present':
      return card.uses.left > 0 ? 'done' : 'coupon.limit_reached';
    case 'place': {
      const customerId = shop.customer(click.customer);
      const lines = card.cartOf(customerId);
      if (lines.size === 0) return 'ordering.cart_empty';
      if (card.presented.has(customerId) && card.uses.left === 0)
        return 'ordering.coupon_does_not_apply';
      return card.hasUnitsFor(lines) ? 'done' : 'ordering.out_of_stock';
    }
    case 'capture':
    case 'cancel':
    case 'move_on':
    case 'refund': {
      const order = shop.order(click.order);
      return order === null ? 'no_order' : expectedOf(click.kind, order);
    }
  }
}

function expectedOf(kind: 'capture' | 'cancel' | 'move_on' | 'refund', order: OrderCard): Said {
  const { status } = order;
  switch (kind) {
    case 'capture':
      return order.captured === 0n && status !== 'cancelled'
        ? 'done'
        : 'payments.step_not_possible';
    case 'cancel':
      return ['pending', 'confirmed', 'processing'].includes(status)
        ? 'done'
        : 'ordering.illegal_transition';
    case 'move_on':
      return ['delivered', 'cancelled'].includes(status) ? 'ordering.illegal_transition' : 'done';
    case 'refund':
      if (order.goodsLeft < REFUND) return 'ordering.refund_exceeds_left';
      return order.captured === 0n || status === 'cancelled'
        ? 'ordering.refund_exceeds_captured'
        : 'done';
  }
}

/** Of a code for nothing, or a second time, the card says nothing. */
function isClear(shop: SmallShop, click: Click): boolean {
  if (click.kind !== 'present') return true;
  const customerId = shop.customer(click.customer);
  return shop.card.cartOf(customerId).size > 0 && !shop.card.presented.has(customerId);
}

async function expectSame(shop: SmallShop): Promise<void> {
  const { ports, card } = shop;
  for (const [variantId, { onHand, reserved }] of card.units) {
    const stock = (await ports.stockQueries.find(variantId, null))._unsafeUnwrap();
    expect([stock.onHand, stock.reserved]).toEqual([onHand, reserved]);
  }
  for (const order of card.orders) await expectSameOrder(shop, order);
  const counted = await ports.pricing.run(SHOP, ({ uses }) =>
    uses.usesOf([shop.promotion.state.id], { id: shop.customer(0), email: null }),
  );
  expect(counted._unsafeUnwrap()[0]?.total).toBe(USES - card.uses.left);
}

async function expectSameOrder({ ports }: SmallShop, order: OrderCard): Promise<void> {
  const found = (await ports.orderQueries.find(order.id, null))._unsafeUnwrap();
  expect(found.status).toBe(order.status);
  const { moved } = (await ports.paymentReader.find(order.paymentId))._unsafeUnwrap().state;
  const isLost = order.status === 'cancelled';
  expect(moved.captured.minorUnits).toBe(order.captured);
  expect(moved.refunded.minorUnits).toBe(isLost ? order.captured : order.refunded);
  expect(moved.isReleased).toBe(isLost && order.captured === 0n);
}

const met = new Set<string>();
const ANSWERS = [
  'add done',
  'cancel done',
  'cancel ordering.illegal_transition',
  'capture done',
  'capture payments.step_not_possible',
  'move_on done',
  'move_on ordering.illegal_transition',
  'place done',
  'place ordering.cart_empty',
  'place ordering.coupon_does_not_apply',
  'place ordering.out_of_stock',
  'present coupon.limit_reached',
  'present done',
  'refund done',
  'refund ordering.refund_exceeds_captured',
];

class ClickCommand implements fc.AsyncCommand<object, SmallShop> {
  readonly #click: Click;

  constructor(click: Click) {
    this.#click = click;
  }

  check(): boolean {
    return true;
  }

  async run(_model: object, shop: SmallShop): Promise<void> {
    if (!isClear(shop, this.#click)) return;
    const wanted = expected(shop, this.#click);
    const answer = await shop.click(this.#click);
    expect(answer).toBe(wanted);
    met.add(`${this.#click.kind} ${answer}`);
    await shop.settle();
    await expectSame(shop);
  }

  toString(): string {
    return JSON.stringify(this.#click);
  }
}

function compare(parameters: fc.Parameters<unknown>): Promise<void> {
  const anyClicks = fc.commands([anyClick().map((click) => new ClickCommand(click))], {
    maxCommands: 60,
    size: 'max',
  });
  return fc.assert(
    fc.asyncProperty(anyClicks, async (clicks) => {
      const real = await SmallShop.open(inMemoryShop());
      await fc.asyncModelRun(() => ({ model: {}, real }), clicks);
    }),
    parameters as fc.Parameters<[Iterable<fc.AsyncCommand<object, SmallShop>>]>,
  );
}

describe('a small shop', { timeout: 60_000 }, () => {
  it('answers and stands as a card says that knows carts, units, uses and money', async () => {
    await expect(compare({ numRuns: RUNS })).resolves.toBeUndefined();
  });

  it('is asked for everything that it does and refuses', async () => {
    met.clear();
    await compare({ numRuns: RUNS, seed: 6 });
    expect(ANSWERS.filter((answer) => !met.has(answer))).toEqual([]);
  });
});
