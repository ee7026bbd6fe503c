import { expect } from 'vitest';

import type { RawAnswer } from './raw-request.ts';

const KEYS = ['data', 'errors', 'message', 'pagination', 'success'];
const PROBLEM_KEYS = ['code', 'context', 'detail', 'errors', 'path', 'status', 'title', 'type'];

const FILES = ['text/csv; charset=utf-8', 'application/x-ndjson', 'text/html; charset=utf-8'];

/** Files stand outside the envelope. */
function isFile({ status, headers }: RawAnswer): boolean {
  const type = headers['content-type'] ?? '';
  return status === 200 && FILES.includes(type);
}

/** Every answer has the one shape, whatever was asked: the envelope, or problem+json. */
export function expectEnvelope({ status, headers, text }: RawAnswer, method: string): void {
  expect(headers['x-request-id']).toMatch(/^[\w.:=+/-]{1,128}$/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  if (method === 'HEAD' || status === 304) {
    expect(text).toBe('');
    return;
  }
  if (isFile({ status, headers, text })) return;
  const body = JSON.parse(text) as Record<string, unknown>;
  if (headers['content-type'] === 'application/problem+json') {
    expect(Object.keys(body).toSorted()).toEqual(PROBLEM_KEYS);
    expect(body).toMatchObject({ type: 'about:blank', status });
    expectErrors(body['errors']);
    return;
  }
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(Object.keys(body).toSorted()).toEqual(KEYS);
  expect(body['success']).toBe(status < 400);
  expect(body['message']).toMatch(/./);
  if (status < 400) {
    expect(body['errors']).toBeNull();
    return;
  }
  expect(body).toMatchObject({ data: null, pagination: null });
  expectErrors(body['errors']);
}

function expectErrors(errors: unknown): void {
  const list = errors as readonly Record<string, unknown>[];
  expect(list.length).toBeGreaterThan(0);
  for (const error of list) {
    expect(Object.keys(error)).toEqual(['code', 'message', 'path', 'detail']);
    expect(error['code']).toMatch(/^[a-z]+\.[a-z_]+$/);
    expect(error['message']).toMatch(/./);
    expect(error['path'] === null || typeof error['path'] === 'string').toBe(true);
    expect(typeof error['detail']).toBe('object');
  }
}

/** The codes and places of a refusal, in short. */
export function faultsOf(answer: RawAnswer): readonly (readonly [string, string | null])[] {
  const { text } = answer;
  if (text === '' || isFile(answer)) return [];
  const { errors } = JSON.parse(text) as {
    errors: readonly { code: string; path: string | null }[] | null;
  };
  return (errors ?? []).map(({ code, path }) => [code, path]);
}
