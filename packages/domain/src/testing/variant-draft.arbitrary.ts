import fc from 'fast-check';

import type { OptionChoice, ProductOption } from '../catalog/product-options.value.ts';
import { HIGHEST_PRICE_MINOR_UNITS, type DraftPrice } from '../catalog/variant-price.ts';
import type { DraftVariant } from '../catalog/variant.ts';
import type { Currency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import { Money } from '../core/money.value.ts';
import { otherThan } from './currency.arbitrary.ts';
import { anyId } from './identifier.arbitrary.ts';

export const anyAttributes = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.oneof(fc.constantFrom('red', 'Größe 42', '木'), fc.integer(), fc.boolean(), fc.constant(null)),
  { maxKeys: 4 },
);

const anyAmount = fc.bigInt({ min: 0n, max: HIGHEST_PRICE_MINOR_UNITS });
const orNone = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

const anyPrice = fc.record({
  price: anyAmount,
  compareAtPrice: orNone(anyAmount),
  /** How much of the price no promotion takes away, in hundredths. */
  floorPercent: orNone(fc.bigInt({ min: 0n, max: 100n })),
});

const anySide = fc.integer({ min: 1, max: 100_000 });

const anyVariant = fc.record({
  id: anyId<VariantId>(),
  sku: fc.stringMatching(/^[A-Z0-9]{2,8}-[a-z0-9]{1,8}$/),
  name: orNone(fc.constantFrom('Small', 'Größe 42', '木製')),
  own: anyPrice,
  abroad: orNone(anyPrice),
  cost: orNone(anyAmount),
  barcode: orNone(fc.constantFrom('96385074', '036000291452', '4006381333931', '10012345000017')),
  attributes: orNone(anyAttributes),
  weightGrams: orNone(fc.integer({ min: 0, max: 10_000_000 })),
  dimensions: orNone(fc.record({ length: anySide, width: anySide, height: anySide })),
  taxClass: orNone(fc.constantFrom('standard', 'reduced')),
});

type Assortment = {
  readonly options: readonly ProductOption[] | undefined;
  readonly variants: readonly DraftVariant[];
};

/** Up to five variants that are priced in the currency, and in some two axes along which they differ. */
export function anyAssortment(currency: Currency): fc.Arbitrary<Assortment> {
  return fc
    .tuple(
      fc.uniqueArray(anyVariant, { selector: ({ sku }) => sku, minLength: 1, maxLength: 5 }),
      fc.boolean(),
    )
    .map(([drawn, hasOptions]) => ({
      options: hasOptions ? AXES : undefined,
      variants: drawn.map(({ own, abroad, cost, ...variant }, index) => ({
        ...variant,
        ...priced(own, currency),
        prices: abroad === undefined ? undefined : [priced(abroad, otherThan(currency))],
        cost: cost === undefined ? undefined : Money.of(cost, currency)._unsafeUnwrap(),
        options: hasOptions ? CHOICES[index] : undefined,
      })),
    }));
}

const AXES: readonly ProductOption[] = [
  { name: 'Größe', values: ['S', 'M', 'L'] },
  { name: 'Colour', values: ['red', '青'] },
];

/** All combinations but one, the axes in either order. */
const CHOICES: readonly (readonly OptionChoice[])[] = ['S', 'M', 'L']
  .flatMap((size, index) =>
    ['red', '青'].map((colour) => {
      const choices = [
        { name: 'Größe', value: size },
        { name: 'Colour', value: colour },
      ];
      return index === 1 ? choices.toReversed() : choices;
    }),
  )
  .slice(0, 5);

function priced(
  {
    price,
    compareAtPrice,
    floorPercent,
  }: typeof anyPrice extends fc.Arbitrary<infer P> ? P : never,
  currency: Currency,
): DraftPrice {
  const money = (minorUnits: bigint) => Money.of(minorUnits, currency)._unsafeUnwrap();
  return {
    price: money(price),
    compareAtPrice: compareAtPrice === undefined ? undefined : money(compareAtPrice),
    minimumPrice: floorPercent === undefined ? undefined : money((price * floorPercent) / 100n),
  };
}
