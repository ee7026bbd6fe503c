import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { openBenchedShops, type BenchedShop } from './benched-shops.ts';
import { CASES, pathsOf, type BenchCase } from './catalogue-cases.ts';
import { catalogueChart } from './catalogue-chart.ts';
import { growthPage, summaryOf, withTable, type Figure } from './catalogue-table.ts';
import { measure, warmUp, type Measured } from './measured-reads.ts';

// Measures what reading the catalogue costs in shops of several sizes, side by side in one run. The shops are made
// once and kept: `node apps/api/test/bench/bench-catalogue.ts --sizes 1000,100000 --write`.

const PAGE = 'docs/performance.md';
const CHART = 'docs/catalogue-performance.svg';
const ROUNDS = 3;
const CLIENTS = [1, 32];

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000,1000000' },
    seconds: { type: 'string', default: '3' },
    folder: { type: 'string', default: '.kastoma-bench' },
    cases: { type: 'string', default: '' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').map(Number);
const seconds = Number(values.seconds);
const chosen = CASES.filter(({ name }) => name.includes(values.cases));
mkdirSync(values.folder, { recursive: true });

const shops = await openBenchedShops(values.folder, sizes, say);
try {
  const figures: Figure[] = [];
  for (const one of chosen)
    for (const clients of CLIENTS) figures.push(...(await sideBySide(one, clients)));
  const machine = `Node ${process.version}, ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  const result = JSON.stringify({ machine, seconds, reads: figures.map(summaryOf) }, null, 2);
  writeFileSync(values.json ?? `${values.folder}/catalogue.json`, `${result}\n`);
  if (values.write) {
    writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), growthPage(figures)));
    writeFileSync(CHART, catalogueChart(figures));
    say(`Wrote ${PAGE} and ${CHART}.`);
  }
} finally {
  await shops.close();
}

/** Turns among the shops, so that what else the machine does falls on all of them. */
async function sideBySide(one: BenchCase, clients: number): Promise<readonly Figure[]> {
  const cold = new Map<BenchedShop, Measured[]>();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const shop of shops.all) {
      const paths = await pathsOf(one, shop);
      const measured = await measure(shop.uncached, paths, { clients, seconds: seconds / ROUNDS });
      cold.set(shop, [...(cold.get(shop) ?? []), measured]);
    }
  const figures: Figure[] = [];
  for (const shop of shops.all) {
    const paths = (await pathsOf(one, shop)).slice(0, clients);
    await warmUp(shop.cached, paths);
    const warm = await measure(shop.cached, paths, { clients, seconds: seconds / ROUNDS });
    const figure = {
      name: one.name,
      kind: one.kind,
      clients,
      products: shop.products,
      cold: merged(cold.get(shop) ?? []),
      warm,
    };
    figures.push(figure);
    say(line(figure));
  }
  return figures;
}

function merged(rounds: readonly Measured[]): Measured {
  const latencies = rounds.flatMap((round) => round.latencies).toSorted((a, b) => a - b);
  const total = (of: (round: Measured) => number) =>
    rounds.reduce((sum, round) => sum + of(round), 0);
  return {
    latencies,
    statements: total((round) => round.statements),
    apiSeconds: total((round) => round.apiSeconds),
    databaseSeconds: total((round) => round.databaseSeconds),
  };
}

function line(figure: Figure): string {
  const { read, clients, products, cold, warm } = summaryOf(figure);
  return `${read}, ${clients} clients, ${products} products: ${cold.requests} requests, median ${cold.median} ms, ${cold.cpu} ms of CPU, ${cold.statements} statements, warm ${warm.statements}`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
