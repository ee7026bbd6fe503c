import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { report } from './findings.ts';
import { judge } from './migration-rules/judge.ts';

// Refuses a migration that would stop an open shop, or the version before that still runs beside the new one:
// docs/migrations.md says what to write instead. Those before the first one judged found no shop with customers.

const FOLDER = 'packages/adapters-postgres/migrations';
const FIRST_JUDGED = '0040';

const migrations = readdirSync(FOLDER).filter(
  (name) => name.endsWith('.sql') && name >= FIRST_JUDGED,
);
const findings = migrations.flatMap((name) => {
  const file = join(FOLDER, name);
  return judge(name, readFileSync(file, 'utf8')).map((violation) => ({ file, ...violation }));
});
report(findings, `Migration rules, ${migrations.length} migrations from ${FIRST_JUDGED} on`);
