import type { Ask } from '../terminal/ask.js';
import type { Terminal } from '../terminal/terminal.js';
import { check } from './check.js';
import { openDesk } from './desk.js';
import { explain } from './explain.js';
import type { Invocation } from './invocation.js';
import { findPlace } from './place.js';
import { tellFailure } from './tell-failure.js';
import { test } from './test.js';
import { watch } from './watch.js';

export type ExitCode = 0 | 1 | 2;

function nobody(): Promise<null> {
  return Promise.resolve(null);
}

export interface Surroundings {
  /** Asks the person a question; null where nobody is there to answer. Left out: nobody is. */
  readonly ask?: Ask;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** The folder that the command was called in. */
  readonly folder: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Aborted some seconds later; left out: never. */
  readonly deadline?: AbortSignal;
}

/** Does what was asked for. Nothing is thrown. */
export async function carryOut(invocation: Invocation, around: Surroundings): Promise<ExitCode> {
  try {
    return await run(invocation, around);
  } catch (thrown) {
    around.terminal.passing('');
    return tellFailure(thrown, around.terminal);
  }
}

async function run(invocation: Invocation, around: Surroundings): Promise<0 | 1> {
  const { env, terminal, folder, signal, deadline = new AbortController().signal } = around;
  if (invocation.command === 'explain') return explain(terminal, invocation);
  const desk = { env, terminal, signal, place: await findPlace(folder) };
  switch (invocation.command) {
    case 'check':
      return invocation.watch ? watch(desk, invocation) : check(await openDesk(desk, invocation.inputs), invocation);
    case 'test':
      return test(await openDesk(desk, invocation.inputs), invocation);
    case 'run':
    case 'plan':
    case 'deploy':
    case 'drift':
    case 'import':
    case 'alert-types': {
      // What talks to the platform is loaded for it alone: a check has to be quick.
      const { runMode } = await import('./run-mode.js');
      return runMode({ ...desk, deadline, ask: around.ask ?? nobody }, invocation);
    }
  }
}
