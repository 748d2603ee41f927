/**
 * Runs the random histories of __tests__/faults for as long as asked (an hour when left out), each with a new seed:
 *
 *   npm run soak -- SECONDS
 *
 * Ends with the number of sequences and of violations, each violation with the command that shows it again; exit code 1
 * when there are any. Every cell of the fault matrix: `FAULT_CELLS=all npm test -- __tests__/faults/matrix`.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const seconds = process.argv[2] ?? process.env.SOAK_SECONDS ?? '3600';
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    '__tests__/faults/histories',
  ],
  { cwd: root, env: { ...process.env, SOAK_SECONDS: seconds }, stdio: 'inherit' },
);
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
