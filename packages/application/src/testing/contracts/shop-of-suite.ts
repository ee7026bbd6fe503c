import { afterAll, beforeAll } from 'vitest';

import type { OpenShop, ShopPorts } from '../shop-ports.ts';

/** Opens a shop for the suite that calls it, and closes it at the end; gives the way to it. */
export function shopOfSuite(open: OpenShop): () => ShopPorts {
  let opened: Awaited<ReturnType<OpenShop>> | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await opened?.close();
  });
  return () => {
    if (opened === undefined) throw new Error('The shop opens before the first test.');
    return opened.ports;
  };
}
