import fc from 'fast-check';

import { PICTURE_FORMATS } from '../catalog/product-images.value.ts';
import { PRODUCT_STATUSES } from '../catalog/product-status.value.ts';
import type { CreateProductInput } from '../catalog/product.aggregate.ts';
import type { CategoryId, ImageId, ProductId } from '../core/ids.value.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { anyId } from './identifier.arbitrary.ts';
import { anyInstant } from './instant.arbitrary.ts';
import { anyAssortment, anyAttributes } from './variant-draft.arbitrary.ts';
import { anyName } from './written-text.arbitrary.ts';

/** Tags as staff write them: some twice, in either case. */
const anyTags = fc.array(fc.constantFrom('sale', 'Sale', 'new', ' Größe 42', '木製'), {
  maxLength: 6,
});

const anySide = fc.integer({ min: 1, max: 3_000 });

const anyImage = fc.record({
  id: anyId<ImageId>(),
  url: fc.constantFrom('/media/tea.svg', 'https://pictures.example/tea.jpg'),
  alt: fc.constantFrom('', 'A cup of tea', '一杯茶'),
  details: fc.option(
    fc.record({
      width: anySide,
      height: anySide,
      checksum: fc.stringMatching(/^[0-9a-f]{64}$/),
      renditions: fc.array(
        fc.record({
          url: fc.constant('images/tea/320.webp'),
          format: fc.constantFrom(...PICTURE_FORMATS),
          width: anySide,
          height: anySide,
        }),
        { maxLength: 3 },
      ),
    }),
  ),
});

const anySeo = fc.record({
  title: fc.constantFrom(undefined, null, '', 'Tea'),
  description: fc.constantFrom(undefined, null, 'Leaves from Japan'),
});

/** A product that staff may put into the catalogue of a shop that sells in the draft's currency. */
export function anyProductDraft(): fc.Arbitrary<CreateProductInput> {
  return anyCurrency().chain((currency) =>
    fc
      .record({
        id: anyId<ProductId>(),
        name: anyName(),
        description: fc.constantFrom('', 'Two lines\nof text', 'Ein Satz.'),
        categoryId: fc.option(anyId<CategoryId>()),
        attributes: anyAttributes,
        tags: fc.option(anyTags, { nil: undefined }),
        seo: fc.option(anySeo, { nil: undefined }),
        status: fc.constantFrom(...PRODUCT_STATUSES),
        assortment: anyAssortment(currency),
        images: fc.array(anyImage, { maxLength: 3 }),
        currency: fc.constant(currency),
        at: anyInstant(),
      })
      .map(({ assortment, ...draft }) => ({ ...draft, ...assortment })),
  );
}
