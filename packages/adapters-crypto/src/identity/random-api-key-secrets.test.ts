import { describe, expect, test } from 'vitest';

import type { TokenHash } from '@kastoma/domain/identity';

import { RandomApiKeySecrets } from './random-api-key-secrets.ts';

const secrets = new RandomApiKeySecrets();
/** Made once, so that keys that are out there stay good. */
const KNOWN = 'kas_0123456789ab_0123456789ABCDEFGHIJKLMNOPQRSTUV';

describe('the text of an API key', () => {
  const made = secrets.next();

  test('says whose it is and what it is, and has 32 letters and digits that nobody can guess', () => {
    expect(made.key).toMatch(/^kas_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}$/);
    expect(made.key.slice(4, 16)).toBe(made.prefix);
  });

  test('never comes twice, and uses every letter', () => {
    const many = Array.from({ length: 500 }, () => secrets.next());
    expect(new Set(many.map(({ key }) => key.slice(17, 49))).size).toBe(many.length);
    expect(new Set(many.map(({ prefix }) => prefix)).size).toBe(many.length);
    const letters = new Set(many.map(({ key }) => key.slice(17, 49)).join(''));
    expect(letters.size).toBe(62);
  });

  test('is read as it was made: a prefix, and the hash of all of it', () => {
    expect(secrets.read(made.key)).toEqual({ prefix: made.prefix, hash: made.hash });
    expect(made.hash).toMatch(/^[\w-]{43}$/);
    expect(made.hash).not.toBe(secrets.next().hash);
  });

  test('ends with a checksum that is the same everywhere and always', () => {
    expect(secrets.read(`${KNOWN}0GaYJx`)?.prefix).toBe('0123456789ab');
    expect(secrets.read(`${KNOWN}0GaYJy`)).toBeNull();
  });

  test.each<[string, (key: string) => string]>([
    ['cut off', (key) => key.slice(0, -1)],
    ['without its checksum', (key) => key.slice(0, -6)],
    ['with one letter more', (key) => `${key}0`],
    ['in capitals', (key) => key.toUpperCase()],
    ['in small letters', (key) => key.toLowerCase()],
    ['with another mark', (key) => key.replace('kas_', 'Kas_')],
    ['with a line break', (key) => `${key}\n`],
    ['after a blank', (key) => ` ${key}`],
    ['of ten thousand letters', (key) => key + key.slice(4).repeat(200)],
    ['mistyped', (key) => key.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['with its parts the wrong way round', (key) => `kas_${key.slice(17, 29)}_${key.slice(4)}`],
    ['that is empty', () => ''],
  ])('is none %s', (_title, spoilt) => {
    expect(secrets.read(spoilt(made.key))).toBeNull();
  });

  test('is told from another by its hash', () => {
    const hash = (text: string) => text as TokenHash;
    expect(secrets.areSame(made.hash, hash(`${made.hash}`))).toBe(true);
    expect(secrets.areSame(made.hash, secrets.next().hash)).toBe(false);
    expect(secrets.areSame(made.hash, hash(''))).toBe(false);
    expect(secrets.areSame(hash('é'), hash('ab'))).toBe(false);
  });
});
