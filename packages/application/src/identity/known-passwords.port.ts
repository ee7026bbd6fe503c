/** Passwords that many people chose, or that were stolen from somebody: they are tried first. */
export interface KnownPasswords {
  /**
   * @param folded in the form of `foldPassword`
   * @returns true for each that is known; in a rare case for another one, too
   */
  has(folded: string): boolean;
}
