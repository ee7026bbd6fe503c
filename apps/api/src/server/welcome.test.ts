import { describe, expect, it } from 'vitest';

import { readEnvironment } from '../config/environment.ts';
import type { FirstAccounts } from '../seed/first-accounts.ts';
import { welcome } from './welcome.ts';

const NO_ACCOUNTS: FirstAccounts = { staff: null, customer: null, adminSettingsIgnored: false };

describe('the welcome', () => {
  it('names the docs, the embedded database and its folder, and says that limits are this process’s own', () => {
    const text = welcomeWith({ KASTOMA_DATA_DIR: '/data' });
    expect(text).toContain('Kastoma is open at http://shop');
    expect(text).toContain('http://shop/api/docs/');
    expect(text).toContain('embedded PostgreSQL, data in /data');
    expect(text).toContain('set REDIS_URL to share them');
    expect(text).not.toContain('Limits');
    expect(text).not.toContain('Staff');
  });

  it('tells of real servers without their addresses, which may hold passwords', () => {
    const text = welcomeWith({
      DATABASE_URL: 'postgres://me:secret@db/shop',
      REDIS_URL: 'redis://:secret@cache',
    });
    expect(text).toContain('PostgreSQL at DATABASE_URL');
    expect(text).toContain('at REDIS_URL');
    expect(text).not.toContain('secret');
  });

  it('says where the mails are, or that they go out, without the password of the server', () => {
    expect(welcomeWith({ KASTOMA_DATA_DIR: '/data' })).toMatch(/Mail +kept in \/data\/mail /);
    const sent = welcomeWith({
      KASTOMA_SMTP_URL: 'smtp://shop:secret@mail.example',
      KASTOMA_MAIL_FROM: 'shop@mail.example',
      KASTOMA_PUBLIC_URL: 'https://shop.example',
    });
    expect(sent).toMatch(/Mail +by KASTOMA_SMTP_URL\n/);
    expect(sent).not.toContain('secret');
  });

  it('warns that nothing is limited', () => {
    expect(welcomeWith({ KASTOMA_RATE_LIMITS: 'off' })).toMatch(/Limits +off/);
  });

  it('tells the first passwords that the shop has made itself', () => {
    const text = welcomeWith(
      {},
      {
        staff: { email: 'admin@kastoma.example', password: 'made here' },
        customer: { email: 'demo@kastoma.example', password: 'made here, too' },
        adminSettingsIgnored: false,
      },
    );
    expect(text).toMatch(/Staff +admin@kastoma.example, first password made here\n/);
    expect(text).toMatch(/Customer +demo@kastoma.example, first password made here, too\n/);
  });

  it('never tells a password that came from the environment', () => {
    const text = welcomeWith(
      {},
      { ...NO_ACCOUNTS, staff: { email: 'boss@shop.example', password: null } },
    );
    expect(text).toMatch(/Staff +boss@shop.example, with KASTOMA_ADMIN_PASSWORD\n/);
  });

  it('says when the settings for an administrator changed nothing', () => {
    expect(welcomeWith({}, { ...NO_ACCOUNTS, adminSettingsIgnored: true })).toContain(
      'changed nothing: there is an administrator already',
    );
  });
});

function welcomeWith(variables: Record<string, string>, firstAccounts = NO_ACCOUNTS): string {
  const environment = readEnvironment(variables)._unsafeUnwrap();
  const shop = {
    url: 'http://shop',
    firstAccounts,
    stop: async () => undefined,
    failed: Promise.withResolvers<string>().promise,
  };
  return welcome(shop, environment);
}
