import { err, ok, type Result } from 'neverthrow';

import { SECRETS } from './variables.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Takes each secret that is given as a file, `NAME_FILE`, out of that file, as container platforms hand them over.
 * `readText` throws where it cannot. Says in one line each what cannot be read, is empty, or is said twice.
 */
export function withSecretFiles(
  variables: Variables,
  readText: (file: string) => string,
): Result<Variables, readonly string[]> {
  const read: Record<string, string> = {};
  const problems = SECRETS.flatMap((name) => {
    const file = variables[`${name}_FILE`];
    if (file === undefined) return [];
    if (variables[name] !== undefined)
      return [`${name}: it is wanted as it is or as a file, and not both.`];
    const text = textOf(file, readText);
    if (text === null) return [`${name}_FILE: ${file} cannot be read.`];
    if (text === '') return [`${name}_FILE: ${file} is empty.`];
    read[name] = text;
    return [];
  });
  return problems.length > 0 ? err(problems) : ok({ ...variables, ...read });
}

function textOf(file: string, readText: (file: string) => string): string | null {
  try {
    return readText(file).trim();
  } catch {
    return null;
  }
}
