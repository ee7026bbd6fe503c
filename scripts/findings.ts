/** What a rule has against a file. */
export type Finding = {
  readonly rule: string;
  readonly file: string;
  readonly line?: number;
  readonly message: string;
};

/** Prints findings for people, or with `--json` for the probes, and sets the exit code. */
export function report(findings: readonly Finding[], summary: string): void {
  if (process.argv.includes('--json')) {
    process.stdout.write(JSON.stringify(findings));
    return;
  }
  for (const { rule, file, line, message } of findings) {
    console.error(`${file}${line === undefined ? '' : `:${line}`}  ${rule}\n    ${message}`);
  }
  console.log(`${summary}: ${findings.length} findings.`);
  if (findings.length > 0) process.exitCode = 1;
}
