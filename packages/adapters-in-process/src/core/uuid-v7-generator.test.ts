import { describe, expect, test } from 'vitest';

import { isUuid } from '@kastoma/domain/core';

import { UuidV7Generator } from './uuid-v7-generator.ts';

describe('the ids of new rows', () => {
  const ids = new UuidV7Generator();
  const many = Array.from({ length: 10_000 }, () => ids.next());

  test('are UUIDs of version 7', () => {
    for (const id of many) {
      expect(isUuid(id)).toBe(true);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  test('never come twice, and each sorts after the one before', () => {
    expect(new Set(many).size).toBe(many.length);
    expect(many).toEqual(many.toSorted());
  });

  test('say when they were made', () => {
    const before = Date.now();
    const made = Number.parseInt(ids.next().replaceAll('-', '').slice(0, 12), 16);
    expect(made).toBeGreaterThanOrEqual(before - 1_000);
    expect(made).toBeLessThanOrEqual(Date.now() + 1_000);
  });
});
