import type { Problem, ReadingCode } from '../problem.js';
import type { YamlReading } from '../read-yaml.js';
import type { ValueTest } from './value-test.js';

/**
 * What the parser says, beside the reading errors: each is an error, and keeps the document from being evaluated
 * (sigma.md §9). All other codes of that section are the linter's.
 */
export type SyntaxCode =
  | 'document-kind'
  | 'document-name-duplicate'
  | 'condition-missing'
  | 'condition-syntax'
  | 'condition-unknown-name'
  | 'condition-empty-pattern'
  | 'condition-unsupported'
  | 'selection-shape'
  | 'modifier-unknown'
  | 'modifier-unsupported'
  | 'modifier-chain'
  | 'modifier-value'
  | 'regex-syntax'
  | 'time-value'
  | 'time-zone'
  | 'correlation-key'
  | 'correlation-type'
  | 'correlation-condition'
  | 'correlation-reference'
  | 'correlation-cycle'
  | 'timespan'
  | 'alias-incomplete';

export type PatternProblem = Problem<ReadingCode | SyntaxCode>;

/** Where something begins in the text. */
export interface Place {
  /** UTF-16 units from the start of the text (less a byte order mark). */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** A text of the file and where it stands: a key, a name, a word of a condition, a modifier. */
export interface Word {
  /** What it means: without quotes, escapes resolved. */
  readonly text: string;
  readonly place: Place;
}

/** A pattern with everything that could be made out in it, problems or not. */
export interface Pattern {
  /** The YAML underneath: text, nodes with their comments and anchors, positions. */
  readonly reading: YamlReading;
  /** In the order of the text. Documents that are neither kind, or both, are left out (and are a problem). */
  readonly documents: readonly PatternDocument[];
  /** The first document of each name. */
  readonly byName: ReadonlyMap<string, PatternDocument>;
  /** The documents that no other document refers to: these raise the alerts (sigma.md §1). */
  readonly roots: readonly PatternDocument[];
  /** Reading and syntax errors, by offset. With none of them the pattern can be evaluated. */
  readonly problems: readonly PatternProblem[];
}

export type PatternDocument = DetectionDocument | CorrelationDocument;

interface DocumentParts {
  /** Its first key. */
  readonly place: Place;
  /** The keys at its root as they stand, merge keys resolved. */
  readonly keys: readonly Word[];
  /** What other documents call it: `name`, in the block spelling of a correlation else `title`. */
  readonly name: Word | undefined;
}

export interface DetectionDocument extends DocumentParts {
  readonly kind: 'detection';
  readonly timezone: Word | undefined;
  /** By name, in the order of the text; `condition` is none of them. */
  readonly selections: ReadonlyMap<string, Selection>;
  /** One for each text (several: any of them holds). None when it is missing, or no text. */
  readonly conditions: readonly Condition[];
}

/** A selection ("search identifier", sigma.md §3). It matches when any of its alternatives does. */
export interface Selection {
  readonly name: Word;
  /** Where its value begins. */
  readonly place: Place;
  readonly shape: 'map' | 'list' | 'scalar' | 'faulty';
  /** One for a map or scalar, one an item for a list. None when faulty. */
  readonly alternatives: readonly Alternative[];
}

export type Alternative = EntryMap | Keyword;

/** Matches when every entry does. */
export interface EntryMap {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: readonly Entry[];
}

/** A text that occurs anywhere in `message`. */
export interface Keyword {
  readonly kind: 'keyword';
  readonly place: Place;
  readonly value: Value;
  readonly test: ValueTest;
}

/** `field|modifier…: value` */
export interface Entry {
  /** The whole key. */
  readonly key: Word;
  /** What stands before the first `|`; undefined when that is nothing, and the entry is one of keywords. */
  readonly field: Word | undefined;
  /** As written, in order, unknown ones too. */
  readonly modifiers: readonly Word[];
  /** Whether any or (`|all`) every value has to match. */
  readonly quantifier: 'any' | 'all';
  readonly isList: boolean;
  readonly values: readonly Value[];
  /** What each value demands, one a value; none when a modifier or a value is faulty. */
  readonly tests: readonly ValueTest[];
}

/** A scalar value of a selection. */
export interface Value {
  readonly place: Place;
  /** What PyYAML makes of it (sigma.md §2). */
  readonly kind: 'text' | 'boolean' | 'integer' | 'float' | 'date' | 'null';
  /** The text that is compared with events; null for null. Wildcards and their escapes are still in it. */
  readonly text: string | null;
  /** As it stands in the file, quotes and all. */
  readonly written: string;
  readonly style: 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';
}

export interface Condition {
  readonly value: Value;
  /** Undefined when the grammar does not hold. */
  readonly expression: Expression | undefined;
  /** The operators as written (`and`, `AND`), in order. */
  readonly operators: readonly Word[];
}

/** sigma.md §4. Chains of one operator are one node with all their operands. */
export type Expression =
  | {
      readonly kind: 'and' | 'or';
      readonly operands: readonly Expression[];
      readonly place: Place;
      /** Whether it stands in brackets of its own. */
      readonly isBracketed: boolean;
    }
  | { readonly kind: 'not'; readonly operand: Expression; readonly place: Place; readonly isBracketed: boolean }
  | { readonly kind: 'name'; readonly name: string; readonly place: Place; readonly isBracketed: boolean }
  | {
      readonly kind: 'of';
      readonly quantifier: '1' | 'any' | 'all';
      /** `them`, or a name with `*` for any run of characters. */
      readonly target: Word;
      /** The selections it stands for, in the order of the text. */
      readonly names: readonly string[];
      readonly place: Place;
      readonly isBracketed: boolean;
    };

export type CorrelationType = 'event_count' | 'value_count' | 'temporal';

/** sigma.md §1 and §8. Parts that are missing or faulty are undefined (a problem says so) or empty. */
export interface CorrelationDocument extends DocumentParts {
  readonly kind: 'correlation';
  /** `action: correlation`, or a `correlation:` block. */
  readonly spelling: 'action' | 'block';
  /** The keys of the block; in the other spelling the keys at the root. */
  readonly correlationKeys: readonly Word[];
  /** `temporal_ordered` is `temporal` with `ordered`. */
  readonly type: CorrelationType | undefined;
  /** The type as written. */
  readonly writtenType: Word | undefined;
  readonly isOrdered: boolean;
  readonly rules: readonly Word[];
  readonly timespan: Timespan | undefined;
  /** Fields and aliases. */
  readonly groupBy: readonly Word[];
  /** What value_count counts; Sigma 2 writes it inside the condition. */
  readonly field: Word | undefined;
  readonly condition: CountCondition | undefined;
  readonly aliases: readonly GroupAlias[];
}

export interface Timespan {
  readonly word: Word;
  readonly unit: 's' | 'm' | 'h' | 'd';
  readonly milliseconds: number;
}

export interface CountCondition {
  readonly operator: Word;
  readonly value: Value;
  /** The count from which it holds: N for `gte: N`, N + 1 for `gt: N`. */
  readonly atLeast: number;
}

/** `alias: {rule: field}` */
export interface GroupAlias {
  readonly name: Word;
  readonly fields: readonly { readonly rule: Word; readonly field: Word }[];
}
