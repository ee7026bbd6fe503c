import { rmSync } from 'node:fs';

import type { Finding } from './findings.ts';
import { importRuleSet } from './import-rule-set.ts';
import { cleanFiles, packages } from './probes/clean-workspace.ts';
import { codeProbes } from './probes/code-probes.ts';
import { importProbes } from './probes/import-probes.ts';
import { lintProbes } from './probes/lint-probes.ts';
import { formatProbes, typeProbes } from './probes/other-probes.ts';
import type { Suite } from './probes/probe.ts';
import { codeRules, domainTypes, format, importRules, lint, unusedCode } from './probes/tools.ts';
import {
  fullyUsedFiles,
  fullyUsedPackages,
  unusedCodeProbes,
} from './probes/unused-code-probes.ts';
import { createWorkspace, writeFiles } from './probes/workspace.ts';
import { rules } from './rules/all.ts';

// A rule that has never been seen to refuse anything may refuse nothing. Each probe breaks one rule
// on purpose, in a scratch workspace under the real configuration: exactly that rule has to report
// exactly that file, and none may report the files that stand there and do what is allowed.

const shown = 30;

const own = { packages, clean: cleanFiles };
const importRuleNames =
  (await importRuleSet()).ruleSet?.forbidden?.map((it) => it.name ?? '') ?? [];

const suites: readonly Suite[] = [
  {
    tool: 'import rules',
    run: importRules,
    ...own,
    probes: importProbes,
    mustHaveProbes: importRuleNames,
  },
  {
    tool: 'code rules',
    run: codeRules,
    ...own,
    probes: codeProbes,
    mustHaveProbes: rules.map((it) => it.name),
  },
  { tool: 'lint', run: lint, ...own, probes: lintProbes, mustHaveProbes: [] },
  { tool: 'format', run: format, ...own, probes: formatProbes, mustHaveProbes: [] },
  { tool: 'types', run: domainTypes, ...own, probes: typeProbes, mustHaveProbes: [] },
  {
    tool: 'unused code',
    run: unusedCode,
    packages: fullyUsedPackages,
    clean: fullyUsedFiles,
    probes: unusedCodeProbes,
    mustHaveProbes: [],
  },
];

const faults = (await Promise.all(suites.map(prove))).flat();
for (const fault of faults.slice(0, shown)) console.error(fault);
if (faults.length > shown) console.error(`and ${faults.length - shown} more.`);
if (faults.length > 0) process.exitCode = 1;

async function prove(suite: Suite): Promise<string[]> {
  const folder = createWorkspace(suite.packages, suite.clean);
  try {
    for (const { files } of suite.probes) writeFiles(folder, files);
    const found = await suite.run(folder);
    const faultsOfSuite = [...withoutProbe(suite), ...judge(suite, found)];
    printTable(suite, found, faultsOfSuite.length === 0);
    return faultsOfSuite;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutProbe({ tool, probes, mustHaveProbes }: Suite): string[] {
  const probed = new Set(probes.map((probe) => probe.rule));
  return mustHaveProbes
    .filter((rule) => !probed.has(rule))
    .map((rule) => `${tool}: ${rule} has no probe.`);
}

function judge({ tool, probes }: Suite, found: readonly Finding[]): string[] {
  const ofProbes = new Set<Finding>();
  const judged = probes.flatMap(({ rule, files }) => {
    const paths = Object.keys(files);
    const here = found.filter((it) => paths.includes(it.file));
    for (const it of here) ofProbes.add(it);
    const others = here.filter((it) => it.rule !== rule);
    const isReported = here.some((it) => it.rule === rule && it.file === paths[0]);
    return [
      ...(isReported ? [] : [`${tool}: ${rule} does not report ${paths[0]}.`]),
      ...others.map((it) => `${tool}: the probe of ${rule} is also reported by ${print(it)}`),
    ];
  });
  const elsewhere = found.filter((it) => !ofProbes.has(it));
  return [...judged, ...elsewhere.map((it) => `${tool}: reports what is allowed, ${print(it)}`)];
}

function printTable({ tool, probes }: Suite, found: readonly Finding[], ok: boolean): void {
  const probed = [...new Set(probes.map((probe) => probe.rule))];
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${tool}: ${probed.length} rules, ${probes.length} probes`);
  for (const rule of probed) {
    const reports = found.filter((it) => it.rule === rule).length;
    console.log(`       ${rule.padEnd(48)} ${reports} reported`);
  }
}

function print({ rule, file, message }: Finding): string {
  return `${rule} at ${file}: ${message}`;
}
