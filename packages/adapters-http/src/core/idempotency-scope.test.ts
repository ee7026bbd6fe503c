import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Actor, CartId, OrderId, UserId } from '@kastoma/domain/core';

import { endpoint } from './endpoint.ts';
import type { ShownTokens } from './guest-tokens.ts';
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
async function scopeOf(actor: Actor, tokens: Partial<ShownTokens> = {}): Promise<string | null> {
  const kept: (string | null)[] = [];
  const app = new Hono().post('/', async (context) => {
    const shown = { cart: null, order: null, ...tokens };
    const caller = { actor, requestId: 'r', clientAddress: '::1', shown };
    const answerOf = () => ({ status: 201, headers: {}, body: '' });
    const read = await readRequest(context, route, caller, answerOf);
    kept.push(read._unsafeUnwrap().context.idempotency?.scope ?? null);
    return context.body(null);
  });
  await app.request('/', { method: 'POST', headers: { 'Idempotency-Key': 'k' } });
  return kept[0] ?? null;
}

const guest: Actor = { kind: 'guest' };
const cart = (id: string) => scopeOf(guest, { cart: id as CartId });

describe('an answer that is kept for a retry', () => {
  it('is kept for a guest under the cart or the order whose token was shown', async () => {
    expect(await cart('mine')).toBe('guest:cart:mine post /things');
    expect(await cart('yours')).toBe('guest:cart:yours post /things');
    const order = 'mine' as OrderId;
    expect(await scopeOf(guest, { order })).toBe('guest:order:mine post /things');
  });

  it('is kept for no guest who cannot be told from others', async () => {
    expect(await scopeOf(guest)).toBeNull();
  });

  it('is an account’s, whichever cart it has', async () => {
    const ada: Actor = { kind: 'user', id: 'ada' as UserId, role: 'customer' };
    expect(await scopeOf(ada)).toBe('user:ada post /things');
    expect(await scopeOf(ada, { cart: 'c' as CartId })).toBe('user:ada post /things');
  });
});
