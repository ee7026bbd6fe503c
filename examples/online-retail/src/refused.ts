/** Why the whole replay cannot go on, in a line for whoever started it. */
export class Refused extends Error {}
