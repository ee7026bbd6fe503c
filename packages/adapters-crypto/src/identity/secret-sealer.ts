import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import { err, ok, type Result } from 'neverthrow';

/** AES-256. */
export const ENCRYPTION_KEY_BYTES = 32;

const ALGORITHM = 'aes-256-gcm';
const FORM = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text under a key that the shop does not have (any more), or one that was tampered with. */
export type SealBroken = { readonly reason: 'malformed' | 'unknown_key' | 'tampered' };

/**
 * Encrypts small secrets for the database with AES-256-GCM. What a secret belongs to is
 * authenticated with it, so that it does not open in another row. The key's name, a part of
 * its hash, stands in the text: the first key seals, all of them open.
 */
export class SecretSealer {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #sealing: { readonly name: string; readonly key: Buffer };

  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.#keys = new Map(keys.map((key) => [nameOf(key), key]));
    this.#sealing = { name: nameOf(keys[0]), key: keys[0] };
  }

  seal(secret: Buffer, owner: string): string {
    // Random: with one for each enrolment the bound of 2^32 under one key is far.
    const nonce = randomBytes(NONCE_BYTES);
    const { name, key } = this.#sealing;
    const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final()]);
    const whole = Buffer.concat([sealed, cipher.getAuthTag()]);
    return `${FORM}.${name}.${whole.toString('base64url')}`;
  }

  open(sealed: string, owner: string): Result<Buffer, SealBroken> {
    const [form, name = '', text = ''] = sealed.split('.');
    const whole = Buffer.from(text, 'base64url');
    if (form !== FORM || whole.length < NONCE_BYTES + TAG_BYTES)
      return err({ reason: 'malformed' });
    const key = this.#keys.get(name);
    if (key === undefined) return err({ reason: 'unknown_key' });
    const decipher = createDecipheriv(ALGORITHM, key, whole.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(whole.subarray(-TAG_BYTES));
    try {
      const secret = decipher.update(whole.subarray(NONCE_BYTES, -TAG_BYTES));
      return ok(Buffer.concat([secret, decipher.final()]));
    } catch {
      return err({ reason: 'tampered' });
    }
  }

  /** Whether it was sealed under another key than new ones are. */
  isOld(sealed: string): boolean {
    return sealed.split('.')[1] !== this.#sealing.name;
  }
}

function nameOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
