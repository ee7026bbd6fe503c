import { describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';

const WHOLE = {
  KASTOMA_SMTP_URL: 'smtp://shop:p%40ss@mail.example:2525',
  KASTOMA_MAIL_FROM: 'Ünï’s Shop <Shop@Mail.Example>',
  KASTOMA_PUBLIC_URL: 'https://shop.example/store/',
};

const PRODUCTION = {
  ...WHOLE,
  KASTOMA_ENV: 'production',
  DATABASE_URL: 'postgres://shop@db.example/shop',
  KASTOMA_TOKEN_SECRET: 'thirty-two characters nobody knows',
  KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
};

function read(variables: Readonly<Record<string, string>>) {
  return readEnvironment(variables)._unsafeUnwrap().mail;
}

describe('the mails of a shop', () => {
  it('are put into files when it is told nothing, and their tokens do not live long', () => {
    expect(read({})).toEqual({
      smtpUrl: null,
      requireTls: false,
      isOff: false,
      from: { name: 'Kastoma', address: 'shop@kastoma.example' },
      publicUrl: null,
      verificationTokenSeconds: 172_800,
      resetTokenSeconds: 3_600,
    });
  });

  it('go out by the server that it is told, from whom, and lead to where it is told', () => {
    expect(read(WHOLE)).toMatchObject({
      smtpUrl: WHOLE.KASTOMA_SMTP_URL,
      from: { name: 'Ünï’s Shop', address: 'shop@mail.example' },
      publicUrl: 'https://shop.example/store',
    });
    expect(read({ KASTOMA_MAIL_FROM: 'shop@mail.example' }).from).toEqual({
      name: null,
      address: 'shop@mail.example',
    });
    expect(read({ KASTOMA_RESET_TOKEN_SECONDS: '60' }).resetTokenSeconds).toBe(60);
  });

  it.each(['KASTOMA_MAIL_FROM', 'KASTOMA_PUBLIC_URL'])('do not go out without %s', (missing) => {
    const problems = readEnvironment({ ...WHOLE, [missing]: '' })._unsafeUnwrapErr();
    expect(problems).toEqual([
      'KASTOMA_SMTP_URL: KASTOMA_MAIL_FROM and KASTOMA_PUBLIC_URL are wanted with it.',
    ]);
  });

  it('go to nobody when they are turned off, which no mail server goes with', () => {
    expect(read({ KASTOMA_MAIL: 'off' })).toMatchObject({ smtpUrl: null, isOff: true });
    expect(readEnvironment({ ...WHOLE, KASTOMA_MAIL: 'off' })._unsafeUnwrapErr()).toEqual([
      'KASTOMA_MAIL: off, and KASTOMA_SMTP_URL with it, contradict each other.',
    ]);
  });

  it('go out in production over TLS alone, unless they stay on this machine or somebody says otherwise', () => {
    const requires = (KASTOMA_ENV: string, host: string, more: Record<string, string> = {}) =>
      read({ ...PRODUCTION, KASTOMA_ENV, KASTOMA_SMTP_URL: `smtp://${host}:25`, ...more })
        .requireTls;
    expect(requires('production', 'mail.example')).toBe(true);
    expect(requires('production', '127.0.0.1.mail.example')).toBe(true);
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      expect(requires('production', host)).toBe(false);
    expect(requires('development', 'mail.example')).toBe(false);
    const offered = { KASTOMA_SMTP_TLS: 'offered' };
    expect(requires('production', 'mail.example', offered)).toBe(false);
    expect(requires('development', 'localhost', { KASTOMA_SMTP_TLS: 'required' })).toBe(true);
  });

  it('lead nowhere in the open in production', () => {
    const KASTOMA_PUBLIC_URL = 'http://shop.example';
    expect(read({ ...WHOLE, KASTOMA_PUBLIC_URL }).publicUrl).toBe(KASTOMA_PUBLIC_URL);
    expect(readEnvironment({ ...PRODUCTION, KASTOMA_PUBLIC_URL })._unsafeUnwrapErr()).toEqual([
      'KASTOMA_PUBLIC_URL: production wants an address that begins with https://.',
    ]);
  });

  it.each<[string, string]>([
    ['KASTOMA_SMTP_TLS', 'never'],
    ['KASTOMA_SMTP_URL', 'mail.example:587'],
    ['KASTOMA_SMTP_URL', 'https://mail.example'],
    ['KASTOMA_SMTP_URL', 'smtp://mail.example/inbox'],
    ['KASTOMA_SMTP_URL', 'smtp://mail.example?ignoreTLS=true'],
    ['KASTOMA_MAIL_FROM', 'the shop'],
    ['KASTOMA_MAIL_FROM', 'Shop <shop>'],
    ['KASTOMA_MAIL_FROM', 'Shop\r\nBcc: x@y.example <shop@mail.example>'],
    ['KASTOMA_MAIL_FROM', 'a@b.example, c@d.example'],
    ['KASTOMA_PUBLIC_URL', 'shop.example'],
    ['KASTOMA_PUBLIC_URL', 'ftp://shop.example'],
    ['KASTOMA_PUBLIC_URL', 'javascript:alert(1)'],
    ['KASTOMA_PUBLIC_URL', 'https://me:secret@shop.example'],
    ['KASTOMA_PUBLIC_URL', 'https://shop.example/?page='],
    ['KASTOMA_VERIFICATION_TOKEN_SECONDS', '59'],
    ['KASTOMA_RESET_TOKEN_SECONDS', '604801'],
    ['KASTOMA_RESET_TOKEN_SECONDS', 'an hour'],
  ])('%s=%s is told in one line that begins with its name', (name, value) => {
    const problems = readEnvironment({ [name]: value })._unsafeUnwrapErr();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: [^\\n]+ is wanted\\.$`));
    expect(problems[0]).not.toContain('secret');
  });
});
