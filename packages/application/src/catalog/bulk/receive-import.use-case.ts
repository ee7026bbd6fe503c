import { err, ok, ResultAsync, type Result } from 'neverthrow';

import { parseSku } from '@kastoma/domain/catalog';
import { describeActor } from '@kastoma/domain/core';

import type { CallContext } from '../../core/call-context.ts';
import type { Clock } from '../../core/clock.port.ts';
import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { IdempotencyOutcome } from '../../core/idempotency.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type {
  ImportFormat,
  ImportJobs,
  ImportQueries,
  ImportUnitOfWork,
  ReceivedRow,
} from './import-jobs.port.ts';

/** A file that cannot be read as what it says it is; nothing of it is taken. */
export type UnreadableImport = {
  readonly code: 'catalog.import_unreadable';
  readonly line: number;
  readonly reason:
    | 'empty'
    | 'encoding'
    | 'nul'
    | 'open_quote'
    | 'stray_quote'
    | 'row_too_long'
    | 'too_many_columns'
    | 'unknown_column'
    | 'repeated_column'
    | 'missing_column'
    | 'too_many_rows';
  /** The column, where it is about one. */
  readonly column: string | null;
};
/** The file did not arrive to its end. */
export type InterruptedImport = { readonly code: 'catalog.import_interrupted' };

export type TooLargeImport = {
  readonly code: 'catalog.import_too_large';
  readonly maximumBytes: number;
};
/** Why the rest of a file did not arrive. */
export type NotArrived = InterruptedImport | TooLargeImport;

export type SourceRow = Result<ReceivedRow, UnreadableImport | NotArrived>;

export type ReceiveImportCommand = {
  readonly format: ImportFormat;
  readonly dryRun: boolean;
  /** Ends with an error where the rest cannot be read. */
  readonly rows: AsyncIterable<SourceRow>;
};

type NotReceived = UnreadableImport | NotArrived | ConcurrentUpdate | IdempotencyOutcome;

type Dependencies = {
  readonly unitOfWork: ImportUnitOfWork;
  readonly queries: ImportQueries;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

const ROWS_AT_ONCE = 1_000;
/** So many are waited for at most, so that the rows of one product stay together. */
const MOST_ROWS_AT_ONCE = 1_200;
const MOST_CHARACTERS_AT_ONCE = 4_000_000;
const MOST_ROWS = 5_000_000;

/** Takes a file in, row by row, to be worked off by whoever has time. */
export class ReceiveImport {
  readonly #dependencies: Dependencies;
  readonly #mostRows: number;

  constructor(dependencies: Dependencies, mostRows: number = MOST_ROWS) {
    this.#dependencies = dependencies;
    this.#mostRows = mostRows;
  }

  execute(command: ReceiveImportCommand, context: CallContext) {
    const { queries, ids } = this.#dependencies;
    const id = ids.next<string>();
    return new ResultAsync(this.#receive(id, command, context)).andThen(() => queries.find(id));
  }

  async #receive(
    id: string,
    { format, dryRun, rows }: ReceiveImportCommand,
    context: CallContext,
  ): Promise<Result<void, NotReceived>> {
    const { unitOfWork, clock } = this.#dependencies;
    const write = (work: (jobs: ImportJobs) => Promise<unknown>) =>
      unitOfWork.run<void, never>(context, async ({ imports }) => {
        await work(imports);
        return ok();
      });
    const startedBy = describeActor(context.actor);
    const opened = await write((jobs) =>
      jobs.open({ id, format, dryRun, startedBy, at: clock.now() }),
    );
    if (opened.isErr()) return err(opened.error);
    const batches = new Batches(this.#mostRows);
    for await (const row of rows) {
      const added = row.andThen((received) => batches.add(received));
      if (added.isErr()) {
        const given = await write((jobs) => jobs.fail(id, clock.now()));
        return given.isErr() ? err(given.error) : err(added.error);
      }
      if (added.value === null) continue;
      const chunk = added.value;
      const appended = await write((jobs) =>
        jobs.append(id, chunk, firstLinesOf(chunk.rows), clock.now()),
      );
      if (appended.isErr()) return err(appended.error);
    }
    const last = batches.rest();
    return write(async (jobs) => {
      if (last.rows.length > 0) await jobs.append(id, last, firstLinesOf(last.rows), clock.now());
      await jobs.queue(id, clock.now());
    });
  }
}

/** Puts rows together to what is worked off at once. */
class Batches {
  readonly #mostRows: number;
  #number = 0;
  #total = 0;
  #characters = 0;
  #rows: ReceivedRow[] = [];

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  /** Gives those that are complete now, if any. */
  add(row: ReceivedRow) {
    this.#total += 1;
    if (this.#total > this.#mostRows) {
      const reason = 'too_many_rows';
      const { line } = row;
      return err({
        code: 'catalog.import_unreadable' as const,
        line,
        reason,
        column: null,
      } as const);
    }
    const complete = this.#isCompleteBefore(row) ? this.rest() : null;
    this.#rows.push(row);
    this.#characters += lengthOf(row);
    return ok(complete);
  }

  rest() {
    const chunk = { number: this.#number, rows: this.#rows };
    this.#number += 1;
    this.#rows = [];
    this.#characters = 0;
    return chunk;
  }

  #isCompleteBefore(row: ReceivedRow): boolean {
    const last = this.#rows.at(-1);
    if (last === undefined) return false;
    const isTooMuch =
      this.#rows.length >= MOST_ROWS_AT_ONCE || this.#characters >= MOST_CHARACTERS_AT_ONCE;
    return isTooMuch || (this.#rows.length >= ROWS_AT_ONCE && !isOfOneProduct(last, row));
  }
}

function isOfOneProduct(one: ReceivedRow, other: ReceivedRow): boolean {
  if (!('cells' in one) || !('cells' in other)) return false;
  const { product_id: id, product_slug: slug } = one.cells;
  const isNamed = (id ?? '') !== '' || (slug ?? '') !== '';
  return isNamed && id === other.cells.product_id && slug === other.cells.product_slug;
}

function lengthOf(row: ReceivedRow): number {
  if (!('cells' in row)) return 0;
  return Object.values(row.cells).reduce((sum, cell) => sum + cell.length, 0);
}

/** As the domain writes SKUs; one that it would refuse is wrong wherever it stands. */
function firstLinesOf(rows: readonly ReceivedRow[]): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const row of rows) {
    const sku = 'cells' in row ? parseSku(row.cells.sku ?? '').unwrapOr(null) : null;
    if (sku !== null && !lines.has(sku)) lines.set(sku, row.line);
  }
  return lines;
}
