import type { Endpoint } from './endpoint.ts';
import { Rendering } from './rendering.ts';

const known = new WeakMap<object, { readonly by: Endpoint; readonly rendering: Rendering }>();

/** What all the world reads comes to many from one reading of it: it is written once for all of them. */
export function renderOnce(
  endpoint: Endpoint,
  outcome: unknown,
  present: () => unknown,
): Rendering {
  if (endpoint.permission !== 'catalog.browse' || typeof outcome !== 'object' || outcome === null)
    return new Rendering(present());
  const before = known.get(outcome);
  if (before?.by === endpoint) return before.rendering;
  const rendering = new Rendering(present());
  known.set(outcome, { by: endpoint, rendering });
  return rendering;
}
