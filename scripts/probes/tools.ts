import { spawn } from 'node:child_process';
import { delimiter, relative, resolve } from 'node:path';

import type { Finding } from '../findings.ts';

// The same tools as in `pnpm check`, on another folder, with an answer to compare.

const root = resolve(import.meta.dirname, '../..');

export async function importRules(folder: string): Promise<Finding[]> {
  return JSON.parse(
    await output(folder, `node ${root}/scripts/import-rules.ts --json`),
  ) as Finding[];
}

export async function codeRules(folder: string): Promise<Finding[]> {
  return JSON.parse(await output(folder, `node ${root}/scripts/code-rules.ts --json`)) as Finding[];
}

export async function lint(folder: string): Promise<Finding[]> {
  type Diagnostic = { readonly code?: string; readonly filename: string; readonly message: string };
  const answer = JSON.parse(await output(folder, 'oxlint --format json')) as {
    diagnostics: Diagnostic[];
  };
  return answer.diagnostics.map(({ code, filename, message }) => ({
    rule: code ?? 'syntax',
    file: filename,
    message,
  }));
}

export async function format(folder: string): Promise<Finding[]> {
  const answer = await output(folder, 'oxfmt --list-different scripts');
  return lines(answer).map((file) => ({ rule: 'format', file, message: 'not formatted' }));
}

export async function domainTypes(folder: string): Promise<Finding[]> {
  const answer = await output(folder, 'tsc -p packages/domain/tsconfig.json --pretty false');
  return lines(answer).flatMap((line) => {
    const [, file, rule, message] = /^(.+?)\(\d+,\d+\): error (TS\d+): (.*)$/.exec(line) ?? [];
    return file && rule
      ? [{ file: relative(folder, resolve(folder, file)), rule, message: message ?? '' }]
      : [];
  });
}

export async function unusedCode(folder: string): Promise<Finding[]> {
  type Issue = { readonly file: string } & Record<string, unknown>;
  const answer = JSON.parse(
    await output(folder, 'knip --reporter json --no-config-hints --no-progress'),
  ) as { issues: Issue[] };
  return answer.issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds)
      .filter(([, found]) => Array.isArray(found) && found.length > 0)
      .map(([rule, found]) => ({ rule, file, message: JSON.stringify(found) })),
  );
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

// A tool that finds something exits with an error; one that breaks prints no answer to parse.
function output(folder: string, command: string): Promise<string> {
  const path = [resolve(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path },
  });
  let answer = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code !== 0 && answer === '') failed(new Error(`${command}: ${complaint}`));
      else done(answer);
    });
  });
}
