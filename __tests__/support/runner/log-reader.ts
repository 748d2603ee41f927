import { parseCommand } from './commands.js';
import type { WorkflowCommand } from './commands.js';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly endLine: number | undefined;
  readonly column: number | undefined;
  /** Secrets replaced, cut at 4,096 characters, as the runner does. */
  readonly message: string;
  /** The runner shows the first ten of each level. */
  readonly shown: boolean;
}

/** What the runner has made of the lines so far. */
export interface LogReading {
  /** The lines as the log page shows them: commands carried out, secrets replaced. */
  readonly log: string;
  readonly annotations: readonly Annotation[];
  readonly commands: readonly WorkflowCommand[];
  /** Every value that is replaced by `***`, in the order in which it became known. */
  readonly masks: readonly string[];
  /** Titles of the groups. */
  readonly groups: readonly string[];
}

export interface LogReader {
  /** Takes the next piece of one of the step's streams; pieces may end anywhere. */
  write(stream: 'stdout' | 'stderr', text: string): void;
  /** Takes a line as it stands, as one that the runner writes itself. */
  annotate(level: Annotation['level'], message: string): void;
  /** Ends both streams. */
  end(): LogReading;
}

const SHOWN_OF_EACH_LEVEL = 10;
const LONGEST_MESSAGE = 4096;
// .NET's line reader, which the runner uses, ends a line at a lone carriage return too.
const LINE_END = /\r\n|\n|\r(?!$)/u;

/** Reads both streams as the runner does, with `secrets` masked from the start. */
export function logReader(secrets: readonly string[], debug: 'debug' | 'quiet'): LogReader {
  const rest = { stdout: '', stderr: '' };
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  const commands: WorkflowCommand[] = [];
  const groups: string[] = [];
  const masks: string[] = [];
  let resumeToken: string | undefined;

  const mask = (value: string): void => {
    // Each line of a secret is a secret of its own; blank ones are not.
    for (const part of [value, ...value.split(/\r\n|\n|\r/u)]) {
      if (part.trim() !== '' && !masks.includes(part)) masks.push(part);
    }
  };
  const masked = (text: string): string => {
    const longestFirst = masks.toSorted((one, other) => other.length - one.length);
    return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  };
  const print = (text: string): void => {
    lines.push(masked(text));
  };
  const annotate = (level: Annotation['level'], message: string, properties: Properties = {}): void => {
    const before = annotations.filter((annotation) => annotation.level === level).length;
    annotations.push({
      level,
      title: properties['title'] === undefined ? undefined : masked(properties['title']),
      file: properties['file'],
      line: numberOf(properties['line']),
      endLine: numberOf(properties['endLine']),
      column: numberOf(properties['col']),
      message: masked(message).slice(0, LONGEST_MESSAGE),
      shown: before < SHOWN_OF_EACH_LEVEL,
    });
    print(`##[${level}]${message}`);
  };
  const carryOut = (command: WorkflowCommand): void => {
    switch (command.name) {
      case 'error':
      case 'warning':
      case 'notice':
        annotate(command.name, command.message, command.properties);
        return;
      case 'group':
        groups.push(command.message);
        print(`##[group]${command.message}`);
        return;
      case 'endgroup':
        print('##[endgroup]');
        return;
      case 'debug':
        if (debug === 'debug') print(`##[debug]${command.message}`);
        return;
      case 'add-mask':
        mask(command.message);
        return;
      case 'stop-commands':
        resumeToken = command.message;
        return;
      default:
    }
  };
  const read = (line: string): void => {
    if (resumeToken !== undefined) {
      if (line.trim() === `::${resumeToken}::`) resumeToken = undefined;
      else print(line);
      return;
    }
    const command = parseCommand(line);
    if (command === undefined) {
      print(line);
      return;
    }
    commands.push(command);
    carryOut(command);
  };

  secrets.forEach(mask);
  return {
    write(stream, text) {
      const parts = (rest[stream] + text).split(LINE_END);
      rest[stream] = parts.pop() ?? '';
      parts.forEach(read);
    },
    annotate: (level, message) => {
      annotate(level, message);
    },
    end() {
      for (const text of [rest.stdout, rest.stderr]) if (text !== '') read(text.replace(/\r$/u, ''));
      return { log: lines.join('\n'), annotations, commands, masks, groups };
    },
  };
}

type Properties = Readonly<Record<string, string>>;

function numberOf(text: string | undefined): number | undefined {
  const number = Number(text);
  return text === undefined || text === '' || Number.isNaN(number) ? undefined : number;
}
