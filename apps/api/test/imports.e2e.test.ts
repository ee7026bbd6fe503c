import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

type Import = {
  readonly id: string;
  readonly status: string;
  readonly dry_run: boolean;
  readonly total_rows: number;
  readonly done_rows: number;
  readonly counts: Readonly<Record<'created' | 'updated' | 'unchanged' | 'failed_rows', number>>;
  readonly started_by: string;
};
type Told = {
  readonly status: number;
  readonly data: Import;
  readonly errors: readonly { code: string; detail: { line?: number; reason?: string } }[] | null;
};
type Reported = { readonly line: number; readonly column: string; readonly code: string };

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  { query = '', type = 'text/csv', as = staff } = {},
): Promise<Told> {
  const response = await fetch(`${shop.url}/api/v1/products/import/${query}`, {
    method: 'POST',
    body,
    headers: { Authorization: `Bearer ${as.account.access}`, 'Content-Type': type },
  });
  return { ...((await response.json()) as Pick<Told, 'data' | 'errors'>), status: response.status };
}

async function finished({ data, status }: Told): Promise<Import> {
  expect(status).toBe(202);
  for (;;) {
    const { data: now } = await staff.get<Import>(`/imports/${data.id}/`).expect(200);
    if (['finished', 'failed'].includes(now.status)) return now;
    await pause(50);
  }
}

async function exported(query = '', accept = '*/*'): Promise<{ text: string; headers: Headers }> {
  const response = await fetch(`${shop.url}/api/v1/products/export/${query}`, {
    headers: { Authorization: `Bearer ${staff.account.access}`, Accept: accept },
  });
  expect(response.status).toBe(200);
  return { text: await response.text(), headers: response.headers };
}

describe('a file of products', () => {
  it('is worked off, and its report says line by line what was wrong', async () => {
    const file =
      'sku,name,price,stock\nE2E-1,First,1.00,4\nE2E-2,Second,one,4\nE2E-1,Again,1.00,4\n';
    const done = await finished(await send(file));
    expect(done).toMatchObject({
      status: 'finished',
      total_rows: 3,
      done_rows: 3,
      counts: { created: 1, updated: 0, unchanged: 0, failed_rows: 2 },
      started_by: `user:${staff.account.user.id}`,
    });
    const first = await staff
      .get<readonly Reported[]>(`/imports/${done.id}/report/?page_size=1`)
      .expect(200);
    expect(first.data).toMatchObject([
      { line: 3, column: 'price', code: 'catalog.import_invalid_value' },
    ]);
    const next = new URL(first.pagination?.next ?? '').search;
    const second = await staff
      .get<readonly Reported[]>(`/imports/${done.id}/report/${next}`)
      .expect(200);
    expect(second.data).toMatchObject([{ line: 4, code: 'catalog.import_repeated_sku' }]);
    const file2 = await fetch(`${shop.url}/api/v1/imports/${done.id}/report/file/`, {
      headers: { Authorization: `Bearer ${staff.account.access}` },
    });
    expect((await file2.text()).split('\r\n')).toHaveLength(4);
    const { data: all } = await staff.get<readonly Import[]>('/imports/').expect(200);
    expect(all[0]?.id).toBe(done.id);
  });

  it('comes out as it went in: what is exported and imported again changes nothing', async () => {
    const lines = [
      {
        product_slug: 'risky',
        sku: '=1+1',
        name: '@Risky, "quoted"',
        description: "'=not a formula\nin two lines",
        tags: ['a|b', '+c'],
        attributes: { material: 'wood', sizes: [1, 2], deep: { er: true } },
        option1_name: 'Size',
        option1_value: '-S',
        price: '19.99',
        compare_at_price: '29.99',
        cost: '3.00',
        prices: [{ currency: 'EUR', price: '17.99', compare_at_price: '18.00' }],
        stock: 3,
        weight_grams: 10,
        length_mm: 1,
        width_mm: 2,
        height_mm: 3,
        barcode: '4006381333931',
        status: 'published',
      },
      {
        product_slug: 'risky',
        sku: 'RISKY-M',
        price: '21.99',
        option1_name: 'Size',
        option1_value: 'M',
      },
    ];
    const ndjson = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const first = await finished(await send(ndjson, { type: 'application/x-ndjson' }));
    expect(first.counts).toMatchObject({ created: 1, failed_rows: 0 });
    for (const format of ['csv', 'ndjson'] as const) {
      const { text, headers } = await exported(
        `?format=${format}`,
        `text/csv, application/x-ndjson`,
      );
      expect(headers.get('content-disposition')).toBe(`attachment; filename="products.${format}"`);
      if (format === 'csv') expect(text).not.toMatch(/(?:^|,|\n)"?[=+@]/);
      const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
      const again = await finished(await send(text, { type }));
      expect(again.counts).toMatchObject({ created: 0, updated: 0, failed_rows: 0 });
      expect(again.counts.unchanged).toBeGreaterThan(1);
      expect((await exported(`?format=${format}`)).text).toBe(text);
    }
    const drafts = (await exported('?format=ndjson&status=draft')).text;
    expect(drafts).not.toContain('risky');
  });

  it('holds what was asked for: a branch of the tree, what is in stock, a tag', async () => {
    const planted = async (slug: string, parent: string | null) => {
      const category = { name: slug, slug, parent_id: parent };
      return (await staff.post<{ id: string }>('/categories/', category).expect(201)).data.id;
    };
    const leaf = await planted('narrowed-leaf', await planted('narrowed', null));
    const file = [
      'product_slug,name,sku,price,category,tags,stock',
      'narrowed-1,One,NARROWED-1,1.00,narrowed,gift,2',
      'narrowed-2,Two,NARROWED-2,1.00,narrowed-leaf,new,2',
      'narrowed-3,Three,NARROWED-3,1.00,narrowed-leaf,gift|new,0',
    ];
    expect((await finished(await send(file.join('\n')))).counts.created).toBe(3);
    const slugs = async (query: string) => {
      const lines = (await exported(`?format=ndjson&${query}`)).text.split('\n').slice(0, -1);
      return lines
        .map((line) => (JSON.parse(line) as { product_slug: string }).product_slug)
        .toSorted();
    };
    const all = ['narrowed-1', 'narrowed-2', 'narrowed-3'];
    expect(await slugs('category_tree=narrowed')).toEqual(all);
    expect(await slugs(`category_tree=${leaf}`)).toEqual(all.slice(1));
    expect(await slugs('category=narrowed')).toEqual(all.slice(0, 1));
    expect(await slugs('category_tree=narrowed&in_stock=true')).toEqual(all.slice(0, 2));
    expect(await slugs('category_tree=narrowed&in_stock=false')).toEqual(all.slice(2));
    expect(await slugs('category_tree=narrowed&tag=gift')).toEqual(['narrowed-1', 'narrowed-3']);
    expect(await slugs('category_tree=narrowed&tag=gift&tag=new')).toEqual(all);
    expect(await slugs('category_tree=nothing-like-it')).toEqual([]);
  });

  it('with a byte-order mark, semicolons and empty lines is read as it is meant', async () => {
    const file = '\u{FEFF}SKU; Name ;price\r\n\r\nSEMI;"Semi;colon";1.00\r\n';
    expect((await finished(await send(file))).counts.created).toBe(1);
  });

  it('that is only tried changes nothing', async () => {
    const before = (await exported()).text;
    const tried = await finished(
      await send('sku,name,price\nTRIED,Tried,1.00\n', { query: '?dry_run=true' }),
    );
    expect(tried).toMatchObject({ dry_run: true, counts: { created: 1 } });
    expect((await exported()).text).toBe(before);
  });
});

describe('a file that cannot be read', () => {
  const wide = Array.from({ length: 1_001 }, (_, index) => `c${index}`).join(',');

  it.each<[string, number, string | undefined, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', 1, 'empty', ''],
    [
      'an encoding that is not UTF-8',
      2,
      'encoding',
      Buffer.from('sku,name\nA,M\xfcller\nB,b\n', 'latin1'),
    ],
    ['UTF-16', 1, 'encoding', Buffer.from('\u{FEFF}sku,name\nA,b\n', 'utf16le')],
    ['a quote that never closes', 2, 'open_quote', 'sku,name\nA,"never\nends\n'],
    ['a megabyte within quotes', 2, 'open_quote', `sku,name\nA,"${'x\n'.repeat(600_000)}`],
    ['a quote within a cell', 2, 'stray_quote', 'sku,name\nA,5" pipe\n'],
    ['something after a quote', 2, 'stray_quote', 'sku,name\nA,"b"c\n'],
    ['a thousand columns', 1, 'too_many_columns', `${wide}\n`],
    ['a column twice', 1, 'repeated_column', 'sku,price,sku\n'],
    ['an unknown column', 1, 'unknown_column', 'sku,colour\n'],
    ['no SKUs', 1, 'missing_column', 'name,price\n'],
    ['a line without an end', 2, 'row_too_long', `sku\n${'x'.repeat(1_100_000)}`],
    ['a NUL', 3, 'nul', 'sku\nA\nB\0\n'],
  ])('is refused with its line: %s', async (_name, line, reason, file) => {
    const refused = await send(file);
    expect(refused.status).toBe(422);
    expect(refused.errors).toMatchObject([
      { code: 'catalog.import_unreadable', detail: { line, reason } },
    ]);
    const [left] = await shop.database`select count(*)::int as chunks from catalog.import_chunks`;
    expect(left).toEqual({ chunks: 0 });
  });

  it('is refused where it is something else', async () => {
    expect((await send('{}', { type: 'application/json' })).status).toBe(415);
    expect((await send('sku\n', { type: 'text/csv; charset=latin1' })).status).toBe(415);
    expect((await send('sku\n', { query: '?dry=true' })).status).toBe(422);
    const customer = await shop.signUp('importer');
    expect((await send('sku\n', { as: customer })).status).toBe(403);
    expect((await staff.send('GET', `/api/v1/imports/${crypto.randomUUID()}/`)).status).toBe(404);
  });

  it('of broken lines of JSON is taken where lines are not broken', async () => {
    const lines = [
      '{"sku":"NDJSON-1","name":"One","price":"1.00"}',
      '{"sku":',
      '[]',
      '{"sku":"NDJSON-2","nonsense":1}',
      '{"sku":"\\u0000"}',
      '{"sku":"NDJSON-3","name":"\\ud800","price":"1.00"}',
      `{"sku":"${'x'.repeat(1_100_000)}"}`,
      '{"sku":"NDJSON-4","name":"Deep","price":"1.00","attributes":{"a\\u0000":1}}',
      `{"sku":"NDJSON-5","name":"Deeper","price":"1.00","attributes":${'{"a":'.repeat(9)}1${'}'.repeat(9)}}`,
    ];
    const done = await finished(await send(lines.join('\n'), { type: 'application/x-ndjson' }));
    expect(done).toMatchObject({ status: 'finished', counts: { created: 1, failed_rows: 8 } });
    const { data } = await staff
      .get<readonly Reported[]>(`/imports/${done.id}/report/`)
      .expect(200);
    expect(data.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(data.at(-1)).toMatchObject({ column: 'attributes', code: 'catalog.invalid_attributes' });
  });
});
