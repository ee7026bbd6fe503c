import { API_KEY_MARK, type TokenHash } from '@kastoma/domain/identity';

import type { ApiKeySecrets, PresentedApiKey } from '../../identity/api-key-secrets.port.ts';

const KEY = new RegExp(`^${API_KEY_MARK}(prefix\\d{6})_secret$`);

/** Keys that anybody could guess. */
export class FakeApiKeySecrets implements ApiKeySecrets {
  #last = 0;

  next(): PresentedApiKey & { readonly key: string } {
    this.#last += 1;
    const prefix = `prefix${String(this.#last).padStart(6, '0')}`;
    const key = `${API_KEY_MARK}${prefix}_secret`;
    return { key, prefix, hash: hashOf(key) };
  }

  read(text: string): PresentedApiKey | null {
    const prefix = KEY.exec(text)?.[1];
    return prefix === undefined ? null : { prefix, hash: hashOf(text) };
  }

  areSame(one: TokenHash, other: TokenHash): boolean {
    return one === other;
  }
}

function hashOf(key: string): TokenHash {
  return `hash-of-${key}` as TokenHash;
}
