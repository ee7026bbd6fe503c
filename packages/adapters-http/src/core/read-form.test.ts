import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { CartId } from '@kastoma/domain/core';

import { endpoint } from './endpoint.ts';
import { fileField, type UploadedFile } from './read-form.ts';
import { readRequest } from './read-request.ts';

const picture = new Uint8Array([0, 13, 10, 45, 45, 255, 0, 13, 10]);

const upload = endpoint({
  method: 'post',
  path: '/pictures',
  tag: 'Pictures',
  summary: 'Send a picture',
  permission: 'catalog.manage',
  form: { largestFileBytes: 1_000 },
  body: z.strictObject({ file: fileField, alt: z.string().max(100).optional() }),
  idempotencyKey: 'accepted',
  status: 201,
  message: 'Sent',
  answer: z.null(),
  present: () => null,
  handle: () => okAsync(null),
});

/** Answers with the refusal, or with what a handler would get. */
const app = new Hono().post('/', async (context) => {
  const shown = { cart: 'c' as CartId, order: null };
  const actor = { kind: 'guest' } as const;
  const caller = { actor, requestId: 'r', clientAddress: '::1', shown };
  const read = await readRequest(context, upload, caller, () => ({
    status: 201,
    headers: {},
    body: '',
  }));
  return read.match(
    (call) => {
      const { file, alt } = call.body as { readonly file: UploadedFile; readonly alt?: string };
      const fingerprint = call.context.idempotency?.fingerprint;
      return context.json({ bytes: [...file.bytes], alt, fingerprint });
    },
    ({ status, problems: [{ code, path }] }) => context.json({ status, code, path }),
  );
});

async function send(
  body: FormData | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const encoded = new Response(body);
  const type = encoded.headers.get('content-type');
  const response = await app.request('/', {
    method: 'POST',
    body: await encoded.bytes(),
    headers: { ...(type === null ? {} : { 'Content-Type': type }), ...headers },
  });
  return (await response.json()) as Record<string, unknown>;
}

function form(
  ...fields: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, string?])[]
) {
  const all = new FormData();
  for (const [name, value, filename] of fields) {
    if (typeof value === 'string') all.append(name, value);
    else all.append(name, new Blob([value]), filename);
  }
  return all;
}

/** A form that no client of good manners writes. */
function raw(lines: string, boundary = 'XX') {
  const bytes = Buffer.from(lines.replaceAll('\n', '\r\n'), 'latin1');
  return send(bytes, { 'Content-Type': `multipart/form-data; boundary=${boundary}` });
}

const DISPOSITION = 'Content-Disposition: form-data; name="file"; filename="a.png"';

describe('a form with a file', () => {
  it('is read, byte by byte, with what else was said', async () => {
    expect(await send(form(['file', picture, 'a.png'], ['alt', 'Größe 😀']))).toMatchObject({
      bytes: [...picture],
      alt: 'Größe 😀',
    });
    expect(await send(form(['file', picture]))).toMatchObject({ bytes: [...picture] });
  });

  it.each(['../../etc/passwd', 'a\0b.png', 'x'.repeat(1_000), '日本\u{202E}gnp.exe', '"; drop'])(
    'is read whatever its file is called: %j',
    async (name) => {
      expect(await send(form(['file', picture, name]))).toMatchObject({ bytes: [...picture] });
    },
  );

  it('is the same request only with the same bytes', async () => {
    const fingerprints = await Promise.all(
      [form(['file', picture, 'a.png']), form(['file', picture, 'b.png'])]
        .concat(form(['file', new Uint8Array([1])]))
        .map(async (body) => (await send(body, { 'Idempotency-Key': 'k' }))['fingerprint']),
    );
    expect(fingerprints[0]).toMatch(/^[\w-]{43}$/);
    expect(fingerprints[1]).toBe(fingerprints[0]);
    expect(fingerprints[2]).not.toBe(fingerprints[0]);
  });
});

describe('a form is refused', () => {
  it('without its file', async () => {
    expect(await send(form(['alt', 'a']))).toEqual({
      status: 422,
      code: 'request.missing_field',
      path: 'file',
    });
  });

  it('with a text in place of the file, or a file in place of the text', async () => {
    const wrong = { status: 422, code: 'request.invalid_field' };
    expect(await send(form(['file', 'text']))).toEqual({ ...wrong, path: 'file' });
    expect(await send(form(['file', picture], ['alt', picture]))).toEqual({
      ...wrong,
      path: 'alt',
    });
  });

  it('with two files, under one name or under two', async () => {
    expect(await send(form(['file', picture], ['file', picture]))).toEqual({
      status: 422,
      code: 'request.repeated_parameter',
      path: 'file',
    });
    expect(await send(form(['file', picture], ['file2', picture]))).toEqual({
      status: 422,
      code: 'request.unknown_field',
      path: 'file2',
    });
  });

  it('with more parts than any form has', async () => {
    const parts = Array.from({ length: 21 }, (_, index) => [`field-${index}`, 'a'] as const);
    expect(await send(form(...parts))).toMatchObject({
      status: 422,
      code: 'request.too_many_values',
    });
    expect(await raw('--XX\n\n\n'.repeat(100_000))).toMatchObject({
      code: 'request.too_large',
    });
  });

  it('where its file is too large by one byte, or its length says so', async () => {
    const large = { status: 413, code: 'request.too_large', path: null };
    expect(await send(form(['file', new Uint8Array(1_000)]))).toHaveProperty('bytes');
    expect(await send(form(['file', new Uint8Array(1_001)]))).toEqual(large);
    expect(await send(form(['file', new Uint8Array(100_000)]))).toEqual(large);
  });

  it('with a text that is longer than it may be', async () => {
    expect(await send(form(['file', picture], ['alt', 'x'.repeat(101)]))).toMatchObject({
      code: 'request.invalid_field',
      path: 'alt',
    });
  });

  it.each([
    ['JSON', 'application/json'],
    ['a form of texts alone', 'application/x-www-form-urlencoded'],
    ['nothing that is said', ''],
    ['another kind of parts', 'multipart/mixed; boundary=XX'],
    ['something that only begins so', 'multipart/form-dataset; boundary=XX'],
  ])('where it is %s', async (_name, type) => {
    expect(await send(Buffer.from('{}'), { 'Content-Type': type })).toEqual({
      status: 415,
      code: 'request.unsupported_media_type',
      path: null,
    });
  });

  it('where it is packed', async () => {
    const headers = {
      'Content-Type': 'multipart/form-data; boundary=XX',
      'Content-Encoding': 'gzip',
    };
    expect(await send(Buffer.from('x'), headers)).toMatchObject({ status: 415 });
  });

  it.each([
    ['nothing at all', ''],
    ['no boundary', 'abc'],
    ['another boundary', `--YY\n${DISPOSITION}\n\nabc\n--YY--\n`],
    ['no end', `--XX\n${DISPOSITION}\n\nabc\n`],
    ['half a header', '--XX\nContent-Dispo'],
    ['a part without a name', '--XX\nX-Y: z\n\nabc\n--XX--\n'],
    ['a header without a value', '--XX\nContent-Disposition\n\nabc\n--XX--\n'],
  ])('where it is cut off or made up: %s', async (_name, lines) => {
    expect(await raw(lines)).toEqual({ status: 400, code: 'request.malformed_form', path: null });
  });

  it.each(['', '; boundary=', '; boundary=""', `; boundary=${'x'.repeat(71)}`, '; border=XX'])(
    'where it does not say how its parts are told apart: %j',
    async (parameters) => {
      const headers = { 'Content-Type': `multipart/form-data${parameters}` };
      expect(await send(Buffer.from('--XX--\r\n'), headers)).toMatchObject({
        code: 'request.malformed_form',
      });
    },
  );

  it.each([
    ['bytes that are no text', 'alt', '\xff\xfe'],
    ['a NUL', 'alt', 'a\0b'],
    ['a name with a NUL', 'al\0t', 'a'],
    ['a name that means the prototype', '__proto__', 'a'],
  ])('with %s', async (_name, name, text) => {
    const part = `--XX\nContent-Disposition: form-data; name="${name}"\n\n${text}\n--XX--\n`;
    expect(await raw(part)).toMatchObject({ status: 422, code: 'request.invalid_text' });
  });
});
