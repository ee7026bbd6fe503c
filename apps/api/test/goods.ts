import type { Client } from './client.ts';
import type { Product } from './wire.ts';

export const ADDRESS = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
};

export const CHECKOUT = {
  shipping_address: ADDRESS,
  shipping_method: 'standard',
  payment_method: 'manual',
};

export function usd(amount: string) {
  return { amount, currency: 'USD' };
}

let made = 0;

/** A mug that can be bought at once; each with a SKU of its own. */
export async function stockMug(
  staff: Client,
  { name = 'Enamel mug', price = '12.50', stock = 10, ...rest }: MugOptions = {},
): Promise<Product> {
  made += 1;
  const variants = [{ sku: `MUG-${made}`, price: usd(price), stock }];
  const { data } = await staff.post<Product>('/products/', { name, ...rest, variants }).expect(201);
  return data;
}

type MugOptions = {
  readonly name?: string;
  readonly price?: string;
  readonly stock?: number;
  readonly status?: 'draft' | 'published' | 'archived';
  readonly category_id?: string;
};

/** The variant of a product that has one only. */
export function onlyVariant(product: Product): Product['variants'][number] {
  const [variant] = product.variants;
  if (variant === undefined) throw new Error(`${product.name} has no variant.`);
  return variant;
}

export function newKey(): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': crypto.randomUUID() };
}
