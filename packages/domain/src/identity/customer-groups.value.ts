import { err, ok, Result } from 'neverthrow';

import {
  parseCustomerGroup,
  type CustomerGroup,
  type InvalidCustomerGroup,
} from '../core/customer-group.value.ts';
import type { FieldPath } from '../core/text.value.ts';

export type TooManyGroups = { readonly code: 'identity.too_many_groups'; readonly maximum: number };
type InvalidGroupAt = InvalidCustomerGroup & { readonly path: FieldPath };

const MOST_GROUPS = 20;

/** Reads the groups of a customer, in whatever case and order: each once, sorted by code unit, at most 20. */
export function parseCustomerGroups(
  texts: readonly string[],
): Result<readonly CustomerGroup[], InvalidGroupAt | TooManyGroups> {
  return Result.combine(
    texts.map((text, index) =>
      parseCustomerGroup(text).mapErr((error): InvalidGroupAt => ({ ...error, path: [index] })),
    ),
  ).andThen((groups) => {
    const unique = [...new Set(groups)];
    return unique.length > MOST_GROUPS
      ? err({ code: 'identity.too_many_groups' as const, maximum: MOST_GROUPS })
      : ok(unique.toSorted());
  });
}
