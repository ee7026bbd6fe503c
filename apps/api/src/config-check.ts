import { readEnvironment } from './config/environment.ts';
import { givenVariables } from './config/given-variables.ts';
import { settingsPage } from './config/settings-page.ts';
import { noteOf, schema } from './config/variables.ts';

// Says what the shop would be started with, or all that is wrong with it, and starts nothing. With --reference it
// prints the page of all variables.

if (process.argv.includes('--reference')) process.stdout.write(settingsPage());
else {
  const given = givenVariables();
  readEnvironment(given).match(
    () => {
      process.stdout.write(`${listOf(given)}The settings fit together.\n`);
    },
    (problems) => {
      for (const problem of problems) process.stderr.write(`${problem}\n`);
      process.exitCode = 1;
    },
  );
}

/** What was said; the rest stands as the reference has it. */
function listOf(given: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(schema.shape)
    .flatMap(([name, variable]) => {
      const file = given[`${name}_FILE`];
      if (file !== undefined && noteOf(variable).secret === true) return [`${name}_FILE=${file}\n`];
      const value = given[name] ?? '';
      if (value === '') return [];
      return [`${name}=${noteOf(variable).secret === true ? '***' : value}\n`];
    })
    .join('');
}
