import type { CommandLine } from './command-line.ts';
import { readInvoiceFile } from './invoice-file.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { Progress, type ProgressOutput } from './progress.ts';
import { RefusalsFile } from './refusals-file.ts';
import { Refused } from './refused.ts';
import { replayOrders } from './replay-orders.ts';
import { planReplay, type ReplayPlan } from './replay-plan.ts';
import { OrderSums, summarize, type ReplayResult } from './replay-result.ts';
import { Session } from './session.ts';
import { ShopClient } from './shop-client.ts';

/** From the file to the result: plan, catalogue, orders. */
export async function replay(
  { file, url, refusals, concurrency: lanes, admin }: CommandLine,
  output: ProgressOutput,
): Promise<ReplayResult> {
  const start = performance.now();
  const plan = await readPlan(file, refusals);
  const client = new ShopClient(url);
  const keeper = await signIn(client, admin);

  const catalogueStart = performance.now();
  const products = [...plan.products.values()];
  const loading = new Progress('Products', products.length, output);
  const catalogue = await loadCatalogue(keeper, products, {
    lanes,
    onProduct: () => loading.step(),
  });

  const ordersStart = performance.now();
  const shop = new OrderSums();
  const ordering = new Progress('Orders', countOrders(plan), output);
  const { variantIds } = catalogue;
  await replayOrders(plan.customers.values(), {
    client,
    variantIds,
    secret: admin.password,
    lanes,
    onOutcome: (outcome) => {
      shop.add(outcome);
      ordering.step();
    },
  });

  const end = performance.now();
  return summarize(plan, catalogue, shop, {
    catalogue: toSeconds(ordersStart - catalogueStart),
    orders: toSeconds(end - ordersStart),
    total: toSeconds(end - start),
  });
}

async function readPlan(file: string, refusals: string | null): Promise<ReplayPlan> {
  if (refusals === null) return planReplay(readInvoiceFile(file));
  const written = await RefusalsFile.open(refusals);
  try {
    return await planReplay(readInvoiceFile(file), (refusal) => written.write(refusal));
  } finally {
    await written.close();
  }
}

async function signIn(client: ShopClient, admin: CommandLine['admin']): Promise<Session> {
  const opened = await Session.signIn(client, admin);
  if (!opened.ok) throw new Refused(`The shop does not let ${admin.email} in: ${opened.message}`);
  return opened.session;
}

function countOrders({ customers }: ReplayPlan): number {
  return [...customers.values()]
    .flatMap(({ invoices }) => invoices)
    .reduce((count, { orders }) => count + orders.length, 0);
}

function toSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 10) / 100;
}
