/** By Euclid; both are not negative, and one of them is above zero. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** Of numbers above zero; one for none. */
export function leastCommonMultiple(numbers: Iterable<bigint>): bigint {
  let multiple = 1n;
  for (const number of numbers)
    if (multiple % number !== 0n)
      multiple = (multiple / greatestCommonDivisor(multiple, number)) * number;
  return multiple;
}
