import { noClockOrChance } from './no-clock-or-chance.ts';
import { noThrow } from './no-throw.ts';
import { noUnsafeUnwrap } from './no-unsafe-unwrap.ts';
import { ownSchemaOnly } from './own-schema-only.ts';
import type { Rule } from './rule.ts';
import { speakingNames } from './speaking-names.ts';
import { unusedResult } from './unused-result.ts';

/** What no linter can be told. Each has its probe in scripts/probes/. */
export const rules: readonly Rule[] = [
  unusedResult,
  noThrow,
  noClockOrChance,
  noUnsafeUnwrap,
  speakingNames,
  ownSchemaOnly,
];
