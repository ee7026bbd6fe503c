import { errAsync, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { SHOP } from '../../testing/contexts.ts';
import { inMemoryShop } from '../../testing/in-memory/in-memory-shop.ts';
import { paymentUseCases } from '../../testing/payment-use-cases.ts';
import { givenPlacedOrder, type PlacedOrder } from '../../testing/placed-orders.ts';
import { FakePaymentProvider } from '../../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../../testing/shop-ports.ts';
import { ConfirmingOperations } from './confirming-operations.ts';

const NO = { name: 'declined', reason: 'insufficient_funds', report: null } as const;

let shop: ShopPorts;
let provider: FakePaymentProvider;
let order: PlacedOrder;

beforeEach(async () => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  order = await givenPlacedOrder(shop, { method: 'test' });
});

function operations(unitOfWork: ShopPorts['ordering'] = shop.ordering) {
  const { carryOut } = paymentUseCases(shop, [provider]);
  return new ConfirmingOperations({ operations: carryOut, unitOfWork, clock: shop.clock });
}

const idOf = ({ operationId }: PlacedOrder) => operationId ?? expect.fail('Nobody is asked.');
const statusOf = async () => (await shop.orderQueries.find(order.id, null)).map((it) => it.status);

describe('an operation', () => {
  it('that brings the money of an order has it confirmed before it ends', async () => {
    const carried = (await operations().execute(idOf(order), SHOP))._unsafeUnwrap();
    expect(carried).toMatchObject({ outcome: 'succeeded', payment: { status: 'authorized' } });
    expect(await statusOf()).toEqual(ok('confirmed'));
    const again = (await operations().execute(idOf(order), SHOP))._unsafeUnwrap();
    expect(again.outcome).toBe('succeeded');
    expect(await shop.eventsOf(order.id)).toHaveLength(2);
  });

  it('that is asked for by the job does so, too', async () => {
    const claim = { id: idOf(order), paymentId: order.paymentId, attempts: 1 };
    expect((await operations().ask(claim, SHOP)).isOk()).toBe(true);
    expect(await statusOf()).toEqual(ok('confirmed'));
  });

  it.each([['never_asked' as const], [NO]])('that brings none leaves it pending', async (said) => {
    provider.next = said;
    expect((await operations().execute(idOf(order), SHOP)).isOk()).toBe(true);
    expect(await statusOf()).toEqual(ok('pending'));
  });

  it('is what it is where the order cannot be confirmed at once', async () => {
    const busy = () => errAsync({ code: 'core.concurrent_update' as const });
    const unitOfWork = { receive: busy, run: busy } as ShopPorts['ordering'];
    const carried = (await operations(unitOfWork).execute(idOf(order), SHOP))._unsafeUnwrap();
    expect(carried.outcome).toBe('succeeded');
    expect(await statusOf()).toEqual(ok('pending'));
  });
});
