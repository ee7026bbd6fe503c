import { resolve } from 'node:path';

import ts from 'typescript';

import { report, type Finding } from './findings.ts';
import { rules } from './rules/all.ts';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles();
if (files.length === 0) throw new Error('There are no source files to read.');

const program = ts.createProgram(files, compilerOptions());
const checker = program.getTypeChecker();
report(files.flatMap(findings), `Code rules, ${files.length} files`);

function compilerOptions(): ts.CompilerOptions {
  const parsed = ts.getParsedCommandLineOfConfigFile('tsconfig.json', undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  });
  if (!parsed) throw new Error('There is no tsconfig.json here.');
  return parsed.options;
}

function findings(path: string): Finding[] {
  const file = program.getSourceFile(resolve(path));
  if (!file) throw new Error(`The compiler does not know ${path}.`);
  return rules.flatMap((rule) =>
    [...rule.inspect(file, path, checker)].map(({ node, message }) => ({
      rule: rule.name,
      file: path,
      line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
      message,
    })),
  );
}
