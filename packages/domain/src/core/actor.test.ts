import { expect, test } from 'vitest';

import { describeActor } from './actor.value.ts';
import { parseId, type ApiKeyId, type UserId } from './ids.value.ts';

const ID = '0190a5c4-7d1e-7abc-8def-0123456789ab';

test('a ledger names the account, never the person, and says when there is none', () => {
  const id = parseId<UserId>(ID)._unsafeUnwrap();
  expect(describeActor({ kind: 'user', id, role: 'staff' })).toBe(`user:${ID}`);
  const service = { kind: 'service', id: ID as ApiKeyId, scopes: [] } as const;
  expect(describeActor(service)).toBe(`service:${ID}`);
  expect(describeActor({ kind: 'guest' })).toBe('guest');
  expect(describeActor({ kind: 'system' })).toBe('system');
});
