import { err, ok, type Result } from 'neverthrow';

import type { Refusal } from './answers.ts';
import { requestRefusal } from './request-problems.ts';

/** The bytes of a request's body, at most so many. Counts what really arrives: the length that a client states may be a lie. */
export async function readBytes(
  request: Request,
  limit: number,
): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return tooLarge();
  if (request.body === null) return ok(new Uint8Array());
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> = request.body;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) return tooLarge();
      chunks.push(chunk);
    }
  } catch {
    // A body fails when its client has hung up: nobody hears the answer, and nothing is broken.
    return err(requestRefusal('request.malformed_http'));
  }
  return ok(Buffer.concat(chunks));
}

function tooLarge(): Result<never, Refusal> {
  return err(requestRefusal('request.too_large'));
}
