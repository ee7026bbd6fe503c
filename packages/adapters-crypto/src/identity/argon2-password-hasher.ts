import { hash, verify, type Options } from '@node-rs/argon2';

import type { PasswordHasher } from '@kastoma/application/identity';
import type { ChosenPassword, PasswordHash } from '@kastoma/domain/identity';

/** What a guess costs: `memoryCost` in KiB, `timeCost` in passes, `parallelism` in lanes. */
export type Argon2Strength = Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>>;

/** 19 MiB, two passes and one lane are what OWASP recommends at least. */
const RECOMMENDED: Argon2Strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password that nobody knows; which one it is matters as little as the strength that it was made with. */
const NOBODYS_SALT_AND_HASH = 'GxEnJT9Vfukkdu2b8DGU0w$h2TrMU+OpjbgTftPhOZzB9cdG77vl4kQPkJ8XRnqYQQ';

const PARAMETERS = /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<time>\d+),p=\d+\$/;

/**
 * Passwords as argon2id hashes (RFC 9106, the library's default) in the PHC string format;
 * the work is done off the event loop.
 */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #strength: Argon2Strength;

  constructor(strength: Argon2Strength = RECOMMENDED) {
    this.#strength = strength;
  }

  async hash(password: ChosenPassword): Promise<PasswordHash> {
    return this.#hash(password);
  }

  async verify(attempt: string, passwordHash: PasswordHash): Promise<boolean> {
    return verify(passwordHash, attempt);
  }

  async rehash(attempt: string, passwordHash: PasswordHash): Promise<PasswordHash | null> {
    return isAtLeast(this.#strength, passwordHash) ? null : this.#hash(attempt);
  }

  async verifyNothing(attempt: string): Promise<false> {
    await verify(nobodysHash(this.#strength), attempt);
    return false;
  }

  async #hash(password: string): Promise<PasswordHash> {
    return (await hash(password, this.#strength)) as PasswordHash;
  }
}

/** As strong as those that are made now, and made without work: the first unknown address costs no more than the next. */
export function nobodysHash({ memoryCost, timeCost, parallelism }: Argon2Strength): PasswordHash {
  const parameters = `m=${memoryCost},t=${timeCost},p=${parallelism}`;
  return `$argon2id$v=19$${parameters}$${NOBODYS_SALT_AND_HASH}` as PasswordHash;
}

function isAtLeast({ memoryCost, timeCost }: Argon2Strength, passwordHash: PasswordHash): boolean {
  const kept = PARAMETERS.exec(passwordHash)?.groups;
  return Number(kept?.['memory']) >= memoryCost && Number(kept?.['time']) >= timeCost;
}
