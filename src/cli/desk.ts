import { workTreeSource } from '../detections/work-tree-source.js';
import type { FileSource } from '../detections/types.js';
import { INPUT_TABLE, inputVariable } from '../input-table.js';
import type { InputName } from '../input-table.js';
import { readInputs } from '../inputs.js';
import type { Settings } from '../inputs.js';
import { withSettingsFile } from '../settings-file.js';
import type { Terminal } from '../terminal/terminal.js';
import type { GivenInputs } from './invocation.js';
import type { Place } from './place.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a command has of the outside. */
export interface Desk {
  readonly env: Env;
  readonly terminal: Terminal;
  readonly place: Place;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface OpenDesk extends Desk {
  readonly settings: Settings;
  /** The files as they lie here. */
  readonly source: FileSource;
}

/**
 * The settings of a command: its options, then the settings file, then the defaults.
 *
 * @throws InputError, SettingsFileError
 */
export async function openDesk(desk: Desk, given: GivenInputs): Promise<OpenDesk> {
  // Nothing is sent, and one key beside the targets of the settings file would be refused.
  const env = await withSettingsFile(inputsOf(desk.env, { 'api-key': '', ...given }), desk.place.root);
  return { ...desk, settings: readInputs(env), source: workTreeSource(desk.place.root) };
}

/** The variables of the inputs: those of a workflow that may stand in the environment are none of ours. */
export function inputsOf(env: Env, given: Readonly<Partial<Record<InputName, string | undefined>>>): Env {
  const inputs = {
    'api-key': env['SEKOIA_API_KEY'],
    'api-url': env['SEKOIA_API_URL'],
    targets: env['SEKOIA_TARGETS'],
    ...given,
  };
  return {
    ...env,
    ...Object.fromEntries(Object.keys(INPUT_TABLE).map((name) => [inputVariable(name), undefined])),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value])),
  };
}
