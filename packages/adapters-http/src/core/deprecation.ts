/** A route that will go, and when: clients of it are told with each answer. */
export type Deprecation = {
  /** The day from which on nobody should begin to use it, such as `2027-01-31`. */
  readonly since: string;
  /** The first day on which it may be gone. */
  readonly sunset: string;
  /** The path below `/api/v1` that does the same. */
  readonly successor?: string;
};

const MILLISECONDS = 1_000;

/** RFC 9745 and RFC 8594. */
export function deprecationHeaders(
  { since, sunset, successor }: Deprecation,
  prefix: string,
): Readonly<Record<string, string>> {
  return {
    Deprecation: `@${Date.parse(since) / MILLISECONDS}`,
    Sunset: new Date(sunset).toUTCString(),
    ...(successor === undefined
      ? {}
      : { Link: `<${prefix}${successor}>; rel="successor-version"` }),
  };
}
