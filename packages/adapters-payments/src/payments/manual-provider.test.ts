import { expect, it } from 'vitest';

import { ManualProvider } from './manual-provider.ts';

it.each(['authorize', 'capture', 'void', 'refund', 'find'] as const)(
  'money in hand is there when staff say so: %s',
  async (call) => {
    expect(await new ManualProvider()[call]()).toEqual({ name: 'succeeded', report: null });
  },
);

it('nobody tells of money in hand from outside', () => {
  expect(new ManualProvider().parseWebhook()._unsafeUnwrapErr()).toEqual({
    code: 'payments.event_not_signed',
  });
});
