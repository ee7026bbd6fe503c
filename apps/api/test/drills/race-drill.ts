import { parseArgs } from 'node:util';

import { openDrillPlace } from './drill-place.ts';
import { machine, markdownTable, writeReport } from './drill-report.ts';
import { DrilledShop } from './drilled-shop.ts';
import { OwnRedis } from './own-redis.ts';
import { gather, race, type PlayedScene } from './race.ts';

// Two hundred who want the same at once, at two processes: `npm run drill:race`. Progress on stderr, JSON on stdout;
// `--write` puts the figures into docs/reliability.md.

const { values } = parseArgs({
  options: {
    shoppers: { type: 'string', default: '200' },
    write: { type: 'boolean', default: false },
  },
});

const redis = await OwnRedis.open();
const place = await openDrillPlace();
const cached: Record<string, string> = redis === null ? {} : { REDIS_URL: redis.url };
const shop = await DrilledShop.open({ ...place, variables: { ...cached } });
try {
  const crowd = await gather(shop, Number(values.shoppers));
  process.stderr.write(`${crowd.shoppers.length} shoppers at ${crowd.urls.length} processes\n`);
  const played = await race(crowd, redis, ({ name, seconds, complaints }) => {
    process.stderr.write(`${name}: ${seconds} s, ${complaints.join('; ') || 'all is well'}\n`);
  });
  console.log(
    JSON.stringify({ machine: machine(), shoppers: crowd.shoppers.length, played }, null, 2),
  );
  if (played.some(({ complaints }) => complaints.length > 0)) process.exitCode = 1;
  if (values.write) await writeReport('race', pageOf(crowd.shoppers.length, played));
} finally {
  await shop.killAll();
  await redis?.kill();
  await place.close();
}

function pageOf(shoppers: number, played: readonly PlayedScene[]): readonly string[] {
  const rows = played.map(({ name, seconds, counted, complaints }) => [
    name,
    Object.entries(counted)
      .map(([answer, count]) => `${count} × ${answer}`)
      .join(', '),
    String(seconds),
    String(complaints.length),
  ]);
  const beside = redis === null ? 'without Redis' : 'with a Redis that was killed in between';
  return [
    `${shoppers} shoppers at two processes on ${machine()}, ${beside}.`,
    '',
    ...markdownTable([['Scene', 'Answers', 'Seconds', 'Went wrong'], ...rows]),
  ];
}
