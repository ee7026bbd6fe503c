import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase, postgresShop } from '@kastoma/adapters-postgres/testing';
import { aUser, givenSecondFactor, givenUser, signInPorts } from '@kastoma/application/testing';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

it(
  'whoever runs the shop lets the last administrator in who has lost phone and codes, and that is written down',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const shop = postgresShop(database);
    const admin = await givenUser(shop, aUser({ role: 'admin' }));
    const { id, email } = admin.state;
    await givenSecondFactor(shop, admin, signInPorts(shop).secondFactorSecrets);
    const run = (...words: readonly string[]) => {
      const env = { ...process.env, DATABASE_URL: url };
      const given = [CLI, 'reset-second-factor', ...words];
      const { status, stdout, stderr } = spawnSync(process.execPath, given, { env });
      return [status, stdout.toString() + stderr.toString()];
    };

    expect(run()[0]).toBe(2);
    expect(run('nobody@example.com')).toEqual([
      1,
      'Nothing was changed: identity.user_not_found.\n',
    ]);
    expect(run(email.toUpperCase())).toEqual([
      0,
      'The second factor is off, and every session of the account has ended.\n',
    ]);
    expect((await shop.secondFactors.find(id)).isErr()).toBe(true);
    expect(run(email)).toEqual([1, 'Nothing was changed: identity.second_factor_not_found.\n']);
    const written = await database`
      select actor, subject_id from core.audit_entries where action = 'identity.second_factor_reset'
    `;
    expect(written).toEqual([{ actor: 'system', subject_id: id }]);
  },
);
