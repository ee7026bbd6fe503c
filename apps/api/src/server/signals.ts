const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_CHECK_MILLISECONDS = 500;
const LONGEST_STOP_MILLISECONDS = 10_000;

/**
 * Aborted when the shop is asked to stop. Ctrl-C often arrives twice, from the
 * terminal and from npm; one is enough. An npm that is killed outright tells
 * nobody, so under npm the death of the parent counts as a signal, too.
 */
export function askedToStop(): AbortSignal {
  const asked = new AbortController();
  const ask = () => {
    asked.abort();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  const parent = process.ppid;
  const startedByNpm = process.env['npm_lifecycle_event'] !== undefined;
  const watch = setInterval(() => {
    if (startedByNpm && process.ppid !== parent) ask();
  }, PARENT_CHECK_MILLISECONDS);
  watch.unref();
  asked.signal.addEventListener('abort', endWhatTakesTooLong);
  return asked.signal;
}

/** Settles when it is aborted. */
export function abortionOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

/** Whatever still hangs then goes with the process, the embedded database included: it does not outlive its owner. */
function endWhatTakesTooLong(): void {
  setTimeout(() => process.exit(), LONGEST_STOP_MILLISECONDS).unref();
}
