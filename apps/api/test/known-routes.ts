import fc from 'fast-check';

import type { OpenApiDocument } from './contract.ts';

export type Route = {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly query: readonly string[];
  /** What the document asks for; null where it takes no body. */
  readonly body: Schema | null;
};

export type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly $ref?: string;
};

type DocumentedOperation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
};

/** Every route that the document names: a new one is under attack from its first day. */
export function routesOf(document: OpenApiDocument): readonly Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { parameters = [], requestBody } = operation as DocumentedOperation;
      return {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
        body: requestBody?.content['application/json']?.schema ?? null,
      };
    }),
  );
}

/** What signs its caller out, and would leave the rest of a test with guests. */
const SIGNING_OUT =
  /^POST .*\/auth\/(?:logout|logout-all|password-change)\/$|^DELETE .*\/users\/me\/$/;

export function signsOut({ method, path }: Pick<Route, 'method' | 'path'>): boolean {
  return SIGNING_OUT.test(`${method} ${path}`);
}

/** What nobody may have twice. */
const ONCE_ONLY: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.uuid().map((id) => `${id}@people.example`),
  sku: fc.uuid().map((id) => `SKU-${id}`),
  code: fc.uuid().map((id) => `CODE-${id}`),
};

/** Bodies that the document allows, mostly; ids are taken from those that exist. */
export function fitting(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => fitting(choice, ids)));
  if (schema.format === 'uuid') return fc.constantFrom(...ids);
  if (schema.example !== undefined) return fc.constant(schema.example);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type ?? 'string') {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, property]) => [
            name,
            ONCE_ONLY[name] ?? fitting(property, ids),
          ]),
        ),
        { requiredKeys: [...(schema.required ?? [])] as never[] },
      );
    case 'array':
      return fc.array(fitting(schema.items ?? {}, ids), { minLength: 1, maxLength: 2 });
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: (schema.minimum ?? 0) + 3 });
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constantFrom('standard', 'manual', 'a text', '');
  }
}
