import { Option } from 'commander';
import type { Command } from 'commander';
import { HOST_NAMES } from '../hosts/choose-host.js';
import type { HostName } from '../hosts/choose-host.js';
import { inputsIn, outputIn, reportsIn, withInputs, withOutput, withReports } from './command-options.js';
import type { Options } from './command-options.js';
import type { Invocation, RunInvocation } from './invocation.js';
import { DEPLOY_OPTIONS, DRIFT_OPTIONS, IMPORT_OPTIONS, PLAN_OPTIONS, PLATFORM_OPTIONS } from './options.js';
import type { InputOption } from './options.js';

interface Run {
  readonly command: RunInvocation['command'];
  readonly about: string;
  readonly options: readonly InputOption[];
  readonly examples: readonly string[];
}

const RUNS: readonly Run[] = [
  {
    command: 'run',
    about: 'in a CI job: deploy on the default branch, plan everywhere else',
    options: DEPLOY_OPTIONS,
    examples: ['run', 'run --junit reports/tests.xml --write-back pull-request'],
  },
  {
    command: 'plan',
    about: 'show what a deployment of this commit would do, and write nothing',
    options: PLAN_OPTIONS,
    examples: ['plan', 'plan --scope all --json'],
  },
  {
    command: 'deploy',
    about: 'deploy this commit of a branch; at the desk it shows the plan and asks first',
    options: DEPLOY_OPTIONS,
    examples: ['deploy', 'deploy --scope all', 'deploy --host git'],
  },
  {
    command: 'drift',
    about: 'compare what is deployed with the platform',
    options: DRIFT_OPTIONS,
    examples: ['drift', 'drift --drift restore'],
  },
  {
    command: 'import',
    about: 'bring rules that no file has into files',
    options: IMPORT_OPTIONS,
    examples: ['import --import-to workspace', 'import --host git'],
  },
  {
    command: 'alert-types',
    about: 'list the alert types, with the names and UUIDs that files take',
    options: PLATFORM_OPTIONS,
    examples: ['alert-types', 'alert-types --json'],
  },
];

const KEY = `
The API key is taken from the variable SEKOIA_API_KEY. SEKOIA_API_URL stands for --api-url, and SEKOIA_TARGETS for the input \`targets\`, keys included, in place of one key. SEKOIA_GIT_TOKEN holds a token for pushes, where git has no credentials by itself.`;

/** The commands that do what the action does. */
export function addRuns(program: Command, ask: (invocation: Invocation) => void): void {
  for (const { command: name, about, options, examples } of RUNS) {
    const host = new Option('--host <name>', 'where this runs; told by the environment if left out').choices(
      HOST_NAMES,
    );
    const lines = examples.map((example) => `  $ sekoia-detections ${example}`).join('\n');
    const command = program
      .command(name)
      .description(about)
      .addOption(host)
      .addHelpText('after', `${KEY}\n\nExamples:\n${lines}`);
    if (name === 'deploy') command.option('-y, --yes', 'at the desk: deploy without a question');
    withOutput(withReports(withInputs(command, options))).action((given: Options) => {
      ask({
        command: name,
        host: given['host'] as HostName | undefined,
        yes: given['yes'] === true,
        reports: reportsIn(given),
        inputs: inputsIn(given, options),
        ...outputIn(given),
      });
    });
  }
}
