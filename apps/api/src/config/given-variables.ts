import { existsSync } from 'node:fs';

/** The environment, and what a file `.env` in the present folder adds to it. */
export function givenVariables(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
