import type { CallContext } from '../core/call-context.ts';
import {
  changeSecondFactor,
  type SecondFactorChangePorts,
  type SecondFactorProof,
} from './change-second-factor.ts';
import { newRecoveryCodes } from './recovery-codes.ts';

/** Gives a new set of recovery codes, once; the old ones are void. */
export class ReplaceRecoveryCodes {
  readonly #ports: SecondFactorChangePorts;

  constructor(ports: SecondFactorChangePorts) {
    this.#ports = ports;
  }

  execute(proof: SecondFactorProof, context: CallContext) {
    const { clock } = this.#ports;
    return changeSecondFactor(proof, context, this.#ports, ({ secondFactors }, used) => {
      const { codes, hashes } = newRecoveryCodes(this.#ports);
      return secondFactors.save(used.replaceRecoveryCodes(hashes, clock.now())).map(() => codes);
    });
  }
}
