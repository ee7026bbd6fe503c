import { join } from 'node:path';

/** The pictures of the seeded catalogue. */
export const SEED_PICTURES_FOLDER = join(import.meta.dirname, '../../seed-pictures');
