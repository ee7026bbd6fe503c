import { readdirSync, readFileSync } from 'node:fs';

/** Of the kernel's tables; the same on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

type Times = { readonly parent: number; readonly ticks: number };

/** CPU milliseconds that processes and all that they have started have used so far; null where the kernel does not tell. */
export function cpuTimeOf(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null;
  const all = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const times = timesOf(Number(name));
        return times === null ? [] : [[Number(name), times] as const];
      }),
  );
  const isOurs = (pid: number): boolean =>
    pids.includes(pid) || (all.has(pid) && isOurs(all.get(pid)?.parent ?? 0));
  const ticks = [...all].filter(([pid]) => isOurs(pid)).map(([, times]) => times.ticks);
  return (ticks.reduce((sum, one) => sum + one, 0) * 1_000) / TICKS_A_SECOND;
}

/** Its own time and that of its children that have ended. */
function timesOf(pid: number): Times | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    return { parent, ticks: fields.slice(11, 15).reduce((sum, one) => sum + one, 0) };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
