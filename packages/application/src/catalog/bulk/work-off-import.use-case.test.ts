import { errAsync, okAsync, ResultAsync, type Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Currency } from '@kastoma/domain/core';

import { MovingClock } from '../../testing/ports/moving-clock.ts';
import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import type {
  ImportCounts,
  ImportTx,
  ImportUnitOfWork,
  ImportView,
  ReceivedRow,
} from './import-jobs.port.ts';
import type { ImportProblem } from './import-problem.ts';
import type { ProductBatch } from './product-batch.ts';
import { WorkOffImport } from './work-off-import.use-case.ts';

const VIEW: ImportView = {
  id: 'import-1',
  format: 'csv',
  dryRun: false,
  status: 'running',
  totalRows: 4,
  doneRows: 0,
  startedBy: 'user:1',
  createdAt: 1_000 as ImportView['createdAt'],
  finishedAt: null,
  created: 0,
  updated: 0,
  unchanged: 0,
  failedRows: 0,
};

/** One import with some rows, and what became of them. */
class WaitingImport {
  isWaiting = true;
  isHeld = false;
  isOvertaken = false;
  finishedAt: number | null = null;
  taken: readonly string[] = [];
  firstLines = new Map<string, number>();
  saved: { readonly batch: ProductBatch; readonly mode: string } | null = null;
  completed: { readonly counts: ImportCounts; readonly problems: readonly ImportProblem[] } | null =
    null;
  readonly #rows: readonly ReceivedRow[] | null;
  readonly #dryRun: boolean;

  constructor(rows: readonly ReceivedRow[] | null, dryRun = false) {
    this.#rows = rows;
    this.#dryRun = dryRun;
  }

  work() {
    const settings = { currency: 'USD' as Currency };
    const next = this.isWaiting ? { id: VIEW.id, actor: { kind: 'system' } } : null;
    return new WorkOffImport({
      unitOfWork: {
        run: (_: unknown, work: (tx: ImportTx) => Promise<Result<unknown, unknown>>) =>
          new ResultAsync(work(this.#tx)),
      } as unknown as ImportUnitOfWork,
      queries: { next: async () => next } as never,
      settings: settings as never,
      ids: new SequentialIds(),
      clock: new MovingClock(5_000),
    }).execute();
  }

  get #tx(): ImportTx {
    const imports = {
      take: async () => {
        const chunk = this.#rows === null ? undefined : { number: 0, rows: this.#rows };
        return this.isHeld ? null : { view: { ...VIEW, dryRun: this.#dryRun }, chunk };
      },
      firstLines: async () => this.firstLines,
      complete: async (
        _: string,
        __: unknown,
        counts: ImportCounts,
        problems: readonly ImportProblem[],
      ) => {
        this.completed = { counts, problems };
      },
      finish: async (_: ImportView, at: number) => {
        this.finishedAt = at;
      },
    };
    const shelf = {
      find: async () => ({ products: [], stock: new Map(), categories: new Map() }),
      takenSlugs: async () => this.taken,
      save: (batch: ProductBatch, mode: string) => {
        if (this.isOvertaken) return errAsync({ code: 'core.concurrent_update' });
        this.saved = { batch, mode };
        return okAsync();
      },
    };
    return { imports, shelf } as unknown as ImportTx;
  }
}

const mug = (line: number, sku: string): ReceivedRow => ({
  line,
  cells: { name: `Mug ${sku}`, sku, price: '9.50' },
});

describe('whoever has time for imports', () => {
  it('has nothing to do where none waits', async () => {
    const waiting = new WaitingImport([mug(2, 'A')]);
    waiting.isWaiting = false;
    expect((await waiting.work())._unsafeUnwrap()).toBe('nothing_to_do');
    expect(waiting.saved).toBeNull();
  });

  it('leaves rows alone that somebody else has', async () => {
    const waiting = new WaitingImport([mug(2, 'A')]);
    waiting.isHeld = true;
    expect((await waiting.work())._unsafeUnwrap()).toBe('busy');
    expect(waiting).toMatchObject({ saved: null, completed: null });
  });

  it('ends an import of which all rows are done', async () => {
    const waiting = new WaitingImport(null);
    expect((await waiting.work())._unsafeUnwrap()).toBe('import_finished');
    expect(waiting).toMatchObject({ finishedAt: 5_000, saved: null, completed: null });
  });

  it('does not take rows for done whose products somebody changed meanwhile', async () => {
    const waiting = new WaitingImport([mug(2, 'A')]);
    waiting.isOvertaken = true;
    const failure = (await waiting.work())._unsafeUnwrapErr();
    expect(failure).toEqual({ code: 'core.concurrent_update' });
    expect(waiting.completed).toBeNull();
  });
});

describe('rows that are worked off', () => {
  it('become products, under slugs that nobody has, and are counted', async () => {
    const waiting = new WaitingImport([mug(2, 'A'), mug(3, 'B')]);
    waiting.taken = ['mug-b'];
    expect((await waiting.work())._unsafeUnwrap()).toBe('rows_done');
    const [first, second] = waiting.saved?.batch.products ?? [];
    expect(first?.product.state.slug).toBe('mug-a');
    expect(second?.product.state.slug).toMatch(/^mug-b-./);
    expect(waiting.saved?.mode).toBe('for_good');
    const counts = { created: 2, updated: 0, unchanged: 0, failedRows: 0 };
    expect(waiting.completed).toEqual({ counts, problems: [] });
  });

  it('are only rehearsed in a dry run', async () => {
    const waiting = new WaitingImport([mug(2, 'A')], true);
    expect((await waiting.work())._unsafeUnwrap()).toBe('rows_done');
    expect(waiting.saved?.mode).toBe('rehearsal');
    expect(waiting.completed?.counts.created).toBe(1);
  });

  it('are reported where they are unreadable, wrong or impossible, and the others are taken', async () => {
    const waiting = new WaitingImport([
      { line: 2, defect: { code: 'catalog.import_unreadable_row', reason: 'not_json' } },
      { line: 3, cells: { sku: 'WRONG', price: 'much' } },
      { line: 4, cells: { sku: 'UNPRICED', name: 'Mug' } },
      mug(5, 'A'),
    ]);
    expect((await waiting.work())._unsafeUnwrap()).toBe('rows_done');
    const counts = { created: 1, updated: 0, unchanged: 0, failedRows: 3 };
    expect(waiting.completed?.counts).toEqual(counts);
    expect(waiting.completed?.problems).toMatchObject([
      { line: 2, sku: null, column: null, error: { code: 'catalog.import_unreadable_row' } },
      { line: 3, sku: 'WRONG', column: 'price', error: { code: 'catalog.import_invalid_value' } },
      {
        line: 4,
        sku: 'UNPRICED',
        column: 'price',
        error: { code: 'catalog.import_missing_value' },
      },
    ]);
  });

  it('hold only where their SKU stands first in the whole file', async () => {
    const waiting = new WaitingImport([mug(1_502, 'A'), mug(1_503, 'B'), mug(1_504, 'C')]);
    waiting.firstLines = new Map([
      ['A', 7],
      ['B', 1_503],
    ]);
    expect((await waiting.work())._unsafeUnwrap()).toBe('rows_done');
    expect(waiting.completed).toMatchObject({
      counts: { created: 2, failedRows: 1 },
      problems: [
        {
          line: 1_502,
          sku: 'A',
          column: 'sku',
          error: { code: 'catalog.import_repeated_sku', firstLine: 7 },
        },
      ],
    });
  });
});
