import { ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { SecondFactorEvent } from '@kastoma/domain/identity';

import { aUser } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeMailer } from '../testing/ports/fake-mailer.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { MailNotice } from './mail-notice.errand.ts';

const accountMails = {
  publicUrl: 'https://shop.example',
  tokenSeconds: { email_verification: 1, password_reset: 1 },
};

async function told(type: SecondFactorEvent['type'], left = 0) {
  const shop = inMemoryShop();
  const mailer = new FakeMailer();
  const user = await givenUser(shop, aUser());
  const mailNotice = new MailNotice({ users: shop.users, mailer, accountMails });
  const event = {
    type,
    schemaVersion: 1,
    aggregateId: 'factor',
    aggregateVersion: 1,
    occurredAt: shop.clock.now(),
    payload: { userId: user.state.id, left },
  } as SecondFactorEvent;
  const { signal } = new AbortController();
  expect(await mailNotice.handle(event, SHOP, 'event-1', signal)).toEqual(ok(null));
  const [mail] = mailer.sent;
  if (mail === undefined || mailer.sent.length !== 1) expect.fail('One mail was to be sent.');
  expect(mail.to).toBe(user.state.email);
  expect(mail.text).toContain('https://shop.example/reset-password');
  return mail;
}

describe('the owner of a second factor is told by mail', () => {
  it.each([
    ['identity.second_factor_enabled', 'Two-step sign-in is on', 'second-factor-enabled'],
    ['identity.second_factor_disabled', 'Two-step sign-in is off', 'second-factor-disabled'],
    ['identity.second_factor_reset', 'Two-step sign-in was reset', 'second-factor-reset'],
    ['identity.recovery_codes_replaced', 'You have new recovery codes', 'recovery-codes-replaced'],
    ['identity.recovery_code_used', 'A recovery code was used', 'recovery-code-used'],
  ] as const)('of %s: %s', async (type, subject, name) => {
    const mail = await told(type);
    expect([mail.id, mail.subject]).toEqual([`event-1.${name}`, subject]);
  });

  it.each([
    [7, 'There are 7 left.'],
    [1, 'One is left: make new ones.'],
    [0, 'It was the last one: make new ones.'],
  ])('how many recovery codes are left: %i', async (left, words) => {
    expect((await told('identity.recovery_code_used', left)).text).toContain(words);
  });
});
