/** Makes ids before anything is saved: UUID version 7, so that indexes stay local. */
export interface IdGenerator {
  /** The type argument is one of the domain's ids; each is a branded string. */
  next<NewId extends string>(): NewId;
}
