import ts from 'typescript';

import { isPureRing } from './pure-ring.ts';
import type { Rule } from './rule.ts';
import { walk } from './walk.ts';

const impure = new Set([
  'crypto',
  'globalThis',
  'performance',
  'process',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'Temporal',
]);

/** Time, ids and randomness are arguments, so that a rule gives the same answer every time. */
export const noClockOrChance: Rule = {
  name: 'no-clock-or-chance',
  *inspect(file, path, checker) {
    if (!isPureRing(path)) return;
    for (const node of walk(file)) {
      if (!ts.isIdentifier(node) || isNameOrType(node) || !isAmbient(node, checker)) continue;
      const isImpure =
        impure.has(node.text) ||
        (node.text === 'Date' && !isPureUseOfDate(node)) ||
        (node.text === 'Math' && !isPureUseOfMath(node));
      if (!isImpure) continue;
      yield {
        node,
        message: `${node.parent.getText()}: take the time, the id or the random bytes as an argument, or ask a port.`,
      };
    }
  },
};

function isNameOrType(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isTypeReferenceNode(parent) ||
    ts.isTypeQueryNode(parent)
  );
}

// Declared by the language or the runtime, not by a file of ours that happens to use the name.
function isAmbient(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(node);
  const declarations = symbol?.declarations;
  // Without a declaration it is a global that this ring's types do not even have.
  if (!declarations) return true;
  return declarations.every((declaration) => declaration.getSourceFile().isDeclarationFile);
}

function isPureUseOfDate(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isNewExpression(parent)) return (parent.arguments ?? []).length > 0;
  if (ts.isPropertyAccessExpression(parent)) return ['UTC', 'parse'].includes(parent.name.text);
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
    parent.right === node
  );
}

function isPureUseOfMath({ parent }: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text !== 'random';
}
