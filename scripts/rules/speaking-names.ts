import ts from 'typescript';

import type { Refusal, Rule } from './rule.ts';
import { walk } from './walk.ts';

const empty = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'misc',
  'manager',
  'managers',
  'base',
  'impl',
  'dto',
  'dtos',
]);
const emptySuffix = /(Dto|DTO|Utils?|Helpers?|Manager|Impl)$/;
const hungarianPrefix = /^I[A-Z][a-z]/;

/** A file or a type is named after an idea of the business or of the machine, not after nothing. */
export const speakingNames: Rule = {
  name: 'speaking-names',
  *inspect(file, path) {
    yield* fileName(file, path);
    for (const node of walk(file)) {
      if (isDeclaration(node) && node.name && ts.isIdentifier(node.name)) {
        yield* identifier(node, node.name);
      }
    }
  },
};

function* fileName(file: ts.SourceFile, path: string): Iterable<Refusal> {
  const said = path.replace(/\.ts$/, '').split(/[/.-]/);
  for (const word of said.filter((it) => empty.has(it))) {
    yield { node: file, message: `"${word}" in a file name says nothing: name the idea.` };
  }
}

function* identifier(node: ts.Node, name: ts.Identifier): Iterable<Refusal> {
  if (emptySuffix.test(name.text)) {
    yield { node: name, message: `${name.text}: the ending says nothing.` };
  }
  const isType =
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node);
  if (isType && hungarianPrefix.test(name.text)) {
    yield { node: name, message: `${name.text}: no I- before a name.` };
  }
  if (isType && /^(Base|Abstract)[A-Z]/.test(name.text)) {
    yield { node: name, message: `${name.text}: no base classes.` };
  }
}

type Declaration =
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration;

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}
