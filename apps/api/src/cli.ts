import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';

import {
  listingUnitOfWork,
  openDatabase,
  PostgresOutboxDeliveries,
  PostgresStockAudit,
  type Database,
} from '@kastoma/adapters-postgres';
import { RebuildListing } from '@kastoma/application/catalog';
import { systemContext } from '@kastoma/application/core';
import type { StockDiscrepancy } from '@kastoma/application/inventory';
import { formatInstant, isUuid, type Instant, type ProductId } from '@kastoma/domain/core';

import { printAudit } from './commands/audit-books.ts';
import { tableOf } from './commands/table.ts';
import { resetSecondFactorOf } from './server/second-factor-reset.ts';

const USAGE = `usage: cli.ts quarantine
       cli.ts replay [--consumer NAME] [--event ID]
       cli.ts check-stock [--json]
       cli.ts audit-books [--json]
       cli.ts reset-second-factor EMAIL
       cli.ts rebuild-listing [--after ID]
DATABASE_URL names the database of the shop.
`;
const SHOWN = 100;
const MOST_DISCREPANCIES = 1_000;

const COMMANDS = [
  'quarantine',
  'replay',
  'check-stock',
  'audit-books',
  'reset-second-factor',
  'rebuild-listing',
];

type Options = {
  readonly consumer?: string | undefined;
  readonly event?: string | undefined;
  readonly after?: string | undefined;
  readonly json?: boolean | undefined;
};

const { positionals, values } = readArguments();
const [command, subject] = positionals;
const url = process.env['DATABASE_URL'] ?? '';
const hasSubject = (command === 'reset-second-factor') === (subject !== undefined);
const isEventGood = [values.event, values.after].every((id) => id === undefined || isUuid(id));
const isCommandGood = command !== undefined && COMMANDS.includes(command) && hasSubject;
if (!URL.canParse(url) || !isEventGood || !isCommandGood) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const database = openDatabase({ url, poolSize: 1, applicationName: 'kastoma-cli' });
  try {
    const deliveries = new PostgresOutboxDeliveries(database);
    if (command === 'quarantine') await show(deliveries);
    else if (command === 'replay') await replay(deliveries, values);
    else if (command === 'rebuild-listing') await rebuildListing(database, values.after ?? null);
    else if (command === 'audit-books') {
      if (!(await printAudit(database, values.json === true))) process.exitCode = 1;
    } else if (subject !== undefined) await resetSecondFactor(subject, database);
    else await checkStock(new PostgresStockAudit(database), values);
  } finally {
    await database.end();
  }
}

function readArguments(): { readonly positionals: readonly string[]; readonly values: Options } {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        consumer: { type: 'string' },
        event: { type: 'string' },
        after: { type: 'string' },
        json: { type: 'boolean' },
      },
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

/** Lists, filters and the search as products and stock stand now. After an interruption it goes on behind the product that was shown last. */
async function rebuildListing(database: Database, after: string | null): Promise<void> {
  const clock = { now: () => Date.now() as Instant };
  const rebuild = new RebuildListing({ unitOfWork: listingUnitOfWork(database, clock) });
  const onProgress = (last: ProductId) => process.stdout.write(`${last}\n`);
  const command = { after: after as ProductId | null, onProgress };
  const done = await rebuild.execute(command, systemContext(randomUUID()));
  if (done.isErr()) process.exitCode = 1;
  else process.stdout.write('Lists are as the catalogue stands.\n');
}

/** Ends with 1 where there is no such account, or no second factor to take off it. */
async function resetSecondFactor(email: string, database: Database): Promise<void> {
  const outcome = await resetSecondFactorOf(email, database);
  if (outcome.isOk()) {
    process.stdout.write('The second factor is off, and every session of the account has ended.\n');
    return;
  }
  process.stderr.write(`Nothing was changed: ${outcome.error.code}.\n`);
  process.exitCode = 1;
}

/** Ends with 1 where the books do not add up. */
async function checkStock(audit: PostgresStockAudit, { json }: Options): Promise<void> {
  const found = await audit.discrepancies(MOST_DISCREPANCIES);
  if (found.length > 0) process.exitCode = 1;
  if (json === true) process.stdout.write(`${JSON.stringify(found)}\n`);
  else if (found.length === 0) process.stdout.write('The books of stock add up.\n');
  else for (const line of tableOfStock(found)) process.stdout.write(`${line}\n`);
}

function tableOfStock(found: readonly StockDiscrepancy[]): readonly string[] {
  return tableOf([
    ['INVARIANT', 'VARIANT', 'LOCATION', 'AT', 'EXPECTED', 'FOUND'],
    ...found.map(({ invariant, variantId, location, at, expected, found: stands }) => [
      invariant,
      variantId,
      location,
      at ?? '-',
      expected,
      stands,
    ]),
  ]);
}
