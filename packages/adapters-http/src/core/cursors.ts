import { z } from '@hono/zod-openapi';
import { Result } from 'neverthrow';

import type { Cursor, FeedRequest, PageRequest } from '@kastoma/application/core';
import { isInstant } from '@kastoma/domain/core';

import { optionalPageNumber, pageQuery } from './core.schemas.ts';
import { isStorable } from './storable-text.ts';

/** The sort keys of each ordering of a feed, as they are checked when they come back. */
type CursorForms = Readonly<Record<string, z.ZodType<readonly (string | number | null)[]>>>;

type PlaceIn<Forms extends CursorForms> = {
  [Ordering in keyof Forms & string]: Cursor<Ordering, z.output<Forms[Ordering]>>;
}[keyof Forms & string];

const LONGEST_CURSOR = 2_000;

/** Keys come back from outside: each has to be something that a database can compare with. */
export const cursorKey = {
  id: z.guid(),
  /** As for times that are sent: not before there were computers. */
  instant: z.int().min(0).refine(isInstant),
  wholeNumber: z.int(),
  /** Minor units, which may be more than a number holds. */
  amount: z.string().regex(/^-?\d{1,18}$/),
  text: z.string().max(1_000).refine(isStorable),
};

const wireForm = z.strictObject({ o: z.string(), k: z.array(z.unknown()) });
const parseJson = Result.fromThrowable((text: string): unknown => JSON.parse(text));

/** Opaque to clients: the ordering and the keys of the last item that they saw. */
export function writeCursor({ ordering, keys }: Cursor): string {
  return Buffer.from(JSON.stringify({ o: ordering, k: keys })).toString('base64url');
}

function readCursor<Forms extends CursorForms>(text: string, forms: Forms): PlaceIn<Forms> | null {
  const json = parseJson(Buffer.from(text, 'base64url').toString()).unwrapOr(null);
  const wire = wireForm.safeParse(json);
  if (!wire.success || !Object.hasOwn(forms, wire.data.o)) return null;
  const keys = forms[wire.data.o]?.safeParse(wire.data.k);
  return keys?.success === true
    ? ({ ordering: wire.data.o, keys: keys.data } as unknown as PlaceIn<Forms>)
    : null;
}

/** A cursor as a link of this API held it; an empty one is the beginning. */
function cursorField<Forms extends CursorForms>(forms: Forms) {
  return z
    .string()
    .max(LONGEST_CURSOR)
    .transform((text, context): PlaceIn<Forms> | null => {
      if (text === '') return null;
      const place = readCursor(text, forms);
      if (place !== null) return place;
      const message = 'A cursor is taken from a link of this list and sent back as it is.';
      context.addIssue({ code: 'custom', input: text, message });
      return z.NEVER;
    })
    .openapi({
      type: 'string',
      description: 'Where to go on, as the link `next` holds it; empty for the beginning.',
    });
}

/** The query of a list that is read on by cursors alone. */
export function feedQuery<Forms extends CursorForms>(forms: Forms) {
  return { cursor: cursorField(forms).optional(), page_size: pageQuery.page_size };
}

/** The query of a list that can be leafed through by `page`, or read on by `cursor`: `cursor=` begins. */
export function pageOrFeedQuery<Forms extends CursorForms>(forms: Forms) {
  return {
    page: optionalPageNumber,
    page_size: pageQuery.page_size,
    cursor: cursorField(forms).optional(),
  };
}

type FeedQuery<Place extends Cursor> = {
  readonly cursor?: Place | null | undefined;
  readonly page_size: number;
};

export function toFeedRequest<Place extends Cursor>({
  cursor = null,
  page_size: pageSize,
}: FeedQuery<Place>): FeedRequest<Place> {
  return { after: cursor, pageSize };
}

/** Which of the two a client asks for: a feed where a cursor is given, and a page otherwise. */
export function toPart<Place extends Cursor>(
  query: FeedQuery<Place> & { readonly page?: number | undefined },
): PageRequest | FeedRequest<Place> {
  return query.cursor === undefined
    ? { page: query.page ?? 1, pageSize: query.page_size }
    : toFeedRequest(query);
}

/** Refuses a cursor of another ordering than is asked for, and one beside a page's number. */
export function checkCursor(
  {
    cursor,
    page,
  }: { readonly cursor?: Cursor | null | undefined; readonly page?: number | undefined },
  ordering: string,
  context: z.RefinementCtx,
): void {
  const refuse = (message: string) =>
    context.addIssue({ code: 'custom', input: cursor, path: ['cursor'], message });
  if (cursor === undefined) return;
  if (page !== undefined) refuse('Either a page or a cursor is given.');
  if (cursor !== null && cursor.ordering !== ordering) refuse('The cursor is of another ordering.');
}
