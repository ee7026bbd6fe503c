import { z } from 'zod';

import { noteOf, SECTIONS } from './variables.ts';

const INTRODUCTION = `# Configuration

Made from the schema by \`npm run config:check -- --reference\`. Variables come from the environment, and from a file \`.env\` in the folder where the program is started; what the environment says wins. A secret (◆) may be given as a file: \`NAME_FILE\` names it. \`npm run config:check\` says all at once what is wrong, and starts nothing.
`;

/** The reference of all variables, in Markdown. */
export function settingsPage(): string {
  const sections = Object.entries(SECTIONS).map(([title, variables]) =>
    [
      `## ${title}`,
      '',
      '| Variable | Meaning | In development and test | In production |',
      '| --- | --- | --- | --- |',
      ...Object.entries<z.ZodType>(variables).map(([name, variable]) => rowOf(name, variable)),
      '',
    ].join('\n'),
  );
  return [INTRODUCTION, ...sections].join('\n');
}

function rowOf(name: string, variable: z.ZodType): string {
  const { description, secret, fallback, production } = noteOf(variable);
  const standard = fallback ?? defaultOf(variable);
  return `| \`${name}\`${secret ? ' ◆' : ''} | ${description} | ${standard} | ${production ?? standard} |`;
}

/** What stands where nothing is said. */
function defaultOf(variable: z.core.$ZodType): string {
  if (variable instanceof z.ZodPipe) return defaultOf(variable.def.in);
  if (!(variable instanceof z.ZodDefault)) return 'none';
  const standard = String(variable.def.defaultValue);
  return standard === '' ? 'none' : `\`${standard}\``;
}
