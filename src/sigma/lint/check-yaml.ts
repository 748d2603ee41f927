import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { scalarMeaning } from '../plain-scalar.js';
import type { ScalarMeaning } from '../plain-scalar.js';
import type { YamlReading } from '../read-yaml.js';
import { quoted, remark, short } from './remark.js';
import type { Remark } from './remark.js';

/** What YAML does to a pattern that its author may not have meant. */
export function checkYaml(reading: YamlReading): readonly Remark[] {
  const walk: Walk = { reading, remarks: [], opaque: [], hasAnchor: false };
  for (const { contents } of reading.documents) visitDocument(contents, walk);
  return [...walk.remarks, ...comment(walk)];
}

interface Walk {
  readonly reading: YamlReading;
  readonly remarks: Remark[];
  /** Where quoted texts and text blocks stand, in order: `#` is a character there. */
  readonly opaque: (readonly [start: number, end: number])[];
  hasAnchor: boolean;
}

/** What else stands at the root of full Sigma files means nothing here, and has dates and the like. */
const MEANT: ReadonlySet<string> = new Set(
  'detection correlation name timezone action type rule rules timespan group-by condition field ordered aliases'.split(
    ' ',
  ),
);

function visitDocument(contents: Document.Parsed['contents'], walk: Walk): void {
  if (!isMap(contents)) return;
  anchor(contents, walk);
  for (const { key, value } of pairsOf(contents)) {
    const isMeant = isScalar(key) && MEANT.has(key.source ?? '');
    visit(key, false, walk);
    visit(value, isMeant, walk);
  }
}

/** Recursion is as deep as the text is nested, which parse-tokens.ts bounds. */
function visit(node: Node | null, isMeant: boolean, walk: Walk): void {
  if (node === null) return;
  anchor(node, walk);
  if (isScalar(node)) visitScalar(node, isMeant, walk);
  else if (isSeq(node)) for (const item of node.items as Node[]) visit(item, isMeant, walk);
  else if (isMap(node)) {
    for (const { key, value } of pairsOf(node)) {
      visit(key, isMeant, walk);
      visit(value, isMeant, walk);
    }
  }
}

function pairsOf(map: YAMLMap): readonly Pair<Node | null, Node | null>[] {
  return map.items as Pair<Node | null, Node | null>[];
}

function visitScalar(node: Scalar, isMeant: boolean, walk: Walk): void {
  if (node.type !== 'PLAIN' && node.range) walk.opaque.push([node.range[0], node.range[1]]);
  if (!isMeant) return;
  if (node.type === 'PLAIN') valueChanged(node, walk);
  else if (node.type === 'QUOTE_DOUBLE') controlCharacter(node, walk);
}

function report(walk: Walk, offset: number, ...[code, message, help]: [Remark['code'], string, string]): void {
  walk.remarks.push(remark(code, { offset, ...walk.reading.position(offset) }, message, help));
}

function valueChanged(node: Scalar, walk: Walk): void {
  const source = node.source ?? '';
  const reading = otherReading(source, scalarMeaning(node));
  if (reading === undefined) return;
  const help = `Put it in single quotes if the text is meant: \`'${short(source)}'\`.`;
  report(walk, node.range?.[0] ?? 0, 'yaml-value-changed', `Without quotes ${quoted(source)} is ${reading}.`, help);
}

/**
 * What a plain scalar is to the platform's reader when that is not what is written, or to readers of the other version
 * of YAML (sigma.md §2), in words for a sentence.
 */
export function otherReading(source: string, meaning: ScalarMeaning): string | undefined {
  if (/^[ynYN]$/.test(source)) return 'a boolean to some readers of YAML, and text to others';
  // The shape of nearly all values: it is quicker to see than to be read in two ways.
  if (/^[A-Za-z][^:]*$/.test(source) && meaning.kind === 'text') return undefined;
  const { kind, text } = meaning;
  if (kind === 'boolean') {
    return source.toLowerCase() === text
      ? undefined
      : `the boolean ${text} to readers of YAML 1.1 such as the platform's`;
  }
  if (kind === 'date') return `a date to readers of YAML 1.1 such as the platform's, not text`;
  if ((kind === 'integer' || kind === 'float') && text !== source) {
    return `the number ${text} to readers of YAML 1.1 such as the platform's`;
  }
  if (kind === 'text' && isCoreNumber(source)) return 'text to some readers of YAML, and a number to others';
  return undefined;
}

/** A number by the core schema of YAML 1.2. */
function isCoreNumber(source: string): boolean {
  return /^(?:[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(
    source,
  );
}

// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u00a0\u2028\u2029]/;
/** The escape sequences of double quotes that stand for one. */
const CONTROL_ESCAPE =
  /\\(?:[0abtnvfre\tN_LP]|x[01][0-9A-Fa-f]|x7[fF]|x[89][0-9A-Fa-f]|u00(?:[01][0-9A-Fa-f]|7[fF]|[89][0-9A-Fa-f]))/g;

function controlCharacter(node: Scalar, walk: Walk): void {
  if (!CONTROL.test(node.source ?? '')) return;
  const [start = 0, end = 0] = node.range ?? [];
  const written = walk.reading.text.slice(start, end);
  const escape = written.replace(/\\\\/g, '  ').match(CONTROL_ESCAPE)?.[0];
  // A line break may be one of the text itself.
  if (escape === undefined) return;
  const message = `${quoted(escape)} between double quotes is a control character, not a backslash and a letter.`;
  const help = 'Use single quotes: backslashes stand for themselves there.';
  report(walk, start, 'yaml-control-character', message, help);
}

/** Once a pattern: anchors, aliases, merge keys. */
function anchor(node: Node, walk: Walk): void {
  if (walk.hasAnchor || !(isAlias(node) || ('anchor' in node && Boolean(node.anchor)))) return;
  walk.hasAnchor = true;
  const message = 'References (`&name`, `*name`) are not documented for patterns.';
  const help = 'Write the values out; what is sent is the text as it stands.';
  report(walk, node.range?.[0] ?? 0, 'yaml-anchor', message, help);
}

/** The first one: Sekoia's page says that comments are not supported, and Sekoia's own rules have them. */
function comment({ reading, opaque }: Walk): readonly Remark[] {
  let next = 0;
  const ordered = opaque.sort(([one], [other]) => one - other);
  const { text } = reading;
  for (let index = text.indexOf('#'); index >= 0; index = text.indexOf('#', index + 1)) {
    if (index > 0 && !/\s/.test(text.charAt(index - 1))) continue;
    while (next < ordered.length && (ordered[next]?.[1] ?? 0) <= index) next += 1;
    const inside = ordered[next];
    if (inside !== undefined && inside[0] < index && !isBlockHeader(text, inside[0], index)) continue;
    const help = 'Move it into the description of the rule, or into the commit.';
    const message = 'Sekoia documents comments in patterns as not supported.';
    return [remark('yaml-comment', { offset: index, ...reading.position(index) }, message, help)];
  }
  return [];
}

/** Behind `|` or `>` on the same line. */
function isBlockHeader(text: string, start: number, index: number): boolean {
  return /^[|>]/.test(text.slice(start, start + 1)) && !text.slice(start, index).includes('\n');
}
