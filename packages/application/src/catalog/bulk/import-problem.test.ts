import { describe, expect, it } from 'vitest';

import { placeOf } from './import-problem.ts';

describe('what the domain refuses', () => {
  it('is reported in the column of the file where it stood', () => {
    expect(placeOf(['name'])).toEqual({ variant: null, column: 'name' });
    expect(placeOf(['seo', 'title'])).toEqual({ variant: null, column: 'seo_title' });
    expect(placeOf(['tags', 3])).toEqual({ variant: null, column: 'tags' });
  });

  it('of a variant is reported for the row of that variant, in the columns of variants', () => {
    expect(placeOf(['variants', 2, 'name'])).toEqual({ variant: 2, column: 'variant_name' });
    expect(placeOf(['variants', 0, 'dimensions', 'width'])).toEqual({
      variant: 0,
      column: 'width_mm',
    });
  });

  it('is reported for the row as a whole where no column holds it', () => {
    expect(placeOf(['relations'])).toEqual({ variant: null, column: null });
    expect(placeOf(['variants', 1])).toEqual({ variant: 1, column: null });
    expect(placeOf(['variants'])).toEqual({ variant: null, column: null });
    expect(placeOf([])).toEqual({ variant: null, column: null });
  });
});
