import ts from 'typescript';

import { isTestCode } from './pure-ring.ts';
import type { Rule } from './rule.ts';
import { walk } from './walk.ts';

/** `_unsafeUnwrap` throws what the signature promised to return: tests may, production may not. */
export const noUnsafeUnwrap: Rule = {
  name: 'no-unsafe-unwrap',
  *inspect(file, path) {
    if (isTestCode(path)) return;
    for (const node of walk(file)) {
      if (ts.isIdentifier(node) && /^_unsafeUnwrap(Err)?$/.test(node.text)) {
        yield { node, message: `${node.text} is for tests: handle the error.` };
      }
    }
  },
};
