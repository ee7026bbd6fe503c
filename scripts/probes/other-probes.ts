import type { Probe } from './probe.ts';

export const formatProbes: readonly Probe[] = [
  { rule: 'format', files: { 'scripts/f-quotes.ts': 'export const one = "1"\n' } },
  {
    rule: 'format',
    files: {
      'scripts/f-imports.ts':
        "import { b } from './b.ts';\nimport { sep } from 'node:path';\n\nexport const used = [b, sep];\n",
    },
  },
];

/** The domain is compiled without the types of Node and of the browser. */
export const typeProbes: readonly Probe[] = [
  {
    rule: 'TS2591',
    files: { 'packages/domain/src/core/t-node.ts': 'export const env = process.env;\n' },
  },
  {
    rule: 'TS2584',
    files: { 'packages/domain/src/core/t-dom.ts': 'export const page = document;\n' },
  },
  {
    rule: 'TS2532',
    files: {
      'packages/domain/src/core/t-index.ts':
        'export const f = (list: string[]): number => list[0].length;\n',
    },
  },
  {
    rule: 'TS1294',
    files: { 'packages/domain/src/core/t-enum.ts': 'export enum Status {\n  Open,\n}\n' },
  },
  {
    rule: 'TS2375',
    files: {
      'packages/domain/src/core/t-optional.ts':
        'export const it: { readonly name?: string } = { name: undefined };\n',
    },
  },
];
