import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';

/** Of one unit as it is packed, in whole millimetres. */
export type Dimensions = {
  readonly length: number;
  readonly width: number;
  readonly height: number;
};

export type InvalidDimensions = {
  readonly code: 'catalog.invalid_dimensions';
  readonly path: FieldPath;
  readonly maximum: number;
};

/** A hundred metres. */
const LONGEST_MILLIMETRES = 100_000;
const SIDES = ['length', 'width', 'height'] as const;

export function parseDimensions(
  { length, width, height }: Dimensions,
  path: FieldPath = ['dimensions'],
): Result<Dimensions, InvalidDimensions> {
  const dimensions = { length, width, height };
  const wrong = SIDES.find((side) => !isLength(dimensions[side]));
  return wrong === undefined
    ? ok(Object.freeze(dimensions))
    : err({
        code: 'catalog.invalid_dimensions',
        path: [...path, wrong],
        maximum: LONGEST_MILLIMETRES,
      });
}

function isLength(millimetres: number): boolean {
  return Number.isInteger(millimetres) && millimetres >= 1 && millimetres <= LONGEST_MILLIMETRES;
}
