import ts from 'typescript';

import { isTestCode } from './pure-ring.ts';
import type { Rule } from './rule.ts';
import { walk } from './walk.ts';

const contexts = 'identity|catalog|inventory|pricing|ordering|payments|notifications|reporting';
const inFolder = /^packages\/adapters-postgres\/src\/([^/]+)\//;
const named = new RegExp(
  String.raw`\b(?:from|join|into|update|references|table|using)\s+"?(${contexts})"?\s*\.`,
  'gi',
);

/** These read across contexts on purpose, and their names say so. */
const mayCross = ['.read-view.ts', '.postgres-query.ts'];

/** A context has a Postgres schema; `core` is everybody's. */
export const ownSchemaOnly: Rule = {
  name: 'own-schema-only',
  *inspect(file, path) {
    const own = inFolder.exec(path)?.[1];
    if (own === undefined || isTestCode(path)) return;
    if (mayCross.some((ending) => path.endsWith(ending))) return;
    for (const node of walk(file)) {
      for (const schema of schemasIn(node)) {
        if (schema !== own) yield { node, message: `SQL of ${own} names the schema ${schema}.` };
      }
    }
  },
};

function schemasIn(node: ts.Node): string[] {
  const isText =
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateExpression(node) ||
    ts.isStringLiteral(node);
  if (!isText) return [];
  return [...node.getText().matchAll(named)].map((match) => (match[1] ?? '').toLowerCase());
}
