import { describe, expect, it } from 'vitest';

import type { InvalidText } from '@kastoma/domain/core';

import { toWirePath } from './problem-map.ts';
import { ALL_PROBLEM_STATUSES, tell } from './problems.ts';
import { REQUEST_PROBLEM_STATUSES } from './request-problems.ts';

describe('where in the request an error stands', () => {
  it.each<[readonly (string | number)[], string]>([
    [[], ''],
    [['firstName'], 'first_name'],
    [['variants', 0, 'compareAtPrice'], 'variants.0.compare_at_price'],
    [['shippingAddress', 'line1'], 'shipping_address.line1'],
    [['variants', 12, 'sku'], 'variants.12.sku'],
  ])('%j is %s in the names of the wire', (path, expected) => {
    expect(toWirePath(path)).toBe(expected);
  });

  it('names that the caller chose stay as they are', () => {
    expect(toWirePath(['variants', 0, 'attributes', 'cableLength', 'inMetres'])).toBe(
      'variants.0.attributes.cableLength.inMetres',
    );
  });
});

describe('what a client is told', () => {
  it('is the code, words for people, the place and what else helps', () => {
    const error: InvalidText = {
      code: 'core.invalid_text',
      path: ['firstName'],
      reason: 'too_long',
      maximumLength: 80,
    };
    expect(tell(error)).toEqual({
      status: 422,
      problem: {
        code: 'core.invalid_text',
        message: 'It is too long.',
        path: 'first_name',
        detail: { reason: 'too_long', maximum_length: 80 },
      },
      headers: {},
    });
  });

  it('is the field that an error concerns, where the error itself does not know', () => {
    expect(tell({ code: 'identity.email_taken' }).problem.path).toBe('email');
    expect(tell({ code: 'catalog.product_not_found' }).problem.path).toBeNull();
  });

  it('is when to come back after too many attempts', () => {
    const told = tell({ code: 'identity.too_many_attempts', retryAfterSeconds: 42 });
    expect([told.status, told.headers]).toEqual([429, { 'Retry-After': '42' }]);
    expect(told.problem.message).toContain('42 seconds');
  });

  it('is how amounts of each currency are written', () => {
    const message = (currency: string, digits: number) =>
      tell({ code: 'core.malformed_amount', amount: 'x', currency: currency as never, digits })
        .problem.message;
    expect(message('JPY', 0)).toContain('"19"');
    expect(message('USD', 2)).toContain('"19.99"');
    expect(message('KWD', 3)).toContain('"19.990"');
  });
});

it('no code has two statuses, and none is a defect’s', () => {
  const shared = Object.keys(ALL_PROBLEM_STATUSES).filter(
    (code) => code in REQUEST_PROBLEM_STATUSES,
  );
  expect(shared).toEqual([]);
  const statuses = Object.values({ ...ALL_PROBLEM_STATUSES, ...REQUEST_PROBLEM_STATUSES });
  expect([...new Set(statuses.filter((status) => status >= 500))]).toEqual([503]);
});
