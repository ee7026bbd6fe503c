import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Result } from 'neverthrow';

import type { Refusal } from './answers.ts';
import { readBytes } from './read-bytes.ts';

/** How large a body may be that is taken as it comes. */
export type RawRules = { readonly largestBytes: number };

/** A body as the bytes that came, with the headers beside it: what a signature is about. */
export class RawMessage {
  readonly bytes: Uint8Array;
  readonly header: (name: string) => string | null;

  constructor(bytes: Uint8Array, header: (name: string) => string | null) {
    this.bytes = bytes;
    this.header = header;
  }
}

/** What the reference says of such a body is what its sender says; here it is bytes. */
export const rawField = z
  .custom<RawMessage>((value) => value instanceof RawMessage)
  .openapi({
    type: 'object',
  });

export async function readRaw(
  context: Context,
  { largestBytes }: RawRules,
): Promise<Result<RawMessage, Refusal>> {
  const read = await readBytes(context.req.raw, largestBytes);
  return read.map((bytes) => new RawMessage(bytes, (name) => context.req.header(name) ?? null));
}
