import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { hasPgbench, openBareShop } from './orders/bare-sql.ts';
import { cpuTimeOf } from './orders/cpu-time.ts';
import { figuresOf, joined, under, type Load } from './orders/load.ts';
import { writeOrdersTable } from './orders/orders-table.ts';
import { ADMIN, openShopUnderLoad } from './orders/shop-under-load.ts';
import {
  chooseAddressAndShipping,
  fillCart,
  hangUp,
  placeOrder,
  stock,
} from './orders/shoppers.ts';

// What checkouts cost, and how many orders a second are placed: over HTTP, and by the same bare SQL in the same run.
// JSON on stdout; with --write the table in docs/performance.md as well.

/** Both take turns, so that what else goes on on the machine is the same for both. */
const ROUNDS = 5;

type Spent = { readonly load: Load; readonly cpu: number | null };

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '32' },
    checkouts: { type: 'string', default: '500' },
    products: { type: 'string', default: '50' },
    write: { type: 'boolean', default: false },
  },
});
const [orders, clients] = [Number(values.orders), Number(values.clients)];
const [checkouts, products] = [Number(values.checkouts), Number(values.products)];

const shop = await openShopUnderLoad();
const folder = await mkdtemp(join(tmpdir(), 'kastoma-bench-sql-'));
try {
  const { url } = shop;
  const [first, ...others] = await stock(url, ADMIN, products);
  if (first === undefined) throw new Error('There is nothing to sell.');
  const lamps = [first, ...others] as const;
  const variantOf = (index: number) => (lamps[index % lamps.length] ?? first).variantId;
  const counted = (count: number) => Array.from({ length: count }, (_, index) => index);
  const checkOut = async (index: number) => {
    const token = await fillCart(url, variantOf(index));
    await chooseAddressAndShipping(url, token);
    await placeOrder(url, token);
  };
  const spent = async (work: () => Promise<Load>): Promise<Spent> => {
    const before = cpuTimeOf(shop.pids);
    const load = await work();
    const after = cpuTimeOf(shop.pids);
    return { load, cpu: before === null || after === null ? null : after - before };
  };

  say('Warming up');
  await under(clients, counted(300), checkOut);
  await settle();
  say(`${checkouts} whole checkouts of guests, one after the other`);
  const checkout = await spent(() => under(1, counted(checkouts), checkOut));
  say(`${orders} carts are filled`);
  const tokens: string[] = [];
  await under(clients, counted(orders), async (index) =>
    tokens.push(await fillCart(url, variantOf(index))),
  );
  await settle();
  say(`${orders} orders by ${clients} clients, and the same bare SQL, in turns`);
  const how = { clients, rounds: ROUNDS, orders };
  const bareShop = hasPgbench() ? openBareShop(shop.databaseUrl, folder, lamps, how) : null;
  const inRound = Math.ceil(orders / ROUNDS);
  const turns = { http: [] as Spent[], bare: [] as Spent[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = tokens.slice(round * inRound, (round + 1) * inRound);
    turns.http.push(await spent(() => under(clients, own, (token) => placeOrder(url, token))));
    hangUp();
    if (bareShop !== null) turns.bare.push(await spent(async () => bareShop.place(round)));
  }
  const figures = {
    at: new Date().toISOString(),
    cores: availableParallelism(),
    orders,
    clients,
    checkout: rowOf([checkout]),
    http: rowOf(turns.http),
    pgbench: bareShop === null ? null : rowOf(turns.bare),
  };
  console.log(JSON.stringify(figures, null, 2));
  if (values.write) await writeOrdersTable(figures);
} finally {
  await shop.close();
  await rm(folder, { recursive: true });
}

/** CPU milliseconds of one each. */
function rowOf(turns: readonly Spent[]) {
  const load = joined(turns.map((turn) => turn.load));
  const cpu = turns.reduce(
    (sum: number | null, turn) => (sum === null || turn.cpu === null ? null : sum + turn.cpu),
    0,
  );
  return { ...figuresOf(load), cpu: cpu === null ? null : cpu / load.milliseconds.length };
}

function say(words: string): void {
  console.error(words);
}

/** What was begun before, such as events to be relayed, comes to its end. */
async function settle(): Promise<void> {
  for (let busy = Infinity; busy > 50;) {
    const before = cpuTimeOf(shop.pids) ?? 0;
    await pause(1_000);
    busy = (cpuTimeOf(shop.pids) ?? 0) - before;
  }
}
