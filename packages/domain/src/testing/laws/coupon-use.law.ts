import fc from 'fast-check';

import { anyUseLimits, couponUseCommands } from './coupon-use.commands.ts';
import { modelOfCouponUse, type OpenCouponUses } from './coupon-use.model.ts';
import { BrokenLaw, type LawOptions, type LawReport } from './law-report.ts';

const LAW = 'coupon use';
const SAYS =
  'No promotion is used above its limits, an order counts once however often it is tried, and a use is given back once.';
const RUNS = 1_000;

/** The laws of coupon use, as a promise: what counts uses is often a database. Rejects with a `BrokenLaw`. */
export async function couponUse(
  open: OpenCouponUses,
  { runs = RUNS, seed, path }: Pick<LawOptions, 'runs' | 'seed' | 'path'> = {},
): Promise<LawReport> {
  const cases = anyUseLimits().chain((limits) =>
    fc.record({ limits: fc.constant(limits), commands: couponUseCommands(limits) }),
  );
  const property = fc.asyncProperty(cases, async ({ limits, commands }) => {
    const setup = async () => ({ model: modelOfCouponUse(limits), real: await open(limits) });
    await fc.asyncModelRun(setup, commands);
  });
  const details = await fc.check(property, {
    numRuns: runs,
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  });
  const { errorInstance, counterexample } = details;
  if (!details.failed)
    return { law: LAW, says: SAYS, runs: details.numRuns, seed: details.seed, leftOut: [] };
  const [example] = counterexample ?? [];
  throw new BrokenLaw(LAW, {
    reason: String(errorInstance instanceof Error ? errorInstance.message : errorInstance),
    seed: details.seed,
    // The way down to the shortest story is not part of it: the story is shortened again.
    path: details.counterexamplePath?.split(':')[0] ?? '',
    example: {
      limits: example?.limits,
      commands: [...(example?.commands ?? [])].map((command) => command.toString()),
    },
    runs: details.numRuns,
  });
}
