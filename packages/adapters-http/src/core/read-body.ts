import type { Context } from 'hono';
import { err, ok, type Result } from 'neverthrow';

import type { Refusal } from './answers.ts';
import { excessIn } from './json-bounds.ts';
import { readBytes } from './read-bytes.ts';
import { requestRefusal } from './request-problems.ts';
import { isStorable } from './storable-text.ts';

/** A cart, an order or a product is a few kilobytes; uploads have routes of their own. */
const LARGEST_BODY_BYTES = 1_048_576;

/** The JSON of a request's body: read within bounds, and free of text that no database can store. */
export async function readJsonBody(context: Context): Promise<Result<unknown, Refusal>> {
  if (!isJson(context.req.header('content-type'))) {
    return hasBody(context)
      ? err(requestRefusal('request.unsupported_media_type'))
      : err(requestRefusal('request.body_required'));
  }
  const encoding = context.req.header('content-encoding') ?? 'identity';
  if (encoding !== 'identity') return err(requestRefusal('request.unsupported_media_type'));
  const read = await readBytes(context.req.raw, LARGEST_BODY_BYTES);
  if (read.isErr()) return err(read.error);
  const bytes = read.value;
  if (bytes.length === 0) return err(requestRefusal('request.body_required'));
  return checkShape(bytes)
    .andThen(() => parse(bytes))
    .andThen(checkValue);
}

function isJson(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || ['charset=utf-8', 'charset="utf-8"'].includes(charset);
  return type === 'application/json' && isUtf8;
}

function hasBody(context: Context): boolean {
  const length = context.req.header('content-length');
  return (
    context.req.header('transfer-encoding') !== undefined ||
    (length !== undefined && length !== '0')
  );
}

/** Before anything is built from the bytes: each value costs a hundred times as much to check as to skip. */
function checkShape(bytes: Uint8Array): Result<void, Refusal> {
  const excess = excessIn(bytes);
  return excess === null ? ok() : err(requestRefusal(EXCESSES[excess]));
}

const EXCESSES = { depth: 'request.too_deep', values: 'request.too_many_values' } as const;

function parse(bytes: Uint8Array): Result<unknown, Refusal> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok(JSON.parse(text) as unknown);
  } catch {
    // A decoder and a parser have no other way to say no; both say nothing but that.
    return err(requestRefusal('request.malformed_json'));
  }
}

function checkValue(body: unknown): Result<unknown, Refusal> {
  const problem = problemOf(body, []);
  return problem === null ? ok(body) : err(problem);
}

function problemOf(value: unknown, path: readonly string[]): Refusal | null {
  if (typeof value === 'string') {
    return isStorable(value)
      ? null
      : requestRefusal('request.invalid_text', { path: path.join('.') });
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    // A key that means the prototype to half of all libraries is nobody's field.
    if (!isStorable(key) || key === '__proto__') {
      return requestRefusal('request.invalid_text', {
        path: path.join('.'),
        message: 'A field has an impossible name.',
      });
    }
    const problem = problemOf(inner, [...path, key]);
    if (problem !== null) return problem;
  }
  return null;
}
