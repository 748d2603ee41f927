import type { Node, Scalar } from 'yaml';
import { scalarMeaning } from '../plain-scalar.js';
import type { YamlReading } from '../read-yaml.js';
import { scalarOffsets } from './scalar-offsets.js';
import type { PatternProblem, Place, SyntaxCode, Value, Word } from './types.js';

/** The text under the parser's hands: it turns nodes into words and values with their places, and collects problems. */
export interface Source {
  readonly reading: YamlReading;
  readonly problems: readonly PatternProblem[];
  readonly report: (code: SyntaxCode, at: Place, message: string, help: string) => void;
  readonly placeOf: (node: Node | null) => Place;
  readonly placeAt: (offset: number) => Place;
  /** The text of a scalar as the YAML library has it, whatever its type. */
  readonly word: (node: Scalar) => Word;
  readonly value: (node: Scalar) => Value;
  /** The place of each index into a scalar's text. */
  readonly placesIn: (node: Scalar) => (index: number) => Place;
}

/** More problems than anybody reads; a text made to have many must not take long (sigma.md §2). */
const MOST_PROBLEMS = 500;

export function sourceOf(reading: YamlReading): Source {
  const problems: PatternProblem[] = [];
  const placeAt = (offset: number): Place => {
    const { line, column } = reading.position(offset);
    return { offset, line, column };
  };
  const placeOf = (node: Node | null): Place => placeAt(node?.range?.[0] ?? 0);
  return {
    reading,
    problems,
    placeAt,
    placeOf,
    report: (code, at, message, help) => {
      if (problems.length < MOST_PROBLEMS) problems.push({ code, severity: 'error', message, help, ...at });
    },
    word: (node) => ({ text: node.source ?? '', place: placeOf(node) }),
    value: (node) => valueOf(node, reading.text, placeOf(node)),
    placesIn: (node) => {
      const offsets = scalarOffsets(node, reading.text);
      return (index) => placeAt(offsets(index));
    },
  };
}

const STYLES = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single-quoted',
  QUOTE_DOUBLE: 'double-quoted',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const;

function valueOf(node: Scalar, text: string, place: Place): Value {
  const [start, end] = node.range ?? [0, 0];
  const meaning = scalarMeaning(node);
  return {
    place,
    kind: meaning.kind,
    text: meaning.text,
    written: text.slice(start, end),
    style: STYLES[node.type ?? 'PLAIN'],
  };
}
