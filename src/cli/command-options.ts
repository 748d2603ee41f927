import { Option } from 'commander';
import type { Command } from 'commander';
import type { ReportKind } from '../report/save-files.js';
import type { GivenInputs, OutputWishes } from './invocation.js';
import type { InputOption } from './options.js';
import type { AskedReports } from './report-files.js';

/** The options of a command as they were read. */
export type Options = Readonly<Record<string, unknown>>;

export function withOutput(command: Command): Command {
  return command
    .addOption(new Option('--json', 'print the report for machines, and nothing else').conflicts('quiet'))
    .option('-q, --quiet', 'print errors only');
}

export function outputIn(options: Options): OutputWishes {
  return { json: options['json'] === true, quiet: options['quiet'] === true };
}

export function withInputs(command: Command, inputs: readonly InputOption[]): Command {
  for (const { name, argument, repeated, help } of inputs) {
    if (argument === null) {
      command.addOption(new Option(`--${name}`, help)).addOption(new Option(`--no-${name}`).hideHelp());
    } else {
      const option = new Option(`--${name} ${argument}`, help);
      command.addOption(repeated ? option.argParser(collected) : option);
    }
  }
  return command;
}

function collected(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

const REPORTS: readonly (readonly [ReportKind, string])[] = [
  ['junit', 'write the rule tests as JUnit XML'],
  ['code-quality', "write the findings as GitLab's Code Quality report"],
  ['sarif', 'write the findings as SARIF 2.1.0'],
  ['report', 'write the report that --json prints'],
];

export function withReports(command: Command): Command {
  for (const [kind, help] of REPORTS) command.option(`--${kind} <file>`, help);
  return command;
}

export function reportsIn(options: Options): AskedReports {
  return Object.fromEntries(
    REPORTS.flatMap(([kind]) => {
      const file = options[memberOf(kind)];
      return typeof file === 'string' ? [[kind, file]] : [];
    }),
  );
}

/** As commander names the value of an option. */
function memberOf(name: string): string {
  return name.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
}

/** As the input would be written: what was given several times has a line each. */
export function inputsIn(options: Options, inputs: readonly InputOption[]): GivenInputs {
  return Object.fromEntries(
    inputs.flatMap(({ name }) => {
      const value = options[memberOf(name)];
      if (value === undefined) return [];
      return [[name, Array.isArray(value) ? value.join('\n') : `${value as string | boolean}`]];
    }),
  );
}
