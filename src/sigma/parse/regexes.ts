import { parseRegex } from './regex.js';
import type { RegexReading } from './regex.js';

/**
 * What all expressions of one pattern may come to: compiling takes some microseconds a character and an instruction, and
 * no pattern may take more than a few seconds (sigma.md §2). RE2 itself has a bound of this size for each.
 */
const MOST_CHARACTERS = 200_000;
const LARGEST_SIZE = 200_000;

/** Compiles the expressions of one pattern, each text once. */
export type Regexes = (source: string) => RegexReading;

export function regexesOfOnePattern(): Regexes {
  const read = new Map<string, RegexReading>();
  let characters = 0;
  let size = 0;
  return (source) => {
    const before = read.get(source);
    if (before !== undefined) return before;
    characters += source.length;
    if (characters > MOST_CHARACTERS || size > LARGEST_SIZE) return TOO_LARGE;
    const reading = parseRegex(source);
    size += reading.kind === 'regex' ? reading.regex.size : 0;
    read.set(source, reading);
    return reading;
  };
}

const TOO_LARGE: RegexReading = {
  kind: 'refused',
  message: 'The regular expressions of this pattern are too large taken together.',
  help: 'Use `contains`, `startswith` or `endswith` for plain texts, and lower the repeat counts.',
};
