import { resolve } from 'node:path';

import type { ICruiseOptions } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

/** The rules of .dependency-cruiser.mjs in the current folder. */
export function importRuleSet(): Promise<ICruiseOptions> {
  return extractOptions(resolve('.dependency-cruiser.mjs'));
}
