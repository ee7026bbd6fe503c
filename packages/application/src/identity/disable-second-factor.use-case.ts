import type { CallContext } from '../core/call-context.ts';
import {
  changeSecondFactor,
  type SecondFactorChangePorts,
  type SecondFactorProof,
} from './change-second-factor.ts';

/** Switches one's second factor off: the password alone signs in again. */
export class DisableSecondFactor {
  readonly #ports: SecondFactorChangePorts;

  constructor(ports: SecondFactorChangePorts) {
    this.#ports = ports;
  }

  execute(proof: SecondFactorProof, context: CallContext) {
    const { clock } = this.#ports;
    return changeSecondFactor(proof, context, this.#ports, ({ secondFactors }, used) =>
      secondFactors.remove(used.disable(clock.now())),
    );
  }
}
