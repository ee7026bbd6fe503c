import { readEnvironment } from './config/environment.ts';
import { givenVariables } from './config/given-variables.ts';
import { describeFailure, logToStandardError } from './server/log.ts';
import { startShop, type Shop } from './server/shop.ts';
import { abortionOf, askedToStop } from './server/signals.ts';
import { StartRefused, StartStopped } from './server/start-refused.ts';
import { welcome } from './server/welcome.ts';

const environment = readEnvironment(givenVariables());
if (environment.isErr()) {
  for (const problem of environment.error) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  const stop = askedToStop();
  try {
    const shop = await startShop(environment.value, logToStandardError, stop);
    process.stdout.write(welcome(shop, environment.value));
    await Promise.race([abortionOf(stop), failureOf(shop)]);
    await shop.stop();
  } catch (error) {
    if (!(error instanceof StartStopped)) report(error);
  }
}

function report(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
  else logToStandardError('error', 'The shop could not start', describeFailure(error));
}

async function failureOf(shop: Shop): Promise<void> {
  process.stderr.write(`${await shop.failed}\n`);
  process.exitCode = 1;
}
