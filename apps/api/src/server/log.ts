import { API_KEY_MARK } from '@kastoma/domain/identity';

/** One line of JSON a message: what happened, for whoever runs the shop. */
export type Log = (
  level: 'info' | 'warning' | 'error',
  message: string,
  facts?: Readonly<Record<string, unknown>>,
) => void;

const API_KEY = new RegExp(`(${API_KEY_MARK}[0-9A-Za-z]{12}_)[0-9A-Za-z]+`, 'g');

export const logToStandardError: Log = (level, message, facts = {}) => {
  const line = { time: new Date().toISOString(), level, message, ...facts };
  process.stderr.write(`${withoutApiKeys(JSON.stringify(line))}\n`);
};

/** The last wall: wherever a key came from, no more of it than its prefix is written down. */
export function withoutApiKeys(text: string): string {
  return text.replace(API_KEY, '$1…');
}

/** An exception as it stands in the log, with its stack and what caused it. */
export function describeFailure(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error))
    return isCoded(error) ? { code: error.code } : { error: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeFailure(error.cause) };
  return { error: error.message, ...code, stack: error.stack, ...cause };
}

/** An expected error is plain data with a code. */
function isCoded(error: unknown): error is { readonly code: string } {
  return typeof error === 'object' && error !== null && 'code' in error;
}
