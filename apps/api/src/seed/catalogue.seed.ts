import type { Wiring } from '../composition/container.ts';

export async function plantCatalogue(_wiring: Wiring): Promise<void> {}
