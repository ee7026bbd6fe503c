import { z } from '@hono/zod-openapi';
import { err, ok, type Result } from 'neverthrow';

import {
  Address,
  Money,
  parseCurrency,
  parseInstant,
  parseQuantity,
  type FieldPath,
  type MoneyJson,
  LARGEST_QUANTITY,
} from '@kastoma/domain/core';

import { toWirePath } from './problem-map.ts';
import { tell, type KnownError } from './problems.ts';

/**
 * Reads a field with a parser of the domain: its error becomes an issue at the
 * field's place, under the error's own code.
 */
export function readBy<Input, Output, E extends KnownError>(
  parse: (input: Input) => Result<Output, E>,
) {
  return (input: Input, context: z.RefinementCtx): Output =>
    parse(input).match(
      (output) => output,
      (error) => {
        const path: FieldPath =
          'path' in error ? toWirePath(error.path).split('.').filter(Boolean) : [];
        context.addIssue({
          code: 'custom',
          input,
          path: [...path],
          message: tell(error).problem.message,
          params: { code: error.code, detail: tell(error).problem.detail },
        });
        return z.NEVER;
      },
    );
}

/** Money as it is shown. */
export const moneyAnswer = z
  .object({
    amount: z.string().openapi({ example: '19.99' }),
    currency: z.string().openapi({ example: 'USD' }),
  })
  .openapi('Money');

/** What is left of a thing that was deleted. */
export const nothingAnswer = z.null();

/** A named schema or null. `nullable()` documents a reference that null does not fit. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

/** Money as it is sent. */
export const moneyField = z
  .strictObject({
    amount: z.string().max(40).openapi({ example: '19.99' }),
    currency: z.string().max(3).openapi({ example: 'USD' }),
  })
  .transform(readBy((money: MoneyJson) => Money.parse(money)));

export const quantityField = z
  .number()
  .openapi({ type: 'integer', minimum: 1, maximum: LARGEST_QUANTITY, example: 2 })
  .transform(readBy(parseQuantity));

/** Any text: the domain says what fits. The bound only keeps nonsense short. */
export const textField = z.string().max(100_000);

/** The fields of an address as they are sent. */
export const addressShape = {
  name: textField.openapi({ example: 'Ada Lovelace' }),
  line1: textField.openapi({ example: '12 St James’s Square' }),
  line2: textField.nullish(),
  city: textField.openapi({ example: 'London' }),
  region: textField.nullish(),
  postal_code: textField.openapi({ example: 'SW1Y 4JH' }),
  country: textField.openapi({ example: 'GB', description: 'ISO 3166-1 alpha-2' }),
  phone: textField.nullish(),
};
const addressObject = z.strictObject(addressShape);

export function readAddress({
  line2,
  region,
  postal_code: postalCode,
  phone,
  ...rest
}: z.output<typeof addressObject>) {
  return Address.parse({
    ...rest,
    postalCode,
    line2: line2 ?? undefined,
    region: region ?? undefined,
    phone: phone ?? undefined,
  });
}

export const addressField = addressObject.transform(readBy(readAddress));

/** The fields of an address as they are shown. */
export const shownAddressShape = {
  name: z.string(),
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  region: z.string().nullable(),
  postal_code: z.string(),
  country: z.string(),
  phone: z.string().nullable(),
};
export const addressAnswer = z.object(shownAddressShape).openapi('Address');

/** A currency as it is sent: three capital letters of ISO 4217. */
export const currencyField = textField.openapi({ example: 'USD' }).transform(readBy(parseCurrency));

/** A time as it is sent: what a database can store, and nothing before there were computers. */
export const timeField = textField
  .openapi({ format: 'date-time', example: '2026-11-23T09:30:00Z' })
  .transform(
    readBy((text: string) =>
      parseInstant(text).andThen((instant) =>
        instant < 0 ? err({ code: 'core.malformed_instant' as const }) : ok(instant),
      ),
    ),
  );

export const timeAnswer = z.iso.datetime().openapi({ example: '2026-11-23T09:30:00.000Z' });

const LARGEST_PAGE = 1_000_000;

/** A number in a query is text; anything but plain digits is refused. */
export function wholeNumberQuery(minimum: number, maximum: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'A whole number is wanted.')
    .transform(Number)
    .refine(
      (number) => number >= minimum && number <= maximum,
      `A number from ${minimum} to ${maximum} is wanted.`,
    )
    .openapi({ type: 'integer', minimum, maximum });
}

const pageNumber = wholeNumberQuery(1, LARGEST_PAGE);

/** For lists where the first page is not the only beginning. */
export const optionalPageNumber = pageNumber.optional();

export const pageQuery = {
  page: pageNumber.default(1),
  page_size: wholeNumberQuery(1, 100).default(20),
};

/** A list that can be leafed through, and nothing else. */
export const pageOnlyQuery = z.object(pageQuery);

/** A single line of text in a query: what cannot be stored cannot be found either. */
export const searchQuery = z.string().max(200);
