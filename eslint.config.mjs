import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'src/detections/compiled-schema.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // What reaches the runner's log goes through src/log.ts and src/hosts, which neutralise it: a rule name must
    // never become a workflow command.
    files: ['src/**/*.ts'],
    ignores: ['src/log.ts', 'src/main.ts', 'src/hosts/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@actions/core', message: 'Use the Log handed in; only src/log.ts and src/hosts print.' }] },
      ],
    },
  },
  {
    // The only place that starts a process.
    files: ['src/**/*.ts'],
    ignores: ['src/git/**', 'src/log.ts', 'src/main.ts', 'src/hosts/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@actions/core', message: 'Use the Log handed in; only src/log.ts and src/hosts print.' },
            { name: '@actions/exec', message: 'Only src/git starts processes.' },
            { name: 'node:child_process', message: 'Only src/git starts processes.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', URL: 'readonly' } },
  },
  {
    files: ['__tests__/**/*.ts', 'bench/**/*.ts', 'demo/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
