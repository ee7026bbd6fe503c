import { parseArgs } from 'node:util';

// Whether a shop serves, after a deployment: `node scripts/deploy/smoke.ts https://shop.example`. It only reads.

const LONGEST_MILLISECONDS = 10_000;

const base = parseArgs({ allowPositionals: true }).positionals[0] ?? '';
if (!URL.canParse(base)) throw new Error('usage: smoke.ts URL');

const CHECKS: readonly (readonly [path: string, isGood: (text: string) => boolean])[] = [
  ['/health/ready/', (text) => text.includes('"Ready"')],
  ['/api/openapi.json', (text) => 'paths' in JSON.parse(text)],
  ['/api/v1/products/?page_size=1', (text) => (JSON.parse(text) as Envelope).success],
  ['/api/v1/categories/?page_size=1', (text) => (JSON.parse(text) as Envelope).success],
  ['/api/docs/', (text) => text.includes('/assets/swagger-ui-bundle.')],
];

type Envelope = { readonly success: boolean };

for (const [path, isGood] of CHECKS) {
  const fault = await faultOf(path, isGood);
  if (fault === null) console.log(`ok    ${path}`);
  else {
    console.error(`FAIL  ${path}: ${fault}`);
    process.exitCode = 1;
  }
}

async function faultOf(path: string, isGood: (text: string) => boolean): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(LONGEST_MILLISECONDS);
    const response = await fetch(new URL(path, base), { signal });
    const text = await response.text();
    if (!response.ok) return `${response.status}`;
    return isGood(text) ? null : `another answer: ${text.slice(0, 200)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
