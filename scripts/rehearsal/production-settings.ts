import { randomBytes } from 'node:crypto';

/** What production wants at least, with secrets of this run alone. */
export function productionSettings(
  databaseUrl: string,
  dataFolder: string,
): Readonly<Record<string, string>> {
  return {
    DATABASE_URL: databaseUrl,
    KASTOMA_ENV: 'production',
    KASTOMA_DATA_DIR: dataFolder,
    KASTOMA_TOKEN_SECRET: randomBytes(48).toString('base64'),
    KASTOMA_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    KASTOMA_MAIL: 'off',
    KASTOMA_RATE_LIMIT_READ: '100000/60',
  };
}
