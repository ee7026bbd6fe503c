import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { privacyPolicyOf, privacyVariables } from './privacy-settings.ts';

const read = (years?: string) =>
  z
    .object(privacyVariables)
    .safeParse(years === undefined ? {} : { KASTOMA_ORDER_ADDRESS_YEARS: years });

describe('the years that orders keep the address of somebody who was erased', () => {
  it.each([
    [undefined, 0],
    ['0', 0],
    ['10', 10],
    ['30', 30],
  ])('%s is %i', (years, expected) => {
    const { data } = read(years);
    expect(data && privacyPolicyOf(data)).toEqual({ yearsOfOrderAddresses: expected });
  });

  it.each(['31', '-1', '1.5', 'ten', '1e1', '100'])('%s is refused', (years) => {
    expect(read(years).success).toBe(false);
  });
});
