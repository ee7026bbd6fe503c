import type { Files, Package } from './workspace.ts';

// What every rule must leave alone: one file at least for each thing that is allowed.

const contexts = ['core', 'inventory', 'ordering', 'pricing'];
const subpaths = Object.fromEntries(
  [...contexts, 'testing'].map((name) => [`./${name}`, `./src/${name}/index.ts`]),
);
const ownDoor = { '.': './src/index.ts' };

export const packages: readonly Package[] = [
  {
    folder: 'packages/domain',
    name: '@kastoma/domain',
    exports: subpaths,
    dependencies: ['neverthrow'],
    devDependencies: ['fast-check'],
  },
  {
    folder: 'packages/application',
    name: '@kastoma/application',
    exports: subpaths,
    dependencies: ['@kastoma/domain', 'neverthrow'],
    devDependencies: ['fast-check', 'uuid'],
  },
  {
    folder: 'packages/adapters-http',
    name: '@kastoma/adapters-http',
    exports: ownDoor,
    dependencies: ['@kastoma/application', '@kastoma/domain', 'hono', 'zod', 'uuid'],
  },
  {
    folder: 'packages/adapters-postgres',
    name: '@kastoma/adapters-postgres',
    exports: ownDoor,
    dependencies: ['postgres'],
    devDependencies: ['@kastoma/adapters-embedded-postgres'],
  },
  {
    folder: 'packages/adapters-embedded-postgres',
    name: '@kastoma/adapters-embedded-postgres',
    exports: ownDoor,
    dependencies: [],
  },
  {
    // Depends on all there is, so that the rules of places are the only ones in its way.
    folder: 'packages/adapters-redis',
    name: '@kastoma/adapters-redis',
    exports: ownDoor,
    dependencies: [
      '@kastoma/adapters-postgres',
      '@kastoma/api',
      '@kastoma/application',
      '@kastoma/domain',
      'hono',
      'inversify',
      'ioredis',
      'jose',
      'nodemailer',
      'sharp',
      'stripe',
      'postgres',
      'reflect-metadata',
      'zod',
    ],
    devDependencies: ['uuid'],
  },
  {
    folder: 'packages/adapters-crypto',
    name: '@kastoma/adapters-crypto',
    exports: ownDoor,
    dependencies: ['ioredis', 'jose'],
  },
  {
    folder: 'apps/api',
    name: '@kastoma/api',
    exports: ownDoor,
    dependencies: ['@kastoma/adapters-postgres', 'hono', 'inversify', 'reflect-metadata', 'zod'],
  },
  {
    folder: 'apps/jobs',
    name: '@kastoma/jobs',
    exports: ownDoor,
    dependencies: ['@kastoma/adapters-postgres', '@kastoma/api'],
  },
  {
    folder: 'examples/shop',
    name: 'example-shop',
    exports: ownDoor,
    dependencies: ['@kastoma/domain'],
  },
];

const order = `import { ok, type Result } from 'neverthrow';

import type { Money } from '../core/money.value.ts';

export function total(lines: readonly Money[]): Result<Money, never> {
  const placed = new Date(0);
  const sum = lines.reduce((left, right) => left + right.minorUnits, 0n);
  return ok({ minorUnits: sum + BigInt(Math.max(placed.getTime(), 0)) });
}
`;

export const cleanFiles: Files = {
  'packages/domain/src/core/index.ts':
    "export * from './defect.ts';\nexport * from './money.value.ts';\n",
  'packages/domain/src/core/defect.ts':
    'export function defect(reason: string): never {\n  throw new Error(reason);\n}\n',
  'packages/domain/src/core/money.value.ts':
    'export type Money = { readonly minorUnits: bigint };\n',
  'packages/domain/src/inventory/index.ts': "export * from './stock.value.ts';\n",
  'packages/domain/src/inventory/stock.value.ts':
    'export type Stock = { readonly onHand: number };\n',
  'packages/domain/src/ordering/index.ts': "export * from './order.aggregate.ts';\n",
  'packages/domain/src/ordering/order.aggregate.ts': order,
  'packages/domain/src/ordering/order.aggregate.test.ts': `import fc from 'fast-check';
import { expect, it } from 'vitest';

import { anyMoney } from '../testing/money.arbitrary.ts';
import { total } from './order.aggregate.ts';

it('totals its lines', () => {
  fc.assert(fc.property(anyMoney, (money) => total([money])._unsafeUnwrap().minorUnits > -1n));
  expect(total([]).isOk()).toBe(true);
});
`,
  'packages/domain/src/pricing/index.ts': "export * from './discount.value.ts';\n",
  'packages/domain/src/pricing/discount.value.ts':
    'export type Discount = { readonly percent: number };\n',
  'packages/domain/src/testing/index.ts': "export * from './money.arbitrary.ts';\n",
  'packages/domain/src/testing/money.arbitrary.ts': `import fc from 'fast-check';

import type { Money } from '../core/money.value.ts';
import type { Discount } from '../pricing/discount.value.ts';

export const anyMoney: fc.Arbitrary<Money> = fc.record({ minorUnits: fc.bigInt({ min: 0n }) });

export const half: Discount = { percent: Math.floor(Math.random()) + 50 };
`,
  'packages/application/src/core/index.ts': "export * from './clock.port.ts';\n",
  'packages/application/src/core/clock.port.ts': 'export type Clock = { now(): Date };\n',
  'packages/application/src/inventory/index.ts': "export * from './reserve-stock.use-case.ts';\n",
  'packages/application/src/inventory/reserve-stock.use-case.ts': `import type { Stock } from '@kastoma/domain/inventory';
import { okAsync, type ResultAsync } from 'neverthrow';

export function reserve(stock: Stock): ResultAsync<Stock, 'gone'> {
  return okAsync(stock);
}
`,
  'packages/application/src/ordering/index.ts': "export * from './place-order.use-case.ts';\n",
  'packages/application/src/ordering/place-order.use-case.ts': `import type { Money } from '@kastoma/domain/core';
import { total } from '@kastoma/domain/ordering';

import type { Clock } from '../core/clock.port.ts';

export async function place(clock: Clock, lines: Promise<readonly Money[]>): Promise<string> {
  const sum = total(await lines);
  return sum.match(
    (money) => \`\${money.minorUnits} at \${clock.now().toISOString()}\`,
    () => 'never',
  );
}
`,
  'packages/application/src/ordering/place-order.use-case.test.ts': `import { setTimeout as pause } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { startOfTest } from '../testing/fixed.clock.ts';
import { place } from './place-order.use-case.ts';

it('places an order', async () => {
  await pause(1);
  expect(await place(startOfTest(), Promise.resolve([]))).toContain('0 at');
});
`,
  'packages/application/src/ordering/acl/stock.inventory-adapter.ts': `import type { Stock } from '@kastoma/domain/inventory';
import type { ResultAsync } from 'neverthrow';

import { reserve } from '../../inventory/reserve-stock.use-case.ts';

export function reserveForOrder(stock: Stock): ResultAsync<Stock, 'gone'> {
  return reserve(stock);
}
`,
  'packages/application/src/pricing/index.ts': 'export const quoteLifetimeMinutes = 15;\n',
  'packages/application/src/testing/index.ts': "export * from './fixed.clock.ts';\n",
  'packages/application/src/testing/fixed.clock.ts': `import type { Clock } from '../core/clock.port.ts';

export function startOfTest(): Clock {
  const at = new Date();
  return { now: () => at };
}
`,
  'packages/adapters-http/src/index.ts': "export * from './orders.routes.ts';\n",
  'packages/adapters-http/src/orders.routes.ts': `import { createHash } from 'node:crypto';

import { place } from '@kastoma/application/ordering';
import { Hono } from 'hono';
import { z } from 'zod';

export const orders = new Hono().get('/', async (context) => {
  const at = z.coerce.date().parse(context.req.query('at'));
  context.header('etag', createHash('sha256').update(at.toISOString()).digest('hex'));
  return context.text(await place({ now: () => at }, Promise.resolve([])));
});
`,
  'packages/adapters-postgres/src/index.ts':
    "export * from './ordering/orders.postgres-repository.ts';\n",
  'packages/adapters-postgres/src/ordering/orders.postgres-repository.ts': `import type { ISql } from 'postgres';

export class Orders {
  readonly #sql: ISql;

  constructor(sql: ISql) {
    this.#sql = sql;
  }

  async count(): Promise<number> {
    const rows = await this.#sql<{ total: number }[]>\`
      select count(*)::int as total from ordering.orders join core.outbox on true\`;
    return rows.length;
  }
}
`,
  'packages/adapters-postgres/src/ordering/order-lines.read-view.ts':
    'export const linesOfOrders = `select * from ordering.lines join catalog.variants using (id)`;\n',
  'packages/adapters-postgres/src/ordering/orders.integration.test.ts': `import { startEmbedded } from '@kastoma/adapters-embedded-postgres';
import { expect, it } from 'vitest';

it('starts', async () => {
  await expect(startEmbedded()).resolves.toBe('started');
});
`,
  'packages/adapters-embedded-postgres/src/index.ts': `export function startEmbedded(): Promise<string> {
  return Promise.resolve('started');
}
`,
  'packages/adapters-redis/src/index.ts': "export { Redis } from 'ioredis';\n",
  'packages/adapters-crypto/src/index.ts': "export { SignJWT } from 'jose';\n",
  'apps/api/src/index.ts': `import './composition/container.ts';

console.log(process.env['PORT']);
`,
  'apps/api/src/composition/container.ts': `import 'reflect-metadata';

import { Orders } from '@kastoma/adapters-postgres';
import { Container } from 'inversify';

export const container = new Container();
container.bind('orders').toConstantValue(Orders);
`,
  'apps/api/src/config/environment.ts': `import { z } from 'zod';

export const environment = z.object({ PORT: z.string() });
`,
  'apps/jobs/src/index.ts': 'export const jobs: readonly string[] = [];\n',
  'examples/shop/src/index.ts':
    "export const answer = await fetch('http://127.0.0.1:1/products');\n",
  // Something harmless for a probe to import.
  'packages/adapters-redis/src/p-nothing.ts': 'export const nothing = 0;\n',
  'scripts/clean.ts': "console.log('A script may print.');\n",
};
