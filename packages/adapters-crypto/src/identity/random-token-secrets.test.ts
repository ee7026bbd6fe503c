import { describe, expect, test } from 'vitest';

import { RandomTokenSecrets } from './random-token-secrets.ts';

const secrets = new RandomTokenSecrets();

describe('the secret of a refresh token', () => {
  test('is 256 bits that fit into a header and an address', () => {
    expect(secrets.next()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('never comes twice', () => {
    const many = Array.from({ length: 1_000 }, () => secrets.next());
    expect(new Set(many).size).toBe(many.length);
  });

  test('is kept as its SHA-256', () => {
    expect(secrets.hash('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
    expect(secrets.hash('abd')).not.toBe(secrets.hash('abc'));
  });
});
