/** The file's names of countries as ISO 3166-1 alpha-2 codes. */
const CODES: Readonly<Record<string, string>> = {
  australia: 'AU',
  austria: 'AT',
  bahrain: 'BH',
  belgium: 'BE',
  brazil: 'BR',
  canada: 'CA',
  // Two bailiwicks and two codes; the file does not say which, and Jersey is the larger one.
  'channel islands': 'JE',
  cyprus: 'CY',
  'czech republic': 'CZ',
  denmark: 'DK',
  eire: 'IE',
  finland: 'FI',
  france: 'FR',
  germany: 'DE',
  greece: 'GR',
  'hong kong': 'HK',
  iceland: 'IS',
  israel: 'IL',
  italy: 'IT',
  japan: 'JP',
  lebanon: 'LB',
  lithuania: 'LT',
  malta: 'MT',
  netherlands: 'NL',
  norway: 'NO',
  poland: 'PL',
  portugal: 'PT',
  rsa: 'ZA',
  'saudi arabia': 'SA',
  singapore: 'SG',
  spain: 'ES',
  sweden: 'SE',
  switzerland: 'CH',
  'united arab emirates': 'AE',
  'united kingdom': 'GB',
  usa: 'US',
};

/** Null for what is no country: the full file also says "European Community" and "Unspecified". */
export function countryCode(name: string): string | null {
  return CODES[name.trim().toLowerCase()] ?? null;
}
