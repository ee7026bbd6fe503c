/** What nobody can guess, in characters that may stand in an address. */
export interface ShareTokens {
  next(): string;
}
