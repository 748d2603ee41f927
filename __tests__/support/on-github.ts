import { it } from '@jest/globals';
import { DOOR } from './command-door.js';

/** A test of what GitHub alone has: summary, annotations, comments, outputs, commits and pull requests of its API. */
export const itOnGitHub: typeof it = DOOR === 'cli' ? (it.skip as typeof it) : it;
