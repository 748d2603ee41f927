import { distance } from 'fastest-levenshtein';

// Suggestions are for people; a text made to be slow gets none.
const MOST_CANDIDATES = 2_000;
const LONGEST_WORD = 200;

/** The candidate that was probably meant: the same but for letter case, else at most a third of the letters away. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  if (word.length > LONGEST_WORD || all.length > MOST_CANDIDATES) return undefined;
  const folded = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of all) {
    if (candidate.length > LONGEST_WORD) continue;
    const away = distance(folded, candidate.toLowerCase());
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** ` Did you mean x?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : ` Did you mean \`${found}\`?`;
}
