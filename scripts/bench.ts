import { benchPricing } from './bench/pricing.ts';

// Benchmarks by name: `pnpm bench pricing`. A table for people on stderr as it grows, JSON on stdout.

const BENCHMARKS: Readonly<Record<string, (options: BenchOptions) => unknown>> = {
  pricing: benchPricing,
};

type BenchOptions = { readonly write: boolean };

const [name = '', ...flags] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (benchmark === undefined) {
  console.error(`Which one? ${Object.keys(BENCHMARKS).join(', ')}`);
  process.exitCode = 2;
} else {
  const figures = benchmark({ write: flags.includes('--write') });
  console.log(JSON.stringify(figures, null, 2));
}
