import type { z } from '@hono/zod-openapi';

const KINDS: Readonly<Record<string, string>> = {
  string: 'Text',
  number: 'A number',
  boolean: 'true or false',
  object: 'An object',
  record: 'An object',
  array: 'A list',
};

/** What a schema wants, in the words of people; its own are for programmers. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `${KINDS[issue.expected] ?? 'Something else'} is wanted.`;
  if (issue.code === 'invalid_value')
    return `One of these is wanted: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'too_big') return `At most ${issue.maximum} ${unitOf(issue.origin)} allowed.`;
  return issue.message;
}

function unitOf(origin: string): string {
  switch (origin) {
    case 'string':
      return 'characters are';
    case 'array':
      return 'entries are';
    default:
      return 'is';
  }
}
