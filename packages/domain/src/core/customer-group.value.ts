import { err, ok, type Result } from 'neverthrow';

/** What promotions know a customer by, in the form in which groups are compared: `wholesale-eu`. */
export type CustomerGroup = string & { readonly __brand: 'CustomerGroup' };

export type InvalidCustomerGroup = {
  readonly code: 'core.invalid_customer_group';
  readonly maximumLength: number;
};

const LONGEST_GROUP = 40;
const SHAPE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Reads the name of a group in any case: Latin letters and digits with single hyphens between, folded to lower case. */
export function parseCustomerGroup(text: string): Result<CustomerGroup, InvalidCustomerGroup> {
  const invalid = err({
    code: 'core.invalid_customer_group' as const,
    maximumLength: LONGEST_GROUP,
  });
  if (text.length > LONGEST_GROUP * 2) return invalid;
  const folded = text.trim().toLowerCase();
  return folded.length <= LONGEST_GROUP && SHAPE.test(folded)
    ? ok(folded as CustomerGroup)
    : invalid;
}
