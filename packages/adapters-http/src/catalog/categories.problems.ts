import type {
  AttributeMismatch,
  CategoryCircle,
  CategoryInUse,
  CategoryNotFound,
  CategoryRenamed,
  CategoryTooDeep,
  InvalidAttributeDefinition,
  InvalidPosition,
  TooManyCategories,
  UnknownCategory,
} from '@kastoma/domain/catalog';

import type { ProblemMap } from '../core/problem-map.ts';

export type CategoryError =
  | AttributeMismatch
  | CategoryCircle
  | CategoryInUse
  | CategoryNotFound
  | CategoryRenamed
  | CategoryTooDeep
  | InvalidAttributeDefinition
  | InvalidPosition
  | TooManyCategories
  | UnknownCategory;

const DEFINITION_REASONS = {
  text: 'A name, a label, a unit or a choice is one line of text: 1 to 100, 120, 20 or 200 characters.',
  duplicate: 'It is there already.',
  too_many: 'A category defines at most 100 attributes, and a choice has at most 200 values.',
  choices_missing: 'It says what can be chosen.',
  choices_without_choice: 'Only a choice has values to choose from.',
  unit_without_number: 'Only a number has a unit.',
} as const;

const EXPECTED_VALUES = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  choice: 'one of the values that can be chosen',
} as const;

export const CATEGORY_PROBLEMS: ProblemMap<CategoryError> = {
  'catalog.attribute_mismatch': {
    status: 422,
    describe: ({ expected }) => `The category wants ${EXPECTED_VALUES[expected]} here.`,
    detail: ({ reason, expected, choices }) => ({
      reason,
      expected,
      ...(expected === 'choice' ? { choices } : {}),
    }),
  },
  'catalog.category_circle': {
    status: 422,
    describe: () => 'A category does not stand below itself.',
  },
  'catalog.category_in_use': {
    status: 409,
    describe: ({ by }) =>
      by === 'products'
        ? 'Products stand in the category.'
        : 'Categories stand below the category.',
    detail: ({ by }) => ({ by }),
  },
  'catalog.category_not_found': { status: 404, describe: () => 'There is no such category.' },
  'catalog.category_renamed': {
    status: 301,
    describe: ({ slug }) => `The category is found under the slug ${slug} now.`,
    detail: ({ slug }) => ({ slug }),
  },
  'catalog.category_too_deep': {
    status: 422,
    describe: ({ maximum }) => `Categories have at most ${maximum} levels.`,
  },
  'catalog.invalid_attribute_definition': {
    status: 422,
    describe: ({ reason }) => DEFINITION_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
  'catalog.invalid_position': {
    status: 422,
    describe: ({ maximum }) => `A position is a whole number from 0 to ${maximum}.`,
  },
  'catalog.too_many_categories': {
    status: 409,
    describe: ({ maximum }) => `A shop has at most ${maximum} categories.`,
  },
  'catalog.unknown_category': { status: 422, describe: () => 'There is no such category.' },
};
