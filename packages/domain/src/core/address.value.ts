import { ok, Result } from 'neverthrow';

import { parseCountry, type Country } from './country.value.ts';
import { parsePhone, type InvalidPhone } from './phone.value.ts';
import { parseText, type FieldPath, type InvalidText } from './text.value.ts';

export type AddressInput = {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode: string;
  readonly country: string;
  readonly phone?: string | undefined;
};

/** An address as it travels and as it is kept. */
export type AddressJson = {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postal_code: string;
  readonly country: string;
  readonly phone: string | null;
};

export type InvalidAddressCountry = {
  readonly code: 'core.unknown_country';
  readonly country: string;
  readonly path: FieldPath;
};
export type InvalidAddress = InvalidText | InvalidAddressCountry | InvalidPhone;

/** A postal address: where something is shipped or whom a bill names. */
export class Address {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly country: Country;
  readonly phone: string | null;

  private constructor(fields: Omit<Address, 'toJSON'>) {
    this.name = fields.name;
    this.line1 = fields.line1;
    this.line2 = fields.line2;
    this.city = fields.city;
    this.region = fields.region;
    this.postalCode = fields.postalCode;
    this.country = fields.country;
    this.phone = fields.phone;
    Object.freeze(this);
  }

  /** Reads an address; an error's path begins with `path`, the address's own place in the input. */
  static parse(input: AddressInput, path: FieldPath = []): Result<Address, InvalidAddress> {
    const required = (field: 'name' | 'line1' | 'city' | 'postalCode', maximumLength: number) =>
      parseText(input[field], { path: [...path, field], maximumLength });
    const optional = (field: 'line2' | 'region', maximumLength: number) =>
      parseText(input[field] ?? '', {
        path: [...path, field],
        maximumLength,
        mayBeEmpty: true,
      }).map((text) => (text === '' ? null : text));
    return Result.combine([
      required('name', 120),
      required('line1', 200),
      required('city', 120),
      required('postalCode', 20),
    ]).andThen(([name, line1, city, postalCode]) =>
      Result.combine([
        optional('line2', 200),
        optional('region', 120),
        phoneAt(input.phone ?? '', [...path, 'phone']),
      ]).andThen(([line2, region, phone]) =>
        parseCountry(input.country)
          .mapErr((error) => ({ ...error, path: [...path, 'country'] }))
          .map(
            (country) =>
              new Address({ name, line1, line2, city, region, postalCode, country, phone }),
          ),
      ),
    );
  }

  /** For persistence only: what was an address once stays readable, however strict the rules became. */
  static restore({ postal_code: postalCode, country, ...rest }: AddressJson): Address {
    return new Address({ ...rest, postalCode, country: country as Country });
  }

  toJSON(): AddressJson {
    const { name, line1, line2, city, region, postalCode, country, phone } = this;
    return { name, line1, line2, city, region, postal_code: postalCode, country, phone };
  }
}

function phoneAt(
  typed: string,
  path: FieldPath,
): Result<string | null, InvalidText | InvalidPhone> {
  return typed.trim() === '' ? ok(null) : parsePhone(typed, path);
}
