const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_CHECK_MILLISECONDS = 500;

export type Stop = {
  /** Settles at the first signal. */
  readonly asked: Promise<void>;
  /** Lets go of the signals, so that the process can end. */
  release(): void;
};

/**
 * Waits to be asked to stop. Ctrl-C often arrives several times, since the
 * terminal and each program between tell us; one is enough. Package managers
 * may die of a signal without passing it on, so under one of them the death of
 * the parent counts as a signal, too.
 */
export function stopOnSignals(): Stop {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = () => {
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  const parent = process.ppid;
  const startedByPackageManager = process.env['npm_lifecycle_event'] !== undefined;
  const watch = setInterval(() => {
    if (startedByPackageManager && process.ppid !== parent) ask();
  }, PARENT_CHECK_MILLISECONDS);
  watch.unref();
  return {
    asked: promise,
    release: () => {
      clearInterval(watch);
      for (const signal of SIGNALS) process.off(signal, ask);
    },
  };
}
