import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';

/** A regular expression by RE2, compiled. */
export interface Regex {
  readonly source: string;
  /** Whether the whole text matches. */
  readonly matches: (text: string) => boolean;
  /** Whether it matches somewhere in the text. */
  readonly finds: (text: string) => boolean;
  /** RE2's measure of what it costs in memory and in time a character. */
  readonly size: number;
}

export type RegexReading =
  { readonly kind: 'regex'; readonly regex: Regex } | ({ readonly kind: 'refused' } & RegexFault);

export interface RegexFault {
  readonly message: string;
  readonly help: string;
}

/**
 * Compiles for RE2, the platform's engine: case-sensitive, `.` is no line end, time linear in the text (sigma.md §6).
 */
export function parseRegex(source: string): RegexReading {
  try {
    const program = RE2JS.compile(source);
    const regex: Regex = {
      source,
      matches: (text) => program.testExact(text),
      finds: (text) => program.test(text),
      size: program.programSize(),
    };
    return { kind: 'regex', regex };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { kind: 'refused', ...faultOf(error, source) };
  }
}

/** Constructs of other engines by how the piece that RE2 stumbles over begins. */
const CONSTRUCTS: readonly (readonly [begins: string, name: string, help: string])[] = [
  ['(?!', 'a negative look-ahead', 'Say what must not be there in a selection of its own, and negate that one.'],
  ['(?=', 'a look-ahead', 'Write out the whole text, or use two entries of which both have to match.'],
  ['(?<!', 'a negative look-behind', 'Say what must not be there in a selection of its own, and negate that one.'],
  ['(?<=', 'a look-behind', 'Write out the whole text, or use two entries of which both have to match.'],
  ['(?P=', 'a back-reference', 'Write the repeated text out.'],
  ['(?P>', 'a recursion', 'Write the nested text out.'],
  ['(?>', 'an atomic group', 'Use an ordinary group `(?:…)`: RE2 never tries back.'],
  ['(?(', 'a conditional', 'Write both cases as alternatives.'],
  ['(?#', 'a comment', 'Move it out of the expression.'],
  ['(?|', 'a branch reset', 'Use an ordinary group `(?:…)`.'],
  ['(?x', 'the flag `x`', 'Write the expression without blanks and comments.'],
];

const ESCAPES: Readonly<Record<string, readonly [name: string, help: string]>> = {
  Z: ['`\\Z`', 'Write `\\z`; nothing is needed at the end, since the whole field has to match.'],
  h: ['`\\h`', 'Write `[ \\t]`.'],
  R: ['`\\R`', 'Write `\\r?\\n`.'],
  K: ['`\\K`', 'Leave it out: nothing is cut from a match here.'],
  G: ['`\\G`', 'Leave it out.'],
  X: ['`\\X`', 'Write `.`.'],
  C: ['`\\C`', 'Write `.`.'],
  u: ['`\\u0041`', 'Write `\\x{41}`.'],
  c: ['`\\cA`', 'Write `\\x01`.'],
  e: ['`\\e`', 'Write `\\x1b`.'],
  k: ['a back-reference', 'Write the repeated text out.'],
};

function faultOf(error: RE2JSException, source: string): RegexFault {
  const isSyntax = error instanceof RE2JSSyntaxException;
  const piece = (isSyntax ? error.input : null) ?? '';
  const construct = constructAt(piece);
  if (construct !== undefined) {
    const [name, help] = construct;
    return { message: `RE2, the platform's engine, does not support ${name}${quoted(piece, source)}.`, help };
  }
  const what = isSyntax ? error.error : error.message;
  return {
    message: `This is no regular expression for RE2, the platform's engine: ${what}${quoted(piece, source)}.`,
    help: HELPS[what] ?? 'The syntax is at https://github.com/google/re2/wiki/Syntax.',
  };
}

const HELPS: Readonly<Record<string, string>> = {
  'invalid nested repetition operator':
    'Possessive quantifiers such as `a++` are not supported; leave the second sign out.',
  'invalid repeat count': 'A text can be repeated 1,000 times at most; counts inside one another multiply.',
  'invalid escape sequence': 'Take the backslash away, or write `\\\\` for a backslash.',
  'missing argument to repetition operator':
    'Put something before the `*`, `+` or `?`, or write `\\*` for the sign itself.',
  'missing closing )': 'Add the closing bracket, or write `\\(` for the sign itself.',
  'missing closing ]': 'Add the closing bracket, or write `\\[` for the sign itself.',
  'unexpected )': 'Remove it, or write `\\)` for the sign itself.',
};

function constructAt(piece: string): readonly [name: string, help: string] | undefined {
  if (piece.startsWith('\\')) {
    const letter = piece.charAt(1);
    if (letter >= '1' && letter <= '9') return ['a back-reference', 'Write the repeated text out.'];
    return Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  }
  const found = CONSTRUCTS.find(([begins]) => piece.startsWith(begins));
  return found === undefined ? undefined : [found[1], found[2]];
}

/** The piece at fault, unless that is the whole expression. */
function quoted(piece: string, source: string): string {
  return piece === '' || piece === source || piece.length > 40 ? '' : ` (\`${piece}\`)`;
}
