import { readEnvironment } from './config/environment.ts';
import { givenVariables } from './config/given-variables.ts';
import { describeFailure, logToStandardError } from './server/log.ts';
import { abortionOf, askedToStop } from './server/signals.ts';
import { StartRefused, StartStopped } from './server/start-refused.ts';
import { startWorker } from './server/worker.ts';

const environment = readEnvironment(givenVariables());
if (environment.isErr()) {
  for (const problem of environment.error) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  const stop = askedToStop();
  try {
    const worker = await startWorker(environment.value, logToStandardError, stop);
    process.stdout.write('Kastoma relays events. Ctrl-C stops it.\n');
    await abortionOf(stop);
    await worker.stop();
  } catch (error) {
    if (!(error instanceof StartStopped)) report(error);
  }
}

function report(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
  else logToStandardError('error', 'The worker could not start', describeFailure(error));
}
