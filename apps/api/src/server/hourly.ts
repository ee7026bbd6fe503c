import type { ResultAsync } from 'neverthrow';

const HOUR_MILLISECONDS = 60 * 60 * 1_000;

/** Does the work now and every hour; a failure is reported, and the next hour tries again. Returns how to end it. */
export function hourly(
  work: () => ResultAsync<unknown, unknown>,
  reportFailure: (error: unknown) => void,
): () => void {
  const run = () => {
    work()
      .match(() => undefined, reportFailure)
      .catch(reportFailure);
  };
  run();
  const timer = setInterval(run, HOUR_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
