import type { Endpoint } from './endpoint.ts';
import type { KnownError } from './problems.ts';

/** The parameter of a path that may be a slug. */
const NAME = 'idOrSlug';

/**
 * Where the same thing is asked for under its present slug, for what is known under another one by now: the path
 * of the route, and the query as it came. Nothing where it did not move.
 */
export function locationOf(
  error: KnownError,
  { path }: Endpoint,
  given: { readonly params: Readonly<Record<string, string>>; readonly url: string },
): string | null {
  if (error.code !== 'catalog.product_moved' && error.code !== 'catalog.category_renamed')
    return null;
  const params: Readonly<Record<string, string>> = { ...given.params, [NAME]: error.slug };
  const place = path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  return `${place}/${new URL(given.url).search}`;
}
