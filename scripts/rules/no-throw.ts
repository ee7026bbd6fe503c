import ts from 'typescript';

import { isPureRing } from './pure-ring.ts';
import type { Rule } from './rule.ts';
import { walk } from './walk.ts';

/** The one place that may: a defect is no expected failure. */
const DEFECT = 'packages/domain/src/core/defect.ts';

/** In the domain and the application an expected failure is an `err`, in the signature. */
export const noThrow: Rule = {
  name: 'no-throw',
  *inspect(file, path) {
    if (!isPureRing(path) || path === DEFECT) return;
    for (const node of walk(file)) {
      if (ts.isThrowStatement(node)) yield { node, message: 'Return an err instead of throwing.' };
      if (isPromiseReject(node))
        yield { node, message: 'Return an errAsync instead of rejecting.' };
    }
  },
};

function isPromiseReject(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'reject' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'Promise'
  );
}
