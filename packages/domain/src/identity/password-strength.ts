/**
 * How long somebody who knows how people choose would have to guess:
 * 0 they try it among the first, 1 they have it at once, 2 within hours where nothing slows
 * them down, 3 within days, 4 it is not worth it. The decades of guesses between are those
 * that zxcvbn made usual.
 */
export type PasswordStrength = 0 | 1 | 2 | 3 | 4;

const GUESSES_FOR = [3, 6, 8, 10] as const;

/** In decades of guesses. A letter counts as one of a word, since most are: five make a word of a few thousand. */
const DECADES = { letter: 0.7, digit: 0.8, blank: 0.3, sign: 1.2 } as const;

/** A word that everybody uses, and what may stand behind it: people append "1!" and think of it as new. */
const KNOWN_WORD_DECADES = 2;
const KNOWN_WORD = /^\P{L}*(?<word>.*\p{L})\P{L}*$/su;
const PER_SIGN_AROUND = 0.6;

/**
 * An estimate, low rather than high, of a folded password.
 * @param known folded passwords that others chose
 */
export function strengthOf(
  folded: string,
  known: { has(folded: string): boolean },
): PasswordStrength {
  if (known.has(folded)) return 0;
  const word = KNOWN_WORD.exec(folded)?.groups?.['word'] ?? folded;
  const decades = decadesOf(folded);
  return rated(
    word !== folded && known.has(word)
      ? Math.min(decades, KNOWN_WORD_DECADES + (folded.length - word.length) * PER_SIGN_AROUND)
      : decades,
  );
}

function rated(decades: number): PasswordStrength {
  return GUESSES_FOR.filter((bound) => decades >= bound).length as PasswordStrength;
}

/** Of what goes on as it began only the length has to be guessed. */
function decadesOf(text: string): number {
  const characters = [...text];
  const fresh = characters.filter((_, index) => !goesOn(characters, index));
  return fresh
    .map(decadesOfOne)
    .reduce((sum, each) => sum + each, Math.log10(1 + characters.length - fresh.length));
}

/** As `aaaa`, `abab`, `abcabc` and `1234` do: who knows what stands before knows what comes next. */
function goesOn(characters: readonly string[], index: number): boolean {
  const stepTo = (at: number) => codeOf(characters[at]) - codeOf(characters[at - 1]);
  const isRun = index >= 2 && Math.abs(stepTo(index)) === 1 && stepTo(index) === stepTo(index - 1);
  if (isRun || characters[index] === characters[index - 1]) return true;
  return [2, 3, 4].some((period) => {
    const start = index - (index % period);
    const round = Array.from({ length: period }, (_, step) => start + step);
    return start >= period && round.every((at) => characters[at] === characters[at - period]);
  });
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0;
}

function decadesOfOne(character: string): number {
  if (/\p{L}/u.test(character)) return DECADES.letter;
  if (/\p{N}/u.test(character)) return DECADES.digit;
  return /\s/u.test(character) ? DECADES.blank : DECADES.sign;
}
