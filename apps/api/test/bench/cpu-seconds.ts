import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** What a process has used so far, and with it its children or those of them that ended; Linux alone tells. */
export function cpuSecondsOf(
  pid: number,
  children: 'without' | 'with_children' = 'without',
): number {
  if (process.platform !== 'linux') return Number.NaN;
  const own = ticksOf(pid);
  if (children === 'without') return (own?.own ?? 0) / TICKS_A_SECOND;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ticksOf(Number(name)))
    .filter((ticks) => ticks?.parent === pid)
    .reduce((sum, ticks) => sum + (ticks?.own ?? 0), 0);
  return ((own?.own ?? 0) + (own?.ended ?? 0) + living) / TICKS_A_SECOND;
}

function ticksOf(pid: number) {
  let line = '';
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // Behind the name, which may hold anything: state, parent, then the eleventh and following count time.
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (place: number) => fields[place] ?? 0;
  return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
}
