import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';

import { csvOf, CSV_HEADER, ndjsonOf } from '@kastoma/application/catalog';

import { onCatalogue } from './commands/opened-catalogue.ts';

const USAGE = 'usage: export.ts FILE.csv|FILE.ndjson\n';

const file = readFile();
if (file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await onCatalogue(async ({ productExport }) => {
    const isCsv = !/\.(?:ndjson|jsonl)$/i.test(file);
    const write = isCsv ? csvOf : ndjsonOf;
    const output = createWriteStream(file);
    const put = async (text: string) => {
      if (!output.write(text)) await once(output, 'drain');
    };
    let count = 0;
    if (isCsv) await put(CSV_HEADER);
    for await (const some of productExport.read({ status: null, category: null })) {
      await put(some.map(write).join(''));
      count += some.length;
    }
    output.end();
    await finished(output);
    process.stdout.write(`${count} products.\n`);
  });
}

function readFile(): string | undefined {
  try {
    return parseArgs({ allowPositionals: true, options: {} }).positionals[0];
  } catch {
    return undefined;
  }
}
