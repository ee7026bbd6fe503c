import { readCommandLine } from './command-line.ts';
import { Refused } from './refused.ts';
import { replay } from './replay.ts';
import { resultTable } from './result-table.ts';

const CANNOT_BEGIN = 2;
const DISAGREES = 1;

try {
  const commandLine = readCommandLine(process.argv.slice(2), process.env);
  const result = await replay(commandLine, process.stderr);
  for (const { invoice, code, message } of result.orders.failed) {
    process.stderr.write(`Invoice ${invoice} was not ordered (${code}): ${message}\n`);
  }
  const shown = commandLine.json ? JSON.stringify(result, null, 2) : resultTable(result);
  process.stdout.write(`${shown}\n`);
  if (!result.agrees) process.exitCode = DISAGREES;
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = CANNOT_BEGIN;
}
