import type { Container } from 'inversify';

/** The name of a thing in the container, and its type: one cannot be taken for another. */
export type Token<Value> = symbol & { readonly __value: (value: Value) => Value };

export function token<Value>(name: string): Token<Value> {
  return Symbol(name) as Token<Value>;
}

/** Binds a thing that is there already. */
export function bindValue<Value>(container: Container, name: Token<Value>, value: Value): void {
  container.bind<Value>(name).toConstantValue(value);
}

/** The token of each thing that a factory is given, under the name that it calls it by. */
type TokensOf<Dependencies> = { readonly [Name in keyof Dependencies]: Token<Dependencies[Name]> };

/** Binds a factory to what it needs, by name; one that is missing or another thing does not compile. */
export function bind<Value, Dependencies extends object>(
  container: Container,
  name: Token<Value>,
  tokens: TokensOf<Dependencies>,
  make: (dependencies: Dependencies) => Value,
): void {
  const names = Object.keys(tokens);
  const makeOfValues = (...values: readonly unknown[]) =>
    make(Object.fromEntries(names.map((key, index) => [key, values[index]])) as Dependencies);
  container.bind<Value>(name).toResolvedValue(makeOfValues, Object.values(tokens) as never);
}
