import { resolve } from 'node:path';

import { packDomain } from './domain-package/pack.ts';

// Makes the tarball of @kastoma/domain: `node scripts/pack-domain.ts <folder>`, the current one unless told.

console.log(packDomain(resolve(process.argv[2] ?? '.')));
