#!/usr/bin/env node
import type { Cancellation } from './cancellation.js';
import { cancelOnSignals } from './cancellation.js';
import { carryOut } from './cli/carry-out.js';
import type { Invocation } from './cli/invocation.js';
import { parseArguments } from './cli/parse-arguments.js';
import { askPerson } from './terminal/ask.js';
import { openTerminal } from './terminal/terminal.js';

/** The bundle's entry as a command: arguments, signals, exit code; nothing else. */
// Whoever reads the output may have seen enough (`| head`).
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const NEVER = new AbortController().signal;
const terminal = openTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env });
const parsed = parseArguments(process.argv.slice(2), terminal);
if (parsed.kind === 'done') process.exitCode = parsed.exitCode;
else {
  const { invocation } = parsed;
  const { signal, deadline } = interruptions(invocation);
  process.exitCode = await carryOut(invocation, {
    env: process.env,
    terminal,
    folder: process.cwd(),
    signal,
    deadline,
    ask: (question) => askPerson(question, signal),
  });
  // A command or connection that still hangs would keep a cancelled run alive until it is killed.
  if (signal.aborted) process.stdout.write('', () => process.exit());
}

/** What has nothing to bring to an end just ends. */
function interruptions(invocation: Invocation): Cancellation {
  switch (invocation.command) {
    case 'run':
    case 'plan':
    case 'deploy':
    case 'drift':
    case 'import':
    case 'alert-types':
      return cancelOnSignals((line) => {
        terminal.note(line);
      });
    case 'check':
      return invocation.watch ? cancelOnSignals(() => undefined) : { signal: NEVER, deadline: NEVER };
    default:
      return { signal: NEVER, deadline: NEVER };
  }
}
