import * as jsonc from 'jsonc-parser';
import { BOUNDS } from '../sigma/parse-tokens.js';

/** What is wrong with a text that should be JSON, and where. */
export interface JsonError {
  readonly offset: number;
  readonly message: string;
}

export function jsonError(text: string): JsonError | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const errors: jsonc.ParseError[] = [];
    try {
      jsonc.parse(text, errors, { disallowComments: true, allowTrailingComma: false });
    } catch (deep) {
      // Its recursion is as deep as the text is nested.
      if (!(deep instanceof RangeError)) throw deep;
    }
    const [first] = errors;
    const what = first === undefined ? String(error) : jsonc.printParseErrorCode(first.error);
    return { offset: first?.offset ?? 0, message: `This is not valid JSON (${what}).` };
  }
}

export type JsonValue =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'fault'; readonly offset: number; readonly message: string };

/** The value of a JSON text within the bounds of a YAML one (sigma.md §2); integers of any length are exact. */
export function parseJson(text: string): JsonValue {
  const error = jsonError(text);
  if (error !== undefined) return { kind: 'fault', ...error };
  const value: unknown = JSON.parse(text);
  const excess = excessOf(value);
  if (excess !== undefined) return { kind: 'fault', offset: 0, message: excess };
  // Only a number of 16 digits or more can have lost some.
  if (!/\d{16}/.test(text)) return { kind: 'value', value };
  const root = jsonc.parseTree(text);
  return { kind: 'value', value: root === undefined ? value : exactValue(root, text) };
}

function excessOf(value: unknown): string | undefined {
  let level: readonly unknown[] = [value];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    nodes += level.length;
    if (depth > BOUNDS.levels) return `It has more than ${BOUNDS.levels} levels of nesting, the most that is read.`;
    if (nodes > BOUNDS.nodes) {
      return `It has more than ${BOUNDS.nodes.toLocaleString('en')} values, the most that is read.`;
    }
    level = level.flatMap((each): readonly unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return undefined;
}

/** Recursion is as deep as the text is nested, which is bounded by now. */
function exactValue(node: jsonc.Node, text: string): unknown {
  switch (node.type) {
    case 'array':
      return (node.children ?? []).map((child) => exactValue(child, text));
    case 'object':
      return Object.fromEntries(
        (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
          key === undefined || value === undefined ? [] : [[String(key.value), exactValue(value, text)]],
        ),
      );
    case 'number': {
      const written = text.slice(node.offset, node.offset + node.length);
      return /^-?\d{16,}$/.test(written) ? BigInt(written) : node.value;
    }
    default:
      return node.value;
  }
}
