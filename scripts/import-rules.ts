import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

import { report, type Finding } from './findings.ts';
import { importRuleSet } from './import-rule-set.ts';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles();
const { output } = await cruise(
  files,
  await importRuleSet(),
  {},
  { tsConfig: extractTsConfig('tsconfig.json') },
);
if (typeof output === 'string') throw new Error('The cruise gave a text instead of its result.');

refuseAnIncompleteCruise(output);
report(
  findings(output),
  `Import rules, ${files.length} files, ${output.summary.totalDependenciesCruised ?? 0} imports`,
);

// A compiler API that the cruiser cannot use makes it see no module at all, and pass.
function refuseAnIncompleteCruise(result: ICruiseResult): void {
  const cruised = new Set(result.modules.map((module) => module.source));
  const missed = files.filter((file) => !cruised.has(file));
  if (files.length === 0) throw new Error('There are no source files to cruise.');
  if (missed.length > 0) throw new Error(`Not cruised: ${missed.join(', ')}`);
  const importing = result.modules.filter((module) => module.dependencies.length > 0);
  if (importing.length === 0) throw new Error('The cruise has found not one import.');
}

function findings(result: ICruiseResult): Finding[] {
  const comments = new Map(
    result.summary.ruleSetUsed?.forbidden?.map((rule) => [rule.name, rule.comment ?? '']),
  );
  return result.summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    file: from,
    message: `imports ${cycle?.map((step) => step.name).join(' -> ') ?? to}. ${comments.get(rule.name) ?? ''}`,
  }));
}
