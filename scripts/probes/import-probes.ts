import type { Probe } from './probe.ts';

const using = (path: string, from: string, rule: string): Probe => ({
  rule,
  files: { [path]: `import * as it from '${from}';\n\nexport const used = it;\n` },
});

const domain = 'packages/domain/src';
const application = 'packages/application/src';
const redis = 'packages/adapters-redis/src';

export const importProbes: readonly Probe[] = [
  using(`${domain}/core/p-builtin.ts`, 'node:path', 'domain-depends-on-neverthrow-alone'),
  using(`${domain}/core/p-pure.test.ts`, 'node:path', 'domain-tests-stay-pure'),
  using(`${domain}/testing/p-pure.arbitrary.ts`, 'node:path', 'domain-tests-stay-pure'),
  using(`${application}/core/p-builtin.ts`, 'node:path', 'application-depends-on-the-domain-alone'),
  using(`${application}/testing/p-builtin.ts`, 'node:path', 'application-testing-stays-pure'),
  using(`${application}/core/p-library.test.ts`, 'uuid', 'application-tests-use-fakes'),
  using('packages/adapters-http/src/p-library.ts', 'uuid', 'http-adapter-dependencies'),
  using(`${redis}/p-adapter.ts`, '@kastoma/adapters-postgres', 'adapters-know-no-other-adapter'),
  using(
    `${redis}/p-adapter.test.ts`,
    '@kastoma/adapters-postgres',
    'adapter-tests-know-no-other-adapter',
  ),
  using(`${redis}/p-app.ts`, '@kastoma/api', 'packages-know-no-app'),
  using('apps/jobs/src/p-app.ts', '@kastoma/api', 'apps-know-no-other-app'),
  using('apps/jobs/src/p-adapter.ts', '@kastoma/adapters-postgres', 'only-the-api-wires-adapters'),
  using('examples/shop/src/p-domain.ts', '@kastoma/domain/core', 'examples-speak-http'),

  using(
    `${domain}/ordering/p-context.ts`,
    '../pricing/discount.value.ts',
    'domain-context-boundaries',
  ),
  using(`${domain}/core/p-context.ts`, '../pricing/discount.value.ts', 'domain-context-boundaries'),
  {
    rule: 'domain-context-boundaries',
    files: {
      [`${domain}/ordering/p-type-only.ts`]:
        "import type { Discount } from '../pricing/discount.value.ts';\n\nexport type Price = Discount;\n",
    },
  },
  using(
    `${domain}/ordering/p-context.test.ts`,
    '../pricing/discount.value.ts',
    'domain-test-context-boundaries',
  ),
  using(
    `${application}/ordering/p-domain-of-another.ts`,
    '@kastoma/domain/inventory',
    'application-context-boundaries',
  ),
  using(
    `${application}/ordering/p-application-of-another.ts`,
    '../inventory/reserve-stock.use-case.ts',
    'application-context-boundaries',
  ),
  using(
    `${application}/ordering/p-context.test.ts`,
    '../inventory/reserve-stock.use-case.ts',
    'application-test-context-boundaries',
  ),

  using(
    `${redis}/p-relative.ts`,
    '../../domain/src/core/money.value.ts',
    'no-relative-path-into-another-package',
  ),
  using(`${redis}/p-deep.ts`, '@kastoma/domain/core/money.value.ts', 'no-unresolvable'),
  using(`${redis}/p-undeclared.ts`, 'typescript', 'no-undeclared-dependency'),
  using(`${redis}/p-dev.ts`, 'uuid', 'no-dev-dependency-in-production'),
  using(`${redis}/p-test-library.ts`, 'vitest', 'no-test-library-in-production'),
  using(`${redis}/p-own-barrel.ts`, './index.ts', 'no-own-barrel'),
  using(`${redis}/p-folder/deeper/index.ts`, '../../p-nothing.ts', 'barrel-only-at-a-context-root'),
  using(`${redis}/p-testing.ts`, '@kastoma/application/testing', 'no-testing-in-production'),
  {
    rule: 'nobody-imports-a-test',
    files: {
      [`${redis}/p-imports-a-test.test.ts`]:
        "import { price } from './p-imported.test.ts';\n\nexport const used = price;\n",
      [`${redis}/p-imported.test.ts`]: 'export const price = 1;\n',
    },
  },
  {
    rule: 'no-circular',
    files: {
      [`${redis}/p-circle-left.ts`]:
        "import type { Right } from './p-circle-right.ts';\n\nexport type Left = Right | 1;\n",
      [`${redis}/p-circle-right.ts`]:
        "import type { Left } from './p-circle-left.ts';\n\nexport type Right = { readonly left: Left };\n",
    },
  },

  using(`${redis}/p-inversify.ts`, 'inversify', 'inversify-stays-in-the-composition'),
  using(
    'apps/api/src/p-reflect.ts',
    'reflect-metadata',
    'reflect-metadata-stays-in-the-composition',
  ),
  using('apps/api/src/p-zod.ts', 'zod', 'zod-stays-at-the-edge'),
  using(`${redis}/p-postgres.ts`, 'postgres', 'postgres-stays-in-its-adapter'),
  using('packages/adapters-crypto/src/p-redis.ts', 'ioredis', 'ioredis-stays-in-its-adapter'),
  using(`${redis}/p-jose.ts`, 'jose', 'crypto-libraries-stay-in-their-adapter'),
  using(`${redis}/p-mail.ts`, 'nodemailer', 'mail-libraries-stay-in-their-adapter'),
  using(`${redis}/p-media.ts`, 'sharp', 'media-libraries-stay-in-their-adapter'),
  using(`${redis}/p-stripe.ts`, 'stripe', 'payment-libraries-stay-in-their-adapter'),
  using(`${redis}/p-hono.ts`, 'hono', 'hono-stays-at-the-edge'),
];
