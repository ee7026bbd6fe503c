import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import type { GuestTokens } from '@kastoma/application/ordering';
import type { CartId, Instant, OrderId } from '@kastoma/domain/core';

const ID_BYTES = 16;
/** Seconds since 1970 in five bytes last for 34,000 years. */
const EXPIRY_BYTES = 5;
const SIGNATURE_BYTES = 32;
const KEY_BYTES = 32;

/**
 * What a token opens and an HMAC over it, in one word. The keys are derived from those that the shop encrypts with, for this
 * use alone; a token that was signed with an older one of them stays good as long as the shop knows that.
 */
export class SignedGuestTokens implements GuestTokens {
  readonly #keys: readonly [Buffer, ...Buffer[]];

  /** The newest first. */
  constructor([newest, ...older]: readonly [Uint8Array, ...Uint8Array[]]) {
    this.#keys = [keyOf(newest), ...older.map(keyOf)];
  }

  ofCart(id: CartId): string {
    return this.#seal('cart', bytesOf(id));
  }

  readCart(token: string): CartId | null {
    const content = this.#open('cart', token, ID_BYTES);
    return content === null ? null : (idOf(content) as CartId);
  }

  ofOrder(id: OrderId, expiresAt: Instant): string {
    const expiry = Buffer.alloc(EXPIRY_BYTES);
    expiry.writeUIntBE(Math.floor(expiresAt / 1_000), 0, EXPIRY_BYTES);
    return this.#seal('order', Buffer.concat([bytesOf(id), expiry]));
  }

  readOrder(token: string, now: Instant): OrderId | null {
    const content = this.#open('order', token, ID_BYTES + EXPIRY_BYTES);
    if (content === null) return null;
    const expiresAt = content.readUIntBE(ID_BYTES, EXPIRY_BYTES) * 1_000;
    return now < expiresAt ? (idOf(content) as OrderId) : null;
  }

  #seal(use: string, content: Buffer): string {
    return Buffer.concat([content, sign(this.#keys[0], use, content)]).toString('base64url');
  }

  #open(use: string, token: string, contentBytes: number): Buffer | null {
    const bytes = Buffer.from(token, 'base64url');
    // A text that is read as the same bytes is another text all the same.
    if (bytes.length !== contentBytes + SIGNATURE_BYTES || bytes.toString('base64url') !== token)
      return null;
    const [content, signature] = [bytes.subarray(0, contentBytes), bytes.subarray(contentBytes)];
    const isOurs = this.#keys.some((key) => timingSafeEqual(sign(key, use, content), signature));
    return isOurs ? content : null;
  }
}

function keyOf(secret: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'kastoma guest tokens', KEY_BYTES));
}

function sign(key: Buffer, use: string, content: Buffer): Buffer {
  return createHmac('sha256', key).update(`${use}:`).update(content).digest();
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idOf(content: Buffer): string {
  const hex = content.toString('hex', 0, ID_BYTES);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
