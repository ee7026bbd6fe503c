/** One line of JSON a message: what happened, for whoever runs the shop. */
export type Log = (
  level: 'info' | 'warning' | 'error',
  message: string,
  facts?: Readonly<Record<string, unknown>>,
) => void;

export const logToStandardError: Log = (level, message, facts = {}) => {
  const line = { time: new Date().toISOString(), level, message, ...facts };
  process.stderr.write(`${JSON.stringify(line)}\n`);
};

/** An exception as it stands in the log, with its stack and what caused it. */
export function describeFailure(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeFailure(error.cause) };
  return { error: error.message, ...code, stack: error.stack, ...cause };
}
