import { parseArgs } from 'node:util';

import { openDatabase, PostgresOutboxDeliveries } from '@kastoma/adapters-postgres';
import { formatInstant, isUuid, type Instant } from '@kastoma/domain/core';

const USAGE = `usage: cli.ts quarantine
       cli.ts replay [--consumer NAME] [--event ID]
DATABASE_URL names the database of the shop.
`;
const SHOWN = 100;

type Options = { readonly consumer?: string | undefined; readonly event?: string | undefined };

const { positionals, values } = readArguments();
const [command] = positionals;
const url = process.env['DATABASE_URL'] ?? '';
const isEventGood = values.event === undefined || isUuid(values.event);
if (!URL.canParse(url) || !isEventGood || (command !== 'quarantine' && command !== 'replay')) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const database = openDatabase({ url, poolSize: 1, applicationName: 'kastoma-cli' });
  try {
    const deliveries = new PostgresOutboxDeliveries(database);
    if (command === 'quarantine') await show(deliveries);
    else await replay(deliveries, values);
  } finally {
    await database.end();
  }
}

function readArguments(): { readonly positionals: readonly string[]; readonly values: Options } {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { consumer: { type: 'string' }, event: { type: 'string' } },
    });
  } catch {
    return { positionals: [], values: {} };
  }
}

async function show(deliveries: PostgresOutboxDeliveries): Promise<void> {
  for (const {
    eventId,
    consumer,
    eventType,
    lastError,
    quarantinedAt,
  } of await deliveries.quarantined(SHOWN)) {
    const line = [formatInstant(quarantinedAt), eventId, eventType, consumer, lastError];
    process.stdout.write(`${line.join('  ')}\n`);
  }
}

async function replay(
  deliveries: PostgresOutboxDeliveries,
  { consumer, event }: Options,
): Promise<void> {
  const selection = {
    ...(consumer === undefined ? {} : { consumer }),
    ...(event === undefined ? {} : { eventId: event }),
  };
  const count = await deliveries.replay(selection, Date.now() as Instant);
  process.stdout.write(`${count} due again.\n`);
}
