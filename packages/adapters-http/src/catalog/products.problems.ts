import type {
  IllegalStatusChange,
  InvalidBarcode,
  InvalidDimensions,
  InvalidOptions,
  InvalidRelated,
  LastVariant,
  ProductMoved,
  ProductNotFound,
  UnknownRelated,
  UnknownVariant,
  VariantNotFound,
} from '@kastoma/domain/catalog';

import type { ProblemMap } from '../core/problem-map.ts';

export type ProductError =
  | IllegalStatusChange
  | InvalidBarcode
  | InvalidDimensions
  | InvalidOptions
  | InvalidRelated
  | LastVariant
  | ProductMoved
  | ProductNotFound
  | UnknownRelated
  | UnknownVariant
  | VariantNotFound;

const OPTION_REASONS = {
  too_many: 'These are too many.',
  no_values: 'An option has at least one value.',
  duplicate: 'It is there twice.',
  unknown_option: 'The product has no such option.',
  unknown_value: 'The option has no such value.',
  missing_choice: 'A variant names one value of each option of the product.',
  duplicate_combination: 'Another variant of the product has the same values.',
} as const satisfies Record<InvalidOptions['reason'], string>;

const RELATED_REASONS = {
  itself: 'A product does not go with itself.',
  twice: 'It is there twice.',
  too_many: 'These are too many.',
} as const satisfies Record<InvalidRelated['reason'], string>;

export const PRODUCT_PROBLEMS: ProblemMap<ProductError> = {
  'catalog.illegal_status_change': {
    status: 409,
    describe: ({ from, to }) => `A product that is ${from} does not become ${to}.`,
    detail: ({ from, legal }) => ({ from, legal }),
    field: 'status',
  },
  'catalog.invalid_barcode': {
    status: 422,
    describe: () => 'A barcode has 8, 12, 13 or 14 digits, the last of which checks the others.',
  },
  'catalog.invalid_dimensions': {
    status: 422,
    describe: ({ maximum }) => `A length is a whole number of millimetres from 1 to ${maximum}.`,
  },
  'catalog.invalid_options': {
    status: 422,
    describe: ({ reason }) => OPTION_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
  'catalog.invalid_related': {
    status: 422,
    describe: ({ reason }) => RELATED_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
  'catalog.last_variant': {
    status: 409,
    describe: () => 'A product keeps its last variant. Delete or archive the product instead.',
  },
  'catalog.product_moved': {
    status: 301,
    describe: ({ slug }) => `The product is found under the slug ${slug} now.`,
    detail: ({ slug }) => ({ slug }),
  },
  'catalog.product_not_found': { status: 404, describe: () => 'There is no such product.' },
  'catalog.unknown_related': { status: 422, describe: () => 'There is no such product.' },
  'catalog.unknown_variant': {
    status: 422,
    describe: () => 'The product has no such variant, or it stands in the list already.',
  },
  'catalog.variant_not_found': {
    status: 404,
    describe: () => 'The product has no such variant.',
  },
};
