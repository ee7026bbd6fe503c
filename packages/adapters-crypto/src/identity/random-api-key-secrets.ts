import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

import type { ApiKeySecrets, PresentedApiKey } from '@kastoma/application/identity';
import { API_KEY_MARK, type TokenHash } from '@kastoma/domain/identity';

/** Nothing in it ends a word, so that a key is marked with two clicks. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX_LENGTH = 12;
/** 190 bits: nobody can try them all, so one fast hash is enough. */
const SECRET_LENGTH = 32;
/** 62^6 is more than a CRC-32 can say. */
const CHECKSUM_LENGTH = 6;

const KEY = new RegExp(
  `^(${API_KEY_MARK}([0-9A-Za-z]{${PREFIX_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);

/**
 * `kas_<prefix>_<secret><checksum>`. The checksum proves nothing: by it a scanner tells
 * a leaked key from a text that looks like one, and a mistyped one costs no query.
 */
export class RandomApiKeySecrets implements ApiKeySecrets {
  next(): PresentedApiKey & { readonly key: string } {
    const prefix = randomText(PREFIX_LENGTH);
    const unchecked = `${API_KEY_MARK}${prefix}_${randomText(SECRET_LENGTH)}`;
    const key = `${unchecked}${checksumOf(unchecked)}`;
    return { key, prefix, hash: hashOf(key) };
  }

  read(text: string): PresentedApiKey | null {
    const [, unchecked = '', prefix = '', checksum] = KEY.exec(text) ?? [];
    return checksum === checksumOf(unchecked) ? { prefix, hash: hashOf(text) } : null;
  }

  areSame(one: TokenHash, other: TokenHash): boolean {
    const [a, b] = [Buffer.from(one), Buffer.from(other)];
    return a.length === b.length && timingSafeEqual(a, b);
  }
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

function hashOf(key: string): TokenHash {
  return createHash('sha256').update(key).digest('base64url') as TokenHash;
}
