import { Buffer } from 'node:buffer';

/**
 * What was made of files once, for the views of many targets: a run reads the same files for each of them. The caller
 * opens one for a run; without one all is made anew.
 */
export interface ReadCache {
  /**
   * What the work made of the inputs, or what it made of the same ones the last time that the key was asked for. Inputs
   * are the same when they are identical, or bytes that are equal. The work must be pure.
   */
  remember<Result>(key: string, inputs: readonly unknown[], work: () => Result): Result;
}

export function openReadCache(): ReadCache {
  const known = new Map<string, { readonly inputs: readonly unknown[]; readonly result: unknown }>();
  return {
    remember: <Result>(key: string, inputs: readonly unknown[], work: () => Result): Result => {
      const before = known.get(key);
      if (before !== undefined && areSame(before.inputs, inputs)) return before.result as Result;
      const result = work();
      known.set(key, { inputs, result });
      return result;
    },
  };
}

/** Remembers nothing. */
export const NO_CACHE: ReadCache = { remember: (_key, _inputs, work) => work() };

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => isSame(one, others[index]));
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return Buffer.isBuffer(one) && Buffer.isBuffer(other) && one.equals(other);
}
