import type { Environment } from '../config/environment.ts';
import type { Shop } from './shop.ts';

/** What somebody who has just started the shop wants to know. */
export function welcome({ url, firstAccounts }: Shop, environment: Environment): string {
  const { databaseUrl, redisUrl, dataFolder, rateLimits } = environment;
  const lines = [
    `Kastoma is open at ${url}`,
    '',
    `  Docs        ${url}/api/docs/`,
    `  Health      ${url}/health/detailed/`,
    `  Database    ${databaseUrl === null ? `embedded PostgreSQL, data in ${dataFolder}` : 'PostgreSQL at DATABASE_URL'}`,
    `  Redis       ${redisUrl === null ? 'none: limits are counted inside this process (set REDIS_URL to share them)' : 'at REDIS_URL'}`,
    ...(rateLimits ? [] : ['  Limits      off']),
    ...(firstAccounts === null
      ? []
      : [
          `  Staff       ${firstAccounts.admin.email}, first password ${firstAccounts.admin.password}`,
          `  Customer    ${firstAccounts.customer.email}, first password ${firstAccounts.customer.password}`,
        ]),
    '',
    'Ctrl-C stops it.',
    '',
  ];
  return lines.join('\n');
}
