import { describe, expect, test } from 'vitest';

import type { CartId, Instant, OrderId } from '@kastoma/domain/core';

import { SignedGuestTokens } from './signed-guest-tokens.ts';

const cart = '0199c0de-1234-7abc-8def-0123456789ab' as CartId;
const order = '0199c0de-1234-7abc-8def-0123456789ac' as OrderId;
const at = (seconds: number) => (seconds * 1_000) as Instant;
const key = (byte: number) => new Uint8Array(32).fill(byte);
const tokens = new SignedGuestTokens([key(1)]);

describe('the token of a guest’s cart', () => {
  const token = tokens.ofCart(cart);

  test('opens that cart, fits into a header, and is the same each time', () => {
    expect(tokens.readCart(token)).toBe(cart);
    expect(token).toMatch(/^[\w-]{64}$/);
    expect(tokens.ofCart(cart)).toBe(token);
    expect(tokens.ofCart(order as string as CartId)).not.toBe(token);
  });

  test.each<[string, string]>([
    ['empty', ''],
    ['cut off', token.slice(0, -1)],
    ['with a letter more', `${token}A`],
    ['with padding', `${token}=`],
    ['with a blank', ` ${token}`],
    ['of another id', `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`],
    ['with another signature', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['that is an id', cart],
    ['of another shop', new SignedGuestTokens([key(2)]).ofCart(cart)],
    ['of an order', tokens.ofOrder(order, at(9))],
    ['that holds nothing readable', '\0\u{1F600}%%%'],
    ['of a hundred thousand letters', token.repeat(1_600)],
  ])('is none %s', (_what, spoilt) => {
    expect(tokens.readCart(spoilt)).toBeNull();
  });

  test('stays good while the shop still knows the key that it was made with', () => {
    const renewed = new SignedGuestTokens([key(2), key(1)]);
    expect(renewed.readCart(token)).toBe(cart);
    expect(renewed.ofCart(cart)).not.toBe(token);
  });
});

describe('the token of a guest’s order', () => {
  const token = tokens.ofOrder(order, at(1_000));

  test('opens that order until its time has come', () => {
    expect(tokens.readOrder(token, at(999))).toBe(order);
    expect(tokens.readOrder(token, at(1_000))).toBeNull();
    expect(tokens.ofOrder(order, at(1_001))).not.toBe(token);
  });

  test('cannot be given a longer time, and no cart’s token opens an order', () => {
    const bytes = Buffer.from(token, 'base64url');
    bytes.writeUIntBE(2_000, 16, 5);
    expect(tokens.readOrder(bytes.toString('base64url'), at(999))).toBeNull();
    expect(tokens.readOrder(tokens.ofCart(cart), at(0))).toBeNull();
    expect(tokens.readOrder('', at(0))).toBeNull();
  });
});
