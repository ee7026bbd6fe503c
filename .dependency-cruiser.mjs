// Who may import whom. Every rule here has a probe of the same name in scripts/probes/, a file that
// breaks it on purpose: `pnpm check` fails when one is missing.

const test = String.raw`\.test\.ts$`;
const testFolder = '^(packages|apps)/[^/]+/test/';
const testing = '/src/testing/';
const notProduction = [test, testFolder, testing];

/** Packages from the registry, whatever folder the package manager keeps them in. */
const npm = (...names) => `node_modules/(${names.join('|')})/`;
const nodeBuiltins = { dependencyTypesNot: ['core'] };

const allowOnly = (name, comment, from, allowed, alsoAllowed = {}) => ({
  name,
  comment,
  severity: 'error',
  from,
  // What cannot be resolved is the business of another rule.
  to: { pathNot: allowed, couldNotResolve: false, ...alsoAllowed },
});

const keepIn = (name, comment, packages, places) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: places },
  to: { path: npm(...packages) },
});

const rings = [
  allowOnly(
    'domain-depends-on-neverthrow-alone',
    'The domain is pure: no library but neverthrow, no node builtin, no other package.',
    { path: '^packages/domain/', pathNot: notProduction },
    ['^packages/domain/', npm('neverthrow')],
  ),
  allowOnly(
    'domain-tests-stay-pure',
    'Domain tests and arbitraries need fast-check and vitest, nothing else.',
    {
      path: [`^packages/domain/.*${test}`, `^packages/domain${testing}`, '^packages/domain/test/'],
    },
    ['^packages/domain/', npm('neverthrow', 'fast-check', 'vitest')],
  ),
  allowOnly(
    'application-depends-on-the-domain-alone',
    'Use cases and ports know the domain and neverthrow: no node builtin, no library.',
    { path: '^packages/application/', pathNot: notProduction },
    ['^packages/(domain|application)/', npm('neverthrow')],
  ),
  allowOnly(
    'application-testing-stays-pure',
    'Fakes, builders and contract suites run wherever a test runs.',
    { path: `^packages/application${testing}`, pathNot: test },
    ['^packages/(domain|application)/', npm('neverthrow', 'fast-check', 'vitest')],
  ),
  allowOnly(
    'application-tests-use-fakes',
    'Tests of use cases need no adapter.',
    { path: [`^packages/application/.*${test}`, '^packages/application/test/'] },
    ['^packages/(domain|application)/', npm('neverthrow', 'fast-check', 'vitest')],
    nodeBuiltins,
  ),
  allowOnly(
    'http-adapter-dependencies',
    'The HTTP ring translates: everything else reaches it through the application.',
    { path: '^packages/adapters-http/', pathNot: notProduction },
    [
      '^packages/(domain|application|adapters-http)/',
      npm('neverthrow', 'hono', '@hono/zod-openapi', 'zod', 'swagger-ui-dist'),
    ],
    nodeBuiltins,
  ),
  {
    name: 'adapters-know-no-other-adapter',
    comment: 'Adapters meet in the composition root only.',
    severity: 'error',
    from: { path: '^packages/(adapters-[^/]+)/', pathNot: notProduction },
    to: { path: '^packages/adapters-', pathNot: '^packages/$1/' },
  },
  {
    name: 'adapter-tests-know-no-other-adapter',
    comment: 'A test of an adapter may start the embedded PostgreSQL; it needs no other adapter.',
    severity: 'error',
    from: {
      path: [
        `^packages/(adapters-[^/]+)/.*${test}`,
        `^packages/(adapters-[^/]+)${testing}`,
        '^packages/(adapters-[^/]+)/test/',
      ],
    },
    to: {
      path: '^packages/adapters-',
      pathNot: ['^packages/$1/', '^packages/adapters-embedded-postgres/'],
    },
  },
  {
    name: 'packages-know-no-app',
    comment: 'Apps are made of packages, never the other way round.',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-know-no-other-app',
    comment: 'What two apps share is a package.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'only-the-api-wires-adapters',
    comment: 'apps/api is the one place that chooses adapters; scripts only start what tests need.',
    severity: 'error',
    from: {
      path: ['^apps/(?!api/)', '^scripts/'],
      pathNot: [String.raw`^scripts/(test-services-keeper|openapi)\.ts$`],
    },
    to: { path: '^packages/adapters-' },
  },
  {
    name: 'examples-speak-http',
    comment: 'An example is a client: it imports nothing of the workspace.',
    severity: 'error',
    from: { path: '^examples/' },
    to: { path: '^(packages|apps|scripts)/' },
  },
];

const contexts = [
  {
    name: 'domain-context-boundaries',
    comment: "A context's domain imports itself and core.",
    severity: 'error',
    from: { path: '^packages/domain/src/([^/]+)/', pathNot: notProduction },
    to: {
      path: '^packages/domain/src/',
      pathNot: ['^packages/domain/src/($1|core)/', testing],
    },
  },
  {
    name: 'domain-test-context-boundaries',
    comment: "A test of a context's domain imports that context, core and testing.",
    severity: 'error',
    from: { path: `^packages/domain/src/([^/]+)/.*${test}`, pathNot: testing },
    to: { path: '^packages/domain/src/', pathNot: '^packages/domain/src/($1|core|testing)/' },
  },
  {
    name: 'application-context-boundaries',
    comment:
      'A context reaches another one through a port it owns, implemented in its acl/ folder.',
    severity: 'error',
    from: { path: '^packages/application/src/([^/]+)/(?!acl/)', pathNot: notProduction },
    to: {
      path: '^packages/(domain|application)/src/',
      pathNot: ['^packages/(domain|application)/src/($1|core)/', testing],
    },
  },
  {
    name: 'application-test-context-boundaries',
    comment: 'Tests of a context keep to it as well; what they share is in testing/.',
    severity: 'error',
    from: { path: `^packages/application/src/([^/]+)/(?!acl/).*${test}`, pathNot: testing },
    to: {
      path: '^packages/(domain|application)/src/',
      pathNot: '^packages/(domain|application)/src/($1|core|testing)/',
    },
  },
];

const doors = [
  {
    name: 'no-relative-path-into-another-package',
    comment: 'A package is entered by its name and its exports.',
    severity: 'error',
    from: { path: '^((packages|apps|examples)/[^/]+|scripts)/' },
    to: {
      path: '^(packages|apps|examples|scripts)/',
      pathNot: '^$1/',
      dependencyTypes: ['local'],
    },
  },
  {
    name: 'no-unresolvable',
    comment: 'Misspelt, not installed, or a deep path that the exports of a package do not offer.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-undeclared-dependency',
    comment: 'What a package imports stands in its own package.json; vitest comes from the root.',
    severity: 'error',
    from: { path: '^(packages|apps|examples)/' },
    to: {
      dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
      pathNot: ['^packages/', npm('vitest', '@types/[^/]+')],
    },
  },
  {
    name: 'no-dev-dependency-in-production',
    comment: 'A devDependency is not installed where the code runs.',
    severity: 'error',
    from: { path: '^(packages|apps)/[^/]+/src/', pathNot: notProduction },
    to: { dependencyTypes: ['npm-dev'], pathNot: npm('@types/[^/]+') },
  },
  {
    name: 'no-test-library-in-production',
    comment: 'They are installed at the root, so that they would resolve from anywhere.',
    severity: 'error',
    from: { path: '^(packages|apps)/', pathNot: notProduction },
    to: { path: npm('vitest', 'fast-check', '@vitest/[^/]+') },
  },
  {
    name: 'no-own-barrel',
    comment: 'The index.ts of a context is for other packages; inside, import the file.',
    severity: 'error',
    from: { path: '^((packages|apps)/[^/]+)/' },
    to: { path: String.raw`^$1/.*index\.ts$` },
  },
  {
    name: 'barrel-only-at-a-context-root',
    comment: 'One index.ts a context a package.',
    severity: 'error',
    from: { path: String.raw`^(packages|apps)/[^/]+/src/[^/]+/.+/index\.ts$` },
    to: {},
  },
  {
    name: 'no-testing-in-production',
    comment: 'Fakes and builders are for tests.',
    severity: 'error',
    from: { pathNot: [...notProduction, '^scripts/'] },
    to: { path: [testing, testFolder] },
  },
  {
    name: 'nobody-imports-a-test',
    comment: 'What tests share is in testing/.',
    severity: 'error',
    from: {},
    to: { path: test },
  },
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one idea, or three.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
];

const places = [
  keepIn(
    'inversify-stays-in-the-composition',
    'The container is known to the composition root alone.',
    ['inversify', '@inversifyjs/[^/]+'],
    ['^apps/api/src/composition/'],
  ),
  keepIn(
    'reflect-metadata-stays-in-the-composition',
    "It is inversify's peer and has no other use.",
    ['reflect-metadata'],
    ['^apps/api/src/composition/', String.raw`^apps/api/src/(main|worker)\.ts$`],
  ),
  keepIn(
    'zod-stays-at-the-edge',
    'Zod parses what comes from outside: requests and the configuration.',
    ['zod', '@hono/zod-openapi'],
    ['^packages/adapters-http/', '^apps/api/src/config/'],
  ),
  keepIn(
    'postgres-stays-in-its-adapter',
    'SQL is spoken in adapters-postgres.',
    ['postgres'],
    ['^packages/adapters-(postgres|embedded-postgres)/', testFolder, test],
  ),
  keepIn(
    'ioredis-stays-in-its-adapter',
    'Redis is spoken in adapters-redis.',
    ['ioredis'],
    ['^packages/adapters-redis/'],
  ),
  keepIn(
    'crypto-libraries-stay-in-their-adapter',
    'Tokens and password hashes are ports everywhere else.',
    ['jose', '@node-rs/argon2'],
    ['^packages/adapters-crypto/'],
  ),
  keepIn(
    'mail-libraries-stay-in-their-adapter',
    'A mail is handed to a port everywhere else.',
    ['nodemailer', 'smtp-server', 'postal-mime'],
    ['^packages/adapters-mail/'],
  ),
  keepIn(
    'media-libraries-stay-in-their-adapter',
    'Pictures are worked on and stored behind ports.',
    ['sharp', '@img/[^/]+', 'aws4fetch', '@20minutes/s3rver'],
    ['^packages/adapters-media/'],
  ),
  keepIn(
    'payment-libraries-stay-in-their-adapter',
    'Money is moved behind a port.',
    ['stripe'],
    ['^packages/adapters-payments/'],
  ),
  keepIn(
    'hono-stays-at-the-edge',
    'HTTP is spoken in adapters-http and served by apps/api.',
    ['hono', '@hono/node-server'],
    ['^packages/adapters-http/', '^apps/api/'],
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...rings, ...contexts, ...doors, ...places],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.d.ts', '.json'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
