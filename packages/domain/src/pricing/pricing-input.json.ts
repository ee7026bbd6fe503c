import type { Result } from 'neverthrow';

import type { MalformedJson } from '../core/json-reader.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import { readPricingInput } from './pricing-input.reader.ts';
import type { PricingInput } from './pricing-input.ts';

/** What a price depends on as JSON: what was left out stays left out. */
export function pricingInputToJson(input: PricingInput): Json {
  return toWireForm(input);
}

/** Reads it from any value. Checks the form; whether it can be priced, `price` says. */
export function parsePricingInput(json: unknown): Result<PricingInput, MalformedJson> {
  return readPricingInput(json, []);
}
