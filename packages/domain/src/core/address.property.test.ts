import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyAddress, anyAddressInput } from '../testing/address.arbitrary.ts';
import { Address, type AddressInput } from './address.value.ts';

const input: AddressInput = {
  name: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};
const parse = (changes: Partial<AddressInput>) => Address.parse({ ...input, ...changes });

describe('a postal address', () => {
  test('is kept as it was written, and what was left out is nothing', () => {
    expect(Address.parse(input)._unsafeUnwrap().toJSON()).toEqual({
      name: 'Ada Lovelace',
      line1: '12 St James Square',
      line2: null,
      city: 'London',
      region: null,
      postal_code: 'SW1Y 4JH',
      country: 'GB',
      phone: null,
    });
  });

  test('keeps every field that somebody fills in', () => {
    fc.assert(
      fc.property(anyAddressInput(), (written) => {
        const { postalCode, line2 = null, region = null, phone = null, ...others } = written;
        expect(Address.parse(written)._unsafeUnwrap().toJSON()).toEqual({
          ...others,
          line2,
          region,
          phone,
          postal_code: postalCode,
        });
      }),
    );
  });

  test('comes back from where it is kept as it was', () => {
    fc.assert(
      fc.property(anyAddress(), (address) => {
        const kept = JSON.parse(JSON.stringify(address)) as ReturnType<Address['toJSON']>;
        const restored = Address.restore(kept);
        expect(restored).toEqual(address);
        expect(Object.isFrozen(restored)).toBe(true);
      }),
    );
  });

  test('stays readable when it is no longer one that could be written', () => {
    const kept = { ...parse({})._unsafeUnwrap().toJSON(), name: '', country: 'YU', phone: 'none' };
    expect(Address.restore(kept).toJSON()).toEqual(kept);
  });

  test('read from an address it is the same address', () => {
    fc.assert(
      fc.property(anyAddress(), (address) => {
        const again = Address.parse({
          name: address.name,
          line1: address.line1,
          city: address.city,
          postalCode: address.postalCode,
          country: address.country,
          line2: address.line2 ?? '',
          region: address.region ?? '',
          phone: address.phone ?? '',
        });
        expect(again._unsafeUnwrap()).toEqual(address);
      }),
    );
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(Address.parse(input)._unsafeUnwrap())).toBe(true);
  });

  test.each([
    ['name', 120],
    ['line1', 200],
    ['city', 120],
    ['postalCode', 20],
  ] as const)('needs a %s of at most %i characters', (field, maximumLength) => {
    expect(parse({ [field]: 'x'.repeat(maximumLength) }).isOk()).toBe(true);
    expect(parse({ [field]: 'x'.repeat(maximumLength + 1) })._unsafeUnwrapErr()).toMatchObject({
      path: [field],
      reason: 'too_long',
    });
    expect(parse({ [field]: ' ' })._unsafeUnwrapErr()).toMatchObject({
      path: [field],
      reason: 'empty',
    });
  });

  test.each([
    ['line2', 200],
    ['region', 120],
  ] as const)('may have a %s of at most %i characters', (field, maximumLength) => {
    expect(parse({ [field]: 'x'.repeat(maximumLength) }).isOk()).toBe(true);
    expect(parse({ [field]: 'x'.repeat(maximumLength + 1) })._unsafeUnwrapErr()).toMatchObject({
      path: [field],
      reason: 'too_long',
    });
    expect(parse({ [field]: '  ' })._unsafeUnwrap()[field]).toBeNull();
  });

  test('lies in a country that the standard knows, and the error says where it stood', () => {
    expect(
      Address.parse({ ...input, country: 'UK' }, ['body', 'address'])._unsafeUnwrapErr(),
    ).toEqual({
      code: 'core.unknown_country',
      country: 'UK',
      path: ['body', 'address', 'country'],
    });
  });

  test.each(['+44 20 7946 0000', '0049-30-123456', '(030) 12.34.56/7', '1234', '+123456789012345'])(
    '%s is a phone number',
    (phone) => {
      expect(parse({ phone })._unsafeUnwrap().phone).toBe(phone);
    },
  );

  test.each(['123', '1234567890123456', 'call me', '+', '++4930123', '12+34', '１２３４', '12a34'])(
    '%s is no phone number',
    (phone) => {
      expect(parse({ phone })._unsafeUnwrapErr()).toEqual({
        code: 'core.invalid_phone',
        path: ['phone'],
      });
    },
  );
});
