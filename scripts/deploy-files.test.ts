import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { faultsOfDockerfile } from './deploy-files/dockerfile.ts';
import { faultsOfUnits } from './deploy-files/units.ts';

const GOOD = `FROM node AS build
RUN make

FROM node
USER 65532:65532
HEALTHCHECK CMD ["node", "is-alive"]
ENTRYPOINT ["node", "kastoma.mjs"]
`;

describe('an image', () => {
  it('that is made well is taken', () => {
    expect(faultsOfDockerfile(GOOD)).toEqual([]);
  });

  it.each([
    ['runs as root', 'USER 65532:65532\n', ''],
    ['runs as root', 'USER 65532:65532', 'USER root'],
    ['runs as root', 'USER 65532:65532', 'USER 0:0'],
    ['has no HEALTHCHECK', 'HEALTHCHECK CMD ["node", "is-alive"]\n', ''],
    ['starts through a shell', 'ENTRYPOINT ["node", "kastoma.mjs"]', 'ENTRYPOINT node kastoma.mjs'],
    ['secret stands in a layer', 'RUN make', 'ARG NPM_TOKEN=abc'],
  ])('that %s is refused', (fault, good, bad) => {
    const faults = faultsOfDockerfile(GOOD.replace(good, bad));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });
});

describe('a unit', () => {
  const faultsOf = (service: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'kastoma-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'shop.service'), `[Service]\n${service}\n`);
    return faultsOfUnits(folder);
  };

  it('with a word that systemd does not know, or open to the machine, is refused', () => {
    const faults = faultsOf('ExecStart=/bin/true\nProtectSystm=strict');
    // A machine without systemd leaves it out, and says so.
    if (faults === null) return;
    expect(faults.join('\n')).toContain("'ProtectSystm'");
    expect(faults.join('\n')).toContain('systemd-analyze security');
  });
});
