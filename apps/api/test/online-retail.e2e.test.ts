import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXCERPT, replayToResult, runReplay, startReplay } from './online-retail-replay.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const LONG = 180_000;
const HAS_EXCERPT = existsSync(EXCERPT);

if (!HAS_EXCERPT) {
  console.error(
    '\n!!! NO EXCERPT of "Online Retail" beside the repository: its 68 invoices are NOT REPLAYED, only made-up ones.\n',
  );
}

function openBritishShop(): Promise<TestShop> {
  return openTestShop({ KASTOMA_CURRENCY: 'GBP', KASTOMA_RATE_LIMITS: 'on' });
}

/** What the shop itself holds, whatever the replay says. */
async function ledgerOf({ database }: TestShop) {
  const [row] = await database<
    { orders: number; units: number; unsold: number; shelves: number }[]
  >`
    select
      (select count(*)::int from ordering.orders) as orders,
      (select coalesce(sum(reserved), 0)::int from inventory.stock) as units,
      (select count(distinct on_hand - reserved)::int from inventory.stock) as shelves,
      (select max(on_hand - reserved)::int from inventory.stock) as unsold
  `;
  return row;
}

describe.runIf(HAS_EXCERPT)('the excerpt of real invoices', { timeout: LONG }, () => {
  const EXPECTED = {
    invoices: { read: 68, without: 5, split: 0 },
    customers: 48,
    catalogue: { stock_codes: 620, products: 618, variants: 664 },
    lines: {
      read: 1_071,
      accepted: { lines: 1_058, amount: '24877.51' },
      refused: [
        { reason: 'postage', lines: 2, amount: '69.00' },
        { reason: 'discount', lines: 1, amount: '-27.50' },
        { reason: 'return', lines: 9, amount: '-171.63' },
        { reason: 'zero_price', lines: 1, amount: '0.00' },
      ],
    },
    file: { subtotal: '24877.51' },
    shop: { subtotal: '24877.51', discount: '0.00', shipping: '131.83', tax: '0.00' },
    difference: '0.00',
    agrees: true,
  };
  const HELD = { orders: 63, units: 12_993, shelves: 1, unsold: 100 };
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openBritishShop();
  });

  afterAll(() => shop.close());

  it('goes through the shop to the penny, even by a replay that was killed and started again', async () => {
    const killed = startReplay(shop.url, EXCERPT);
    const ended = once(killed, 'close');
    while (((await ledgerOf(shop))?.orders ?? 0) < 10) {
      if (killed.exitCode !== null) throw new Error('It ended before it could be killed.');
      await pause(20);
    }
    killed.kill('SIGKILL');
    await ended;
    const half = await ledgerOf(shop);
    expect(half?.orders).toBeLessThan(63);

    const { exitCode, stderr, result } = await replayToResult(shop.url, EXCERPT);
    expect({ exitCode, result }, stderr).toMatchObject({ exitCode: 0, result: EXPECTED });
    expect(result.orders.found).toBeGreaterThanOrEqual(10);
    expect(result.orders.placed + result.orders.found).toBe(63);
    expect(await ledgerOf(shop)).toEqual(HELD);
  });

  it('is not sold twice by another replay', async () => {
    const { exitCode, stderr, result } = await replayToResult(shop.url, EXCERPT);
    expect({ exitCode, result }, stderr).toMatchObject({ exitCode: 0, result: EXPECTED });
    expect(result.orders).toEqual({ expected: 63, placed: 0, found: 63, failed: [] });
    expect(result.catalogue).toMatchObject({ created: 0, found: 618 });
    expect(await ledgerOf(shop)).toEqual(HELD);
  });
});

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** One thing more than a cart holds. */
const WHOLESALE = Array.from(
  { length: 201 },
  (_, index) => `700003,BULK${index},BULK ${index},2,12/1/2010 9:00,0.5,,United Kingdom`,
);

const MADE_UP = [
  HEADER,
  '700001,10A,MUG £1 OFF,6,12/1/2010 8:26,2.55,17000,United Kingdom',
  '700001,10a,MUG £1 OFF,4,12/1/2010 8:26,2.55,17000,United Kingdom',
  '700001,10A,MUG,1,12/1/2010 8:26,2.1,17000,United Kingdom',
  '700001,10,"10A, OR NOT",1,12/1/2010 8:26,1,17000,United Kingdom',
  'C700002,10A,MUG,-1,12/1/2010 8:30,2.55,17000,United Kingdom',
  '700002,POST,POSTAGE,1,12/1/2010 8:31,18,17001,France',
  '700002,20,,9999,12/1/2010 8:31,0.01,17001,France',
  '700002,20,,1,12/1/2010 8:31,0.01,17001,France',
  '700002,PADS,PADS TO MATCH,1,12/1/2010 8:31,0.001,17001,France',
  '700002,30,TOO MANY,80995,12/1/2010 8:31,2.08,17001,France',
  ...WHOLESALE,
  '700004,10A,MUG,1,12/1/2010 8:40,2.55,17000,United Kingdom',
  '700005,10A,?,-5,12/1/2010 8:40,0,,United Kingdom',
];

describe('made-up invoices with the quirks of the full file', { timeout: LONG }, () => {
  let shop: TestShop;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    shop = await openBritishShop();
    folder = await mkdtemp(join(tmpdir(), 'kastoma-online-retail-'));
    file = join(folder, 'made-up.csv');
    await writeFile(file, Buffer.from(MADE_UP.join('\n'), 'latin1'));
  });

  afterAll(async () => {
    await shop.close();
    await rm(folder, { recursive: true });
  });

  it('go through the shop to the penny, and what is refused is told line by line', async () => {
    const refusals = join(folder, 'refusals.csv');
    const { exitCode, stderr, result } = await replayToResult(shop.url, file, [
      '--refusals',
      refusals,
    ]);
    expect({ exitCode, result }, stderr).toMatchObject({
      exitCode: 0,
      result: {
        invoices: { read: 6, without: 2, split: 2 },
        customers: 3,
        // 25.50 + 2.10 + 1.00, 99.99 + 0.01, 201.00, 2.55
        lines: { read: 213, accepted: { lines: 208, amount: '332.15' } },
        orders: { expected: 6, placed: 6, found: 0, failed: [] },
        shop: { subtotal: '332.15' },
        agrees: true,
      },
    });
    expect(await readFile(refusals, 'utf8')).toBe(
      [
        'line,invoice,code,reason',
        '6,C700002,10A,return',
        '7,700002,POST,postage',
        '10,700002,PADS,fraction_of_a_penny',
        '11,700002,30,quantity_too_large',
        '214,700005,10A,write_off',
        '',
      ].join('\n'),
    );
    const { data } = await shop.guest
      .get<{ name: string; sku: string }[]>('/products/?search=10A&ordering=name')
      .expect(200);
    expect(data.map(({ name, sku }) => [name, sku])).toEqual([
      ['10A, OR NOT', '10'],
      ['MUG £1 OFF', '10A@2.10'],
    ]);
  });

  it('are found again, and so are their products', async () => {
    const { exitCode, result } = await replayToResult(shop.url, file);
    expect(exitCode).toBe(0);
    expect(result.orders).toEqual({ expected: 6, placed: 0, found: 6, failed: [] });
    expect(result.catalogue).toMatchObject({ created: 0 });
    expect(await ledgerOf(shop)).toMatchObject({ orders: 6, shelves: 1 });
  });

  it('are shown as a table to people', async () => {
    const { exitCode, stdout, stderr } = await runReplay(shop.url, file);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\| refused: postage and carriage\s+\|\s+1 \|\s+18\.00 \|/);
    expect(stdout).toMatch(/\| shop\s+\|\s+6 \|\s+332\.15 \|/);
    expect(stdout).toMatch(/\| difference\s+\|\s+0 \|\s+0\.00 \|/);
    expect(stdout).toContain('The shop and the file agree to the penny.');
    expect(stderr).toMatch(/Products: \d+ of \d+\n/);
  });

  it('that have changed since are not ordered again, and the replay fails', async () => {
    const changed = join(folder, 'changed.csv');
    const one = '700004,10A,MUG,3,12/1/2010 8:40,2.55,17000,United Kingdom';
    await writeFile(changed, [HEADER, one].join('\n'));
    const { exitCode, stdout, stderr, result } = await replayToResult(shop.url, changed);
    expect(exitCode).toBe(1);
    expect(result).toMatchObject({
      agrees: false,
      difference: '-7.65',
      orders: {
        placed: 0,
        found: 0,
        failed: [{ invoice: '700004', code: 'replay.order_differs' }],
      },
    });
    expect(stderr).toContain('Invoice 700004 was not ordered (replay.order_differs)');
    expect(stdout).not.toBe('');
    expect(await ledgerOf(shop)).toMatchObject({ orders: 6 });
  });

  it('for which there is not enough in stock are not ordered, though their products are found by search', async () => {
    const greedy = join(folder, 'greedy.csv');
    const one = '700009,10A,MUG,101,12/1/2010 8:40,2.55,17000,United Kingdom';
    await writeFile(greedy, [HEADER, one].join('\n'));
    const { exitCode, result } = await replayToResult(shop.url, greedy);
    expect(exitCode).toBe(1);
    expect(result.orders).toMatchObject({
      placed: 0,
      failed: [{ invoice: '700009', code: 'ordering.out_of_stock' }],
    });
    const honest = await replayToResult(shop.url, file);
    expect(honest.result).toMatchObject({ agrees: true, orders: { found: 6 } });
  });

  it('at a price that the shop does not know end the replay before it orders anything', async () => {
    const dearer = join(folder, 'dearer.csv');
    const one = '700010,10A,MUG,1,12/1/2010 8:40,9.99,17000,United Kingdom';
    await writeFile(dearer, [HEADER, one].join('\n'));
    const { exitCode, stderr } = await runReplay(shop.url, dearer);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The shop has no variant 10A at 9.99');
  });

  it('are not loaded into a shop that sells in another currency', async () => {
    const american = await openTestShop();
    try {
      const { exitCode, stdout, stderr } = await runReplay(american.url, file);
      expect(exitCode).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('Start a fresh shop with KASTOMA_CURRENCY=GBP.');
    } finally {
      await american.close();
    }
  });
});
