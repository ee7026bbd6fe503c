import fc from 'fast-check';

/** Text that has broken somebody's program before. */
const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\uD800',
    'x\uDFFFy',
    '\uFEFF',
    '\u202Eabc',
    "'; drop table catalog.products; --",
    '%00',
    '../../etc/passwd',
    '${7*7}',
    '<script>alert(1)</script>',
    'NaN',
    '1e400',
    '0x10',
    '-0',
    '٣',
    'a'.repeat(5_000),
    'é'.repeat(300),
    'a' + '\u0301'.repeat(200),
    '{"$ne":null}',
    'null',
    'true',
    '00000000-0000-0000-0000-000000000000',
  ),
);

const nastyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    0,
    -0,
    -1,
    1.5,
    2 ** 31,
    2 ** 31 - 1,
    2 ** 53,
    2 ** 63,
    1e30,
    5e-324,
    1.7976931348623157e308,
  ),
);

/** A number as JSON text can write it and no program can hold it. */
const NUMBER_TOO_LARGE = '@@1e400@@';

const nastyKey = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    '',
    'id',
    'role',
    '\0',
  ),
);

/** Any JSON value, however odd. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    nastyText,
    nastyNumber,
    fc.constantFrom(null, true, false, NUMBER_TOO_LARGE),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(nastyKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** One place in a value changed: gone, replaced, wrapped, doubled, or joined by a stranger. */
export function mutated(valid: unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.nat(), fc.nat(9), anyJson, nastyKey).map(([place, change, other, key]) => {
    const places = placesOf(valid);
    const target = places[place % places.length] ?? [];
    return changeAt(valid, target, (found) => {
      switch (change) {
        case 0:
          return undefined;
        case 1:
          return [found];
        case 2:
          return { [key]: found };
        case 3:
          return typeof found === 'object' && found !== null && !Array.isArray(found)
            ? { ...found, [key]: other }
            : other;
        case 4:
          return Array.isArray(found) ? [...(found as unknown[]), ...(found as unknown[])] : null;
        case 5:
          return typeof found === 'number' ? String(found) : [[found]];
        default:
          return other;
      }
    });
  });
}

type Place = readonly (string | number)[];

function placesOf(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key]))];
}

function changeAt(
  value: unknown,
  [step, ...rest]: Place,
  change: (found: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) =>
      String(index) === String(step) ? changeAt(inner, rest, change) : inner,
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      key === step ? changeAt(inner, rest, change) : inner,
    ]),
  );
}

/** JSON text, with the numbers that `JSON.stringify` cannot write. */
export function toJsonText(value: unknown): string {
  return (JSON.stringify(value) ?? '').replaceAll(`"${NUMBER_TOO_LARGE}"`, '1e400');
}

/** Bytes that claim to be JSON. */
export const brokenBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    Buffer.from(''),
    Buffer.from('{'),
    Buffer.from('{"a":1}}'),
    Buffer.from('\uFEFF{}'),
    Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    Buffer.from('{"__proto__":{"role":"admin"}}'),
    Buffer.from('{"quantity":1,"quantity":2}'),
    Buffer.from('NaN'),
    Buffer.from("{'a':1}"),
    Buffer.from('[1,]'),
    Buffer.from('['.repeat(100_000)),
    Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    Buffer.from(`{"a":${'{"a":'.repeat(60)}1${'}'.repeat(60)}}`),
    Buffer.from(`"${'a'.repeat(200_000)}"`),
    Buffer.from('9'.repeat(100_000)),
  ),
);

/** A part of a path or a query: any bytes, percent-encoded or not, that a socket would carry. */
export const rawPart: fc.Arbitrary<string> = fc.oneof(
  nastyText.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.string({
    unit: fc.constantFrom(...'abc%./\\;:@&=+$,~!*()[]{}|^"<>-_0189'.split('')),
    maxLength: 12,
  }),
  fc.constantFrom(
    '%00',
    '%ff',
    '%',
    '%2',
    '%zz',
    '..',
    '%2e%2e',
    '%2F',
    '%5c',
    '%C0%AF',
    '%ED%A0%80',
    '+',
    '%0d%0a',
  ),
  fc.uuid(),
);

const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCodePoint(code)),
  maxLength: 40,
});

/** Headers that the API reads, with values that it does not expect. */
export const anyHeaders: fc.Arbitrary<Record<string, string>> = fc
  .record(
    {
      'If-Match': fc.oneof(
        headerText,
        fc.constantFrom('*', '"v1"', 'W/"v1-abc"', '"v999999999"', '"v0"', ','),
      ),
      'If-None-Match': fc.oneof(headerText, fc.constantFrom('*', '"v1"', ',,,')),
      'Idempotency-Key': fc.oneof(headerText, fc.constantFrom('same', '__proto__', '')),
      Accept: fc.oneof(
        headerText,
        fc.constantFrom('*/*', 'application/problem+json', 'application/json;q=2', ';;,,'),
      ),
      'X-Request-Id': headerText,
      'Content-Encoding': fc.constantFrom('gzip', 'identity', 'br', ''),
      'X-Cart-Token': headerText,
      'X-Forwarded-For': headerText,
      Origin: headerText,
      Range: fc.constantFrom('bytes=0-', 'bytes=9-1'),
      Expect: fc.constantFrom('100-continue'),
      Cookie: headerText,
    },
    { requiredKeys: [] },
  )
  .map((headers) => headers as Record<string, string>);

export const anyAuthorization: fc.Arbitrary<string> = fc.oneof(
  headerText,
  headerText.map((token) => `Bearer ${token}`),
  fc.constantFrom(
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
  ),
);

export const anyContentType: fc.Arbitrary<string> = fc.oneof(
  headerText,
  fc.constantFrom(
    'text/plain',
    'application/json; charset=utf-16',
    'multipart/form-data',
    'application/json;;',
    ';',
  ),
);
