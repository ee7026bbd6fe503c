import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
type JsonObject = { readonly [key: string]: Json };

type Media = { readonly schema: JsonObject };
type Reference = { readonly $ref: string };
type Operation = {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, Media>> } | Reference>
  >;
};
export type OpenApiDocument = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** What the OpenAPI document promises, and whether an exchange keeps it. */
export type Contract = {
  readonly document: OpenApiDocument;
  /** Throws when the answer is not what the document says of it; knows nothing of paths outside the document. */
  check(exchange: Exchange): void;
};

export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly requestBody: unknown;
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
};

const DOCUMENT_ID = 'https://kastoma.example/openapi.json';

/** Reads the document that the running API itself serves. */
export async function readContract(url: string): Promise<Contract> {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApiDocument;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // A field that the document does not name is a promise nobody has made.
  ajv.addSchema({ ...(closed(document) as JsonObject), $id: DOCUMENT_ID });
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: readonly string[]): ValidateFunction => {
    const reference = `${DOCUMENT_ID}#/${pointer.map(escapePointer).join('/')}`;
    const known = compiled.get(reference) ?? ajv.compile({ $ref: reference });
    compiled.set(reference, known);
    return known;
  };
  const demand = (pointer: readonly string[], value: unknown, what: string): void => {
    const validate = validator(pointer);
    if (!validate(value)) {
      throw new Error(`${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
    }
  };
  return {
    document,
    check: ({ method, path, requestBody, status, contentType, body }) => {
      const template = templateOf(document, path);
      const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
      const operation = document.paths[template]?.[verb];
      if (operation === undefined || body === undefined) return;
      const at = ['paths', template, verb];
      const media = contentType.split(';')[0] ?? '';
      const documented = String(status) in operation.responses ? String(status) : 'default';
      const name = `${method} ${path} answered ${status}`;
      const response = operation.responses[documented];
      const place =
        response !== undefined && '$ref' in response
          ? response.$ref.replace('#/', '').split('/')
          : [...at, 'responses', documented];
      demand([...place, 'content', media, 'schema'], body, name);
      // A route's own refusals may stand under `default`; what the frame refuses has its status.
      if (documented === 'default' && (status < 400 || isOfFrame(body)))
        throw new Error(`${name}: not documented.`);
      // A form is read by those who send it.
      if (status < 300 && operation.requestBody?.content['application/json'] !== undefined) {
        const schema = [...at, 'requestBody', 'content', 'application/json', 'schema'];
        demand(schema, requestBody, `${name} to a body that the document forbids`);
      }
    },
  };
}

/** Whether the request was refused before its route had it. */
function isOfFrame(body: unknown): boolean {
  return /"code":"(?:request\.|service\.unavailable)/.test(JSON.stringify(body));
}

/** The documented path that an address is an instance of; a literal one wins over one with parameters. */
function templateOf(document: OpenApiDocument, path: string): string {
  const asked = segmentsOf(path);
  const fitting = Object.keys(document.paths).filter((template) => {
    const segments = segmentsOf(template);
    return (
      segments.length === asked.length &&
      segments.every((segment, index) => segment.startsWith('{') || segment === asked[index])
    );
  });
  return fitting.toSorted((a, b) => a.split('{').length - b.split('{').length)[0] ?? '';
}

function segmentsOf(path: string): readonly string[] {
  return (path.split('?')[0] ?? '').split('/').filter((segment) => segment !== '');
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Every object schema with its list of properties made the whole list. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const object = schema as JsonObject;
  const inner = Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, closed(value)]),
  );
  const isObject = object['type'] === 'object' && 'properties' in object;
  return isObject && !('additionalProperties' in object)
    ? { ...inner, additionalProperties: false }
    : inner;
}
