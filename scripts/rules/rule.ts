import type ts from 'typescript';

/** A place in a file that a rule refuses, and why. */
export type Refusal = { readonly node: ts.Node; readonly message: string };

export type Rule = {
  readonly name: string;
  inspect(file: ts.SourceFile, path: string, checker: ts.TypeChecker): Iterable<Refusal>;
};
