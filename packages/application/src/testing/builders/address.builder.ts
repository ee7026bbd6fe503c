import { Address, type AddressInput } from '@kastoma/domain/core';

export function anAddress(wishes: Partial<AddressInput> = {}): Address {
  return Address.parse({
    name: 'Ada Shopper',
    line1: '1 Market Street',
    city: 'Springfield',
    region: 'Illinois',
    postalCode: '62701',
    country: 'US',
    phone: '+1 217 555 0100',
    ...wishes,
  })._unsafeUnwrap();
}
