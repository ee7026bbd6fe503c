import { createHmac, randomUUID } from 'node:crypto';

import { inLanes } from './in-lanes.ts';
import type { VariantIds } from './load-catalogue.ts';
import { readPrice, toDecimal, type Pennies } from './pennies.ts';
import type { PlannedCustomer, PlannedInvoice, PlannedOrder } from './replay-plan.ts';
import { Session } from './session.ts';
import type { Api, ApiAnswer } from './shop-client.ts';

type Money = { readonly amount: string; readonly currency: string };
type Totals = Readonly<Record<'subtotal' | 'discount' | 'shipping' | 'tax' | 'total', Money>>;
type ShownOrder = { readonly number: string; readonly totals: Totals };
type ShownCart = { readonly item_count: number; readonly totals: Totals };

export type OrderFailure = {
  readonly invoice: string;
  readonly code: string;
  readonly message: string;
};

/** What has come of one planned order. */
export type Outcome =
  | { readonly kind: 'placed' | 'found'; readonly totals: Record<keyof Totals, Pennies> }
  | { readonly kind: 'failed'; readonly failure: OrderFailure };

export type Replay = {
  readonly client: Api;
  readonly variantIds: VariantIds;
  /** What the customers' passwords are made of, so that the next run knows them as well. */
  readonly secret: string;
  readonly lanes: number;
  readonly onOutcome: (outcome: Outcome) => void;
};

/** Customers shop at the same time; each of them, having one cart, one invoice after the other. */
export async function replayOrders(
  customers: Iterable<PlannedCustomer>,
  replay: Replay,
): Promise<void> {
  await inLanes(customers, replay.lanes, async (customer) => {
    const opened = await openAccount(customer, replay);
    for (const invoice of customer.invoices) {
      for (const [index, order] of invoice.orders.entries()) {
        const part: Part = { customer, invoice, order, index };
        replay.onOutcome(
          opened.ok
            ? await placeOnce(opened.session, part, replay.variantIds)
            : failed(part, opened),
        );
      }
    }
  });
}

type Part = {
  readonly customer: PlannedCustomer;
  readonly invoice: PlannedInvoice;
  readonly order: PlannedOrder;
  /** An invoice that is too large for a cart has several parts. */
  readonly index: number;
};

function openAccount({ name }: PlannedCustomer, { client, secret }: Replay) {
  const email = `${name}@online-retail.example`;
  const password = createHmac('sha256', secret).update(email).digest('base64url');
  const [kind = '', number = ''] = name.split('-');
  const person = { first_name: kind === 'customer' ? 'Customer' : 'Invoice', last_name: number };
  return Session.registerOrSignIn(client, { email, password }, person);
}

/**
 * Places the order unless it stands already. Asked with an empty cart, the shop
 * either replays its first answer to this key, or says that there is nothing to
 * order: then the cart is filled and asked for again.
 */
async function placeOnce(session: Session, part: Part, variantIds: VariantIds): Promise<Outcome> {
  const emptied = await emptyCart(session);
  if (!emptied.ok) return failed(part, emptied);
  const earlier = await order(session, part);
  if (earlier.ok) return settled(part, earlier.data, 'found');
  if (earlier.code !== 'ordering.cart_empty') return failed(part, earlier);

  const filled = await fillCart(session, part.order, variantIds);
  if (!filled.ok) return failed(part, filled);
  const inCart = filled.data?.totals.subtotal.amount ?? '0.00';
  if (inCart !== toDecimal(part.order.subtotal)) {
    const message = `The cart holds ${inCart} instead of ${toDecimal(part.order.subtotal)}.`;
    return failed(part, { code: 'replay.cart_differs', message });
  }
  const placed = await order(session, part);
  return placed.ok
    ? settled(part, placed.data, placed.replayed ? 'found' : 'placed')
    : failed(part, placed);
}

/** A run that was cut short may have left a half-filled cart. */
async function emptyCart(session: Session): Promise<ApiAnswer<ShownCart>> {
  const cart = await session.call<ShownCart>({ method: 'GET', path: 'cart' });
  return cart.ok && cart.data.item_count > 0
    ? session.call<ShownCart>({ method: 'DELETE', path: 'cart' })
    : cart;
}

/** Each addition has a key of its own, so that one whose answer was lost is not made twice. */
async function fillCart(
  session: Session,
  { quantities }: PlannedOrder,
  variantIds: VariantIds,
): Promise<ApiAnswer<ShownCart | null>> {
  let answer: ApiAnswer<ShownCart | null> = {
    ok: true,
    data: null,
    replayed: false,
    hasNextPage: false,
  };
  for (const [{ sku }, quantity] of quantities) {
    answer = await session.call<ShownCart>({
      method: 'POST',
      path: 'cart/add_item',
      body: { variant_id: variantIds.get(sku), quantity },
      idempotencyKey: randomUUID(),
    });
    if (!answer.ok) return answer;
  }
  return answer;
}

function order(session: Session, part: Part): Promise<ApiAnswer<ShownOrder>> {
  const { customer, invoice, index } = part;
  const [, number = ''] = customer.name.split('-');
  return session.call<ShownOrder>({
    method: 'POST',
    path: 'orders',
    idempotencyKey: keyOf(part),
    body: {
      // The file has no address but the country.
      shipping_address: {
        name: invoice.customer === '' ? `Invoice ${number}` : `Customer ${number}`,
        line1: 'Not in the data',
        city: 'Not in the data',
        postal_code: '0000',
        country: invoice.country,
      },
      shipping_method: invoice.country === 'GB' ? 'standard' : 'international',
      payment_method: 'manual',
      notes: `Invoice ${invoice.number}, part ${index + 1}`,
    },
  });
}

function keyOf({ invoice, index }: Part): string {
  return `online-retail-${invoice.number}-${index + 1}`;
}

/** An order counts when it sells what the file says, to the penny. */
function settled(part: Part, { number, totals }: ShownOrder, kind: 'placed' | 'found'): Outcome {
  if (totals.subtotal.amount !== toDecimal(part.order.subtotal)) {
    const message = `The order ${number} of this invoice comes to ${totals.subtotal.amount}, the file to ${toDecimal(part.order.subtotal)}.`;
    return failed(part, { code: 'replay.order_differs', message });
  }
  return {
    kind,
    totals: {
      subtotal: toPennies(totals.subtotal),
      discount: toPennies(totals.discount),
      shipping: toPennies(totals.shipping),
      tax: toPennies(totals.tax),
      total: toPennies(totals.total),
    },
  };
}

function toPennies({ amount, currency }: Money): Pennies {
  const reading = readPrice(amount);
  if (currency !== 'GBP' || reading.kind !== 'pennies') {
    throw new Error(
      `The shop answers with an amount that is none in pounds: ${amount} ${currency}`,
    );
  }
  return reading.pennies;
}

function failed(
  { invoice }: Part,
  { code, message }: { readonly code: string; readonly message: string },
): Outcome {
  return { kind: 'failed', failure: { invoice: invoice.number, code, message } };
}
