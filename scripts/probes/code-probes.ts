import type { Probe } from './probe.ts';

const resultsOfUseCase = `import { okAsync, type ResultAsync } from 'neverthrow';

export type Orders = { save(order: string): ResultAsync<void, 'concurrent'>; clear(): unknown };
export const orders: Orders = { save: () => okAsync(undefined), clear: () => null };
`;

let count = 0;

const probe = (rule: string, folder: string, text: string): Probe => {
  count += 1;
  return { rule, files: { [`${folder}/q-${rule}-${count}.ts`]: `${text}\n` } };
};

const application = 'packages/application/src/core';
const dropping = (statement: string): Probe =>
  probe(
    'unused-result',
    application,
    `${resultsOfUseCase}\nexport async function run(isNew: boolean) {\n  ${statement}\n}`,
  );

const pure = (rule: string, text: string): Probe => probe(rule, 'packages/domain/src/core', text);

export const codeProbes: readonly Probe[] = [
  dropping("await orders.save('1');"),
  dropping("orders.save('1');"),
  dropping("void orders.save('1');"),
  dropping("void (await orders.save('1'));"),
  dropping("if (isNew) (await orders.save('1'), 1);"),
  dropping("isNew && (await orders.save('1'));"),
  dropping("isNew ? await orders.save('1') : orders.clear();"),
  dropping("await Promise.all([orders.save('1'), orders.save('2')]);"),
  dropping("['1', '2'].forEach((order) => orders.save(order));"),
  dropping("await orders.save('1').map(() => 1);"),
  probe(
    'unused-result',
    'packages/adapters-redis/src',
    "import { total } from '@kastoma/domain/ordering';\n\ntotal([]);",
  ),
  {
    rule: 'unused-result',
    files: {
      'packages/domain/src/ordering/q-unused.test.ts':
        "import { it } from 'vitest';\n\nimport { total } from './order.aggregate.ts';\n\nit('runs', () => {\n  total([]);\n});\n",
    },
  },

  pure('no-throw', "export function fail(): never {\n  throw new Error('no');\n}"),
  pure('no-throw', "export const failed = Promise.reject(new Error('no'));"),
  {
    rule: 'no-throw',
    files: {
      'packages/application/src/core/defect.ts':
        "export function defect(): never {\n  throw new Error('no');\n}\n",
    },
  },
  probe('no-throw', application, "export function fail(): never {\n  throw new Error('no');\n}"),

  pure('no-clock-or-chance', 'export const at = Date.now();'),
  pure('no-clock-or-chance', 'export const at = new Date();'),
  pure('no-clock-or-chance', 'export const at = Date();'),
  pure('no-clock-or-chance', 'export const { now } = Date;'),
  pure('no-clock-or-chance', 'export const chance = Math.random();'),
  pure('no-clock-or-chance', 'export const { random } = Math;'),
  probe('no-clock-or-chance', application, 'export const at = performance.now();'),
  probe('no-clock-or-chance', application, 'export const id = crypto.randomUUID();'),
  probe('no-clock-or-chance', application, 'export const id = globalThis.crypto;'),
  probe('no-clock-or-chance', application, 'setTimeout(() => 1, 1);'),
  probe('no-clock-or-chance', application, 'setInterval(() => 1, 1);'),
  probe('no-clock-or-chance', application, 'export const at = process.hrtime();'),

  probe(
    'no-unsafe-unwrap',
    'packages/adapters-redis/src',
    "import { ok } from 'neverthrow';\n\nexport const one = ok(1)._unsafeUnwrap();",
  ),
  probe(
    'no-unsafe-unwrap',
    'packages/adapters-redis/src',
    "import { err } from 'neverthrow';\n\nexport const one = err(1)._unsafeUnwrapErr();",
  ),

  {
    rule: 'speaking-names',
    files: { 'packages/domain/src/core/money-utils.ts': 'export const a = 1;\n' },
  },
  {
    rule: 'speaking-names',
    files: { 'packages/domain/src/helpers/a.ts': 'export const a = 1;\n' },
  },
  pure('speaking-names', 'export interface IClock {\n  now(): number;\n}'),
  pure('speaking-names', 'export type OrderDto = string;'),
  pure('speaking-names', 'export class OrderManager {}'),
  pure('speaking-names', 'export class BaseOrder {}'),

  probe(
    'own-schema-only',
    'packages/adapters-postgres/src/ordering',
    'export const stolen = `select * from catalog.products`;',
  ),
  probe(
    'own-schema-only',
    'packages/adapters-postgres/src/core',
    'export const stolen = `update "ordering" . orders set status = null`;',
  ),
];
