import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from '@jest/globals';
import { SHARED } from './shared.js';

/** `describe` when the file or folder of the shared texts is there, else a line that says what was skipped. */
export function describeShared(name: string): typeof describe | typeof describe.skip {
  if (existsSync(path.join(SHARED, name))) return describe;
  console.warn(`skipped: what needs ${path.join(SHARED, name)}, which is not there`);
  return describe.skip;
}
