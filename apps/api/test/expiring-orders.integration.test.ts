import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { ManualProvider, TestGateway } from '@kastoma/adapters-payments';
import { PostgresTestGatewayLedger } from '@kastoma/adapters-postgres';
import {
  createTestDatabase,
  postgresShop,
  type TestDatabase,
} from '@kastoma/adapters-postgres/testing';
import {
  asCustomer,
  givenPlacedOrder,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  unitsOf,
  type PlacedOrder,
  type ShopPorts,
} from '@kastoma/application/testing';

const AN_HOUR_IN_SECONDS = 3_600;

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 5 });
  shop = postgresShop(test.database);
});

afterAll(async () => {
  await test.drop();
});

function opened() {
  const gateway = new TestGateway(new PostgresTestGatewayLedger(test.database), shop.clock);
  const payments = paymentUseCases(shop, [new ManualProvider(), gateway]);
  const ordering = orderingUseCases(shop, { carryOut: payments.carryOut });
  return { ...payments, ...ordering };
}

const read = async ({ id }: PlacedOrder) =>
  (await shop.orderQueries.find(id, null))._unsafeUnwrap();

/** The gateway has said neither yes nor no, and says it two seconds later. */
async function givenUnderWay() {
  const { payOrder, carryOut } = opened();
  const order = await givenPlacedOrder(shop, { method: 'test' });
  const { id: orderId, customerId } = order;
  const abandoned = await shop.ordering.run(SHOP, ({ payments }) =>
    payments.abandon(orderId, shop.clock.now()),
  );
  expect(abandoned.isOk()).toBe(true);
  const first = order.operationId ?? expect.fail('A provider is to be asked.');
  expect((await carryOut.execute(first, SHOP)).isOk()).toBe(true);
  await opened().reconcilePayments.execute(SHOP);
  const paid = await payOrder.execute(
    { orderId, customerId, method: 'test', token: 'tok_delayed' },
    asCustomer(customerId),
  );
  expect(paid._unsafeUnwrap().status).toBe('pending');
  return order;
}

async function reconcileFor(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await opened().reconcilePayments.execute(SHOP);
    shop.clock.advance(5);
  }
}

it('a yes that comes after the end of the time is let go', async () => {
  const order = await givenUnderWay();
  shop.clock.advance(AN_HOUR_IN_SECONDS);
  expect(await opened().expireOrders.execute(SHOP)).toEqual([{ id: order.id, outcome: 'expired' }]);
  await reconcileFor(300);
  const { status, cancelReason, payments } = await read(order);
  expect([status, cancelReason]).toEqual(['cancelled', 'expired']);
  expect(payments.map((payment) => payment.status)).toEqual(['voided', 'voided']);
  expect(await unitsOf(shop, order)).toEqual([
    [10, 0],
    [10, 0],
  ]);
});

it('a yes that comes before it confirms the order, and stays', async () => {
  const order = await givenUnderWay();
  await reconcileFor(60);
  shop.clock.advance(AN_HOUR_IN_SECONDS);
  expect(await opened().expireOrders.execute(SHOP)).toEqual([
    { id: order.id, outcome: 'confirmed' },
  ]);
  await reconcileFor(60);
  expect(await read(order)).toMatchObject({ status: 'confirmed', paymentStatus: 'authorized' });
  expect(await unitsOf(shop, order)).toEqual([
    [10, 2],
    [10, 3],
  ]);
});
