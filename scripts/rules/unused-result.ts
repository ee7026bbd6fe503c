import ts from 'typescript';

import type { Refusal, Rule } from './rule.ts';
import { walk } from './walk.ts';

const message =
  'A Result is thrown away, and its error with it: return it, yield* it, match it or assert it.';

/** `await orders.save(order);` compiles and loses the error. */
export const unusedResult: Rule = {
  name: 'unused-result',
  *inspect(file, _path, checker) {
    for (const node of walk(file)) {
      if (ts.isExpressionStatement(node)) yield* dropped(node.expression, checker);
      if (ts.isForStatement(node) && node.incrementor) yield* dropped(node.incrementor, checker);
      if (isDiscardingCallback(node, checker)) yield* dropped(node.body, checker);
    }
  },
};

// The parts of an expression whose value nobody takes.
function* dropped(expression: ts.Expression, checker: ts.TypeChecker): Iterable<Refusal> {
  if (ts.isParenthesizedExpression(expression) || ts.isVoidExpression(expression)) {
    yield* dropped(expression.expression, checker);
  } else if (ts.isConditionalExpression(expression)) {
    yield* dropped(expression.whenTrue, checker);
    yield* dropped(expression.whenFalse, checker);
  } else if (ts.isBinaryExpression(expression) && isChoice(expression.operatorToken.kind)) {
    if (expression.operatorToken.kind === ts.SyntaxKind.CommaToken) {
      yield* dropped(expression.left, checker);
    }
    yield* dropped(expression.right, checker);
  } else if (
    !isAssignment(expression) &&
    holdsResult(checker.getTypeAtLocation(expression), checker)
  ) {
    yield { node: expression, message };
  }
}

function isChoice(kind: ts.SyntaxKind): boolean {
  return [
    ts.SyntaxKind.CommaToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ].includes(kind);
}

function isAssignment(expression: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    expression.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

// `orders.forEach((order) => save(order))`: the callback gives a Result to somebody who wants none.
function isDiscardingCallback(
  node: ts.Node,
  checker: ts.TypeChecker,
): node is ts.ArrowFunction & { readonly body: ts.Expression } {
  if (!ts.isArrowFunction(node) || ts.isBlock(node.body)) return false;
  const signatures = checker.getContextualType(node)?.getCallSignatures() ?? [];
  return (
    signatures.length > 0 &&
    signatures.every((signature) => {
      const awaited = checker.getAwaitedType(signature.getReturnType());
      return awaited !== undefined && (awaited.flags & ts.TypeFlags.Void) !== 0;
    })
  );
}

function holdsResult(type: ts.Type, checker: ts.TypeChecker): boolean {
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) !== 0) return false;
  if (type.isUnion()) return type.types.some((member) => holdsResult(member, checker));
  if (isOfNeverthrow(type)) return true;
  if (checker.isArrayType(type) || checker.isTupleType(type)) {
    const elements = checker.getTypeArguments(type as ts.TypeReference);
    return elements.some((element) => holdsResult(element, checker));
  }
  const awaited = checker.getAwaitedType(type);
  return awaited !== undefined && awaited !== type && holdsResult(awaited, checker);
}

function isOfNeverthrow(type: ts.Type): boolean {
  const symbol = type.getSymbol();
  if (!symbol || !['Ok', 'Err', 'ResultAsync'].includes(symbol.name)) return false;
  return (symbol.declarations ?? []).some((declaration) =>
    declaration.getSourceFile().fileName.includes('/node_modules/neverthrow/'),
  );
}
