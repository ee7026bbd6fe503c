import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { settingsPage } from './settings-page.ts';
import { noteOf, schema } from './variables.ts';

describe('the reference of the settings', () => {
  it('says what each variable is for', () => {
    for (const [name, variable] of Object.entries(schema.shape))
      expect(noteOf(variable)?.description, name).toMatch(/\S/);
  });

  it('is the committed page: npm run config:check -- --reference', async () => {
    expect(await readFile('docs/configuration.md', 'utf8')).toBe(settingsPage());
  });

  it('says what holds where nothing is said, here and in production', () => {
    const page = settingsPage();
    expect(page).toContain('| `PORT` | the port it listens on | `8000` | `8000` |');
    expect(page).toContain('| `KASTOMA_RATE_LIMIT_READ` | the same for reads | `6000/60` |');
    expect(page).toMatch(/`KASTOMA_TEST_PAYMENTS` .* \| `on` \| `off` \|/);
    expect(page).toMatch(/`DATABASE_URL` ◆ .* \| wanted \|/);
  });
});
