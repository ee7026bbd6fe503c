import { spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

const binaries = resolve(import.meta.dirname, '../../node_modules/.bin');

/** What a command prints. One that fails is an exception that holds all it said. */
export function outputOf(command: string, words: readonly string[], folder: string): string {
  const result = spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: [binaries, process.env['PATH']].join(delimiter) },
  });
  if (result.status === 0) return result.stdout;
  throw new Error(
    [`${command} ${words.join(' ')}`, result.error?.message, result.stdout, result.stderr].join(
      '\n',
    ),
  );
}
