import { readFileSync } from 'node:fs';

import type { KnownPasswords } from '@kastoma/application/identity';

import { KnownPasswordFilter } from './known-password-filter.ts';

/** Made by `../../scripts/known-passwords.ts`, which says of what. */
const FILTER = new URL('../../data/known-passwords.bloom', import.meta.url);

/**
 * The 474,743 passwords of 8 characters or more among the million that were found most often in
 * breaches, in 1.1 MB that ship with the shop: nothing is asked of a network. One in
 * 10,000 other passwords is taken for one of them.
 */
export class FilteredKnownPasswords implements KnownPasswords {
  readonly #filter = KnownPasswordFilter.restore(readFileSync(FILTER));

  has(folded: string): boolean {
    return this.#filter.has(folded);
  }
}
