import { err, ok, type Result } from 'neverthrow';

/** What of a route's query may be there more than once. */
export type ManifoldParameters = {
  /** These have a list of values. */
  readonly repeatable?: readonly string[];
  /**
   * Of `attr`, all parameters `attr.<name>` under names of the client's choice, each as often as wanted; read
   * as a list of names, each with its values.
   */
  readonly families?: readonly string[];
};

export type FamilyMembers = readonly (readonly [name: string, values: readonly string[]])[];

type Repeated = { readonly name: string };

/** The parameters as a query's shape takes them; where one is repeated that has one value, it is told which. */
export function gatherParameters(
  given: readonly (readonly [string, string])[],
  { repeatable = [], families = [] }: ManifoldParameters,
): Result<Readonly<Record<string, unknown>>, Repeated> {
  const singles = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const members = new Map<string, Map<string, string[]>>();
  for (const [name, value] of given) {
    const family = families.find((known) => name.startsWith(`${known}.`));
    if (family !== undefined) {
      const own = members.get(family) ?? new Map<string, string[]>();
      append(own, name.slice(family.length + 1), value);
      members.set(family, own);
    } else if (repeatable.includes(name)) {
      append(lists, name, value);
    } else if (singles.has(name)) {
      return err({ name });
    } else {
      singles.set(name, value);
    }
  }
  const told = [...members].map(([family, own]): [string, FamilyMembers] => [family, [...own]]);
  // A parameter that has a family's own name is no member of it, and nothing else is known by it.
  return ok(Object.fromEntries<unknown>([...told, ...lists, ...singles]));
}

function append(lists: Map<string, string[]>, name: string, value: string): void {
  lists.set(name, [...(lists.get(name) ?? []), value]);
}
