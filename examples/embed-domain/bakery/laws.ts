import { laws, runAllLaws, type BrokenLaw } from '@kastoma/domain/testing';

import { pricerOfTill, withoutTheRest } from './evening-price.pricer.ts';
import { eveningPrice, oldEveningPrice } from './evening-price.ts';

// Our evening price keeps the laws. The rule that it replaced does not: the laws find the cart.

const options = { without: withoutTheRest, runs: 1_000, seed: 23 };

for (const report of runAllLaws(pricerOfTill(eveningPrice), options)) {
  console.log(`${report.law}: ${report.status}`);
  if (report.status !== 'broken') continue;
  console.error(report.failure);
  process.exitCode = 1;
}

try {
  laws.splitIndependence(pricerOfTill(oldEveningPrice), options);
  console.log('The old rule keeps split independence, too.');
} catch (broken) {
  const { law, seed, message } = broken as BrokenLaw;
  console.log(`The old rule breaks ${law}, seed ${seed}`);
  if (process.argv.includes('--show')) console.log(message);
}
