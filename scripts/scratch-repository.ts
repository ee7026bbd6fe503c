import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';

// Inside a git hook the variables of git point at the real repository: a scratch one has none.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
);

/** Runs a script of ours in a scratch folder. */
export function runScript(
  folder: string,
  script: string,
  words: readonly string[],
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [script, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
  });
}

/** Makes a repository of the folder, with everything in it committed. */
export function commitAll(folder: string): void {
  const git = (...words: string[]): Buffer =>
    execFileSync('git', words, { cwd: folder, env: environment, stdio: 'pipe' });
  git('init');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '-m', 'merged');
}
