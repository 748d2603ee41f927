/** A bound on how many things are under way at once. */
export interface Slots {
  /** true with a slot, to be given back; false without one, when the signal was aborted first. First come, first served. */
  take(signal: AbortSignal): Promise<boolean>;
  give(): void;
}

export function createSlots(number: number): Slots {
  let free = number;
  const waiting = new Set<() => void>();

  return {
    take(signal) {
      if (signal.aborted) return Promise.resolve(false);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const served = (): void => {
          waiting.delete(served);
          signal.removeEventListener('abort', left);
          resolve(true);
        };
        const left = (): void => {
          waiting.delete(served);
          signal.removeEventListener('abort', left);
          resolve(false);
        };
        waiting.add(served);
        signal.addEventListener('abort', left);
      });
    },
    give() {
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next();
    },
  };
}
