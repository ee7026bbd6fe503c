import fc from 'fast-check';

import { Address, type AddressInput } from '../core/address.value.ts';
import { anyShortText } from './written-text.arbitrary.ts';

/** What somebody fills into the form of an address, and what the shop accepts. */
export function anyAddressInput(): fc.Arbitrary<AddressInput> {
  const left = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  return fc.record({
    name: anyShortText(),
    line1: anyShortText(),
    line2: left(anyShortText()),
    city: anyShortText(),
    region: left(anyShortText()),
    postalCode: anyShortText(),
    country: fc.constantFrom('GB', 'DE', 'JP', 'US', 'TH', 'BR', 'CI'),
    phone: left(fc.stringMatching(/^\+?[0-9]{2}[ .-][0-9]{3,6}\/[0-9]{2}$/)),
  });
}

export function anyAddress(): fc.Arbitrary<Address> {
  return anyAddressInput().map((input) => Address.parse(input)._unsafeUnwrap());
}
