import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Load } from './load.ts';

const SCRIPT = new URL('./place-order.pgbench.sql', import.meta.url);

/** The carts that the script orders. */
const CARTS = `
  insert into ordering.carts (id, currency, status, created_at, updated_at, version)
  select md5('bench-cart-' || n)::uuid, 'USD', 'active', now(), now(), 1
  from generate_series(1, :carts) n;
  insert into ordering.cart_items (id, cart_id, position, product_id, variant_id, quantity, price_seen)
  select
    md5('bench-item-' || n)::uuid, md5('bench-cart-' || n)::uuid, 1, :'product', :'variant', 1, 1999
  from generate_series(1, :carts) n;
  analyze ordering.carts, ordering.cart_items;
`;

type Lamp = { readonly productId: string; readonly variantId: string };

/** Whether the tools that this takes are installed. */
export function hasPgbench(): boolean {
  return ['pgbench', 'psql'].every((tool) => spawnSync(tool, ['--version']).status === 0);
}

export type BareShop = {
  /** Another round of orders, each on a product of its own choice. */
  place(round: number): Load;
};

/** The same statements by pgbench, so many at a time, in rounds of so many orders. */
export function openBareShop(
  databaseUrl: string,
  folder: string,
  lamps: readonly [Lamp, ...Lamp[]],
  how: { readonly clients: number; readonly rounds: number; readonly orders: number },
): BareShop {
  const inRound = Math.ceil(how.orders / how.rounds / how.clients);
  const each = inRound * how.rounds;
  const script = readFileSync(SCRIPT, 'utf8');
  const files = lamps.flatMap(({ productId, variantId }, index) => {
    const file = join(folder, `place-order-${index}.sql`);
    const own = script.replaceAll('@VARIANT@', variantId).replaceAll('@PRODUCT@', productId);
    writeFileSync(file, own);
    return ['-f', file];
  });
  const [{ productId, variantId }] = lamps;
  const given = [`carts=${how.clients * each}`, `product=${productId}`, `variant=${variantId}`];
  run('psql', ['-X', '-q', ...given.flatMap((one) => ['-v', one]), databaseUrl], CARTS);
  return {
    place: (round) => {
      const log = `times-${round}`;
      const variables = [`i=${round * inRound}`, `each=${each}`].flatMap((one) => ['-D', one]);
      const load = ['-M', 'prepared', '-c', `${how.clients}`, '-j', '2', '-t', `${inRound}`];
      const logging = ['--log', `--log-prefix=${join(folder, log)}`];
      const words = ['-n', ...load, ...variables, ...logging, ...files, databaseUrl];
      const perSecond = Number(/^tps = ([\d.]+)/m.exec(run('pgbench', words))?.[1]);
      const milliseconds = readdirSync(folder)
        .filter((name) => name.startsWith(log))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
        .map((line) => Number(line.split(' ')[2]) / 1_000);
      return { milliseconds, seconds: milliseconds.length / perSecond };
    },
  };
}

function run(tool: string, words: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(tool, words, { input, encoding: 'utf8' });
  if (status !== 0 || /ERROR|aborted/.test(stderr)) throw new Error(`${tool}: ${stderr}`);
  return stdout;
}
