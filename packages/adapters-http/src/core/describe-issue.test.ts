import { z } from '@hono/zod-openapi';
import { expect, it } from 'vitest';

import { schemaRefusal } from './request-problems.ts';

const schema = z.strictObject({
  name: z.string().max(3),
  stock: z.number().max(9).optional(),
  colours: z
    .array(z.enum(['red', 'blue']))
    .max(1)
    .optional(),
  size: z.strictObject({ width: z.number() }).optional(),
  labels: z.record(z.string(), z.unknown()).optional(),
});

function told(value: unknown): readonly (readonly [string | null, string])[] {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return [];
  return schemaRefusal(parsed.error).problems.map(({ path, message }) => [path, message]);
}

it.each<[unknown, string | null, string]>([
  [null, null, 'An object is wanted.'],
  [{}, 'name', 'This field is required.'],
  [{ name: 1 }, 'name', 'Text is wanted.'],
  [{ name: null }, 'name', 'Text is wanted.'],
  [{ name: 'long' }, 'name', 'At most 3 characters are allowed.'],
  [{ name: 'a', stock: '1' }, 'stock', 'A number is wanted.'],
  [{ name: 'a', stock: Infinity }, 'stock', 'A number is wanted.'],
  [{ name: 'a', stock: 10 }, 'stock', 'At most 9 is allowed.'],
  [{ name: 'a', colours: {} }, 'colours', 'A list is wanted.'],
  [{ name: 'a', colours: ['green'] }, 'colours.0', 'One of these is wanted: red, blue.'],
  [{ name: 'a', colours: ['red', 'red'] }, 'colours', 'At most 1 entries are allowed.'],
  [{ name: 'a', size: [] }, 'size', 'An object is wanted.'],
  [{ name: 'a', size: {} }, 'size.width', 'This field is required.'],
  [{ name: 'a', labels: 1 }, 'labels', 'An object is wanted.'],
  [{ name: 'a', size: { width: 1, depth: 2 } }, 'size.depth', 'This field is not known here.'],
])('of %j a client is told where and what, in plain words', (value, path, message) => {
  expect(told(value)).toEqual([[path, message]]);
});

it('a client is told of twenty faults and no more', () => {
  const strangers = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 1]));
  expect(told({ name: 'a', ...strangers })).toHaveLength(20);
});
