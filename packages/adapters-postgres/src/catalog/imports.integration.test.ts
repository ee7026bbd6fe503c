import { ok } from 'neverthrow';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  readCsv,
  ReceiveImport,
  WorkOffImport,
  type ImportProblem,
  type ImportView,
} from '@kastoma/application/catalog';
import { systemContext } from '@kastoma/application/core';
import { MovingClock, SequentialIds } from '@kastoma/application/testing';
import type { Currency } from '@kastoma/domain/core';

import { PostgresStockAudit } from '../inventory/stock-audit.postgres-queries.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { importUnitOfWork } from './import.unit-of-work.ts';
import { PostgresImportQueries } from './imports.postgres-queries.ts';

const HEADER = 'product_slug,name,sku,price,stock,option1_name,option1_value,status';
const settings = { currency: 'USD' as Currency };

let shop: TestDatabase;
let receive: ReceiveImport;
let workOff: WorkOffImport;
let queries: PostgresImportQueries;

beforeAll(async () => {
  shop = await createTestDatabase(inject('postgresUrl'));
  const clock = new MovingClock();
  const ids = new SequentialIds(77);
  const unitOfWork = importUnitOfWork(shop.database, clock, ids, settings as never);
  queries = new PostgresImportQueries(shop.database);
  receive = new ReceiveImport({ unitOfWork, queries, ids, clock });
  workOff = new WorkOffImport({ unitOfWork, queries, settings: settings as never, ids, clock });
});

afterAll(() => shop.drop());

async function* bytesOf(text: string) {
  yield ok(new TextEncoder().encode(text));
}

async function imported(
  lines: readonly string[],
  { dryRun = false, header = HEADER }: { dryRun?: boolean; header?: string } = {},
): Promise<{ view: ImportView; problems: readonly ImportProblem[] }> {
  const rows = readCsv(bytesOf(`${[header, ...lines].join('\n')}\n`));
  const received = await receive.execute({ format: 'csv', dryRun, rows }, systemContext('test'));
  const { id } = received._unsafeUnwrap();
  const work = async () => {
    while ((await workOff.execute())._unsafeUnwrap() !== 'nothing_to_do');
  };
  await Promise.all([work(), work()]);
  const view = (await queries.find(id))._unsafeUnwrap();
  const report = (await queries.report(id, { after: null, pageSize: 100 }))._unsafeUnwrap();
  return { view, problems: report.items };
}

/** All that an import may write but its own notes. */
async function standing() {
  const [row] = await shop.database`
    select
      (select json_agg(product order by id) from catalog.products product) as products,
      (select json_agg(variant order by id) from catalog.variants variant) as variants,
      (select json_agg(price order by variant_id, currency) from catalog.prices price) as prices,
      (select json_agg(stock order by variant_id) from inventory.stock stock) as stock,
      (select count(*) from inventory.movements) as movements,
      (select count(*) from core.outbox where type not like 'catalog.import_%') as events,
      (select json_agg(listing order by product_id) from catalog.listing listing) as listing
  `;
  return JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

describe('a file of products', () => {
  it('makes products with variants, prices and counted stock, and lists them', async () => {
    const { view, problems } = await imported([
      'shirt,Shirt,SHIRT-S,19.99,5,Size,S,published',
      'shirt,,SHIRT-M,21.99,0,Size,M,published',
      ',Mug,MUG,9.50,3,,,',
    ]);
    expect(problems).toEqual([]);
    expect(view).toMatchObject({ status: 'finished', created: 2, doneRows: 3, failedRows: 0 });
    const listed = await shop.database`
      select slug, amount::int, in_stock, status from catalog.listing order by slug
    `;
    expect([...listed]).toMatchObject([
      { slug: 'mug', amount: 950, in_stock: true, status: 'draft' },
      { slug: 'shirt', amount: 1999, in_stock: true, status: 'published' },
    ]);
    expect(await new PostgresStockAudit(shop.database).discrepancies(10)).toEqual([]);
  });

  it('changes nothing the second time', async () => {
    const lines = ['lamp,Lamp,LAMP,49.00,7,,,published', ',Desk,DESK,99.00,,,,draft'];
    await imported(lines);
    const before = await standing();
    const { view } = await imported(lines);
    expect(view).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await standing()).toBe(before);
  });

  it('changes prices, stock and variants of products that there are, with a movement for what was counted', async () => {
    await imported(['chair,Chair,CHAIR-R,10.00,5,Colour,Red,draft']);
    const { view } = await imported([
      'chair,Chair,CHAIR-R,12.00,8,Colour,Red,published',
      'chair,Chair,CHAIR-B,13.00,1,Colour,Blue,published',
    ]);
    expect(view).toMatchObject({ created: 0, updated: 1 });
    const rows = await shop.database`
      select variant.sku, price.amount::int, stock.on_hand, variant.position
      from catalog.variants variant
      join catalog.prices price on price.variant_id = variant.id
      join inventory.stock stock on stock.variant_id = variant.id
      where variant.sku like 'CHAIR-%' order by variant.position
    `;
    expect([...rows]).toEqual([
      { sku: 'CHAIR-R', amount: 1200, on_hand: 8, position: 0 },
      { sku: 'CHAIR-B', amount: 1300, on_hand: 1, position: 1 },
    ]);
    const movements = await shop.database`
      select on_hand_delta, reference, reason from inventory.movements where reference = ${`import:${view.id}`}
      order by on_hand_delta
    `;
    expect(movements.map(({ on_hand_delta: delta }) => delta as number)).toEqual([1, 3]);
    expect(await new PostgresStockAudit(shop.database).discrepancies(10)).toEqual([]);
  });

  it('that is only tried tells the same and changes nothing', async () => {
    const lines = ['vase,Vase,VASE,5.00,1,,,draft', 'bad,Bad,BAD,-1.00,1,,,draft'];
    const before = await standing();
    const tried = await imported(lines, { dryRun: true });
    expect(await standing()).toBe(before);
    const done = await imported(lines);
    expect(tried.problems).toEqual(done.problems);
    expect(tried.view).toMatchObject({ created: 1, failedRows: 1 });
    expect(await standing()).not.toBe(before);
  });

  it('says of each wrong row what is wrong, and takes the others', async () => {
    const { view, problems } = await imported([
      'pen,Pen,PEN-1,1.00,1,,,draft',
      'pen,Pen,PEN-2,1.0,1,,,draft',
      'ink,Ink,INK,2.00,-1,,,draft',
      ',Rag,RAG,,1,,,draft',
      ',Cup,CUP,3.00,1,,,sold',
      'pen,Pencil,PEN-3,1.00,1,,,draft',
      'other,Other,PEN-1,1.00,1,,,draft',
      ',,NAMELESS,1.00,1,,,draft',
      'too,few',
      'Not A Slug,X,SLUG-1,1.00,1,,,draft',
    ]);
    expect(problems.map(({ line, sku, column, error }) => [line, sku, column, error.code])).toEqual(
      [
        [3, 'PEN-2', 'price', 'catalog.import_invalid_value'],
        [4, 'INK', 'stock', 'inventory.invalid_stock'],
        [5, 'RAG', 'price', 'catalog.import_missing_value'],
        [6, 'CUP', 'status', 'catalog.import_invalid_value'],
        [7, 'PEN-3', 'name', 'catalog.import_contradiction'],
        [8, 'PEN-1', 'sku', 'catalog.import_repeated_sku'],
        [9, 'NAMELESS', 'name', 'core.invalid_text'],
        [10, null, null, 'catalog.import_unreadable_row'],
        [11, 'SLUG-1', 'product_slug', 'catalog.invalid_slug'],
      ],
    );
    expect(view).toMatchObject({ created: 1, failedRows: 9, totalRows: 10, doneRows: 10 });
  });

  it('gives two products of one name two slugs', async () => {
    await imported([',Twin,TWIN-1,1.00,,,,draft', ',Twin,TWIN-2,1.00,,,,draft']);
    const rows = await shop.database`select slug from catalog.products where name = 'Twin'`;
    expect(new Set(rows.map(({ slug }) => slug as string)).size).toBe(2);
  });

  it('stands in the audit trail as a whole', async () => {
    const { view } = await imported([',Audited,AUDITED,1.00,,,,draft']);
    const entries = await shop.database`
      select action from core.audit_entries where correlation_id in (${view.id}, 'test') and subject_id = ${view.id}
      order by id
    `;
    expect(entries.map(({ action }) => action as string)).toEqual([
      'catalog.import_started',
      'catalog.import_finished',
    ]);
    const events =
      await shop.database`select type from core.outbox where correlation_id = ${view.id}`;
    expect(events.map(({ type }) => type as string).toSorted()).toEqual([
      'catalog.import_finished',
      'catalog.product_created',
    ]);
  });
});
