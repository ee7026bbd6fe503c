import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { MailRequested } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import { aUser, emailAddress } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeRateLimiter } from '../testing/ports/fake-rate-limiter.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import {
  MAIL_REQUESTS_FOR_ADDRESS,
  MAIL_REQUESTS_OF_NETWORK,
  RequestMail,
} from './request-mail.use-case.ts';

const known = emailAddress('ada@example.com');
const unknown = emailAddress('nobody@example.com');

let shop: ShopPorts;
let path: string[];
let notes: MailRequested[];
let requestMail: RequestMail;

beforeEach(async () => {
  shop = inMemoryShop();
  path = [];
  notes = [];
  requestMail = new RequestMail({
    unitOfWork: watched(shop.identity),
    rateLimiter: new FakeRateLimiter(),
    ids: shop.ids,
    clock: shop.clock,
  });
  await givenUser(shop, aUser({ email: known }));
});

describe.each(['email_verification', 'password_reset'] as const)(
  'asking for a mail (%s)',
  (purpose) => {
    const ask = (email = known, clientAddress = '203.0.113.7') =>
      requestMail.execute({ purpose, email, clientAddress }, SHOP);

    it('notes for whom, and says no more', async () => {
      expect(await ask()).toEqual(ok(null));
      const { id } = (await shop.users.findByEmail(known))._unsafeUnwrap().state;
      expect(notes).toMatchObject([
        { type: `identity.${purpose}_requested`, payload: { userId: id } },
      ]);
    });

    it('takes the same path to the same answer where nobody has the address', async () => {
      const answers = [await ask(known), await ask(unknown)];
      expect(answers).toEqual([ok(null), ok(null)]);
      const walked = ['begin', 'users.findByEmail', 'mailRequests.add', 'commit'];
      expect(path).toEqual([...walked, ...walked]);
      expect(notes.map(({ payload }) => payload.userId === null)).toEqual([false, true]);
    });

    it('notes neither the address nor anything else of a person', async () => {
      expect((await ask()).isOk()).toBe(true);
      expect(JSON.stringify(notes)).not.toMatch(/ada|example/i);
    });

    it('fills nobody’s mailbox, and the limit does not tell who has an account', async () => {
      for (const email of [known, unknown]) {
        for (let time = 0; time < MAIL_REQUESTS_FOR_ADDRESS.attempts; time += 1)
          expect(await ask(email, `203.0.113.${time}`)).toEqual(ok(null));
        expect(await ask(email, '198.51.100.1')).toEqual(
          err({ code: 'identity.too_many_attempts', retryAfterSeconds: 3_600 }),
        );
      }
      shop.clock.advance(MAIL_REQUESTS_FOR_ADDRESS.windowSeconds);
      expect(await ask()).toEqual(ok(null));
    });

    it('is limited for a network that asks for one address after the other', async () => {
      for (let time = 0; time < MAIL_REQUESTS_OF_NETWORK.attempts; time += 1)
        expect(await ask(emailAddress())).toEqual(ok(null));
      path = [];
      expect((await ask(emailAddress())).isErr()).toBe(true);
      expect(path).toEqual([]);
      expect(await ask(emailAddress(), '198.51.100.1')).toEqual(ok(null));
    });
  },
);

/** Writes down each call that a transaction makes. */
function watched(unitOfWork: IdentityUnitOfWork): Pick<IdentityUnitOfWork, 'run'> {
  return {
    run: <T, E>(
      context: CallContext,
      work: (tx: IdentityTx) => ResultAsync<T, E> | Promise<Result<T, E>>,
    ) => {
      path.push('begin');
      return unitOfWork
        .run(context, (tx) =>
          work({ ...tx, users: spied(tx, 'users'), mailRequests: spied(tx, 'mailRequests') }),
        )
        .andTee(() => {
          path.push('commit');
        });
    },
  };
}

function spied<Port extends 'users' | 'mailRequests'>(
  tx: IdentityTx,
  port: Port,
): IdentityTx[Port] {
  return new Proxy(tx[port], {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        path.push(`${port}.${String(name)}`);
        if (port === 'mailRequests') notes.push(given[0] as MailRequested);
        return method.apply(target, given);
      };
    },
  });
}
