import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { err, ok, type Result } from 'neverthrow';

import type { FileBytes } from '@kastoma/application/catalog';

import type { Refusal } from './answers.ts';
import { requestRefusal } from './request-problems.ts';

/** How large a body may be that is read while it arrives, and of which media types. */
export type UploadRules = { readonly largestBytes: number; readonly types: readonly string[] };

/** A body that is read while it arrives. */
export class Upload {
  /** One of those that the route takes. */
  readonly type: string;
  readonly bytes: FileBytes;

  constructor(type: string, bytes: FileBytes) {
    this.type = type;
    this.bytes = bytes;
  }
}

export const uploadField = z
  .custom<Upload>((value) => value instanceof Upload)
  .openapi({ type: 'string', format: 'binary' });

export function readUpload(
  context: Context,
  { largestBytes, types }: UploadRules,
): Result<Upload, Refusal> {
  const type = typeOf(context.req.header('content-type') ?? '');
  const encoding = context.req.header('content-encoding') ?? 'identity';
  if (type === null || !types.includes(type) || encoding !== 'identity') {
    const message = `The body must be one of these, in UTF-8: ${types.join(', ')}.`;
    return err(requestRefusal('request.unsupported_media_type', { message }));
  }
  if (Number(context.req.header('content-length') ?? 0) > largestBytes)
    return err(requestRefusal('request.too_large'));
  return ok(new Upload(type, arriving(context.req.raw.body, largestBytes)));
}

/** Null where it is said to be in another encoding than UTF-8. */
function typeOf(contentType: string): string | null {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return charset === undefined || ['charset=utf-8', 'charset="utf-8"'].includes(charset)
    ? type
    : null;
}

async function* arriving(body: Request['body'], largestBytes: number): FileBytes {
  if (body === null) return;
  let size = 0;
  const arrived: AsyncIterable<Uint8Array> = body;
  try {
    for await (const chunk of arrived) {
      size += chunk.length;
      if (size > largestBytes) {
        yield err({ code: 'catalog.import_too_large', maximumBytes: largestBytes });
        return;
      }
      yield ok(chunk);
    }
  } catch {
    // A body fails when its client has hung up: nobody hears the answer, and nothing is broken.
    yield err({ code: 'catalog.import_interrupted' });
  }
}
