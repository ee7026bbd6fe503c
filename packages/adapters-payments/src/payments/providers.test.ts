import { describe } from 'vitest';

import { MovingClock, paymentProviderContract } from '@kastoma/application/testing';

import { RememberedLedger } from '../testing/remembered-ledger.ts';
import { openStripe } from '../testing/stripe-server.ts';
import { TestGateway } from './test-gateway.ts';

const LOSING = {
  authorize: 'tok_lost',
  capture: 'tok_capture_lost',
  void: 'tok_void_lost',
  refund: 'tok_refund_lost',
};

describe('the gateway for tests as', () => {
  paymentProviderContract(async () => ({
    provider: new TestGateway(new RememberedLedger(), new MovingClock()),
    tokens: { good: 'tok_success', declined: 'tok_declined' },
    lose: (call) => ({ now: () => undefined, token: LOSING[call] }),
    close: async () => undefined,
  }));
});

describe.each(['late', 'broken'] as const)('Stripe, whose answer is %s, as', (fault) => {
  paymentProviderContract(async () => {
    const { server, provider } = await openStripe();
    return {
      provider,
      tokens: { good: 'pm_card_visa', declined: 'pm_card_chargeDeclined' },
      lose: (call) => ({
        now: () => {
          // An intent whose making has failed for good is heard of by its event; see below.
          server.nextFault = call === 'authorize' ? 'late' : fault;
        },
      }),
      close: () => server.close(),
    };
  });
});
