/** What was not given is not there, rather than there and undefined. */
export function withoutGaps<Fields extends object>(fields: Fields): Given<Fields> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Given<Fields>;
}

type Given<Fields> = { [Field in keyof Fields]: Exclude<Fields[Field], undefined> };
