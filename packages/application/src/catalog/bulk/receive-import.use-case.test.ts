import { err, errAsync, ok, okAsync, ResultAsync, type Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { SHOP } from '../../testing/contexts.ts';
import { MovingClock } from '../../testing/ports/moving-clock.ts';
import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import type { ImportCells } from './import-columns.ts';
import type { ImportChunk, ImportTx, ImportUnitOfWork, ReceivedRow } from './import-jobs.port.ts';
import { ReceiveImport, type SourceRow } from './receive-import.use-case.ts';

type Refusal = { readonly code: 'core.concurrent_update' };
const REFUSAL: Refusal = { code: 'core.concurrent_update' };

/** Notes what becomes of one import; the transaction of the given number is refused. */
class NotedImport {
  status = 'none';
  opened: unknown = null;
  chunks: (ImportChunk & { readonly skus: ReadonlyMap<string, number> })[] = [];
  #runs = 0;
  readonly #refusedRun: number;

  constructor(refusedRun = 0) {
    this.#refusedRun = refusedRun;
  }

  readonly queries = {
    find: (id: string) => okAsync({ id, status: this.status }),
  };

  readonly unitOfWork = {
    run: (_: unknown, work: (tx: ImportTx) => Promise<Result<void, never>>) => {
      this.#runs += 1;
      if (this.#runs === this.#refusedRun) return errAsync(REFUSAL);
      return new ResultAsync(work({ imports: this.#jobs } as unknown as ImportTx));
    },
  } as unknown as ImportUnitOfWork;

  readonly #jobs = {
    open: async (job: unknown) => {
      this.opened = job;
      this.status = 'receiving';
    },
    append: async (_: string, chunk: ImportChunk, skus: ReadonlyMap<string, number>) => {
      this.chunks.push({ ...chunk, skus });
      return true;
    },
    queue: async () => {
      this.status = 'queued';
      return true;
    },
    fail: async () => {
      this.status = 'failed';
      this.chunks = [];
    },
  };
}

const cellsOf = (cells: ImportCells, line = 2): ReceivedRow => ({ line, cells });
const manyOf = (count: number, cells: (index: number) => ImportCells): readonly ReceivedRow[] =>
  Array.from({ length: count }, (_, index) => cellsOf(cells(index), index + 2));
const defectOf = (line: number): ReceivedRow => ({
  line,
  defect: { code: 'catalog.import_unreadable_row', reason: 'too_few_cells' },
});
const sizesOf = (noted: NotedImport) => noted.chunks.map(({ rows }) => rows.length);

async function* asFile(rows: readonly SourceRow[], seen: SourceRow[] = []) {
  for (const row of rows) {
    seen.push(row);
    yield row;
  }
}

function receive(
  rows: AsyncIterable<SourceRow>,
  { noted = new NotedImport(), mostRows }: { noted?: NotedImport; mostRows?: number } = {},
) {
  const { unitOfWork, queries } = noted;
  const dependencies = {
    unitOfWork,
    queries: queries as never,
    ids: new SequentialIds(),
    clock: new MovingClock(5_000),
  };
  const received = new ReceiveImport(dependencies, mostRows);
  return received.execute({ format: 'csv', dryRun: true, rows }, SHOP);
}

async function received(rows: readonly ReceivedRow[]): Promise<NotedImport> {
  const noted = new NotedImport();
  const outcome = await receive(asFile(rows.map((row) => ok(row))), { noted });
  expect(outcome._unsafeUnwrap()).toMatchObject({ status: 'queued' });
  return noted;
}

describe('a file that arrives', () => {
  it('is opened in the name of who sent it, and queued with its rows', async () => {
    const rows = [cellsOf({ sku: 'A' }), cellsOf({ sku: 'B' }, 3)];
    const noted = await received(rows);
    const id = new SequentialIds().next();
    const job = { id, format: 'csv', dryRun: true, startedBy: 'system', at: 5_000 };
    expect(noted.opened).toEqual(job);
    expect(noted.chunks).toMatchObject([{ number: 0, rows }]);
  });

  it('is queued even where it has no row', async () => {
    expect((await received([])).chunks).toEqual([]);
  });

  it('notes the first line of each SKU that could be one, as the catalogue writes it', async () => {
    const noted = await received([
      defectOf(2),
      cellsOf({ sku: 'MUG' }, 3),
      cellsOf({ sku: ' MUG ' }, 4),
      cellsOf({ name: 'No SKU' }, 5),
      cellsOf({ sku: 'X'.repeat(1_000) }, 6),
      cellsOf({ sku: 'CUP' }, 7),
    ]);
    expect([...(noted.chunks[0]?.skus ?? [])]).toEqual([
      ['MUG', 3],
      ['CUP', 7],
    ]);
    expect(noted.chunks[0]?.rows).toHaveLength(6);
  });
});

describe('rows are worked off a thousand at a time', () => {
  it('and numbered in the order of the file', async () => {
    const noted = await received(manyOf(2_001, (index) => ({ sku: `S${index}` })));
    expect(noted.chunks.map(({ number, rows }) => [number, rows.length])).toEqual([
      [0, 1_000],
      [1, 1_000],
      [2, 1],
    ]);
    expect(noted.chunks[1]?.skus.get('S1000')).toBe(1_002);
  });

  it.each([
    ['slug', { product_slug: 'mug' }],
    ['id', { product_id: '0199c0de-0000-7000-8000-000000000001' }],
  ])('or some more, so that those of one product stay together by its %s', async (_, product) => {
    const file = manyOf(1_150, (index) => (index < 990 || index >= 1_100 ? {} : product));
    expect(sizesOf(await received(file))).toEqual([1_100, 50]);
  });

  it('but a product with very many rows is parted all the same', async () => {
    const file = manyOf(1_300, () => ({ product_slug: 'mug' }));
    expect(sizesOf(await received(file))).toEqual([1_200, 100]);
  });

  it('and rows that name no product, or another one, do not belong together', async () => {
    const unnamed = manyOf(1_001, () => ({ product_id: '', product_slug: '' }));
    expect(sizesOf(await received(unnamed))).toEqual([1_000, 1]);
    const other = manyOf(1_001, (index) => ({
      product_id: index === 1_000 ? 'two' : 'one',
      product_slug: 'mug',
    }));
    expect(sizesOf(await received(other))).toEqual([1_000, 1]);
  });

  it('and an unreadable row belongs to no product', async () => {
    const mugs = manyOf(1_000, () => ({ product_slug: 'mug' }));
    expect(sizesOf(await received([...mugs, defectOf(1_002)]))).toEqual([1_000, 1]);
    const mug = cellsOf({ product_slug: 'mug' }, 1_002);
    const afterDefect = [...mugs.slice(1), defectOf(1_001), mug];
    expect(sizesOf(await received(afterDefect))).toEqual([1_000, 1]);
  });

  it('or fewer where they are long', async () => {
    const description = 'x'.repeat(2_000_000);
    const long = manyOf(5, () => ({ description }));
    expect(sizesOf(await received(long))).toEqual([2, 2, 1]);
  });
});

describe('a file that cannot be taken', () => {
  it('leaves nothing where the rest of it does not arrive, and says why', async () => {
    const noted = new NotedImport();
    const rows = manyOf(1_001, (index) => ({ sku: `S${index}` })).map((row) => ok(row));
    const interrupted = err({ code: 'catalog.import_interrupted' } as const);
    const outcome = await receive(asFile([...rows, interrupted]), { noted });
    expect(outcome._unsafeUnwrapErr()).toEqual({ code: 'catalog.import_interrupted' });
    expect(noted).toMatchObject({ status: 'failed', chunks: [] });
  });

  it('is refused at the first row that is too much', async () => {
    const noted = new NotedImport();
    const rows = manyOf(4, () => ({ sku: 'A' })).map((row) => ok(row));
    expect((await receive(asFile(rows), { mostRows: 4 })).isOk()).toBe(true);
    const outcome = await receive(asFile(rows), { noted, mostRows: 3 });
    expect(outcome._unsafeUnwrapErr()).toEqual({
      code: 'catalog.import_unreadable',
      line: 5,
      reason: 'too_many_rows',
      column: null,
    });
    expect(noted.status).toBe('failed');
  });
});

describe('where the shop cannot write just now', () => {
  const rows = manyOf(1_001, (index) => ({ sku: `S${index}` })).map((row) => ok(row));

  it('not a row of the file is read', async () => {
    const seen: SourceRow[] = [];
    const outcome = await receive(asFile(rows, seen), { noted: new NotedImport(1) });
    expect(outcome._unsafeUnwrapErr()).toEqual(REFUSAL);
    expect(seen).toEqual([]);
  });

  it.each([
    ['some rows', 2],
    ['the end of the file', 3],
  ])('%s is not taken, and the import is never queued', async (_, run) => {
    const noted = new NotedImport(run);
    expect((await receive(asFile(rows), { noted }))._unsafeUnwrapErr()).toEqual(REFUSAL);
    expect(noted.status).toBe('receiving');
  });

  it('a broken file is not given up without being told', async () => {
    const noted = new NotedImport(2);
    const broken = asFile([err({ code: 'catalog.import_interrupted' })]);
    expect((await receive(broken, { noted }))._unsafeUnwrapErr()).toEqual(REFUSAL);
    expect(noted.status).toBe('receiving');
  });
});
