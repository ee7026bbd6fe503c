import { parseArgs } from 'node:util';

import { CRASH_SCENARIOS } from './crash-scenarios.ts';
import { countSteps, crash, deathsIn, type CrashResult, type Doomed } from './crash-sweep.ts';
import { openDrillPlace } from './drill-place.ts';
import { machine, markdownTable, writeReport } from './drill-report.ts';
import { DrilledShop } from './drilled-shop.ts';

// Every death that a process can die while money or stock moves: `npm run drill:crash`. Progress on stderr, JSON on
// stdout; `--write` puts the figures into docs/reliability.md.

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    every: { type: 'string', default: '1' },
    batch: { type: 'string', default: '24' },
    lanes: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});

const began = performance.now();
const place = await openDrillPlace();
const shop = await DrilledShop.open(place);
try {
  await sweep();
} finally {
  await shop.killAll();
  await place.close();
}

async function sweep(): Promise<void> {
  const chosen = CRASH_SCENARIOS.filter(({ name }) => values.scenario?.includes(name) ?? true);
  const doomed: Doomed[] = [];
  for (const scenario of chosen) {
    const deaths = deathsIn(await countSteps(shop, scenario));
    tell(`${scenario.name}: ${deaths.length} deaths`);
    for (const death of deaths) doomed.push({ scenario, death });
  }
  const sampled = doomed.filter((_, index) => index % Number(values.every) === 0);
  const results: CrashResult[] = [];
  const off: string[] = [];
  for (let from = 0; from < sampled.length; from += Number(values.batch)) {
    const batch = sampled.slice(from, from + Number(values.batch));
    const { results: some, complaints } = await crash(shop, batch, Number(values.lanes));
    results.push(...some);
    off.push(...complaints);
    for (const { scenario, death, complaints: own } of some.filter(
      (it) => it.complaints.length > 0,
    ))
      tell(`${scenario}, ${death.when} ${death.of} ${death.at}: ${own.join(', ')}`);
    for (const complaint of complaints) tell(complaint);
    tell(`${results.length} of ${sampled.length} deaths, ${seconds()} s`);
  }
  const isGood = off.length === 0 && results.every(({ complaints }) => complaints.length === 0);
  console.log(JSON.stringify({ machine: machine(), seconds: seconds(), results, off }, null, 2));
  if (!isGood) process.exitCode = 1;
  if (values.write) await writeReport('crash', pageOf(results, off, doomed.length));
}

function pageOf(
  results: readonly CrashResult[],
  off: readonly string[],
  all: number,
): readonly string[] {
  const rows = CRASH_SCENARIOS.map(({ name }) => {
    const own = results.filter(({ scenario }) => scenario === name);
    const count = (pick: (result: CrashResult) => boolean) => String(own.filter(pick).length);
    return [
      name,
      count(({ death }) => death.of === 'statement'),
      count(({ death }) => death.of === 'call'),
      count(({ died }) => !died),
      String(Math.max(0, ...own.map(({ retries }) => retries))),
      count(({ complaints }) => complaints.length > 0),
    ];
  });
  return [
    `${results.length} of all ${all} deaths in ${seconds()} s on ${machine()}; ${off.length} lines of the books were off.`,
    '',
    ...markdownTable([
      ['Request', 'At statements', 'At calls', 'Answered before', 'Most retries', 'Went wrong'],
      ...rows,
    ]),
  ];
}

function seconds(): number {
  return Math.round((performance.now() - began) / 1_000);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
