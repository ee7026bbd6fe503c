import fc from 'fast-check';
import { expect, it } from 'vitest';

import { formParts } from './form-parts.ts';

/** A backslash is itself to some clients and begins an escape to others. */
const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => !name.includes('\\'));
const anyText = fc.string({ unit: 'grapheme', maxLength: 50 });
const anyBytes = fc.uint8Array({ maxLength: 200 });
/** Bytes that look like the frame around them. */
const trickyBytes = fc
  .array(fc.constantFrom('--', '\r\n', '--XX', 'XX', '\r', '\n', '\r\n--X', ':', '"'), {
    maxLength: 12,
  })
  .map((pieces) => new Uint8Array(Buffer.from(pieces.join(''))));

it('a form is what every client meant that follows the rules', async () => {
  const anyPart = fc.record({
    name: anyName,
    value: fc.oneof(anyText, anyBytes, trickyBytes),
    filename: anyName,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyPart, { maxLength: 5 }), async (parts) => {
      const form = new FormData();
      for (const { name, value, filename } of parts) {
        if (typeof value === 'string') form.append(name, value);
        else form.append(name, new Blob([value.slice()]), filename);
      }
      const encoded = new Response(form);
      const boundary = /boundary=(\S+)/.exec(encoded.headers.get('content-type') ?? '')?.[1];
      const read = formParts(new Uint8Array(await encoded.arrayBuffer()), boundary ?? '');
      // As the encoder sees them: it writes line ends and halves of characters its own way.
      const meant = [...form].map(([name, value]) => ({ name, isFile: typeof value !== 'string' }));
      const lines = (text: string) => text.replaceAll(/\r\n|\r|\n/g, '\r\n').toWellFormed();
      expect(read?.map(({ name, isFile }) => ({ name, isFile }))).toEqual(
        meant.map(({ name, isFile }) => ({ name: lines(name), isFile })),
      );
      for (const [index, { value }] of parts.entries()) {
        const wanted = typeof value === 'string' ? Buffer.from(lines(value)) : value;
        expect(Buffer.from(read?.[index]?.content ?? []).equals(wanted)).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

it('whatever else is sent is refused or taken apart, and never a defect', () => {
  const anyForm = fc
    .array(
      fc.constantFrom(
        '--XX',
        '--',
        '\r\n',
        '\r\n\r\n',
        'Content-Disposition: form-data; name="a"',
        'content-disposition:form-data;name=b;filename*=x',
        'Content-Disposition: form-data; name="\\"%22"; filename=""',
        '; name="c"',
        'x',
        '\0',
      ),
      { maxLength: 30 },
    )
    .map((pieces) => new Uint8Array(Buffer.from(pieces.join(''))));
  fc.assert(
    fc.property(anyForm, (bytes) => {
      const parts = formParts(bytes, 'XX') ?? [];
      const size = parts.reduce((sum, { content }) => sum + content.length, 0);
      expect(size).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 200 },
  );
});

it.each([
  ['name=plain', 'plain'],
  ['name="quo\\"ted"', 'quo"ted'],
  ['name="per%22cent%20"', 'per"cent%20'],
  ['NAME="loud"', 'loud'],
  ['name="größe"', 'größe'],
])('a part is called by what its header says: %s', (parameter, name) => {
  const form = `--XX\r\nContent-Disposition: form-data; ${parameter}\r\n\r\nvalue\r\n--XX--`;
  const [part] = formParts(new Uint8Array(Buffer.from(form)), 'XX') ?? [];
  expect(part).toMatchObject({ name, isFile: false });
});

it('a header that is made to be looked at for long is not', () => {
  const spaces = ' '.repeat(8_000);
  const headers = [spaces, `;${spaces}`, ';a=b'.repeat(1_900), `; a="${'\\"'.repeat(3_900)}`];
  const began = performance.now();
  for (const header of headers) {
    const form = `--XX\r\nContent-Disposition: form-data${header}x\r\n\r\nv\r\n--XX--`;
    expect(formParts(new Uint8Array(Buffer.from(form)), 'XX')).toBeNull();
  }
  expect(performance.now() - began).toBeLessThan(100);
});
