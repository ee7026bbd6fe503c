import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/** Of each room: beyond it the keys go whose windows end first. */
const MOST_KEYS = 50_000;

/** The attempts from `first` on are those inside the window; what is before it is cut off now and then. */
type Window = { attempts: number[]; first: number; endsAt: number };
/** In the order of the latest attempts. Its windows are of one length, so that is the order in which they end. */
type Room = Map<string, Window>;

/**
 * The stand-in for Redis: the same limits, counted by this process alone. Keys of one kind (what
 * stands before the first colon) and one length of window have a room to themselves: a flood of
 * cheap requests from many networks drives out no count of passwords and codes.
 */
export class InProcessRateLimiter implements RateLimiter {
  readonly #rooms = new Map<string, Room>();

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    const length = limit.windowSeconds * 1000;
    const room = this.#roomOf(key, limit);
    const window = room.get(key) ?? { attempts: [], first: 0, endsAt: 0 };
    forgetUntil(window, now - length);
    const taken = window.attempts.length - window.first;
    const oldest = window.attempts[window.first] ?? now;
    const wait = Math.ceil((oldest + length - now) / 1000);
    if (taken >= limit.attempts) return { allowed: false, retryAfterSeconds: wait };
    // Taken out and put in again: the room stands in the order of the latest attempts.
    room.delete(key);
    makeRoom(room, now);
    window.attempts.push(now);
    window.endsAt = now + length;
    room.set(key, window);
    return { allowed: true, remaining: limit.attempts - taken - 1, roomAfterSeconds: wait };
  }

  async giveBack(key: string): Promise<void> {
    for (const room of this.#rooms.values()) {
      const window = room.get(key);
      if (window !== undefined && window.attempts.length > window.first) window.attempts.pop();
    }
  }

  async clear(key: string): Promise<void> {
    for (const room of this.#rooms.values()) room.delete(key);
  }

  #roomOf(key: string, { windowSeconds }: RateLimit): Room {
    const name = `${key.split(':', 1)[0] ?? ''}:${windowSeconds}`;
    const present = this.#rooms.get(name);
    if (present !== undefined) return present;
    const room: Room = new Map();
    this.#rooms.set(name, room);
    return room;
  }
}

/** A flood of keys must not fill the memory: what is over goes first, and then what ends next. */
function makeRoom(room: Room, now: Instant): void {
  for (const [key, window] of room) {
    if (room.size < MOST_KEYS && window.endsAt > now) return;
    room.delete(key);
  }
}

/** Moves past what has left the window; each attempt is looked at once, however many there are. */
function forgetUntil(window: Window, end: number): void {
  const { attempts } = window;
  while ((attempts[window.first] ?? Infinity) <= end) window.first += 1;
  if (window.first * 2 <= attempts.length) return;
  window.attempts = attempts.slice(window.first);
  window.first = 0;
}
