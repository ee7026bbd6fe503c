/**
 * The embedded PostgreSQL cannot serve here, and a person can remedy it.
 * The message is one line: what is wrong, then what to do about it.
 */
export class EmbeddedPostgresUnavailable extends Error {
  override readonly name = 'EmbeddedPostgresUnavailable';

  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem} Remedy: ${remedy}`.replaceAll(/\s*\n\s*/g, ' '), options);
  }
}

export const SET_DATABASE_URL = 'set DATABASE_URL to a PostgreSQL 15 or later.';

const PERMISSION_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC']);

/** Runs `work` on a folder; a refusal of the file system becomes an error that names the remedy. */
export async function explainRefusal<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !PERMISSION_CODES.has(code)) throw error;
    throw new EmbeddedPostgresUnavailable(
      `The data folder ${folder} cannot be used (${(error as Error).message}).`,
      'give this user write access to it, or set KASTOMA_DATA_DIR to another folder.',
      { cause: error },
    );
  }
}

/** The code of a system error such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
