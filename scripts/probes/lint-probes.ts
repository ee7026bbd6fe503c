import type { Probe } from './probe.ts';

const folder = 'packages/adapters-redis/src';
let count = 0;

const probe = (rule: string, text: string, ending = '.ts'): Probe => {
  count += 1;
  const name = rule.replaceAll(/[^a-z]+/g, '-').replace(/-$/, '');
  return { rule, files: { [`${folder}/l-${name}-${count}${ending}`]: `${text}\n` } };
};

const tested = (body: string): string =>
  `import { expect, it } from 'vitest';\n\nexport const pages = [expect];\n\n${body}`;

export const lintProbes: readonly Probe[] = [
  probe('typescript(no-floating-promises)', 'Promise.resolve(1);'),
  probe('typescript(no-floating-promises)', 'void Promise.resolve(1);'),
  probe(
    'typescript(no-floating-promises)',
    "import { reserve } from '@kastoma/application/inventory';\n\nreserve({ onHand: 1 });",
  ),
  {
    // Types reach the tests of the domain too, which its own tsconfig leaves out.
    rule: 'typescript(no-floating-promises)',
    files: {
      'packages/domain/src/core/l-floating.test.ts': tested(
        "it('runs', () => {\n  Promise.resolve(1);\n  expect(1).toBe(1);\n});\n",
      ),
    },
  },
  probe(
    'typescript(no-misused-promises)',
    '[1].forEach(async () => {\n  await Promise.resolve();\n});',
  ),
  probe(
    'typescript(await-thenable)',
    'export async function f(one: number): Promise<number> {\n  const two = await one;\n  return two;\n}',
  ),
  probe('typescript(only-throw-error)', "export function f(): never {\n  throw 'text';\n}"),
  probe(
    'eslint(preserve-caught-error)',
    'export function f(): void {\n  try {\n    JSON.stringify(1);\n  } catch (error) {\n    throw new Error(String(error));\n  }\n}',
  ),
  probe('eslint(no-empty)', 'try {\n  JSON.stringify(1);\n} catch {}'),
  probe('typescript(no-explicit-any)', 'export type Loose = any;'),
  probe('typescript(no-unsafe-assignment)', "export const loose: string = JSON.parse('1');"),
  probe('typescript(no-unsafe-argument)', "export const loose = String.raw(JSON.parse('1'));"),
  probe(
    'typescript(no-unsafe-call)',
    "export const loose = [1].map(() => void JSON.parse('1')());",
  ),
  probe('typescript(no-unsafe-member-access)', "JSON.parse('1').name = 1;"),
  probe('typescript(no-unsafe-return)', "export const loose = (): string => JSON.parse('1');"),
  probe('typescript(no-non-null-assertion)', 'export const first = [1].at(0)!;'),
  probe(
    'typescript(switch-exhaustiveness-check)',
    "export function f(status: 'open' | 'paid'): number {\n  switch (status) {\n    case 'open':\n      return 1;\n  }\n  return 2;\n}",
  ),
  probe('typescript(ban-ts-comment)', '// @ts-ignore\nexport const one = 1;'),
  probe(
    'typescript(consistent-type-imports)',
    "import { Clock } from '@kastoma/application/core';\n\nexport type Watch = Clock;",
  ),
  probe(
    'typescript(no-deprecated)',
    '/** @deprecated use another */\nconst old = 1;\nexport const used = old + 1;',
  ),
  probe(
    'typescript(prefer-nullish-coalescing)',
    'export const f = (percent: number | undefined): number => percent || 10;',
  ),
  probe('eslint(eqeqeq)', 'export const f = (one: number): boolean => one == 1;'),
  probe(
    'eslint(no-param-reassign)',
    'export function f(one: number): number {\n  one = 2;\n  return one;\n}',
  ),
  probe('eslint(prefer-const)', 'let one = 1;\nexport const two = one;'),
  probe('eslint(no-console)', "console.log('one');"),
  probe('node(no-process-env)', "export const port = process.env['PORT'];"),
  probe(
    'eslint(max-lines)',
    Array.from({ length: 301 }, (_, line) => `export const l${line} = 1;`).join('\n'),
  ),
  probe('import(no-default-export)', 'const one = 1;\nexport default one;'),
  probe(
    'unicorn(no-array-sort)',
    'export const f = (list: number[]): number[] => list.sort((a, b) => a - b);',
  ),
  probe('unicorn(filename-case)', 'export const one = 1;', 'PascalCase.ts'),
  probe(
    'vitest(no-focused-tests)',
    tested("it.only('runs', () => {\n  expect(1).toBe(1);\n});"),
    '.test.ts',
  ),
  probe(
    'vitest(no-disabled-tests)',
    tested("it.skip('runs', () => {\n  expect(1).toBe(1);\n});"),
    '.test.ts',
  ),
  probe(
    'vitest(expect-expect)',
    tested("it('runs', () => {\n  JSON.stringify(1);\n});"),
    '.test.ts',
  ),
];
