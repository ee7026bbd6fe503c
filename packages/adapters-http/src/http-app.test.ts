import { afterEach, describe, expect, it, vi } from 'vitest';

import { createHttpApp, type HttpDependencies } from './http-app.ts';
import type { HealthCheck } from './pages/health.routes.ts';

type Failure = Parameters<HttpDependencies['reportFailure']>[0];

const GONE = new Error('connect ECONNREFUSED 10.0.0.7:5432');

/** An app whose catalogue cannot be read: everything else is not there at all. */
function newApp({
  failure = new Error('select secret from users'),
  healthChecks = [],
  isShuttingDown = false,
}: { failure?: Error; healthChecks?: readonly HealthCheck[]; isShuttingDown?: boolean } = {}) {
  const reported: Failure[] = [];
  const productQueries = { list: () => Promise.reject(failure) };
  const app = createHttpApp({
    catalog: { productQueries },
    settings: { currency: 'USD' },
    identity: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    healthChecks,
    isShuttingDown: () => isShuttingDown,
    isUnavailable: (error: unknown) => error === GONE,
    reportFailure: (told: Failure) => reported.push(told),
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  return { app, reported };
}

describe('a defect', () => {
  it('is told to those who keep the shop, and to nobody else', async () => {
    const failure = new Error('select secret from users');
    const { app, reported } = newApp({ failure });
    const response = await app.request('/api/v1/products', { headers: { 'X-Request-Id': 'r-1' } });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(JSON.parse(text)).toEqual({
      success: false,
      data: null,
      message: 'Something went wrong on our side. It was recorded.',
      errors: [
        {
          code: 'service.internal_error',
          message: 'Something went wrong on our side. It was recorded.',
          path: null,
          detail: { request_id: 'r-1' },
        },
      ],
      pagination: null,
    });
    expect(reported).toEqual([{ error: failure, requestId: 'r-1' }]);
  });

  it('is problem+json for those who ask for it', async () => {
    const headers = { Accept: 'application/problem+json' };
    const response = await newApp().app.request('/api/v1/products', { headers });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 500, code: 'service.internal_error' });
  });
});

describe('an outage', () => {
  it('is no defect: the client may come back', async () => {
    const response = await newApp({ failure: GONE }).app.request('/api/v1/products');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    const text = await response.text();
    expect(text).toContain('"service.unavailable"');
    expect(text).not.toContain('10.0.0.7');
  });
});

describe('health', () => {
  const up = (name: string): HealthCheck => ({
    name,
    optional: false,
    check: async () => undefined,
  });
  const down = (name: string, optional = false): HealthCheck => ({
    name,
    optional,
    check: () => Promise.reject(new Error('password of the database')),
  });

  async function ask(path: string, options: Parameters<typeof newApp>[0]) {
    const response = await newApp(options).app.request(path);
    const { data } = (await response.json()) as { data: { status: string; checks?: unknown } };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), data };
  }

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is up when all is there', async () => {
    const answer = await ask('/health/ready', { healthChecks: [up('database')] });
    expect(answer).toEqual({ status: 200, retryAfter: null, data: { status: 'up' } });
  });

  it('is degraded when something is missing that the shop can do without', async () => {
    const healthChecks = [up('database'), down('redis', true)];
    const answer = await ask('/health/ready', { healthChecks });
    expect(answer).toEqual({ status: 200, retryAfter: null, data: { status: 'degraded' } });
  });

  it('is down when something is missing that the shop needs, and the reason is nobody’s business', async () => {
    const healthChecks = [down('database'), up('redis')];
    const { status, retryAfter, data } = await ask('/health/detailed', { healthChecks });
    expect([status, retryAfter]).toEqual([503, '5']);
    expect(data).toMatchObject({
      status: 'down',
      checks: [
        { name: 'database', status: 'down', optional: false },
        { name: 'redis', status: 'up', optional: false },
      ],
    });
    expect(JSON.stringify(data)).not.toContain('password');
  });

  it('tells figures in the detailed view alone, and none that cannot be had', async () => {
    const facts = async () => ({ lag_seconds: 3 });
    const broken = async () => {
      throw new Error('gone');
    };
    const healthChecks = [
      { ...up('outbox'), facts },
      { ...up('other'), facts: broken },
    ];
    const { data } = await ask('/health/detailed', { healthChecks });
    expect(data).toMatchObject({
      checks: [
        { name: 'outbox', facts: { lag_seconds: 3 } },
        { name: 'other', status: 'up', facts: null },
      ],
    });
    expect((await ask('/health', { healthChecks })).data).toEqual({ status: 'up' });
  });

  it('is down when the shop is closing, but alive', async () => {
    const closing = { healthChecks: [up('database')], isShuttingDown: true };
    expect((await ask('/health/ready', closing)).status).toBe(503);
    expect((await ask('/health/live', closing)).status).toBe(200);
  });

  it('does not wait for what never answers', async () => {
    vi.useFakeTimers();
    const healthChecks = [
      { name: 'database', optional: false, check: () => Promise.withResolvers<never>().promise },
    ];
    const asked = ask('/health/ready', { healthChecks });
    await vi.advanceTimersByTimeAsync(3_001);
    expect((await asked).status).toBe(503);
  });
});
