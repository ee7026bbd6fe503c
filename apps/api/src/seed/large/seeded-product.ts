import { Product, type DraftVariant, type ProductOption } from '@kastoma/domain/catalog';
import {
  minorUnitDigits,
  Money,
  type CategoryId,
  type Currency,
  type Instant,
  type ProductId,
  type VariantId,
} from '@kastoma/domain/core';
import { Stock, type Moved } from '@kastoma/domain/inventory';

import { SeededRandom, seededId } from './seeded-random.ts';
import {
  COLOURS,
  MAKERS,
  MANNERS,
  MATERIALS,
  ORIGINS,
  SIZES,
  TAGS,
  type Kind,
} from './seeded-words.ts';

/** A leaf of the tree, with the id that it has in this shop. */
export type SeededShelf = { readonly kind: Kind; readonly categoryId: CategoryId };
export type SeededProduct = { readonly product: Product; readonly stock: readonly Moved[] };

const MOST_VARIANTS = 5;
const NEWEST = Date.UTC(2026, 5, 1);
const MILLISECONDS_APART = 60_000;

/** The product of this number: the same in every run with the same seed. What the domain refuses is a defect of the words. */
export function seededProduct(
  seed: number,
  number: number,
  shelves: readonly [SeededShelf, ...SeededShelf[]],
  currency: Currency,
): SeededProduct {
  const random = new SeededRandom(seed, number);
  const { kind, categoryId } = random.one(shelves);
  const at = (NEWEST - number * MILLISECONDS_APART) as Instant;
  const noun = random.one(kind.nouns);
  const maker = random.one(MAKERS);
  const manner = random.one(MANNERS);
  const material = random.one(MATERIALS);
  const origin = random.one(ORIGINS);
  const name = `${maker} ${manner} ${material} ${noun.toLowerCase()}`;
  const values = axisOf(kind, random);
  const options: readonly ProductOption[] =
    values.length === 0 ? [] : [{ name: kind.axis === 'size' ? 'Size' : 'Colour', values }];
  const base = BigInt(kind.from * 100 + random.below(kind.from * 300));
  const product = Product.create({
    id: seededId(seed, 1, number) as ProductId,
    name,
    slug: `${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}-${seed}-${number}`,
    description: `A ${manner} ${noun.toLowerCase()} of ${material}, made by ${maker} in ${origin}. Number ${number} of the collection.`,
    categoryId,
    attributes: { material, origin, warranty_years: 1 + random.below(5) },
    tags: random.chance(60) ? [random.one(TAGS), material] : [material],
    options,
    variants: (values.length === 0 ? [null] : values).map((value, index) =>
      draft({ seed, number, index, value, option: options[0]?.name ?? '', base, currency }, random),
    ),
    images: [],
    status: random.chance(94) ? 'published' : random.chance(50) ? 'draft' : 'archived',
    currency,
    at,
  });
  if (product.isErr()) throw new Error(`No product: ${JSON.stringify(product.error)}`);
  const cause = { reference: 'seed', actor: 'system', reason: 'Initial stock', at };
  const stock = product.value.state.variants.map(({ id }) => {
    const units = random.chance(12) ? 0 : 1 + random.below(200);
    const opened = Stock.open(id, units, cause);
    if (opened.isErr()) throw new Error(opened.error.code);
    return opened.value;
  });
  // A catalogue that was always there is told to nobody.
  const { state, version } = product.value;
  return { product: Product.restore(state, version), stock };
}

function axisOf(kind: Kind, random: SeededRandom): readonly string[] {
  if (kind.axis === 'none' || random.chance(65)) return [];
  const all = kind.axis === 'size' ? SIZES : COLOURS;
  const from = random.below(all.length - 1);
  return all.slice(from, from + 2 + random.below(MOST_VARIANTS - 1));
}

function draft(
  {
    seed,
    number,
    index,
    value,
    option,
    base,
    currency,
  }: {
    readonly seed: number;
    readonly number: number;
    readonly index: number;
    readonly value: string | null;
    readonly option: string;
    readonly base: bigint;
    readonly currency: Currency;
  },
  random: SeededRandom,
): DraftVariant {
  const price = base + BigInt(index * 100) + 99n;
  return {
    id: seededId(seed, 2, number * MOST_VARIANTS + index) as VariantId,
    sku: `S${seed}-${number}-${index}`,
    price: inCurrency(price, currency),
    ...(random.chance(20) ? { compareAtPrice: inCurrency((price * 5n) / 4n, currency) } : {}),
    cost: inCurrency(price / 2n, currency),
    weightGrams: 50 + random.below(5_000),
    options: value === null ? [] : [{ name: option, value }],
    ...(value === null ? {} : { name: value }),
  };
}

/** So many hundredths, in the digits that the currency has. */
function inCurrency(hundredths: bigint, currency: Currency): Money {
  const digits = minorUnitDigits(currency);
  const minorUnits = (hundredths * 10n ** BigInt(digits)) / 100n;
  return Money.of(minorUnits, currency).unwrapOr(Money.zero(currency));
}
