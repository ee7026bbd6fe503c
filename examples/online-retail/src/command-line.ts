import { parseArgs } from 'node:util';

import { Refused } from './refused.ts';

export type CommandLine = {
  readonly file: string;
  readonly url: string;
  readonly json: boolean;
  /** Where the refused lines are written, one by one. */
  readonly refusals: string | null;
  readonly concurrency: number;
  readonly admin: { readonly email: string; readonly password: string };
};

const USAGE = `Usage: node examples/online-retail/src/main.ts <path to the CSV> [options]
  --url http://127.0.0.1:8000  where the shop answers
  --json                       the result as JSON
  --refusals <file>            write the refused lines with their reasons as CSV
  --concurrency 4              how many customers shop at the same time (1 to 64)
Set KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD to an account that keeps the catalogue.`;

const MOST_LANES = 64;

export function readCommandLine(
  argv: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const { values, positionals } = parse(argv);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new Refused(`The path of one file is wanted.\n${USAGE}`);
  }
  if (!URL.canParse(values.url) || !new URL(values.url).protocol.startsWith('http')) {
    throw new Refused(`--url: an address such as http://127.0.0.1:8000 is wanted.\n${USAGE}`);
  }
  const concurrency = /^\d{1,2}$/.test(values.concurrency) ? Number(values.concurrency) : 0;
  if (concurrency < 1 || concurrency > MOST_LANES) {
    throw new Refused(`--concurrency: a number from 1 to ${MOST_LANES} is wanted.\n${USAGE}`);
  }
  const email = variables['KASTOMA_ADMIN_EMAIL'] ?? '';
  const password = variables['KASTOMA_ADMIN_PASSWORD'] ?? '';
  if (email === '' || password === '') {
    throw new Refused(`KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD are wanted.\n${USAGE}`);
  }
  const { url, json, refusals } = values;
  return { file, url, json, refusals: refusals ?? null, concurrency, admin: { email, password } };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:8000' },
        json: { type: 'boolean', default: false },
        refusals: { type: 'string' },
        concurrency: { type: 'string', default: '4' },
      },
    });
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}
