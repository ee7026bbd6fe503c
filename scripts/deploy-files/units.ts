import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of 100: what systemd itself calls exposed begins at 50. */
const MOST_EXPOSURE = 15;

/** What systemd has against the units, or null on a machine without it. */
export function faultsOfUnits(folder: string): readonly string[] | null {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return null;
  const copies = mkdtempSync(join(tmpdir(), 'kastoma-units-'));
  try {
    const units = readdirSync(folder).map((name) => copyOf(join(folder, name), name, copies));
    const services = units.filter((name) => name.endsWith('.service'));
    return [
      ...analyze(['verify', '--man=no', ...units.map((name) => `./${name}`)], copies),
      ...services.flatMap((name) =>
        analyze(
          ['security', '--offline=true', `--threshold=${MOST_EXPOSURE}`, `./${name}`],
          copies,
        ),
      ),
    ];
  } finally {
    rmSync(copies, { recursive: true });
  }
}

/** Templates as an instance of them; the Node of this machine, and no file that is on the server alone. */
function copyOf(file: string, name: string, folder: string): string {
  const text = readFileSync(file, 'utf8')
    .replaceAll('/usr/bin/node ', `${process.execPath} `)
    .replaceAll(/^EnvironmentFile=.*$/gm, '');
  const instance = name.replace('@.', '@8001.');
  writeFileSync(join(folder, instance), text);
  if (instance !== name) writeFileSync(join(folder, name), text);
  return instance;
}

function analyze(words: readonly string[], folder: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_COLORS: '0' },
  });
  // Of unknown words in a unit it tells, and ends well.
  const told = stderr.trim();
  if (status === 0 && told === '') return [];
  return [`systemd-analyze ${words[0]}: ${told} ${stdout.trim().split('\n').at(-1) ?? ''}`];
}
