import { createHash } from 'node:crypto';

import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { err, ok, safeTry, type Result } from 'neverthrow';

import type { Refusal } from './answers.ts';
import { formParts, type FormPart } from './form-parts.ts';
import { readBytes } from './read-bytes.ts';
import { requestRefusal } from './request-problems.ts';
import { isStorable } from './storable-text.ts';

/** How large the file of a form may be. */
export type FormRules = { readonly largestFileBytes: number };

/** What stands around the file: fields, headers and boundaries. */
const MOST_OTHER_BYTES = 65_536;
const MOST_PARTS = 20;
const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))\s*(?:;|$)/i;
const WANTED = { message: 'The body must be multipart/form-data.' };

/** A file as it was sent. Whatever its sender calls it, and says that it is, nobody is told. */
export class UploadedFile {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** What it is known by where requests are compared. */
  toJSON(): object {
    return { sha256: createHash('sha256').update(this.bytes).digest('base64url') };
  }
}

export const fileField = z
  .unknown()
  .transform((value, context): UploadedFile => {
    if (value instanceof UploadedFile) return value;
    const code = value === undefined ? 'request.missing_field' : 'request.invalid_field';
    context.addIssue({ code: 'custom', message: 'A file is wanted.', params: { code } });
    return z.NEVER;
  })
  .openapi({ type: 'string', format: 'binary' });

/**
 * The fields of a form (RFC 7578), each given once, read within bounds; nothing of it is ever written down.
 * Texts are those that can be stored.
 */
export async function readForm(
  context: Context,
  { largestFileBytes }: FormRules,
): Promise<Result<Readonly<Record<string, string | UploadedFile>>, Refusal>> {
  return safeTry(async function* () {
    const contentType = context.req.header('content-type') ?? '';
    const encoding = context.req.header('content-encoding') ?? 'identity';
    if (!/^multipart\/form-data\s*(?:;|$)/i.test(contentType) || encoding !== 'identity')
      return err(requestRefusal('request.unsupported_media_type', WANTED));
    const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
    const boundary = quoted ?? plain;
    if (boundary === undefined) return err(requestRefusal('request.malformed_form'));
    const bytes = yield* await readBytes(context.req.raw, largestFileBytes + MOST_OTHER_BYTES);
    if (hasMoreParts(bytes, boundary)) return err(requestRefusal('request.too_many_values'));
    const parts = formParts(bytes, boundary);
    if (parts === null) return err(requestRefusal('request.malformed_form'));
    const fields = yield* readFields(parts);
    const isTooLarge = Object.values(fields).some(
      (field) => field instanceof UploadedFile && field.bytes.length > largestFileBytes,
    );
    return isTooLarge ? err(requestRefusal('request.too_large')) : ok(fields);
  });
}

/** Counted before they are taken apart: a hundred thousand small ones would hold everybody up. */
function hasMoreParts(bytes: Uint8Array, boundary: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const delimiter = `--${boundary}`;
  let found = buffer.indexOf(delimiter);
  // The last delimiter ends the form.
  for (let parts = 0; found !== -1; parts += 1) {
    if (parts > MOST_PARTS) return true;
    found = buffer.indexOf(delimiter, found + delimiter.length);
  }
  return false;
}

function readFields(
  parts: readonly FormPart[],
): Result<Readonly<Record<string, string | UploadedFile>>, Refusal> {
  const fields = new Map<string, string | UploadedFile>();
  for (const { name, isFile, content } of parts) {
    if (!isLegible(name) || name === '__proto__')
      return err(
        requestRefusal('request.invalid_text', { message: 'A field has an impossible name.' }),
      );
    if (fields.has(name)) return err(requestRefusal('request.repeated_parameter', { path: name }));
    const value = isFile ? new UploadedFile(content) : new TextDecoder().decode(content);
    if (typeof value === 'string' && !isLegible(value))
      return err(requestRefusal('request.invalid_text', { path: name }));
    fields.set(name, value);
  }
  return ok(Object.fromEntries(fields));
}

/** Bytes that are no text were replaced by this one character when they were read. */
function isLegible(text: string): boolean {
  return isStorable(text) && !text.includes('\u{FFFD}');
}
