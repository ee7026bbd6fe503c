/** Something that cannot be, unless the code is wrong. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

/**
 * Stops where going on would hide a mistake of ours. The one place in these rings that throws:
 * an expected failure is an `err`; this one is for those who mend the code, and no customer is told of it.
 */
export function defect(reason: string): never {
  throw new Defect(reason);
}
