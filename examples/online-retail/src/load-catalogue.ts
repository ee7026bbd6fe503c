import { createHash } from 'node:crypto';

import { inLanes } from './in-lanes.ts';
import { toDecimal } from './pennies.ts';
import { Refused } from './refused.ts';
import type { PlannedProduct, PlannedVariant } from './replay-plan.ts';
import type { Session } from './session.ts';

/** Units of each variant beyond those that the file sells, so that the shop stays open afterwards. */
const SPARE_UNITS = 100;

/** What the shop calls the variants: their ids by SKU. */
export type VariantIds = ReadonlyMap<string, string>;

export type LoadedCatalogue = {
  readonly variantIds: VariantIds;
  readonly created: number;
  readonly found: number;
};

type ListedProduct = { readonly id: string; readonly sku: string };
type ShownProduct = {
  readonly variants: readonly {
    readonly id: string;
    readonly sku: string;
    readonly price: { readonly amount: string };
  }[];
};

/** Sees to it that every product of the plan stands in the shop: made now, or by a run before this one. */
export async function loadCatalogue(
  admin: Session,
  products: readonly PlannedProduct[],
  { lanes, onProduct }: { readonly lanes: number; readonly onProduct: () => void },
): Promise<LoadedCatalogue> {
  const variantIds = new Map<string, string>();
  const counts = { created: 0, found: 0 };
  await inLanes(products, lanes, async (product) => {
    const body = toBody(product);
    const created = await admin.call<ShownProduct>({
      method: 'POST',
      path: 'products',
      body,
      idempotencyKey: keyOf(body),
    });
    if (!created.ok && created.code !== 'catalog.sku_taken') {
      throw new Refused(
        `The shop refuses the product ${product.code} (${created.code}): ${created.message}${remedyFor(created.code)}`,
      );
    }
    const shown = created.ok ? created.data : await find(admin, product);
    counts[created.ok && !created.replayed ? 'created' : 'found'] += 1;
    for (const variant of product.variants.values()) {
      variantIds.set(variant.sku, idOf(shown, variant));
    }
    onProduct();
  });
  return { variantIds, ...counts };
}

function toBody({ code, name, variants }: PlannedProduct): object {
  const severalPrices = variants.size > 1;
  return {
    name: name === '' ? code : name,
    attributes: { stock_code: code },
    variants: [...variants.values()].map(({ sku, price, units }) => ({
      sku,
      ...(severalPrices ? { name: `at ${toDecimal(price)}` } : {}),
      price: { amount: toDecimal(price), currency: 'GBP' },
      stock: units + SPARE_UNITS,
    })),
  };
}

/** The same product twice is answered at once; another one under the same code is a case for the search. */
function keyOf(body: object): string {
  return `online-retail-${createHash('sha256').update(JSON.stringify(body)).digest('base64url')}`;
}

function remedyFor(code: string): string {
  switch (code) {
    case 'catalog.wrong_price_currency':
      return ' Start a fresh shop with KASTOMA_CURRENCY=GBP.';
    case 'request.not_allowed':
      return ' KASTOMA_ADMIN_EMAIL must name an account that keeps the catalogue.';
    default:
      return '';
  }
}

/** The search also finds what merely contains the code, so each hit is looked at. */
async function find(admin: Session, { code, variants }: PlannedProduct): Promise<ShownProduct> {
  const skus = new Set([...variants.values()].map(({ sku }) => sku));
  for (let page = 1, more = true; more; page += 1) {
    const listed = await admin.call<readonly ListedProduct[]>({
      method: 'GET',
      path: `products?search=${encodeURIComponent(code)}&page_size=100&page=${page}`,
    });
    if (!listed.ok) throw new Refused(`The shop cannot search ${code}: ${listed.message}`);
    // A listing shows the SKU of the cheapest variant.
    const hit = listed.data.find(({ sku }) => skus.has(sku) || sku.startsWith(`${code}@`));
    if (hit !== undefined) return show(admin, hit.id);
    more = listed.hasNextPage;
  }
  throw new Refused(`The shop says that the SKU ${code} is taken, and does not find it.`);
}

async function show(admin: Session, id: string): Promise<ShownProduct> {
  const shown = await admin.call<ShownProduct>({ method: 'GET', path: `products/${id}` });
  if (!shown.ok) throw new Refused(`The shop cannot show the product ${id}: ${shown.message}`);
  return shown.data;
}

function idOf({ variants }: ShownProduct, { sku, price }: PlannedVariant): string {
  const variant = variants.find((candidate) => candidate.sku === sku);
  if (variant === undefined || variant.price.amount !== toDecimal(price)) {
    throw new Refused(
      `The shop has no variant ${sku} at ${toDecimal(price)}: it was filled from another file. Start a fresh shop.`,
    );
  }
  return variant.id;
}
