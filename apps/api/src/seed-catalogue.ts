import { parseArgs } from 'node:util';

import { onCatalogue } from './commands/opened-catalogue.ts';
import { Progress } from './commands/progress.ts';
import { plantLargeCatalogue } from './seed/large/plant-large-catalogue.ts';

const USAGE =
  'usage: seed-catalogue.ts --products N [--seed S]; N up to 5000000, S from 1 to 4095\n';
const MOST_PRODUCTS = 5_000_000;
const LARGEST_SEED = 4_095;

const { products, seed } = readArguments();
const isGood =
  Number.isInteger(products) &&
  products >= 1 &&
  products <= MOST_PRODUCTS &&
  Number.isInteger(seed) &&
  seed >= 1 &&
  seed <= LARGEST_SEED;
if (isGood) {
  await onCatalogue(async (catalogue) => {
    const progress = new Progress();
    const begun = performance.now();
    await plantLargeCatalogue(catalogue, { products, seed }, (count) => {
      progress.show('products', count, products);
    });
    const seconds = (performance.now() - begun) / 1_000;
    process.stdout.write(
      `${products} products in ${seconds.toFixed(1)} s, ${Math.round(products / seconds)} a second.\n`,
    );
  });
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

function readArguments(): { readonly products: number; readonly seed: number } {
  try {
    const { values } = parseArgs({
      options: { products: { type: 'string' }, seed: { type: 'string', default: '1' } },
    });
    return { products: Number(values.products), seed: Number(values.seed) };
  } catch {
    return { products: Number.NaN, seed: Number.NaN };
  }
}
