/** The shop cannot start; the message is one line that names the remedy. */
export class StartRefused extends Error {}

/** The shop was asked to stop before it was open. */
export class StartStopped extends Error {}
