import fc from 'fast-check';

/** An id of any kind: the caller says which. */
export function anyId<AnyKind extends string>(): fc.Arbitrary<AnyKind> {
  return fc.uuid({ version: 7 }).map((id) => id as AnyKind);
}
