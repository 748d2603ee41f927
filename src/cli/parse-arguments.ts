import { Command, CommanderError } from 'commander';
import type { Terminal } from '../terminal/terminal.js';
import { printable } from '../text.js';
import { VERSION } from '../version.js';
import { addRuns } from './add-runs.js';
import { inputsIn, outputIn, reportsIn, withInputs, withOutput, withReports } from './command-options.js';
import type { Options } from './command-options.js';
import type { Invocation } from './invocation.js';
import { FILE_OPTIONS } from './options.js';

export type Parsed =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  /** Help or the version was shown, or what is wrong with the arguments. */
  | { readonly kind: 'done'; readonly exitCode: 0 | 2 };

/** Reads the arguments behind the name of the command. Nothing is carried out. */
export function parseArguments(args: readonly string[], terminal: Pick<Terminal, 'out' | 'note' | 'width'>): Parsed {
  const asked: Invocation[] = [];
  const program = programWith(terminal, (invocation) => asked.push(invocation));
  try {
    program.parse([...args], { from: 'user' });
    const [invocation] = asked;
    if (invocation !== undefined) return { kind: 'invocation', invocation };
    program.outputHelp({ error: true });
    return { kind: 'done', exitCode: 2 };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'done', exitCode: error.exitCode === 0 ? 0 : 2 };
  }
}

const ABOUT = `Checks the detections of this repository, and runs their tests, as the action does in CI.

Options mirror the inputs of the action. The file .sekoia-detections.yml at the root of the repository holds values for all of them; options win.`;

const EXAMPLES = `
Examples:
  $ sekoia-detections check                         every detection
  $ sekoia-detections check --changed --watch       what you are working on, again with each save
  $ sekoia-detections check detections/windows      one folder
  $ sekoia-detections test --trace detections/a.json
  $ sekoia-detections explain condition-syntax
  $ sekoia-detections run                           in a CI job: deploys, or plans

Exit codes: 0 nothing wrong, 1 errors found or tests failed, 2 wrong use.`;

function programWith(
  { out, note, width }: Pick<Terminal, 'out' | 'note' | 'width'>,
  ask: (invocation: Invocation) => void,
): Command {
  const lines = (print: (line: string) => void) => (text: string) => {
    // What was typed may stand in it.
    for (const line of text.replace(/\n$/, '').split('\n')) print(printable(line));
  };
  const program = new Command('sekoia-detections')
    .description(ABOUT)
    .version(VERSION, '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: lines(out),
      writeErr: lines(note),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      // Colours are the terminal's business.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(sekoia-detections --help shows what can be asked for)');
  addCheck(program, ask);
  addTest(program, ask);
  addRuns(program, ask);
  addExplain(program, ask);
  return program;
}

function addCheck(program: Command, ask: (invocation: Invocation) => void): void {
  const command = program
    .command('check')
    .description('check the files as they lie here, committed or not, and run their tests')
    .argument('[path...]', 'files, folders or globs; what belongs to none of their detections is left out')
    .option('--changed', 'only what differs from the upstream branch, or is not committed', false)
    .option('--watch', 'check again what a saved file touches, until Ctrl-C', false)
    .addHelpText(
      'after',
      `
Examples:
  $ sekoia-detections check
  $ sekoia-detections check --changed
  $ sekoia-detections check --checks yaml-comment:off 'detections/**/login*'
  $ sekoia-detections check --json | jq .findings`,
    );
  withOutput(withReports(withInputs(command, FILE_OPTIONS))).action((paths: string[], options: Options) => {
    ask({
      command: 'check',
      paths,
      changed: options['changed'] === true,
      watch: options['watch'] === true,
      reports: reportsIn(options),
      inputs: inputsIn(options, FILE_OPTIONS),
      ...outputIn(options),
    });
  });
}

function addTest(program: Command, ask: (invocation: Invocation) => void): void {
  const options = FILE_OPTIONS.filter(({ name }) => name === 'detections');
  const command = program
    .command('test')
    .description('run the tests of the detections (NAME_tests.yml)')
    .argument('[path...]', 'files, folders or globs; a file of events stands for the tests that read it')
    .option('--trace', 'show what each event matched', false)
    .addHelpText(
      'after',
      `
Examples:
  $ sekoia-detections test
  $ sekoia-detections test --trace detections/brute_force.json`,
    );
  withOutput(withReports(withInputs(command, options))).action((paths: string[], given: Options) => {
    ask({
      command: 'test',
      paths,
      trace: given['trace'] === true,
      reports: reportsIn(given),
      inputs: inputsIn(given, options),
      ...outputIn(given),
    });
  });
}

function addExplain(program: Command, ask: (invocation: Invocation) => void): void {
  const command = program
    .command('explain')
    .description('show what a check is about: what is bad, and what is good')
    .argument('[code]', 'the code of a finding; without one, all are listed')
    .addHelpText(
      'after',
      `
Example:
  $ sekoia-detections explain yaml-escape`,
    );
  withOutput(command).action((code: string | undefined, options: Options) => {
    ask({ command: 'explain', code, ...outputIn(options) });
  });
}
