import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { documentBreaks } from './contract/document-breaks.ts';
import type { Document, Schema } from './contract/document.ts';

type Change = {
  readonly request?: Schema;
  readonly answer?: Schema;
  readonly parameters?: readonly object[];
  readonly security?: readonly object[];
  readonly status?: string;
  readonly codes?: Readonly<Record<string, number>>;
  readonly sunset?: string;
};

const TODAY = '2027-01-31';
const REQUEST: Schema = {
  type: 'object',
  properties: {
    quantity: { type: 'integer', minimum: 1, maximum: 99 },
    method: { type: 'string', enum: ['standard', 'express'] },
  },
  required: ['quantity'],
  additionalProperties: false,
};
const ANSWER: Schema = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, note: { type: ['string', 'null'] } },
  required: ['id', 'note'],
};
const SIZE = { name: 'page_size', in: 'query', required: false, schema: { type: 'integer' } };

/** An API of one route, and what it may become. */
function api({
  request = REQUEST,
  answer = ANSWER,
  parameters = [SIZE],
  security = [{}],
  status = '200',
  codes = { 'ordering.out_of_stock': 409 },
  sunset,
}: Change = {}): Document {
  const operation = {
    'x-sunset': sunset,
    parameters,
    security,
    requestBody: { required: true, content: { 'application/json': { schema: request } } },
    responses: {
      [status]: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } },
    },
  };
  return {
    paths: { '/cart': { post: operation } },
    components: { schemas: { A: answer } },
    'x-error-codes': codes,
  } as unknown as Document;
}

function breaksOf(change: Change): readonly string[] {
  return documentBreaks({ released: api(), current: api(change), today: TODAY });
}

function request(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Change {
  return {
    request: { ...REQUEST, properties: { ...REQUEST.properties, ...properties }, ...more },
  };
}

function answer(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Change {
  return { answer: { ...ANSWER, properties: { ...ANSWER.properties, ...properties }, ...more } };
}

const BROKEN: readonly (readonly [what: string, change: Change, fault: string])[] = [
  [
    'a field of an answer that is gone',
    { answer: { ...ANSWER, properties: { id: { type: 'string', format: 'uuid' } } } },
    '200.note: is gone',
  ],
  ['a field that may be left out', answer({}, { required: ['id'] }), '200.note: may now be'],
  [
    'a field that may be null',
    answer({ id: { type: ['string', 'null'], format: 'uuid' } }),
    '200.id: null may now come',
  ],
  ['a field of another format', answer({ id: { type: 'string' } }), '200.id: the format uuid'],
  [
    'another kind of answer',
    answer({ note: { oneOf: [{ type: 'string' }, { type: 'object' }] } }),
    '200.note: variant 2 is new in answers',
  ],
  ['another status', { status: '201' }, '200: no longer comes'],
  [
    'a field that is now wanted',
    request({ email: { type: 'string' } }, { required: ['quantity', 'email'] }),
    'body.email: is now wanted',
  ],
  [
    'a field that is no longer read',
    { request: { ...REQUEST, properties: { quantity: { type: 'integer' } } } },
    'body.method: is gone',
  ],
  [
    'a value that is no longer taken',
    request({ method: { type: 'string', enum: ['standard'] } }),
    'body.method: "express" is no longer taken',
  ],
  [
    'a narrower limit',
    request({ quantity: { type: 'integer', minimum: 1, maximum: 9 } }),
    'body.quantity: maximum fell to 9',
  ],
  [
    'a pattern',
    request({ method: { type: 'string', enum: ['standard', 'express'], pattern: '^s' } }),
    'body.method: the pattern became',
  ],
  [
    'another type',
    request({ quantity: { type: 'string' } }),
    'body.quantity: integer is no longer read',
  ],
  ['a parameter that is gone', { parameters: [] }, 'query page_size: is gone'],
  [
    'a parameter that is now wanted',
    { parameters: [{ ...SIZE, required: true }] },
    'query page_size: is now wanted',
  ],
  ['a route that is closed to guests', { security: [{ bearer: [] }] }, 'wants somebody'],
  ['an error with another status', { codes: { 'ordering.out_of_stock': 422 } }, '409 became 422'],
  ['an error that is gone', { codes: {} }, 'ordering.out_of_stock: is gone'],
];

const KEPT: readonly (readonly [what: string, change: Change])[] = [
  ['nothing new', {}],
  [
    'a new field in an answer',
    answer({ total: { type: 'string' } }, { required: ['id', 'note', 'total'] }),
  ],
  ['a field that is never null any more', answer({ note: { type: 'string' } })],
  ['a new field that may be sent', request({ gift: { type: 'boolean' } })],
  ['a field that need not be sent any more', request({}, { required: [] })],
  [
    'more that is taken',
    request({ quantity: { type: ['integer', 'null'], minimum: 0, maximum: 999 } }),
  ],
  [
    'a new way to say it',
    request({ quantity: { oneOf: [{ type: 'integer' }, { type: 'string' }] } }),
  ],
  ['a new parameter', { parameters: [SIZE, { ...SIZE, name: 'ordering' }] }],
  ['a new error', { codes: { 'ordering.out_of_stock': 409, 'ordering.gone': 410 } }],
];

describe('a client of the released API', () => {
  it.each(BROKEN)('is broken by %s', (_what, change, fault) => {
    const breaks = breaksOf(change);
    expect(breaks).toHaveLength(1);
    expect(breaks[0]).toContain(fault);
  });

  it.each(KEPT)('goes on with %s', (_what, change) => {
    expect(breaksOf(change)).toEqual([]);
  });

  it('is broken by a word less that a parameter may begin with, and not by a word more', () => {
    const withPattern = (pattern: string) =>
      api({ parameters: [{ ...SIZE, schema: { type: 'string', pattern } }] });
    const breaks = (before: string, after: string) =>
      documentBreaks({ released: withPattern(before), current: withPattern(after), today: TODAY });
    expect(breaks('^(?:cart|order):x', '^(?:cart|coupon|order):x')).toEqual([]);
    expect(breaks('^(?:cart|order):x', '^(?:cart):x')).toHaveLength(1);
    expect(breaks('^(?:cart|order):x', '^(?:cart|order):y')).toHaveLength(1);
  });

  it('is broken by a route that is gone', () => {
    const current = { ...api(), paths: {} };
    expect(documentBreaks({ released: api(), current, today: TODAY })).toEqual([
      'POST /cart: is gone',
    ]);
  });

  it('has been told in time when a route that goes was announced to', () => {
    const current = { ...api(), paths: {} };
    const gone = (sunset: string) =>
      documentBreaks({ released: api({ sunset }), current, today: TODAY });
    expect(gone('2027-01-31')).toEqual([]);
    expect(gone('2027-02-01')).toEqual(['POST /cart: is gone']);
  });

  it('is broken where one field of the real API goes away', () => {
    const released = readFileSync('docs/openapi.released.json', 'utf8');
    const current = released.replaceAll('"quote_hash"', '"hash_of_quote"');
    const breaks = documentBreaks({
      released: JSON.parse(released) as Document,
      current: JSON.parse(current) as Document,
      today: TODAY,
    });
    expect(breaks).toContain('GET /api/v1/cart/ 200.data.quote_hash: is gone');
    expect(breaks).toContain('POST /api/v1/orders/ body.quote_hash: is gone');
  });
});
