/** The shop cannot start; the message is one line that names the remedy. */
export class StartRefused extends Error {}
