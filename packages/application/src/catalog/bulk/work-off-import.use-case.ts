import { err, ok, type Result } from 'neverthrow';

import type { Currency } from '@kastoma/domain/core';

import type { Clock } from '../../core/clock.port.ts';
import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { StoreSettings } from '../../core/store-settings.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import { derivedSlugs, importBatch, questionOf, underFreeSlugs } from './import-batch.ts';
import { problemOf } from './import-groups.ts';
import type {
  ImportQueries,
  ImportTx,
  ImportUnitOfWork,
  ReceivedRow,
  TakenImport,
} from './import-jobs.port.ts';
import type { ImportProblem } from './import-problem.ts';
import { readImportRow, type ImportRow } from './import-row.ts';

type Dependencies = {
  readonly unitOfWork: ImportUnitOfWork;
  readonly queries: ImportQueries;
  readonly settings: StoreSettings;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** `busy`: somebody else works on it. */
export type WorkDone = 'nothing_to_do' | 'busy' | 'rows_done' | 'import_finished';

/**
 * Works off received rows, some at a time: their effect, what was wrong, and how far the import is are one
 * transaction, which may be killed at any moment and is then done by whoever comes next. The lock on the rows
 * is the lease: that transaction holds it, and nobody who is dead. Several may work on one import at once.
 */
export class WorkOffImport {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Does the next rows of the oldest import. */
  async execute(): Promise<Result<WorkDone, unknown>> {
    const { unitOfWork, queries } = this.#dependencies;
    const next = await queries.next();
    if (next === null) return ok('nothing_to_do');
    const { id, actor } = next;
    return unitOfWork.run<WorkDone, ConcurrentUpdate>({ actor, correlationId: id }, async (tx) => {
      const taken = await tx.imports.take(id);
      return taken === null ? ok('busy') : this.#workOff(tx, taken);
    });
  }

  async #workOff(
    tx: ImportTx,
    { view, chunk }: TakenImport,
  ): Promise<Result<WorkDone, ConcurrentUpdate>> {
    const { settings, ids, clock } = this.#dependencies;
    if (chunk === undefined) {
      await tx.imports.finish(view, clock.now());
      return ok('import_finished');
    }
    const read = readRows(chunk.rows, settings.currency);
    const unique = await withoutRepeated(tx, view.id, read.rows);
    const question = questionOf(unique.rows);
    const shelf = await tx.shelf.find(question);
    const at = clock.now();
    const cause = {
      reference: `import:${view.id}`,
      actor: view.startedBy,
      reason: 'Import',
      at,
    };
    const imported = importBatch(unique.rows, { shelf, currency: settings.currency, ids, cause });
    const taken = await tx.shelf.takenSlugs(derivedSlugs(imported));
    const batch = underFreeSlugs(imported, question.slugs, taken);
    const saved = await tx.shelf.save(batch, view.dryRun ? 'rehearsal' : 'for_good');
    if (saved.isErr()) return err(saved.error);
    const problems = [...read.problems, ...unique.problems, ...imported.problems];
    const { created, updated, unchanged } = imported;
    const counts = { created, updated, unchanged, failedRows: problems.length };
    await tx.imports.complete(view.id, chunk, counts, problems);
    return ok('rows_done');
  }
}

type Rows = { readonly rows: readonly ImportRow[]; readonly problems: readonly ImportProblem[] };

function readRows(received: readonly ReceivedRow[], currency: Currency): Rows {
  const rows: ImportRow[] = [];
  const problems: ImportProblem[] = [];
  for (const one of received) {
    if ('cells' in one)
      readImportRow(one.cells, one.line, currency).match(
        (row) => rows.push(row),
        (problem) => problems.push(problem),
      );
    else problems.push({ line: one.line, sku: null, column: null, error: one.defect });
  }
  return { rows, problems };
}

/** Of several rows with one SKU the first one holds, wherever in the file they stand. */
async function withoutRepeated(
  tx: ImportTx,
  id: string,
  rows: readonly ImportRow[],
): Promise<Rows> {
  const first = await tx.imports.firstLines(
    id,
    rows.map(({ sku }) => sku),
  );
  const good: ImportRow[] = [];
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const firstLine = first.get(row.sku) ?? row.line;
    if (firstLine === row.line) good.push(row);
    else problems.push(problemOf(row, 'sku', { code: 'catalog.import_repeated_sku', firstLine }));
  }
  return { rows: good, problems };
}
