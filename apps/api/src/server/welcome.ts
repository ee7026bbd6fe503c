import type { Environment } from '../config/environment.ts';
import type { FirstAccount } from '../seed/first-accounts.ts';
import { mailFolderIn } from './mail.ts';
import type { Shop } from './shop.ts';

/** What somebody who has just started the shop wants to know. */
export function welcome({ url, firstAccounts }: Shop, environment: Environment): string {
  const { databaseUrl, redisUrl, dataFolder, rateLimits, mail } = environment;
  const lines = [
    `Kastoma is open at ${url}`,
    '',
    `  Docs        ${url}/api/docs/`,
    `  Health      ${url}/health/detailed/`,
    `  Database    ${databaseUrl === null ? `embedded PostgreSQL, data in ${dataFolder}` : 'PostgreSQL at DATABASE_URL'}`,
    `  Redis       ${redisUrl === null ? 'none: limits are counted inside this process (set REDIS_URL to share them)' : 'at REDIS_URL'}`,
    `  Mail        ${mail.smtpUrl === null ? `kept in ${mailFolderIn(dataFolder)} (set KASTOMA_SMTP_URL to send it)` : 'by KASTOMA_SMTP_URL'}`,
    ...(rateLimits ? [] : ['  Limits      off']),
    ...accountLine('Staff', firstAccounts.staff),
    ...accountLine('Customer', firstAccounts.customer),
    ...(firstAccounts.adminSettingsIgnored
      ? [
          '',
          'KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD changed nothing: there is an administrator already.',
        ]
      : []),
    '',
    'Ctrl-C stops it.',
    '',
  ];
  return lines.join('\n');
}

function accountLine(label: 'Staff' | 'Customer', account: FirstAccount | null): readonly string[] {
  if (account === null) return [];
  const { email, password } = account;
  const told = password === null ? 'with KASTOMA_ADMIN_PASSWORD' : `first password ${password}`;
  return [`  ${label.padEnd(11)} ${email}, ${told}`];
}
