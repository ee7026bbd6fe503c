/** The first that is found counts: a browser that poses as another one names itself before it. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\//, 'Firefox'],
  [/\bFxiOS\//, 'Firefox'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What a program that is no browser calls itself: `curl/8.5.0`, `okhttp/4.12`. */
const PRODUCT = /^[A-Za-z][\w.-]{0,29}/;
const LONGEST_READ = 512;

/**
 * What a person knows a device by, of what it says of itself (`User-Agent`):
 * "Firefox on Windows", "curl", or nothing. Letters, digits and `._-` only,
 * so that it is inert wherever it is shown.
 */
export function nameDevice(userAgent: string): string {
  const read = userAgent.slice(0, LONGEST_READ);
  const program = nameIn(PROGRAMS, read) ?? PRODUCT.exec(read)?.[0] ?? '';
  const system = nameIn(SYSTEMS, read);
  return program === '' || system === null ? program : `${program} on ${system}`;
}

function nameIn(names: readonly (readonly [RegExp, string])[], text: string): string | null {
  return names.find(([sign]) => sign.test(text))?.[1] ?? null;
}
