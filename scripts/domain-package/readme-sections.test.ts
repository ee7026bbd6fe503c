import { expect, test } from 'vitest';

import { readmeSections } from './readme-sections.ts';
import { sizesInReadme, withSizes } from './sizes-table.ts';

const fence = '```';
const page = `# A package

${fence}ts
above.the.first.heading();
${fence}

## One

${fence}ts
const one = 1;
console.log(one); // => 1
${fence}

### Below one

${fence}ts
console.log(one + 1);
// => 2
// =>
// => a blank line above
${fence}

## Two

${fence}sh
npm install
${fence}
`;

test('the blocks below a heading are one module, with the lines that they say they print', () => {
  expect(readmeSections(page)).toEqual([
    {
      title: 'One',
      code: [
        'const one = 1;\nconsole.log(one); // => 1\n',
        'console.log(one + 1);\n// => 2\n// =>\n// => a blank line above\n',
      ].join('\n'),
      printed: ['1', '2', '', 'a blank line above'],
    },
  ]);
});

test('sizes are read as they were written, and what stands around them stays', () => {
  const sizes = [
    { what: '`core`', minified: 12_345, gzipped: 999 },
    { what: '`Money` alone', minified: 7, gzipped: 1_234_567 },
  ];
  const written = withSizes(
    'before <!-- sizes -->\n| `old` | 1 | 1 |\n<!-- /sizes --> after',
    sizes,
  );
  expect(sizesInReadme(written)).toEqual(sizes);
  expect(written).toMatch(/^before [^]* after$/);
  expect(withSizes(written, sizes)).toBe(written);
});
