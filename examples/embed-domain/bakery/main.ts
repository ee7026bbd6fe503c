import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Address, parseInstant } from '@kastoma/domain/core';

import { assortment } from './assortment.ts';
import { register } from './customers.ts';
import { must } from './must.ts';
import { OrderBook } from './order-book.ts';
import { placeOrder, refundOne, ship } from './orders.ts';
import { ringUp } from './till.ts';

// A day at the bakery: somebody registers, buys, gets what was bought, and brings a mug back.

const morning = must(parseInstant('2026-11-23T07:00:00Z'));
const noon = must(parseInstant('2026-11-23T12:00:00Z'));

const ada = register(
  { email: 'Ada@Example.com', password: 'a long walk', firstName: 'Ada', lastName: 'Lovelace' },
  morning,
);
console.log(`Welcome, ${ada.state.firstName} <${ada.state.email}>`);

const [bread, roll, mug] = assortment(morning);
const basket = new Map([
  [bread, 1],
  [roll, 4],
  [mug, 1],
]);
const quote = ringUp(basket, ['opening', 'spring'], morning);
for (const { id, quantity, discount, total } of quote.lines)
  console.log(`${quantity} x ${id}: ${total.toDecimal()}, ${discount.toDecimal()} off`);
for (const { couponCode, code } of quote.rejected) console.log(`${couponCode}: ${code}`);
console.log(`To pay: ${quote.totals.total.toDecimal()}, VAT ${quote.totals.tax.toDecimal()} in it`);

const address = must(
  Address.parse({
    name: 'Ada Lovelace',
    line1: 'Lindenstraße 7',
    city: 'Berlin',
    postalCode: '10969',
    country: 'DE',
  }),
);
const placed = placeOrder(ada, basket, quote, address, morning);

const folder = mkdtempSync(join(tmpdir(), 'bakery-orders-'));
try {
  const book = new OrderBook(folder);
  book.write(placed);

  const shipped = ship(book.read(placed.state.id), noon);
  book.write(shipped);
  for (const { type } of shipped.pending) console.log(`Happened: ${type}`);

  const refunded = refundOne(book.read(placed.state.id), 'MUG-1', 'The handle was off.', noon);
  book.write(refunded);

  const { state, version, refundable } = book.read(placed.state.id);
  const [refund] = state.refunds;
  console.log(`${state.status.name}, version ${version}`);
  console.log(`Paid back: ${refund?.amount.toDecimal()}, ${refund?.tax.toDecimal()} of it VAT`);
  console.log(`Could still be paid back: ${refundable.rest.amount.toDecimal()}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
