import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';
import { strengthOf, type PasswordStrength } from './password-strength.ts';
import type { Password, WeakPassword } from './password.value.ts';

/** A password that its owner may have: only such a one is hashed. */
export type ChosenPassword = Password & { readonly __chosen: true };

/** Whose password it is to be; a name is left out where it is nobody's. */
export type PasswordOwner = {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
};

/** What a password is held against. */
export type PasswordTrial = {
  readonly owner: PasswordOwner;
  /** Folded passwords that others chose, or that were stolen from them. */
  readonly known: { has(folded: string): boolean };
  /** Where it stood in what the caller sent. */
  readonly path: FieldPath;
};

/** What is shorter stands in any text by chance. */
const SHORTEST_PART = 3;
/** Of a name of several words, or of an address: "van" and "der" are nobody's. */
const SHORTEST_WORD = 4;

/** The form in which passwords that people take for different ones are the same. */
export function foldPassword(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase();
}

/** Refuses what others would try first: passwords that are known, patterns, and what is of the owner. */
export function choosePassword(
  password: Password,
  { owner, known, path }: PasswordTrial,
): Result<ChosenPassword, WeakPassword> {
  const folded = foldPassword(password);
  const plain = lettersAndDigits(password);
  const refuse = (reason: WeakPassword['reason'], strength: PasswordStrength) =>
    err({ code: 'identity.weak_password' as const, path, reason, strength });
  // Whoever guesses at somebody's password starts with what is theirs: only the rest is work.
  const without = (parts: readonly string[]) =>
    parts.reduce((rest, part) => rest.replaceAll(part, ''), plain);
  const isIn = (part: string) => plain.includes(part);
  const strength = strengthOf(folded, known);
  if (known.has(folded)) return refuse('known', strength);
  if (strength === 0) return refuse('predictable', strength);
  const ofAddress = partsOfAddress(owner.email);
  const ofName = partsOfName(owner);
  const strengthOfRest = strengthOf(without([...ofAddress, ...ofName]), known);
  if (ofAddress.some(isIn)) return refuse('contains_email', strengthOfRest);
  if (ofName.some(isIn)) return refuse('contains_name', strengthOfRest);
  return ok(password as ChosenPassword);
}

/** The part before the @, with and without what follows a "+", and its words. */
function partsOfAddress(email: string): readonly string[] {
  const local = email.slice(0, email.lastIndexOf('@'));
  const [box = ''] = local.split('+');
  return [...longEnough([local, box], SHORTEST_PART), ...longEnough(wordsOf(local), SHORTEST_WORD)];
}

function partsOfName({ firstName = '', lastName = '' }: PasswordOwner): readonly string[] {
  const whole = [firstName, lastName, `${firstName}${lastName}`, `${lastName}${firstName}`];
  const words = [...wordsOf(firstName), ...wordsOf(lastName)];
  return [...longEnough(whole, SHORTEST_PART), ...longEnough(words, SHORTEST_WORD)];
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{M}\p{N}]+/u);
}

function longEnough(parts: readonly string[], shortest: number): readonly string[] {
  return parts.map(lettersAndDigits).filter((part) => [...part].length >= shortest);
}

/** Without case, accents, and what people put between: "J. O'Neill" is in "joneill2026". */
function lettersAndDigits(text: string): string {
  return foldPassword(text)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]|[^\p{L}\p{M}\p{N}]/gu, '')
    .normalize('NFC');
}
