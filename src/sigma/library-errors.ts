import type { Fault } from './problem.js';

/** What the yaml package says of a text, before it is put into our words. */
export interface LibraryError {
  readonly offset: number;
  readonly code: string;
  readonly message: string;
}

const QUOTE_IT = 'Put the whole value in single quotes.';

/** The one place that knows the yaml package's error codes and messages (2.9.1). */
export function faultOf(error: LibraryError, text: string): Fault {
  const { offset } = error;
  const tab = tabIndent(text, offset);
  if (error.code === 'TAB_AS_INDENT' || tab !== undefined) {
    return {
      code: 'yaml-tab',
      message: 'The line is indented with a TAB, which YAML does not allow.',
      help: 'Indent with spaces (most editors have "Convert indentation to spaces").',
      offset: tab ?? offset,
    };
  }
  if (error.code === 'BAD_DQ_ESCAPE') {
    return {
      code: 'yaml-escape',
      message: `\`${text.slice(offset, offset + 2)}\` is no escape sequence; between double quotes a backslash begins one.`,
      help: 'Use single quotes: backslashes stand for themselves there.',
      offset,
    };
  }
  if (isPlainValue(error, text)) return plainValueFault(text, offset);
  return { code: 'yaml-syntax', ...wordsFor(error, text), offset };
}

/** A value that begins with a character that YAML keeps for itself. */
export function plainValueFault(text: string, offset: number): Fault {
  const word = /^[^\s,[\]{}]{1,60}/.exec(text.slice(offset, offset + 60))?.[0] ?? text.slice(offset, offset + 1);
  const reading: Record<string, string> = {
    '*': `\`${word}\` is read as a reference to something named \`${word.slice(1)}\`, which is not there`,
    '&': `\`${word}\` is read as a name given to a value (an anchor), not as text`,
    '!': `\`${word}\` is read as a type (a tag) that nobody knows, not as text`,
  };
  const first = word.slice(0, 1);
  return {
    code: 'yaml-plain-value',
    message: `${reading[first] ?? `A value without quotes cannot begin with \`${first}\``}.`,
    help: QUOTE_IT,
    offset,
  };
}

function isPlainValue({ code, offset }: LibraryError, text: string): boolean {
  const first = text[offset] ?? '';
  if (code === 'TAG_RESOLVE_FAILED') return true;
  if (code === 'BAD_SCALAR_START') return '@`%'.includes(first);
  return code === 'NON_STRING_KEY' && first === '*';
}

/** Where the error's line has a TAB in its indentation. */
function tabIndent(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = /^ *\t/.exec(text.slice(start, start + 1_000));
  return indent === null ? undefined : start + indent[0].length - 1;
}

function wordsFor({ code, message, offset }: LibraryError, text: string): { message: string; help: string } {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'A value that goes on with `key: value` cannot stand behind a key on one line.',
        help: 'If `: ` is part of the text, put the whole value in single quotes; else check the indentation of the next line.',
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        message: 'Text stands where a `key: value` was expected.',
        help: 'Check the colon with a blank behind it, and the indentation here and on the next line.',
      };
    case 'BAD_INDENT':
      if (message.startsWith('Flow')) return unclosed;
      if (message.startsWith('Block scalar')) {
        return {
          message: 'The lines of this text block are not indented far enough.',
          help: 'Indent every line of it.',
        };
      }
      return {
        message: 'This line is indented unlike the ones that it belongs to.',
        help: 'Begin all keys of one map, and all items of one list, in the same column.',
      };
    case 'BAD_SCALAR_START':
      return { message: `A value without quotes cannot begin with \`${text[offset] ?? ''}\`.`, help: QUOTE_IT };
    case 'NON_STRING_KEY':
      return {
        message: 'A key has to be text; here a map, a list or a reference stands in its place.',
        help: 'Put the key in single quotes if it is meant as text.',
      };
    case 'BAD_ALIAS':
      return { message: 'A name for a reference is missing or ends in a colon.', help: QUOTE_IT };
    case 'KEY_OVER_1024_CHARS':
      return { message: 'A key is longer than 1,024 characters.', help: 'Check for a missing line break or quote.' };
    case 'BAD_DIRECTIVE':
      return { message: `A line that begins with \`%\` is read as a directive: ${message}.`, help: QUOTE_IT };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'The file is nested too deeply to be read.', help: 'Make it flatter.' };
    default:
      return describe(message, text.slice(offset, offset + 1));
  }
}

const unclosed = {
  message: 'A `[` or `{` further up is not closed.',
  help: 'Close it, or put the value in single quotes if the bracket is part of the text.',
};

function describe(message: string, character: string): { message: string; help: string } {
  if (message.startsWith('Missing closing')) {
    return {
      message: 'A text that begins with a quote is not closed before this point.',
      help: 'Add the closing quote; inside single quotes a single quote is written twice.',
    };
  }
  if (message.startsWith('Flow')) return unclosed;
  if (message.startsWith('Implicit map keys')) {
    return {
      message: 'Text stands where a `key: value` was expected.',
      help: 'Add the colon and a blank behind the key.',
    };
  }
  if (message.startsWith('Block scalar header')) {
    return { message: 'A value without quotes that begins with `|` or `>` opens a text block.', help: QUOTE_IT };
  }
  if (message.startsWith('Unexpected block-seq-ind')) {
    return {
      message: 'A list cannot begin behind a key on one line.',
      help: 'Begin it on the next line, or put the value in single quotes.',
    };
  }
  if (message.startsWith('Comments must')) {
    return { message: 'A `#` directly behind a value begins no comment.', help: 'Put a blank in front of it.' };
  }
  if (/at node end|in YAML stream/.test(message)) {
    return {
      message: `The value ended before ${character.trim() === '' ? 'this point' : `\`${character}\``}, and something follows that does not belong there.`,
      help: 'Check the quotes and brackets of this line; inside single quotes a single quote is written twice.',
    };
  }
  return {
    message: `This is not valid YAML: ${message}.`,
    help: 'Check the quotes, colons and indentation around here.',
  };
}
