import {
  resolved,
  type Content,
  type Document,
  type Operation,
  type Parameter,
} from './document.ts';
import { schemaBreaks } from './schema-breaks.ts';

type Documents = {
  readonly released: Document;
  readonly current: Document;
  /** Such as `2027-01-31`: what was announced to go may be gone from its day on. */
  readonly today: string;
};

/** Each change of the API that a client of the released one would trip over. */
export function documentBreaks(documents: Documents): readonly string[] {
  const { released, current, today } = documents;
  const codes = Object.entries(released['x-error-codes'] ?? {}).flatMap(([code, status]) => {
    const now = current['x-error-codes']?.[code];
    if (now === status) return [];
    return [`error ${code}: ${now === undefined ? 'is gone' : `${status} became ${now}`}`];
  });
  const operations = Object.entries(released.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const after = current.paths[path]?.[method];
      const name = `${method.toUpperCase()} ${path}`;
      if (after === undefined)
        return (before['x-sunset'] ?? '9999') <= today ? [] : [`${name}: is gone`];
      return operationBreaks(before, after, documents).map((fault) => `${name} ${fault}`);
    }),
  );
  return [...codes, ...operations];
}

function operationBreaks(
  before: Operation,
  after: Operation,
  documents: Documents,
): readonly string[] {
  const isOpen = ({ security = [] }: Operation) =>
    security.length === 0 || security.some((way) => Object.keys(way).length === 0);
  return [
    ...(isOpen(before) && !isOpen(after) ? ['wants somebody who is signed in'] : []),
    ...parameterBreaks(before, after, documents),
    ...bodyBreaks(before, after, documents),
    ...answerBreaks(before, after, documents),
  ];
}

function parameterBreaks(before: Operation, after: Operation, documents: Documents): string[] {
  const keyOf = ({ name, in: place }: Parameter) => `${place} ${name}`;
  const old = (before.parameters ?? []).map((one) => resolved<Parameter>(one, documents.released));
  const now = (after.parameters ?? []).map((one) => resolved<Parameter>(one, documents.current));
  return [
    ...old.flatMap((one) => {
      const there = now.find((other) => keyOf(other) === keyOf(one));
      // A header that nobody reads harms nobody; in a query an unknown name is refused.
      if (there === undefined) return one.in === 'header' ? [] : [`${keyOf(one)}: is gone`];
      return schemaBreaks(
        { before: one.schema, after: there.schema },
        { ...documents, writer: 'client' },
        keyOf(one),
      );
    }),
    ...now
      .filter(
        (one) =>
          one.required === true &&
          old.find((other) => keyOf(other) === keyOf(one))?.required !== true,
      )
      .map((one) => `${keyOf(one)}: is now wanted`),
  ];
}

function bodyBreaks(before: Operation, after: Operation, documents: Documents): readonly string[] {
  if (before.requestBody === undefined)
    return after.requestBody?.required === true ? ['body: is now wanted'] : [];
  if (after.requestBody === undefined) return ['body: is no longer read'];
  const pair = [before.requestBody.content, after.requestBody.content] as const;
  return contentBreaks(...pair, documents, 'client', 'body');
}

function answerBreaks(before: Operation, after: Operation, documents: Documents): string[] {
  return Object.entries(before.responses).flatMap(([status, response]) => {
    const there = after.responses[status];
    if (there === undefined) return status.startsWith('2') ? [`${status}: no longer comes`] : [];
    const old = resolved<{ readonly content?: Content }>(response, documents.released);
    const now = resolved<{ readonly content?: Content }>(there, documents.current);
    return contentBreaks(old.content ?? {}, now.content ?? {}, documents, 'shop', status);
  });
}

function contentBreaks(
  before: Content,
  after: Content,
  documents: Documents,
  writer: 'client' | 'shop',
  place: string,
): string[] {
  return Object.entries(before).flatMap(([type, { schema }]) => {
    const there = after[type];
    if (there === undefined) return [`${place}: ${type} is gone`];
    if (schema === undefined || there.schema === undefined) return [];
    return schemaBreaks({ before: schema, after: there.schema }, { ...documents, writer }, place);
  });
}
