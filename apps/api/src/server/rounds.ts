import { describeFailure, type Log } from './log.ts';

const LONGEST_FAREWELL_MILLISECONDS = 2_000;

/** Something that is done again and again, and how it is told that it cannot be done and that it can again. */
type Rounds = {
  /** Answers whether there is more to do at once. */
  readonly round: () => Promise<boolean>;
  readonly pauseMilliseconds: number;
  readonly lost: string;
  readonly found: string;
};

/**
 * Begins a first round at once, and each other one a pause after the last has ended, or without one where there is more
 * to do. Returns how to end them: a round that is under way gets two seconds.
 */
export function startRounds(
  { round, pauseMilliseconds, lost, found }: Rounds,
  log: Log,
): () => Promise<void> {
  let isCutOff = false;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const reportReach = (error: unknown) => {
    const isLost = error !== null;
    if (isLost === isCutOff) return;
    isCutOff = isLost;
    if (isLost) log('warning', lost, describeFailure(error));
    else log('info', found);
  };
  const go = async (): Promise<void> => {
    let isMoreToDo = false;
    try {
      isMoreToDo = await round();
      reportReach(null);
    } catch (error) {
      reportReach(error);
    }
    if (isStopped) return;
    const pause = isMoreToDo ? 0 : pauseMilliseconds;
    timer = setTimeout(() => {
      underWay = go();
    }, pause);
  };
  let underWay = go();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    const farewell = Promise.withResolvers<void>();
    const limit = setTimeout(farewell.resolve, LONGEST_FAREWELL_MILLISECONDS);
    await Promise.race([underWay, farewell.promise]);
    clearTimeout(limit);
  };
}
