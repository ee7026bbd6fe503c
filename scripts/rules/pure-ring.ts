/** The production code of the two rings that know neither time, nor chance, nor exceptions. */
export function isPureRing(path: string): boolean {
  return /^packages\/(domain|application)\/src\//.test(path) && !isTestCode(path);
}

export function isTestCode(path: string): boolean {
  return path.endsWith('.test.ts') || /\/src\/testing\/|^(packages|apps)\/[^/]+\/test\//.test(path);
}
