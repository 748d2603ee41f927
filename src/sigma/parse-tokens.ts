import { Lexer, Parser } from 'yaml';
import type { CST } from 'yaml';
import type { Fault } from './problem.js';

/** Bounds of a pattern or metadata file (sigma.md §2; ours, the platform's are not known). */
export const BOUNDS = { bytes: 1_048_576, levels: 64, nodes: 200_000, documents: 300 } as const;

// A node needs a few marks around it (`-`, `:`, `,`); a text with far more of them than nodes is made to be slow.
const MARKS = 2 * BOUNDS.nodes;

export type Tokens =
  | {
      readonly kind: 'tokens';
      readonly tokens: readonly CST.Token[];
      /** Whether there may be anchors or aliases; without any, nothing has to be resolved. */
      readonly mayRefer: boolean;
    }
  | { readonly kind: 'fault'; readonly fault: Fault };

/**
 * The tokens of a YAML stream, given up as soon as it is deeper or longer than the bounds: the library's composer
 * recurses once a level, and its parser keeps every token, so both have to be known before either is done.
 */
export function parseTokens(text: string): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let nodes = 0;
  let marks = 0;
  let documents = 0;
  let mayRefer = false;
  const tooBig = (what: string): Tokens => ({ kind: 'fault', fault: tooBigFault(what, parser.offset) });

  const take = (token: CST.Token): void => {
    tokens.push(token);
    if (token.type === 'document') documents += 1;
  };
  for (const lexeme of new Lexer().lex(text)) {
    switch (kindOf(lexeme)) {
      case 'alias':
        mayRefer = true;
        nodes += 1;
        break;
      case 'node':
        nodes += 1;
        break;
      case 'anchor':
        mayRefer = true;
        marks += 1;
        break;
      case 'mark':
        marks += 1;
        break;
      case 'other':
    }
    for (const token of parser.next(lexeme)) {
      // What follows such a token is guesswork, and there may be one a character.
      if (token.type === 'error') return { kind: 'tokens', tokens: [...tokens, token], mayRefer };
      take(token);
    }
    if (nodes > BOUNDS.nodes || marks > MARKS)
      return tooBig(`more than ${BOUNDS.nodes.toLocaleString('en')} values, the most that is read`);
    if (documents > BOUNDS.documents) return tooBig(`more than ${BOUNDS.documents} documents, the most that is read`);
    if (parser.stack.length > BOUNDS.levels && levels(parser.stack) > BOUNDS.levels) {
      return tooBig(`more than ${BOUNDS.levels} levels of nesting, the most that is read`);
    }
  }
  for (const token of parser.end()) take(token);
  return documents > BOUNDS.documents
    ? tooBig(`more than ${BOUNDS.documents} documents, the most that is read`)
    : { kind: 'tokens', tokens, mayRefer };
}

export function tooBigFault(what: string, offset: number): Fault {
  return {
    code: 'yaml-too-big',
    message: `The file has ${what}.`,
    help: 'Split the rule into several, or shorten its lists of values.',
    offset,
  };
}

/**
 * The lexer announces a plain or quoted scalar and a document by a control character (yaml, CST.SCALAR, CST.DOCUMENT);
 * there are several lexemes a line, so the first character decides.
 */
function kindOf(lexeme: string): 'node' | 'alias' | 'anchor' | 'mark' | 'other' {
  switch (lexeme.charAt(0)) {
    case '\u001f':
    case '[':
    case '{':
      return lexeme.length === 1 ? 'node' : 'other';
    case '"':
    case "'":
      return 'node';
    case '*':
      return 'alias';
    case '&':
      return 'anchor';
    case '!':
    case '%':
      return 'mark';
    case '-':
      return lexeme.length === 1 || lexeme === '---' ? 'mark' : 'other';
    case '.':
      return lexeme === '...' ? 'mark' : 'other';
    case '?':
    case ':':
    case ',':
    case ']':
    case '}':
      return lexeme.length === 1 ? 'mark' : 'other';
    default:
      return 'other';
  }
}

function levels(stack: readonly CST.Token[]): number {
  return stack.filter(({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection').length;
}
