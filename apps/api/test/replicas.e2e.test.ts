import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import type { SignedIn } from './client.ts';
import { newDataFolder, startApi } from './data-folders.ts';

it(
  'three processes that start at once on an empty database all open, and are one shop',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'), {
      migrated: false,
    });
    onTestFinished(drop);
    const admin = { email: 'admin@shop.example', password: 'one for all of them' };
    const variables = {
      DATABASE_URL: url,
      KASTOMA_ADMIN_EMAIL: admin.email,
      KASTOMA_ADMIN_PASSWORD: admin.password,
    };
    const dataFolder = await newDataFolder();
    const replicas = [1, 2, 3].map(() => startApi(dataFolder, variables));
    const guests = await Promise.all(replicas.map((replica) => replica.guest()));

    const catalogues = await Promise.all(
      guests.map((guest) => guest.get('/products/?page_size=100&ordering=price').expect(200)),
    );
    expect(
      new Set(catalogues.map(({ text }) => text.replaceAll(/127\.0\.0\.1:\d+/g, ''))).size,
    ).toBe(1);
    const [counted] = await database<{ admins: number; doubles: number }[]>`
    select
      (select count(*)::int from identity.users where role = 'admin') as admins,
      (select count(*)::int - count(distinct name)::int from catalog.products) as doubles
  `;
    expect(counted).toEqual({ admins: 1, doubles: 0 });

    const [one, other] = guests;
    const signedIn = await one?.post<SignedIn>('/auth/login/', admin).expect(200);
    if (signedIn === undefined) throw new Error('There is no replica.');
    await other?.as(signedIn.data).get('/users/me/').expect(200);
    for (const replica of replicas) replica.signal('SIGTERM');
    const ended = await Promise.all(replicas.map((replica) => replica.ended()));
    // One of them put the mail to the new account into the mailbox, and says so.
    const troubles = ended.map(({ errors }) =>
      errors.split('\n').filter((line) => line !== '' && !line.includes('"level":"info"')),
    );
    expect(ended.map(({ code }) => code)).toEqual(replicas.map(() => 0));
    expect(troubles).toEqual(replicas.map(() => []));
  },
);
