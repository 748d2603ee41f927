import { closest, distance } from 'fastest-levenshtein';

/** What is wrong with a metadata file, before its place is known. */
export interface Words {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/** A key that is none of the known ones. */
export function unknownKey(key: string, known: readonly string[]): Words {
  if (key === 'payload') {
    return {
      code: 'payload-in-metadata',
      message: 'The metadata file holds a `payload`, but the pattern is a file of its own.',
      help: 'Move the Sigma text into NAME_sigma.yml beside this file, and remove `payload`.',
    };
  }
  if (READ_ONLY.test(key)) {
    return {
      code: 'metadata-unknown-key',
      message: `\`${key}\` is something that the platform shows and nobody can write.`,
      help: `Remove \`${key}\`.`,
    };
  }
  const nearest = closest(key.toLowerCase(), known);
  const isNear = distance(key.toLowerCase(), nearest) <= Math.max(2, Math.floor(key.length / 3));
  return {
    code: 'metadata-unknown-key',
    message: `There is no field \`${key}\`.`,
    help: isNear
      ? `Did you mean \`${nearest}\`?`
      : `Remove it; the fields are ${known.filter((name) => name !== '$schema').join(', ')}.`,
  };
}

/** A name that no target can have. */
export function noTargetName(name: string): Words {
  return {
    code: 'target-unknown',
    message: `No target can be named ${JSON.stringify(name.slice(0, 60))}.`,
    help: 'Write the name as it stands in the input `targets`: small letters, digits and hyphens, at most 40.',
  };
}

/** A key of `subcommunities` that no community can have. */
export function noCommunity(key: string): Words {
  return {
    code: 'uuid-invalid',
    message: `\`subcommunities\` has ${JSON.stringify(key.slice(0, 60))}, which is no UUID.`,
    help: 'Name each sub-community by its UUID (8-4-4-4-12 hexadecimal digits).',
  };
}

/** A field that is the same for all targets. */
export function notForOneTarget(key: string): Words {
  return {
    code: 'metadata-unknown-key',
    message: `\`${key}\` cannot be another one for one target.`,
    help: `Remove \`${key}\` from the overlay; a name tells which rule may be adopted, and the rest describes the file.`,
  };
}

/** An `only` without a name. */
export function noTargets(): Words {
  return {
    code: 'metadata-value',
    message: '`only` names no target, so no target would get the rule.',
    help: 'Name the targets that get it, or remove `only`; `draft: true` keeps a detection from all of them.',
  };
}

// Fields of answers only (sekoia-api.md §3.1, §3.2).
const READ_ONLY =
  /^(?:references|private|is_private|source|verified|lifecycle|instance_uuid|alert_category|last_compilation_.*|(?:created|updated)_(?:at|by|by_type)|format_uuid)$/;

export function missingKey(key: string, where: string): Words {
  const hints: Readonly<Record<string, string>> = {
    name: 'Add `name`, 5 to 100 characters.',
    severity: 'Add `severity`, a number from 0 to 100 or a word such as `high`.',
    effort: 'Add `effort`, a number from 1 to 4 or a word such as `advanced`.',
    alert_type_uuid:
      'Add `alert_type_uuid`, the UUID of the type that its alerts get, or `alert_type`, its name such as intrusion-attempts/brute-force.',
  };
  return {
    code: 'metadata-missing-key',
    message: where === '' ? `The field \`${key}\` is missing.` : `\`${key}\` is missing in ${where}.`,
    help: (where === '' ? hints[key] : undefined) ?? `Add \`${key}\`.`,
  };
}

/** A value of another kind than the field takes. `kinds` are JSON Schema's types. */
export function wrongKind(where: string, kinds: readonly string[], value: unknown): Words {
  const isWord = kinds.includes('integer') && kinds.includes('string');
  const wanted = kinds
    .filter((kind) => kind !== 'null')
    .map((kind) => (isWord && kind === 'string' ? 'a word for it' : (KINDS[kind] ?? kind)));
  return {
    code: 'metadata-type',
    message: `${where} has to be ${wanted.join(' or ')}, and here is ${describe(value)}.`,
    help: kindHelp(where, kinds, value),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function kindHelp(where: string, kinds: readonly string[], value: unknown): string {
  if (kinds.includes('integer') && typeof value === 'string' && /^\s*-?\d+\s*$/.test(value)) {
    return `Write the number without quotes: ${value.trim()}.`;
  }
  if (kinds.includes('boolean') && typeof value === 'string') return 'Write true or false, without quotes.';
  if (kinds.includes('integer') && typeof value === 'number') return 'Write a whole number.';
  if (kinds.includes('string') && !kinds.includes('integer') && Array.isArray(value))
    return 'Join the list into one text, one line for each item.';
  if (kinds.includes('array') && typeof value === 'string') return `Put it into a list: [${JSON.stringify(value)}].`;
  if (kinds.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return `Put quotes around it: ${JSON.stringify(String(value))}.`;
  if (value === null) return `Give ${where} a value, or remove it.`;
  return `Correct ${where}.`;
}

function describe(value: unknown): string {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a number that is not whole';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}

export function tooShort(where: string, value: unknown, limit: number): Words {
  const has = lengthOf(value);
  if (where !== '`name`')
    return { code: 'metadata-value', message: `${where} is empty.`, help: `Fill ${where}, or remove it.` };
  return {
    code: 'name-length',
    message: `The name has ${characters(has)}, and the platform wants at least ${limit}.`,
    help: 'Give the rule a name that says what it finds.',
  };
}

export function tooLong(where: string, value: unknown, limit: number): Words {
  const has = `${characters(lengthOf(value))}, and the platform takes at most ${limit.toLocaleString('en')}.`;
  if (where === '`alert_type`') {
    return { code: 'metadata-value', message: `The name of the alert type has ${has}`, help: 'Check the name.' };
  }
  return where === '`name`'
    ? { code: 'name-length', message: `The name has ${has}`, help: 'Shorten it.' }
    : { code: 'description-length', message: `The description has ${has}`, help: 'Shorten it.' };
}

/** Characters as the platform counts them: code points, neither bytes nor UTF-16 halves. */
function lengthOf(value: unknown): number {
  return Array.from(String(value)).length;
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count.toLocaleString('en')} characters`;
}

export function wrongPattern(where: string, value: unknown): Words {
  const text = String(value);
  if (where === '`name`' || where === '`description`') {
    const hidden = where === '`name`' ? HIDDEN_IN_NAME.exec(text) : HIDDEN_IN_DESCRIPTION.exec(text);
    const code = (hidden?.[0].charCodeAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return {
      code: 'control-character',
      message: `The ${where.slice(1, -1)} holds the invisible character U+${code}, which breaks or reorders what is shown.`,
      help: where === '`name`' ? 'Remove it; a name is one line.' : 'Remove it; line breaks and TABs are fine.',
    };
  }
  if (where.startsWith('`checks')) return tooShort(where, value, 1);
  if (/^`(?:only|except)\[/.test(where)) return noTargetName(text);
  const isOwn = /^`uuids?[`.]/.test(where);
  return {
    code: 'uuid-invalid',
    message: `${where} is no UUID: ${JSON.stringify(text.slice(0, 60))}.`,
    help: isOwn
      ? 'Put the UUID of the rule there, or remove the key: a new rule gets its UUID when it is deployed.'
      : 'Write the UUID that the platform shows (8-4-4-4-12 hexadecimal digits), not a name.',
  };
}

// eslint-disable-next-line no-control-regex
const HIDDEN_IN_NAME = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const HIDDEN_IN_DESCRIPTION =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

export function outOfRange(where: string, value: unknown, low: number, high: number): Words {
  return {
    code: 'metadata-value',
    message: `${where} is ${String(value)}, and has to be from ${low} to ${high}.`,
    help: `Write a number from ${low} to ${high}.`,
  };
}

/** A value that is none of a list. */
export function unknownChoice(where: string, value: unknown, allowed: readonly string[]): Words {
  const text = String(value);
  const nearest = closest(text.toLowerCase().slice(0, 100), allowed);
  const isCode = /^`checks\[\d+\]\.code`$/.test(where);
  return {
    code: 'metadata-value',
    message: isCode
      ? `There is no check of patterns ${JSON.stringify(text.slice(0, 60))}. Did you mean \`${nearest}\`?`
      : `${where} is ${JSON.stringify(text.slice(0, 60))}, and has to be one of ${allowed.join(', ')}.`,
    help: isCode
      ? `Write \`${nearest}\`, or another code that docs/checks.md has below "Patterns"; only those can be set.`
      : `Write one of ${allowed.join(', ')}.`,
  };
}

export function notSigma(value: unknown): Words {
  return {
    code: 'type-not-sigma',
    message: `The type is ${JSON.stringify(value)}, and only \`sigma\` rules can be written.`,
    help: 'Write `sigma`, or remove `type` (correlations are sigma rules too).',
  };
}
