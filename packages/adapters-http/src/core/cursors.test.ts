import { z } from '@hono/zod-openapi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { feedOf, type Cursor } from '@kastoma/application/core';

import {
  checkCursor,
  cursorKey,
  feedQuery,
  pageOrFeedQuery,
  toPart,
  writeCursor,
} from './cursors.ts';
import { paginateFeed } from './pagination.ts';

const ID = '0199c0de-0000-7000-8000-000000000001';
const forms = {
  newest: z.tuple([cursorKey.instant, cursorKey.id]),
  price: z.tuple([cursorKey.amount.nullable(), cursorKey.id]),
  name: z.tuple([cursorKey.text, cursorKey.id]),
};
const feed = z.strictObject(feedQuery(forms));
const either = z
  .object({ ...pageOrFeedQuery(forms), ordering: z.enum(['newest', 'price', 'name']) })
  .superRefine((query, context) => checkCursor(query, query.ordering, context))
  .strict();

function issuesOf(schema: z.ZodType, query: object): readonly string[] {
  const { error } = schema.safeParse(query);
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

const encoded = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');

describe('a cursor', () => {
  it('leads back to the place that it was made of', () => {
    const places: readonly Cursor[] = [
      { ordering: 'newest', keys: [1_763_890_000_000, ID] },
      { ordering: 'price', keys: ['123456789012345678', ID] },
      { ordering: 'price', keys: [null, ID] },
      { ordering: 'name', keys: ['Café & Co', ID] },
    ];
    for (const place of places)
      expect(feed.parse({ cursor: writeCursor(place) }).cursor).toEqual(place);
  });

  it('says nothing in an address that would have to be escaped', () => {
    expect(writeCursor({ ordering: 'name', keys: ['ÿþ?/&=', ID] })).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['rubbish', 'rubbish'],
    ['a page', '2'],
    ['no JSON', Buffer.from('{"o":').toString('base64url')],
    ['JSON of another shape', encoded(['newest', 1, ID])],
    ['one with more in it', encoded({ o: 'newest', k: [1, ID], x: 1 })],
    ['an ordering that there is not', encoded({ o: 'oldest', k: [1, ID] })],
    ['an ordering that every object has', encoded({ o: 'constructor', k: [1, ID] })],
    ['a key too few', encoded({ o: 'newest', k: [1] })],
    ['a key too many', encoded({ o: 'newest', k: [1, ID, 1] })],
    ['keys of another ordering', encoded({ o: 'newest', k: ['Cup', ID] })],
    ['a time that no calendar has', encoded({ o: 'newest', k: [253_402_300_800_000, ID] })],
    ['half a number', encoded({ o: 'newest', k: [0.5, ID] })],
    ['an endless number', Buffer.from(`{"o":"newest","k":[1e999,"${ID}"]}`).toString('base64url')],
    ['an id that is none', encoded({ o: 'newest', k: [1, "' or 1=1"] })],
    ['text that cannot be stored', encoded({ o: 'name', k: ['a\0b', ID] })],
    ['half a character', encoded({ o: 'name', k: ['\uD800', ID] })],
    ['an amount beyond all bounds', encoded({ o: 'price', k: ['9'.repeat(19), ID] })],
    ['one that never ends', 'A'.repeat(5_000)],
  ])('that is %s is refused by its name', (_, cursor) => {
    expect(issuesOf(feed, { cursor })).toEqual(['cursor']);
  });

  it('is read or refused, whatever is sent', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json().map((json) => encoded(JSON.parse(json))),
    );
    fc.assert(
      fc.property(anything, (cursor) => {
        const issues = issuesOf(feed, { cursor });
        expect(issues).toEqual(cursor === '' ? [] : ['cursor']);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a list that is read on by cursors', () => {
  it('begins where none is given, or an empty one', () => {
    expect(feed.parse({}).cursor ?? null).toBeNull();
    expect(feed.parse({ cursor: '' })).toEqual({ cursor: null, page_size: 20 });
  });

  it('shows at most 100 at once', () => {
    expect(issuesOf(feed, { page_size: '101' })).toEqual(['page_size']);
    expect(feed.parse({ page_size: '100' }).page_size).toBe(100);
  });

  it('links to what comes next until there is no more', () => {
    const placeOf = (item: number) => ({ ordering: 'newest', keys: [item, ID] as const });
    const url = 'https://shop.example/api/v1/audit/?actor=system&page_size=2&cursor=abc';
    const { next, ...rest } = paginateFeed(url, feedOf([5, 4, 3], 2, placeOf));
    expect(rest).toEqual({ count: null, count_is_exact: false, previous: null, page_size: 2 });
    const parameters = new URL(next ?? '').searchParams;
    expect([parameters.get('actor'), parameters.get('page_size')]).toEqual(['system', '2']);
    expect(feed.parse({ cursor: parameters.get('cursor') }).cursor).toEqual(placeOf(4));
    expect(paginateFeed(url, feedOf([5, 4], 2, placeOf)).next).toBeNull();
    expect(paginateFeed(url, feedOf([], 2, placeOf)).next).toBeNull();
  });
});

describe('a list that offers both', () => {
  const cursor = writeCursor({ ordering: 'newest', keys: [1, ID] });

  it('is leafed through by pages unless a cursor is given', () => {
    const part = (query: object) => toPart(either.parse({ ordering: 'newest', ...query }));
    expect(part({})).toEqual({ page: 1, pageSize: 20 });
    expect(part({ page: '3', page_size: '7' })).toEqual({ page: 3, pageSize: 7 });
    expect(part({ cursor: '' })).toEqual({ after: null, pageSize: 20 });
    expect(part({ cursor })).toMatchObject({ after: { ordering: 'newest', keys: [1, ID] } });
  });

  it('refuses a cursor of another ordering, and one beside a page', () => {
    expect(issuesOf(either, { ordering: 'newest', cursor })).toEqual([]);
    expect(issuesOf(either, { ordering: 'price', cursor })).toEqual(['cursor']);
    expect(issuesOf(either, { ordering: 'newest', cursor, page: '1' })).toEqual(['cursor']);
    expect(issuesOf(either, { ordering: 'newest', cursor: '', page: '1' })).toEqual(['cursor']);
  });
});
