import { RE2JS, RE2JSException } from 're2js';

/** A regular expression by RE2, compiled. */
export interface Regex {
  readonly source: string;
  /** Whether the whole text matches. */
  readonly matches: (text: string) => boolean;
  /** Whether it matches somewhere in the text. */
  readonly finds: (text: string) => boolean;
}

export type RegexReading =
  { readonly kind: 'regex'; readonly regex: Regex } | { readonly kind: 'refused'; readonly reason: string };

/**
 * Compiles for RE2, the platform's engine: case-sensitive, `.` is no line end, time linear in the text (sigma.md §6).
 * What the library refuses is told in its words.
 */
export function parseRegex(source: string): RegexReading {
  try {
    const program = RE2JS.compile(source);
    return {
      kind: 'regex',
      regex: {
        source,
        matches: (text) => program.testExact(text),
        finds: (text) => program.test(text),
      },
    };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { kind: 'refused', reason: error.message };
  }
}
