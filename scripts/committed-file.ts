import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

/** A file as the last commit has it; null where there is no git, no commit, or no such file in it. */
export function committedText(path: string): string | null {
  const exists = git('cat-file', '-e', `HEAD:./${path}`);
  if (exists.error || exists.status !== 0) return null;
  const shown = git('show', `HEAD:./${path}`);
  if (shown.status !== 0) throw new Error(`git show of ${path}: ${shown.stderr}`);
  return shown.stdout;
}

function git(...words: string[]): SpawnSyncReturns<string> {
  return spawnSync('git', words, { encoding: 'utf8' });
}
