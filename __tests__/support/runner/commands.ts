/** A workflow command, as the runner takes it from a line that a step prints. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
  /** `v2`: `::name::` at the start of a line; `v1`: the old `##[name]` anywhere in it. */
  readonly form: 'v2' | 'v1';
  /** The line it came from. */
  readonly line: string;
}

// actions/runner, ActionCommandManager.cs: other names are no commands, their lines are plain text.
const REGISTERED = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/** The command in a line, or undefined; the newer form is tried first (actions/runner, ActionCommand.cs). */
export function parseCommand(line: string): WorkflowCommand | undefined {
  return parseV2(line) ?? parseV1(line);
}

function parseV2(line: string): WorkflowCommand | undefined {
  const match = /^::(.*?)::(.*)$/su.exec(line.trimStart());
  if (match === null) return undefined;
  const [name, properties] = headOf(match[1] ?? '', ',', propertyDecoders.v2);
  if (name === undefined) return undefined;
  return { name, properties, message: decode(match[2] ?? '', MESSAGE), form: 'v2', line };
}

function parseV1(line: string): WorkflowCommand | undefined {
  const match = /##\[(.*?)\](.*)$/su.exec(line);
  if (match === null) return undefined;
  const [name, properties] = headOf(match[1] ?? '', ';', propertyDecoders.v1);
  if (name === undefined) return undefined;
  return { name, properties, message: decode(match[2] ?? '', MESSAGE), form: 'v1', line };
}

type Escapes = readonly (readonly [escape: string, character: string])[];

// `%25` last, so that an escaped percent sign never starts another escape.
const MESSAGE: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const propertyDecoders: Readonly<Record<'v1' | 'v2', Escapes>> = {
  v2: [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%3A', ':'],
    ['%2C', ','],
    ['%25', '%'],
  ],
  v1: [
    ['%3B', ';'],
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%5D', ']'],
    ['%25', '%'],
  ],
};

function decode(text: string, escapes: Escapes): string {
  return escapes.reduce((decoded, [escape, character]) => decoded.replaceAll(escape, character), text);
}

/** Name and properties of `name a=1,b=2`; the name is undefined when it is none of the runner's. */
function headOf(
  head: string,
  separator: string,
  escapes: Escapes,
): readonly [name: string | undefined, properties: Readonly<Record<string, string>>] {
  const blank = head.indexOf(' ');
  const name = (blank < 0 ? head : head.slice(0, blank)).toLowerCase();
  if (!REGISTERED.has(name)) return [undefined, {}];
  const pairs =
    blank < 0
      ? []
      : head
          .slice(blank + 1)
          .trim()
          .split(separator);
  const properties = pairs.flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [] : [[pair.slice(0, equals), decode(pair.slice(equals + 1), escapes)] as const];
  });
  return [name, Object.fromEntries(properties)];
}
