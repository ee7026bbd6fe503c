import type { LoadedCatalogue } from './load-catalogue.ts';
import { toDecimal, type Pennies } from './pennies.ts';
import { REASONS, type Reason } from './refusal-reasons.ts';
import type { OrderFailure, Outcome } from './replay-orders.ts';
import type { ReplayPlan } from './replay-plan.ts';

const SUMS = ['subtotal', 'discount', 'shipping', 'tax', 'total'] as const;

/** What the shop has come to, added up order by order. */
export class OrderSums {
  placed = 0;
  found = 0;
  readonly failures: OrderFailure[] = [];
  readonly sums: Record<(typeof SUMS)[number], Pennies> = {
    subtotal: 0n,
    discount: 0n,
    shipping: 0n,
    tax: 0n,
    total: 0n,
  };

  add(outcome: Outcome): void {
    if (outcome.kind === 'failed') {
      this.failures.push(outcome.failure);
      return;
    }
    this[outcome.kind] += 1;
    for (const name of SUMS) this.sums[name] += outcome.totals[name];
  }
}

export type ReplayResult = ReturnType<typeof summarize>;

/** Everything that the table and the JSON show; amounts are decimal text in GBP. */
export function summarize(
  plan: ReplayPlan,
  catalogue: LoadedCatalogue,
  shop: OrderSums,
  seconds: { readonly catalogue: number; readonly orders: number; readonly total: number },
) {
  const invoices = [...plan.customers.values()].flatMap((customer) => customer.invoices);
  const ordered = invoices.reduce((count, { orders }) => count + orders.length, 0);
  const variants = [...plan.products.values()].map((product) => product.variants.size);
  return {
    invoices: {
      read: plan.invoices.size,
      with_goods_sold: invoices.length,
      without: plan.invoices.size - invoices.length,
      split: invoices.filter(({ orders }) => orders.length > 1).length,
    },
    customers: plan.customers.size,
    catalogue: {
      stock_codes: plan.codes.size,
      products: variants.length,
      products_with_several_prices: variants.filter((count) => count > 1).length,
      variants: variants.reduce((sum, count) => sum + count, 0),
      created: catalogue.created,
      found: catalogue.found,
    },
    lines: {
      read: plan.lines,
      accepted: { lines: plan.accepted.lines, amount: toDecimal(plan.accepted.amount) },
      refused: (Object.keys(REASONS) as Reason[]).flatMap((reason) => {
        const tally = plan.refused.get(reason);
        if (tally === undefined) return [];
        const { lines, amount } = tally;
        return [{ reason, lines, amount: amount === null ? null : toDecimal(amount) }];
      }),
    },
    orders: {
      expected: ordered,
      placed: shop.placed,
      found: shop.found,
      failed: shop.failures,
    },
    file: { subtotal: toDecimal(plan.accepted.amount) },
    shop: {
      subtotal: toDecimal(shop.sums.subtotal),
      discount: toDecimal(shop.sums.discount),
      shipping: toDecimal(shop.sums.shipping),
      tax: toDecimal(shop.sums.tax),
      total: toDecimal(shop.sums.total),
    },
    difference: toDecimal(shop.sums.subtotal - plan.accepted.amount),
    agrees:
      shop.failures.length === 0 &&
      shop.placed + shop.found === ordered &&
      shop.sums.subtotal === plan.accepted.amount,
    seconds,
  };
}
