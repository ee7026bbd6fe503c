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

/** Binds a factory to the tokens of its parameters; one missing, too many or in the wrong order does not compile. */
export function bind<Value, Parameters extends unknown[]>(
  container: Container,
  name: Token<Value>,
  dependencies: readonly [...{ [Index in keyof Parameters]: Token<Parameters[Index]> }],
  make: (...parameters: Parameters) => Value,
): void {
  container.bind<Value>(name).toResolvedValue(make, [...dependencies] as never);
}
