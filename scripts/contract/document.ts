/** As much of an OpenAPI document as clients rely on. */
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly 'x-error-codes'?: Readonly<Record<string, number>>;
};

export type Operation = {
  /** The first day on which a deprecated one may be gone. */
  readonly 'x-sunset'?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content } | Reference>>;
};

export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
};

export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
export type Reference = { readonly $ref: string };

export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
} & Readonly<Partial<Record<Limit, number>>>;

/** Those that a request keeps to from above, and from below. */
export const UPPER_LIMITS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'] as const;
export const LOWER_LIMITS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;
type Limit = (typeof UPPER_LIMITS)[number] | (typeof LOWER_LIMITS)[number];

/** What stands where the document points. */
export function resolved<Thing extends object>(
  thing: Thing | Reference,
  document: Document,
): Thing {
  if (!('$ref' in thing) || typeof thing.$ref !== 'string') return thing as Thing;
  const keys = thing.$ref.replace(/^#\//, '').split('/');
  const found = keys.reduce<unknown>(
    (at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[decoded(key)],
    document,
  );
  if (found === undefined) throw new Error(`The document has no ${thing.$ref}.`);
  return resolved(found as Thing, document);
}

function decoded(key: string): string {
  return decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
}
