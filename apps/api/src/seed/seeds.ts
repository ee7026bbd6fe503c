import {
  isSeedPlanted,
  recordSeed,
  withAdvisoryLock,
  type Database,
} from '@kastoma/adapters-postgres';

import type { Wiring } from '../composition/container.ts';
import type { Environment } from '../config/environment.ts';
import { plantCatalogue } from './catalogue.seed.ts';
import { plantDemoCoupon } from './demo-coupon.seed.ts';
import { plantDemoReviews } from './demo-reviews.seed.ts';
import { plantAccounts, type FirstAccounts } from './first-accounts.ts';

/** Puts into a new shop what it starts with, each part once; replicas that start at once wait for each other. */
export async function plantSeeds(
  environment: Environment,
  database: Database,
  wiring: Wiring,
  stop?: AbortSignal,
): Promise<FirstAccounts> {
  const plant = async () => {
    const accounts = await plantAccounts(environment, wiring);
    if (environment.mode === 'development') {
      await plantOnce(database, 'catalogue', () => plantCatalogue(wiring));
      await plantOnce(database, 'demo-coupon', () => plantDemoCoupon(wiring));
      const { customer } = accounts;
      if (customer !== null)
        await plantOnce(database, 'demo-reviews', () => plantDemoReviews(wiring, customer.email));
    }
    return accounts;
  };
  return withAdvisoryLock(database, 'seeds', plant, stop);
}

async function plantOnce(
  database: Database,
  name: string,
  plant: () => Promise<void>,
): Promise<void> {
  if (await isSeedPlanted(database, name)) return;
  await plant();
  await recordSeed(database, name);
}
