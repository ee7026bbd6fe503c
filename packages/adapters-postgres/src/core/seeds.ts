import type { Queryable } from './database.ts';

/** Whether a part of what a new shop starts with was put there already. */
export async function isSeedPlanted(sql: Queryable, name: string): Promise<boolean> {
  const planted = await sql`select name from core.seeds where name = ${name}`;
  return planted.count === 1;
}

export async function recordSeed(sql: Queryable, name: string): Promise<void> {
  await sql`insert into core.seeds (name, planted_at) values (${name}, now())`;
}
