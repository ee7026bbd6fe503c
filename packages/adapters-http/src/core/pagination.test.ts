import { describe, expect, it } from 'vitest';

import type { Page } from '@kastoma/application/core';

import { paginate } from './pagination.ts';

function pageOf(length: number, count: number, countIsExact = true): Page<number> {
  return { items: Array.from({ length }, (_, index) => index), count, countIsExact };
}

function neighbours(query: string, page: Page<number>): readonly (string | null)[] {
  const { next, previous } = paginate(`https://shop.example/api/v1/products/${query}`, page);
  return [next, previous].map((link) => (link === null ? null : new URL(link).search));
}

describe('the neighbours of a page', () => {
  it.each<[string, Page<number>, readonly (string | null)[]]>([
    ['', pageOf(0, 0), [null, null]],
    ['', pageOf(20, 20), [null, null]],
    ['', pageOf(20, 21), ['?page=2', null]],
    ['?page=2', pageOf(1, 21), [null, '?page=1']],
    ['?page=2&page_size=7', pageOf(7, 21), ['?page=3&page_size=7', '?page=1&page_size=7']],
    ['?page=3&page_size=7', pageOf(7, 21), [null, '?page=2&page_size=7']],
    ['?page=99&page_size=7', pageOf(0, 21), [null, '?page=3&page_size=7']],
    ['?page=99', pageOf(0, 0), [null, '?page=1']],
  ])('of %s', (query, page, expected) => {
    expect(neighbours(query, page)).toEqual(expected);
  });

  it('beyond what is counted a full page has a next one, and a shorter one is the last', () => {
    expect(neighbours('?page=501', pageOf(20, 10_000, false))).toEqual(['?page=502', '?page=500']);
    expect(neighbours('?page=700', pageOf(3, 10_000, false))).toEqual([null, '?page=699']);
    const { count, count_is_exact: isExact } = paginate(
      'https://a.example/',
      pageOf(1, 10_000, false),
    );
    expect([count, isExact]).toEqual([10_000, false]);
  });

  it('keep every other part of the question', () => {
    const query = '?search=caf%C3%A9%20%26%20co&category=a&page=2';
    const [next] = neighbours(query, pageOf(20, 100));
    const parameters = new URLSearchParams(next ?? '');
    expect([...parameters]).toEqual([
      ['search', 'café & co'],
      ['category', 'a'],
      ['page', '3'],
    ]);
  });
});
