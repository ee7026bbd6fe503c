import type {
  ConcurrentUpdate,
  IdempotencyOutcome,
  StaleVersion,
  VersionRequired,
} from '@kastoma/application/core';
import type {
  CurrencyMismatch,
  InvalidAddress,
  InvalidCustomerGroup,
  InvalidQuantity,
  InvalidText,
  MalformedAmount,
  MalformedId,
  MalformedInstant,
  MalformedPercentage,
  MoneyOutOfBounds,
  RateOutOfBounds,
  UnknownCountry,
  UnknownCurrency,
} from '@kastoma/domain/core';

import type { ProblemMap } from './problem-map.ts';

export type CoreError =
  | ConcurrentUpdate
  | Exclude<IdempotencyOutcome, { code: 'core.idempotent_replay' }>
  | StaleVersion
  | VersionRequired
  | CurrencyMismatch
  | InvalidAddress
  | InvalidCustomerGroup
  | InvalidQuantity
  | InvalidText
  | MalformedAmount
  | MalformedId
  | MalformedInstant
  | MalformedPercentage
  | MoneyOutOfBounds
  | RateOutOfBounds
  | UnknownCountry
  | UnknownCurrency;

const TEXT_REASONS = {
  empty: 'It must not be empty.',
  too_long: 'It is too long.',
  control_character: 'It must not contain control characters.',
  not_unicode: 'It is not well-formed Unicode text.',
  stacked_marks: 'It stacks more marks on a letter than any script does.',
} as const satisfies Record<InvalidText['reason'], string>;

export const CORE_PROBLEMS: ProblemMap<CoreError> = {
  'core.concurrent_update': {
    status: 409,
    describe: () => 'Somebody else changed it at the same moment. Read it again and repeat.',
  },
  'core.idempotency_key_reused': {
    status: 422,
    describe: () => 'This Idempotency-Key was used for another request. Use a new one.',
    field: 'Idempotency-Key',
  },
  'core.idempotency_key_in_flight': {
    status: 409,
    describe: () =>
      'A request under this Idempotency-Key is still being worked on. Repeat it later.',
    field: 'Idempotency-Key',
  },
  'core.stale_version': {
    status: 412,
    describe: () => 'It has changed since you read it. Read it again.',
    field: 'If-Match',
    detail: ({ currentVersion }) => ({ current_version: currentVersion }),
    headers: ({ currentVersion }) => ({ ETag: `"v${currentVersion}"` }),
  },
  'core.version_required': {
    status: 428,
    describe: () => 'Say in If-Match which version you have read: others may have changed it.',
    field: 'If-Match',
    detail: ({ currentVersion }) => ({ current_version: currentVersion }),
    headers: ({ currentVersion }) => ({ ETag: `"v${currentVersion}"` }),
  },
  'core.currency_mismatch': {
    status: 422,
    describe: ({ expected, actual }) => `Amounts in ${expected} and ${actual} do not mix.`,
  },
  'core.invalid_customer_group': {
    status: 422,
    describe: ({ maximumLength }) =>
      `The name of a group is Latin letters and digits with hyphens between, at most ${maximumLength} characters.`,
  },
  'core.invalid_phone': { status: 422, describe: () => 'It is not a phone number.' },
  'core.invalid_quantity': {
    status: 422,
    describe: ({ maximum }) => `A quantity is a whole number from 1 to ${maximum}.`,
  },
  'core.invalid_text': {
    status: 422,
    describe: ({ reason }) => TEXT_REASONS[reason],
    detail: ({ reason, maximumLength }) => ({ reason, maximum_length: maximumLength }),
  },
  'core.malformed_amount': {
    status: 422,
    describe: ({ currency, digits }) =>
      digits === 0
        ? `An amount in ${currency} is a whole number, such as "19".`
        : `An amount in ${currency} has exactly ${digits} digits after the point, such as "19.${'99'.padEnd(digits, '0')}".`,
  },
  'core.malformed_id': { status: 422, describe: () => 'An id is a UUID.' },
  'core.malformed_instant': {
    status: 422,
    describe: () => 'A time is written in UTC, such as "2026-11-23T09:30:00Z", from 1970 on.',
  },
  'core.malformed_percentage': {
    status: 422,
    describe: ({ digits }) =>
      `A percentage is decimal text such as "8.875", with at most ${digits} digits after the point.`,
  },
  'core.money_out_of_bounds': { status: 422, describe: () => 'The amount is too large.' },
  'core.rate_out_of_bounds': {
    status: 422,
    describe: () => 'A percentage is at most 100.',
  },
  'core.unknown_country': {
    status: 422,
    describe: () => 'It is not a country code of ISO 3166-1 alpha-2, such as "GB".',
  },
  'core.unknown_currency': {
    status: 422,
    describe: () => 'It is not a currency code of ISO 4217, such as "USD".',
  },
};
