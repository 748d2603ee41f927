#!/usr/bin/env node
import { carryOut } from './cli/carry-out.js';
import { parseArguments } from './cli/parse-arguments.js';
import { openTerminal } from './terminal/terminal.js';

/** The bundle's entry as a command: arguments, signals, exit code; nothing else. */
// Whoever reads the output may have seen enough (`| head`).
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const terminal = openTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env });
const parsed = parseArguments(process.argv.slice(2), terminal);
if (parsed.kind === 'done') process.exitCode = parsed.exitCode;
else {
  const { invocation } = parsed;
  const interrupted = new AbortController();
  // What has nothing to bring to an end just ends.
  if (invocation.command === 'plan' || (invocation.command === 'check' && invocation.watch)) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        interrupted.abort();
      });
    }
  }
  const around = { env: process.env, terminal, folder: process.cwd(), signal: interrupted.signal };
  process.exitCode = await carryOut(invocation, around);
}
