import { expect, inject, it, onTestFinished, vi } from 'vitest';

import { createTestDatabase, postgresShop } from '@kastoma/adapters-postgres/testing';
import { givenVariant } from '@kastoma/application/testing';

import { printAudit } from './audit-books.ts';

it('the audit prints what the books come to, and what is off before that', async () => {
  const { database, drop } = await createTestDatabase(inject('postgresUrl'));
  onTestFinished(drop);
  await givenVariant(postgresShop(database), 10);
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  const printed = () => String(write.mock.calls.at(-1)?.[0]);

  expect(await printAudit(database, false)).toBe(true);
  expect(printed()).toMatch(/^The books add up\.\norders 0, /);
  await database`update inventory.stock set on_hand = 12`;
  expect(await printAudit(database, false)).toBe(false);
  expect(printed()).toMatch(/^INVARIANT .*\n(?:.*\n){2}2 lines are off\.\norders 0, /);
  expect(await printAudit(database, true)).toBe(false);
  expect(JSON.parse(printed())).toMatchObject({ figures: { onHand: '12' }, off: [{}, {}] });
});
