import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Actor, UserId } from '@kastoma/domain/core';

import { endpoint } from './endpoint.ts';
import { readRequest } from './read-request.ts';

const route = endpoint({
  method: 'post',
  path: '/things',
  tag: 'Things',
  summary: 'Make a thing',
  permission: 'catalog.browse',
  idempotencyKey: 'accepted',
  status: 201,
  message: 'Made',
  answer: z.null(),
  present: () => null,
  handle: () => okAsync(null),
});

/** Under which name the answer is kept; null where it is not. */
async function scopeOf(actor: Actor, headers: Record<string, string> = {}): Promise<string | null> {
  const kept: (string | null)[] = [];
  const app = new Hono().post('/', async (context) => {
    const caller = { actor, requestId: 'r', clientAddress: '::1' };
    const answerOf = () => ({ status: 201, headers: {}, body: '' });
    const read = await readRequest(context, route, caller, answerOf);
    kept.push(read._unsafeUnwrap().context.idempotency?.scope ?? null);
    return context.body(null);
  });
  await app.request('/', { method: 'POST', headers: { 'Idempotency-Key': 'k', ...headers } });
  return kept[0] ?? null;
}

const guest: Actor = { kind: 'guest' };
const cart = (token: string) => scopeOf(guest, { 'X-Cart-Token': token });

describe('an answer that is kept for a retry', () => {
  it('is kept for a guest under the secret of the cart, which it does not tell', async () => {
    const mine = await cart('the-secret-of-my-cart');
    expect(mine).toMatch(/^guest:[\w-]{43} post \/things$/);
    expect(await cart('the-secret-of-my-cart')).toBe(mine);
    expect(await cart('the-secret-of-your-cart')).not.toBe(mine);
  });

  it('is kept for no guest who cannot be told from others', async () => {
    expect(await scopeOf(guest)).toBeNull();
    expect(await cart('')).toBeNull();
  });

  it('is an account’s, whichever cart it has', async () => {
    const ada: Actor = { kind: 'user', id: 'ada' as UserId, role: 'customer' };
    expect(await scopeOf(ada)).toBe('user:ada post /things');
    expect(await scopeOf(ada, { 'X-Cart-Token': 'c' })).toBe('user:ada post /things');
  });
});
