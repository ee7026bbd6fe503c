import fc from 'fast-check';

import { PRODUCT_STATUSES, type CreateProductInput } from '../catalog/product.aggregate.ts';
import { HIGHEST_PRICE_MINOR_UNITS } from '../catalog/variant.ts';
import type { CategoryId, ProductId, VariantId } from '../core/ids.value.ts';
import { Money } from '../core/money.value.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { anyId } from './identifier.arbitrary.ts';
import { anyInstant } from './instant.arbitrary.ts';
import { anyName } from './written-text.arbitrary.ts';

const anyAttributes = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.oneof(fc.constantFrom('red', 'Größe 42', '木'), fc.integer(), fc.boolean(), fc.constant(null)),
  { maxKeys: 4 },
);

const anyPrice = fc.bigInt({ min: 0n, max: HIGHEST_PRICE_MINOR_UNITS });

/** Tags as staff write them: some twice, in either case. */
const anyTags = fc.array(fc.constantFrom('sale', 'Sale', 'new', ' Größe 42', '木製'), {
  maxLength: 6,
});

const anyVariant = fc.record({
  id: anyId<VariantId>(),
  sku: fc.stringMatching(/^[A-Z0-9]{2,8}-[a-z0-9]{1,8}$/),
  name: fc.option(fc.constantFrom('Small', 'Größe 42', '木製'), { nil: undefined }),
  price: anyPrice,
  compareAtPrice: fc.option(anyPrice, { nil: undefined }),
  /** How much of the price no promotion takes away, in hundredths. */
  floorPercent: fc.option(fc.bigInt({ min: 0n, max: 100n }), { nil: undefined }),
  attributes: fc.option(anyAttributes, { nil: undefined }),
  weightGrams: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
  taxClass: fc.option(fc.constantFrom('standard', 'reduced'), { nil: undefined }),
});

/** A product that staff may put into the catalogue of a shop that sells in the draft's currency. */
export function anyProductDraft(): fc.Arbitrary<CreateProductInput> {
  return fc
    .record({
      id: anyId<ProductId>(),
      name: anyName(),
      description: fc.constantFrom('', 'Two lines\nof text', 'Ein Satz.'),
      categoryId: fc.option(anyId<CategoryId>()),
      attributes: anyAttributes,
      tags: fc.option(anyTags, { nil: undefined }),
      status: fc.constantFrom(...PRODUCT_STATUSES),
      variants: fc.uniqueArray(anyVariant, {
        selector: ({ sku }) => sku,
        minLength: 1,
        maxLength: 5,
      }),
      images: fc.array(fc.constantFrom({ url: '/media/tea.svg', alt: 'A cup of tea' }), {
        maxLength: 3,
      }),
      currency: anyCurrency(),
      at: anyInstant(),
    })
    .map((draft) => {
      const money = (minorUnits: bigint) => Money.of(minorUnits, draft.currency)._unsafeUnwrap();
      const variants = draft.variants.map(
        ({ price, compareAtPrice, floorPercent, ...variant }) => ({
          ...variant,
          price: money(price),
          compareAtPrice: compareAtPrice === undefined ? undefined : money(compareAtPrice),
          minimumPrice:
            floorPercent === undefined ? undefined : money((price * floorPercent) / 100n),
        }),
      );
      return { ...draft, variants };
    });
}
