import { z } from '@hono/zod-openapi';
import { okAsync } from 'neverthrow';
import { expect, expectTypeOf, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';

import { endpoint, type Call } from './endpoint.ts';

const route = {
  method: 'get' as const,
  path: '/tea',
  tag: 'Tea',
  summary: 'Have tea',
  status: 200 as const,
  message: 'Tea',
  answer: z.string(),
  present: (tea: string) => tea,
};

it('a handler knows who is signed in only where no guest may come', () => {
  expectTypeOf<Call<never, never, never, 'orders.own'>['userId']>().toEqualTypeOf<UserId>();
  expectTypeOf<
    Call<never, never, never, 'catalog.browse'>['userId']
  >().toEqualTypeOf<UserId | null>();
  const drink = (who: UserId) => okAsync(who as string);
  const own = endpoint({
    ...route,
    permission: 'cart.merge',
    handle: ({ userId }) => drink(userId),
  });
  const open = endpoint({
    ...route,
    permission: 'catalog.browse',
    // @ts-expect-error a guest is nobody
    handle: ({ userId }) => drink(userId),
  });
  expect([own.permission, open.permission]).toEqual(['cart.merge', 'catalog.browse']);
});

it('a route refuses parameters that it does not know, however its query is written', () => {
  const query = z.object({ sugar: z.string().optional() });
  const common = { ...route, permission: 'catalog.browse' as const, handle: () => okAsync('tea') };
  const strict = endpoint({ ...common, query }).query;
  expect(strict?.safeParse({ sugar: 'two' }).success).toBe(true);
  expect(strict?.safeParse({ milk: 'yes' }).success).toBe(false);
});
