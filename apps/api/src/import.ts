import { createReadStream, statSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { ok } from 'neverthrow';

import { presentImport, presentImportProblem } from '@kastoma/adapters-http';
import { readCsv, readNdjson, type FileBytes, type ImportView } from '@kastoma/application/catalog';
import { systemContext } from '@kastoma/application/core';

import { onCatalogue, type OpenedCatalogue } from './commands/opened-catalogue.ts';
import { Progress } from './commands/progress.ts';

const USAGE = `usage: import.ts FILE.csv|FILE.ndjson [--dry-run] [--json]
       import.ts --resume ID [--json]
`;
const PROBLEMS_SHOWN = 100;
const BYTES_AT_ONCE = 262_144;
const BUSY_PAUSE_MILLISECONDS = 200;

const { file, dryRun, json, resume } = readArguments();
if (file === undefined && resume === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await onCatalogue(async (catalogue) => {
    const id = resume ?? (await receive(catalogue, file ?? ''));
    if (id !== null) await workOff(catalogue, id);
  });
}

function readArguments() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
        resume: { type: 'string' },
      },
    });
    return {
      file: positionals[0],
      dryRun: values['dry-run'] ?? false,
      json: values.json ?? false,
      resume: values.resume,
    };
  } catch {
    return { file: undefined, dryRun: false, json: false, resume: undefined };
  }
}

async function receive({ receiveImport }: OpenedCatalogue, path: string): Promise<string | null> {
  const format = /\.(?:ndjson|jsonl)$/i.test(path) ? 'ndjson' : 'csv';
  const bytes = bytesOf(path);
  const rows = format === 'csv' ? readCsv(bytes) : readNdjson(bytes);
  const context = systemContext('import-command');
  const received = await receiveImport.execute({ format, dryRun, rows }, context);
  if (received.isOk()) return received.value.id;
  process.stderr.write(`${JSON.stringify(received.error)}\n`);
  process.exitCode = 1;
  return null;
}

async function* bytesOf(path: string): FileBytes {
  const size = statSync(path).size;
  const progress = new Progress();
  let read = 0;
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: BYTES_AT_ONCE });
  for await (const chunk of stream) {
    read += chunk.length;
    if (!json) progress.show('bytes read', read, size);
    yield ok(chunk);
  }
}

async function workOff(catalogue: OpenedCatalogue, id: string): Promise<void> {
  const progress = new Progress();
  for (;;) {
    const view = await catalogue.queries.find(id);
    if (view.isErr()) {
      process.stderr.write('There is no such import.\n');
      process.exitCode = 1;
      return;
    }
    if (!json) progress.show('rows', view.value.doneRows, view.value.totalRows);
    if (['finished', 'failed'].includes(view.value.status)) {
      await tell(catalogue, view.value);
      return;
    }
    const done = await Promise.all([
      catalogue.workOffImport.execute(),
      catalogue.workOffImport.execute(),
    ]);
    // Somebody else, such as the shop itself, is at it.
    if (done.every((one) => one.isErr() || one.value === 'busy' || one.value === 'nothing_to_do'))
      await new Promise((resolve) => {
        setTimeout(resolve, BUSY_PAUSE_MILLISECONDS);
      });
  }
}

async function tell({ queries }: OpenedCatalogue, view: ImportView): Promise<void> {
  if (view.status === 'failed' || view.failedRows > 0) process.exitCode = 1;
  const report = await queries.report(view.id, { after: null, pageSize: PROBLEMS_SHOWN });
  const problems = report.isOk() ? report.value.items.map(presentImportProblem) : [];
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...presentImport(view), problems })}\n`);
    return;
  }
  for (const { line, sku, column, message } of problems)
    process.stdout.write(`line ${line}${said(sku)}${said(column)}: ${message}\n`);
  const more = view.failedRows - problems.length;
  if (more > 0) process.stdout.write(`and ${more} more: GET /api/v1/imports/${view.id}/report/\n`);
  const { created, updated, unchanged, failedRows } = view;
  const what = view.dryRun ? 'Tried, and nothing changed' : view.status;
  process.stdout.write(
    `${what}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${failedRows} rows refused.\n`,
  );
}

function said(part: string | null): string {
  return part === null ? '' : `, ${part}`;
}
