import type { FileLine } from './invoice-file.ts';
import { LARGEST_QUANTITY, judge, type Article, type Sale } from './invoice-line.ts';
import { toDecimal, type Pennies } from './pennies.ts';
import type { Reason } from './refusal-reasons.ts';

/** The most different things that a cart holds. */
const MOST_CART_ITEMS = 200;
/** The most variants that a product has. */
const MOST_VARIANTS = 200;

export type PlannedVariant = {
  readonly sku: string;
  readonly price: Pennies;
  /** How many units the accepted lines of the whole file sell. */
  units: number;
};

export type PlannedProduct = {
  readonly code: string;
  /** The first name that the file gives; the code when it gives none. */
  name: string;
  /** By price, in the order of the file. */
  readonly variants: Map<Pennies, PlannedVariant>;
};

/** What one cart holds and one order sells: all of an invoice, unless it is too large for a cart. */
export type PlannedOrder = {
  readonly quantities: Map<PlannedVariant, number>;
  subtotal: Pennies;
};

export type PlannedInvoice = {
  readonly number: string;
  readonly customer: string;
  readonly country: string;
  readonly orders: PlannedOrder[];
};

export type PlannedCustomer = {
  /** The part before the @ of their address: `customer-17850`. */
  readonly name: string;
  /** In the order of the file. */
  readonly invoices: PlannedInvoice[];
};

export type Tally = { lines: number; amount: Pennies | null };

export type ReplayPlan = {
  lines: number;
  readonly invoices: Set<string>;
  readonly codes: Set<string>;
  readonly accepted: { lines: number; amount: Pennies };
  readonly refused: Map<Reason, Tally>;
  readonly products: Map<string, PlannedProduct>;
  readonly customers: Map<string, PlannedCustomer>;
};

export type Refusal = { readonly line: FileLine; readonly reason: Reason };

/** Reads the whole file into what is to be loaded and ordered; what is refused is told and counted. */
export async function planReplay(
  lines: AsyncIterable<FileLine> | Iterable<FileLine>,
  onRefusal: (refusal: Refusal) => void = () => undefined,
): Promise<ReplayPlan> {
  const plan: ReplayPlan = {
    lines: 0,
    invoices: new Set(),
    codes: new Set(),
    accepted: { lines: 0, amount: 0n },
    refused: new Map(),
    products: new Map(),
    customers: new Map(),
  };
  const started = new Map<string, PlannedInvoice>();
  for await (const line of lines) {
    plan.lines += 1;
    plan.invoices.add(line.invoice.trim().toUpperCase());
    plan.codes.add(line.code.trim().toUpperCase());
    const verdict = judge(line);
    const reason = verdict.accepted ? sell(plan, started, verdict.sale) : verdict.reason;
    if (reason === null && verdict.accepted) {
      plan.accepted.lines += 1;
      plan.accepted.amount += verdict.amount;
    } else if (reason !== null) {
      if (!verdict.accepted && verdict.article !== null) variantOf(plan, verdict.article);
      countRefusal(plan, reason, verdict.amount);
      onRefusal({ line, reason });
    }
  }
  return plan;
}

/** Puts a sale into its invoice's cart, or says why it has no place there. */
function sell(plan: ReplayPlan, started: Map<string, PlannedInvoice>, sale: Sale): Reason | null {
  const invoice = started.get(sale.invoice);
  if (
    invoice !== undefined &&
    (invoice.customer !== sale.customer || invoice.country !== sale.country)
  ) {
    return 'contradicts_invoice';
  }
  const variant = variantOf(plan, sale.article);
  if (variant === null) return 'too_many_prices';
  variant.units += sale.quantity;
  const { orders } = invoice ?? start(plan, started, sale);
  putInto(orders, variant, sale.quantity);
  return null;
}

function start(plan: ReplayPlan, started: Map<string, PlannedInvoice>, sale: Sale): PlannedInvoice {
  const { invoice: number, customer, country } = sale;
  const invoice: PlannedInvoice = { number, customer, country, orders: [] };
  started.set(number, invoice);
  const name = customer === '' ? `invoice-${number}`.toLowerCase() : `customer-${customer}`;
  const known = plan.customers.get(name);
  if (known === undefined) plan.customers.set(name, { name, invoices: [invoice] });
  else known.invoices.push(invoice);
  return invoice;
}

/** The same article at the same price adds up; what no cart of the invoice has room for opens another. */
function putInto(orders: PlannedOrder[], variant: PlannedVariant, quantity: number): void {
  const roomy = orders.find(({ quantities }) => {
    const present = quantities.get(variant);
    return present === undefined
      ? quantities.size < MOST_CART_ITEMS
      : present + quantity <= LARGEST_QUANTITY;
  });
  const order = roomy ?? { quantities: new Map<PlannedVariant, number>(), subtotal: 0n };
  if (roomy === undefined) orders.push(order);
  order.quantities.set(variant, (order.quantities.get(variant) ?? 0) + quantity);
  order.subtotal += variant.price * BigInt(quantity);
}

/** The variant of an article's price: new ones join the catalogue. Null when the product is full. */
function variantOf(plan: ReplayPlan, { code, name, price }: Article): PlannedVariant | null {
  const product: PlannedProduct = plan.products.get(code) ?? {
    code,
    name: '',
    variants: new Map(),
  };
  plan.products.set(code, product);
  if (product.name === '') product.name = name;
  const known = product.variants.get(price);
  if (known !== undefined) return known;
  if (product.variants.size >= MOST_VARIANTS) return null;
  const sku = product.variants.size === 0 ? code : `${code}@${toDecimal(price)}`;
  const variant = { sku, price, units: 0 };
  product.variants.set(price, variant);
  return variant;
}

function countRefusal(plan: ReplayPlan, reason: Reason, amount: Pennies | null): void {
  const tally = plan.refused.get(reason) ?? { lines: 0, amount: 0n };
  plan.refused.set(reason, {
    lines: tally.lines + 1,
    amount: tally.amount === null || amount === null ? null : tally.amount + amount,
  });
}
