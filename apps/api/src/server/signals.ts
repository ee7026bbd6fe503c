const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_CHECK_MILLISECONDS = 500;

/**
 * Waits to be asked to stop. Ctrl-C often arrives twice, from the terminal and
 * from npm; one is enough. An npm that is killed outright tells nobody, so under
 * npm the death of the parent counts as a signal, too.
 */
export function askedToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = () => {
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  const parent = process.ppid;
  const startedByNpm = process.env['npm_lifecycle_event'] !== undefined;
  const watch = setInterval(() => {
    if (startedByNpm && process.ppid !== parent) ask();
  }, PARENT_CHECK_MILLISECONDS);
  watch.unref();
  return promise;
}
