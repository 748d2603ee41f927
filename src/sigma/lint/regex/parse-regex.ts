import { isBroad, isEmpty, negated, perlClass, together } from './character-class.js';
import type { CharacterSet } from './character-class.js';
import type { Edge, RegexNode } from './tree.js';

export interface RegexTree {
  readonly root: RegexNode;
  /** Whether a group is named as `(?<name>…)`, which older versions of RE2 do not know. */
  readonly hasAngleNames: boolean;
}

/**
 * The structure of a regular expression by the rules of RE2 (github.com/google/re2/wiki/Syntax; sigma.md §6). Undefined
 * for what RE2 refuses, which is for the engine to explain, and for what is nested deeper than anybody writes.
 */
export function parseRegex(source: string): RegexTree | undefined {
  const parser = new RegexParser(source);
  try {
    const root = parser.choice();
    return parser.isAtEnd() ? { root, hasAngleNames: parser.hasAngleNames } : undefined;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

class Refused extends Error {}

const MOST_LEVELS = 50;
const MOST_REPEATS = 1_000;
const LETTER = { kind: 'letter' } as const;
const EDGES: Readonly<Record<string, Edge>> = { A: 'text-start', z: 'text-end', b: 'word', B: 'no-word' };

interface Repetition {
  readonly least: number;
  readonly isEndless: boolean;
}

class RegexParser {
  hasAngleNames = false;
  private at = 0;
  private level = 0;
  private isMultiLine = false;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  choice(): RegexNode {
    this.level += 1;
    if (this.level > MOST_LEVELS) throw new Refused();
    const first = this.sequence();
    const branches = [first];
    while (this.take('|')) branches.push(this.sequence());
    this.level -= 1;
    return branches.length === 1 ? first : { kind: 'choice', branches };
  }

  private sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (!this.isAtEnd() && !this.sees('|') && !this.sees(')')) {
      const atoms = this.atoms();
      const last = atoms.at(-1);
      for (const atom of atoms) parts.push(atom === last ? this.repeated(atom) : atom);
    }
    return { kind: 'sequence', parts };
  }

  /** One thing that a repetition can stand behind; none for flags; several for `\Q…\E`, of which the last is repeated. */
  private atoms(): readonly RegexNode[] {
    if (this.sees('(')) return this.group();
    if (this.take('[')) return [this.bracketClass()];
    if (this.take('.')) return [{ kind: 'any' }];
    if (this.take('^')) return [edge(this.isMultiLine ? 'line-start' : 'text-start', '^')];
    if (this.take('$')) return [edge(this.isMultiLine ? 'line-end' : 'text-end', '$')];
    if (this.sees('\\')) return this.escape();
    if (this.repetition() !== undefined) throw new Refused();
    this.character();
    return [{ ...LETTER }];
  }

  /** Of two quantifiers in a row RE2 takes only `?` as the second one. */
  private repeated(atom: RegexNode): RegexNode {
    const repetition = this.repetition();
    if (repetition === undefined) return atom;
    this.take('?');
    if (this.repetition() !== undefined) throw new Refused();
    return { kind: 'repeat', part: atom, ...repetition };
  }

  /** `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`. A brace of any other form is a character. */
  private repetition(): Repetition | undefined {
    if (this.take('*')) return { least: 0, isEndless: true };
    if (this.take('+')) return { least: 1, isEndless: true };
    if (this.take('?')) return { least: 0, isEndless: false };
    const brace = this.match(/\{(\d+)(?:(,)(\d*))?\}/y);
    if (brace === undefined) return undefined;
    const [, digits, comma, limit] = brace;
    const least = Number(digits);
    const isEndless = comma !== undefined && limit === '';
    const most = limit === undefined || limit === '' ? least : Number(limit);
    if (least > most || most > MOST_REPEATS) throw new Refused();
    return { least, isEndless };
  }

  private group(): readonly RegexNode[] {
    const flags = this.match(/\(\?([imsU]*)(-[imsU]+)?([:)])/y);
    if (flags !== undefined) return this.flagged(flags);
    const name = this.match(/\(\?(P?)<\w+>/y);
    this.hasAngleNames ||= name?.[1] === '';
    if (name === undefined) {
      if (this.sees('(?')) throw new Refused();
      this.at += 1;
    }
    return [this.untilClosed()];
  }

  /** `(?i)` holds to the end of the group around it, `(?i:…)` inside. */
  private flagged([, on = '', off = '', end]: readonly (string | undefined)[]): readonly RegexNode[] {
    const before = this.isMultiLine;
    this.isMultiLine = !off.includes('m') && (before || on.includes('m'));
    if (end === ')') return [];
    const inner = this.untilClosed();
    this.isMultiLine = before;
    return [inner];
  }

  private untilClosed(): RegexNode {
    const before = this.isMultiLine;
    const inner = this.choice();
    this.isMultiLine = before;
    if (!this.take(')')) throw new Refused();
    return inner;
  }

  private escape(): readonly RegexNode[] {
    const quoted = this.match(/\\Q([\s\S]*?)(?:\\E|$)/y);
    if (quoted !== undefined) return Array.from(quoted[1] ?? '', () => ({ ...LETTER }));
    const letter = this.source.charAt(this.at + 1);
    const place = EDGES[letter];
    if (place !== undefined) {
      this.at += 2;
      return [edge(place, `\\${letter}`)];
    }
    const set = this.setEscape();
    if (set !== undefined) return [classNode(set)];
    this.characterEscape();
    return [{ ...LETTER }];
  }

  /** `\d` and its like, `\pN`, `\p{Greek}`. */
  private setEscape(): CharacterSet | undefined {
    const perl = perlClass(this.source.charAt(this.at + 1));
    if (perl !== undefined) {
      this.at += 2;
      return perl;
    }
    const unicode = this.match(/\\[pP](?:\{\^?\w+\}|[A-Za-z])/y);
    return unicode === undefined ? undefined : { ranges: [], hasMore: true };
  }

  /** The code point of an escaped character. */
  private characterEscape(): number {
    const hexadecimal = this.match(/\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/y);
    if (hexadecimal !== undefined) return Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '', 16);
    const octal = this.match(/\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y);
    if (octal !== undefined) return Number.parseInt(octal[1] ?? '', 8);
    this.at += 1;
    const letter = this.source.charAt(this.at);
    const control = letter === '' ? undefined : { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }[letter];
    if (control !== undefined) {
      this.at += 1;
      return control;
    }
    if (!/[!-/:-@[-`{-~ ]/.test(letter)) throw new Refused();
    return this.character();
  }

  private bracketClass(): RegexNode {
    const isNegated = this.take('^');
    const sets: CharacterSet[] = [];
    while (sets.length === 0 || !this.sees(']')) {
      if (this.isAtEnd()) throw new Refused();
      sets.push(this.classItem());
    }
    this.at += 1;
    const set = together(sets);
    return classNode(isNegated ? negated(set) : set);
  }

  private classItem(): CharacterSet {
    if (this.match(/\[:\^?[a-z]+:\]/y) !== undefined) return { ranges: [], hasMore: true };
    const set = this.sees('\\') ? this.setEscape() : undefined;
    if (set !== undefined) return set;
    const first = this.classCharacter();
    const isRange = this.sees('-') && !this.sees('-]');
    if (!isRange) return { ranges: [[first, first]], hasMore: false };
    this.at += 1;
    const last = this.classCharacter();
    if (last < first) throw new Refused();
    return { ranges: [[first, last]], hasMore: false };
  }

  private classCharacter(): number {
    return this.sees('\\') ? this.characterEscape() : this.character();
  }

  private character(): number {
    const point = this.source.codePointAt(this.at) ?? 0;
    this.at += point > 0xffff ? 2 : 1;
    return point;
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  /** @param pattern sticky */
  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source) ?? undefined;
    if (found !== undefined) this.at += found[0].length;
    return found;
  }
}

function edge(place: Edge, written: string): RegexNode {
  return { kind: 'edge', edge: place, written };
}

function classNode(set: CharacterSet): RegexNode {
  return { kind: 'class', isEmpty: isEmpty(set), isBroad: isBroad(set) };
}
