import { describe, expect, it } from 'vitest';

import type { Endpoint } from './endpoint.ts';
import { renderOnce } from './shared-rendering.ts';

const shelf = { permission: 'catalog.browse' } as Endpoint;
const page = { permission: 'catalog.browse' } as Endpoint;
const cart = { permission: 'cart.own' as string } as Endpoint;

/** Says how often it was asked. */
function presenter() {
  let times = 0;
  return () => ({ times: (times += 1) });
}

describe('what comes to many from one reading', () => {
  it('is written once for all of them, by each route in its own way', () => {
    const [read, present] = [{}, presenter()];
    const first = renderOnce(shelf, read, present);
    expect(first.json).toBe('{"times":1}');
    expect(renderOnce(shelf, read, present)).toBe(first);
    expect(renderOnce(page, read, present).json).toBe('{"times":2}');
    expect(renderOnce(shelf, {}, present).json).toBe('{"times":3}');
  });

  it('is written anew each time where it is somebody’s own', () => {
    const [read, present] = [{}, presenter()];
    expect(renderOnce(cart, read, present).json).toBe('{"times":1}');
    expect(renderOnce(cart, read, present).json).toBe('{"times":2}');
  });

  it('is known by what it says', () => {
    const hashOf = (data: unknown) => renderOnce(cart, null, () => data).hash;
    expect(hashOf({ a: 1 })).toMatch(/^[\w-]{16}$/);
    expect(hashOf({ a: 1 })).toBe(hashOf({ a: 1 }));
    expect(hashOf({ a: 2 })).not.toBe(hashOf({ a: 1 }));
  });
});
