/** How an input is written in the settings file, and as an option of the command. */
export type InputKind =
  /** One value on one line. */
  | 'text'
  | 'boolean'
  /** A value a line; in the settings file a list does as well. */
  | 'lines'
  /** `key: value` a line; in the settings file a map does as well. */
  | 'pairs'
  /** A map of targets; in the settings file without their keys. */
  | 'targets'
  /** Stands in no file: a secret, or where a secret is sent to. */
  | 'not-in-files';

interface InputRow {
  readonly kind: InputKind;
  /** What an input that nobody gave counts as; null where that is nothing. */
  readonly default: string | null;
}

/**
 * The inputs of action.yml and what they are without a value. The defaults stand here and not there, since the runner
 * hands those of action.yml over as if the workflow had set them, and then the settings file could never have a say.
 */
export const INPUT_TABLE = {
  'api-key': { kind: 'not-in-files', default: null },
  region: { kind: 'text', default: 'fra1' },
  'api-url': { kind: 'not-in-files', default: null },
  detections: { kind: 'lines', default: 'detections' },
  mode: { kind: 'text', default: 'auto' },
  scope: { kind: 'text', default: 'changed' },
  'write-back': { kind: 'text', default: 'commit' },
  'github-token': { kind: 'not-in-files', default: null },
  'commit-message': { kind: 'text', default: 'Add UUIDs of newly deployed detection rules' },
  'commit-author': { kind: 'text', default: null },
  'requests-per-second': { kind: 'text', default: '5' },
  adopt: { kind: 'text', default: 'safe' },
  'on-missing': { kind: 'text', default: 'fail' },
  'on-removed': { kind: 'text', default: 'disable' },
  'max-removals': { kind: 'text', default: '10' },
  drift: { kind: 'text', default: 'report' },
  'import-to': { kind: 'text', default: 'pull-request' },
  comment: { kind: 'boolean', default: 'true' },
  checks: { kind: 'pairs', default: null },
  'require-tests': { kind: 'boolean', default: 'false' },
  targets: { kind: 'targets', default: null },
  'only-targets': { kind: 'lines', default: null },
} as const satisfies Readonly<Record<string, InputRow>>;

export type InputName = keyof typeof INPUT_TABLE;

export function isInputName(name: string): name is InputName {
  return Object.hasOwn(INPUT_TABLE, name);
}

/** The variable that the runner hands an input over in: it upper-cases the name and replaces blanks only. */
export function inputVariable(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}
