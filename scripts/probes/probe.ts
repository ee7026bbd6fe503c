import type { Finding } from '../findings.ts';
import type { Files, Package } from './workspace.ts';

/** Files that break one rule on purpose; the first of them is the one to be reported. */
export type Probe = { readonly rule: string; readonly files: Files };

/** One tool, the workspace it runs on, the probes of its rules, and the rules that must have one. */
export type Suite = {
  readonly tool: string;
  readonly run: (folder: string) => Promise<readonly Finding[]>;
  readonly packages: readonly Package[];
  readonly clean: Files;
  readonly probes: readonly Probe[];
  readonly mustHaveProbes: readonly string[];
};
