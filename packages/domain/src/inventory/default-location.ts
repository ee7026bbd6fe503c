import type { LocationId } from '../core/ids.value.ts';

/** The location that orders are served from; it is there from the beginning, and stays the default. */
export const DEFAULT_LOCATION_ID = '01900000-0000-7000-8000-00000000d10c' as LocationId;
