import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { outputOf } from './command.ts';

const compilerOptions = {
  target: 'ES2024',
  lib: ['ES2024'],
  types: [],
  module: 'NodeNext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
};

/**
 * Compiles files of a folder as somebody does who has the language alone: neither the types of Node nor those of a
 * browser. Declarations of dependencies are checked as well. Gives what the compiler says: nothing.
 */
export function compile(folder: string, include: string, compiler: 'tsc' | 'tsc6'): string {
  const config = JSON.stringify({ compilerOptions, include: [include] });
  writeFileSync(join(folder, 'tsconfig.json'), config);
  return outputOf(compiler, ['-p', '.'], folder);
}
