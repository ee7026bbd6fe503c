import { describe, expect, test } from 'vitest';

import type { Instant } from '../core/instant.value.ts';
import { orderNumberOf, parseOrderNumber } from './order-number.value.ts';

const at = (text: string) => Date.parse(text) as Instant;

describe('what people call an order', () => {
  test.each([
    [1n, '2026-11-23T03:31:04Z', 'KAS-2026-000001'],
    [123n, '2026-01-01T00:00:00Z', 'KAS-2026-000123'],
    [123n, '2025-12-31T23:59:59.999Z', 'KAS-2025-000123'],
    [999_999n, '2026-06-01T00:00:00Z', 'KAS-2026-999999'],
    [1_000_000n, '2026-06-01T00:00:00Z', 'KAS-2026-1000000'],
    [2n ** 62n, '2026-06-01T00:00:00Z', 'KAS-2026-4611686018427387904'],
  ])('number %s, placed at %s, is %s', (sequence, placedAt, number) => {
    expect(orderNumberOf(sequence, at(placedAt))).toBe(number);
    expect(parseOrderNumber(number)._unsafeUnwrap()).toBe(number);
  });

  test.each([
    '',
    'KAS-2026-1',
    'kas-2026-000001',
    'KAS-2026-000001 ',
    'KAS--000001',
    '2026-000001',
  ])('is not %j', (text) => {
    expect(parseOrderNumber(text)._unsafeUnwrapErr()).toEqual({
      code: 'ordering.malformed_order_number',
    });
  });
});
