/**
 * The walls of the house. Imports point downwards only: run -> stages -> git, sigma, sekoia, github -> nothing of ours
 * but the foundation files; rule-tests stands on sigma, below detections. A stage may import the value types of
 * earlier stages, never their code.
 */
const foundation = '^src/(errors|in-parallel|log|pause|text|version)\\.ts$';
const stages = ['changes', 'detections', 'plan', 'import', 'deploy', 'writeback', 'report'];

const stageWalls = stages.map((stage, index) => ({
  name: `${stage}-sees-only-types-of-earlier-stages`,
  severity: 'error',
  from: { path: `^src/${stage}/` },
  to: {
    path: '^src/',
    pathNot: [
      foundation,
      `^src/${stage}/`,
      '^src/(git|sigma|sekoia|github)/',
      // Between detections and their patterns.
      ...(stage === 'detections' ? ['^src/rule-tests/'] : ['^src/rule-tests/types\\.ts$']),
      '^src/(inputs|event)\\.ts$',
      ...(stage === 'report' ? ['^src/hosts/types\\.ts$'] : []),
      ...(index === 0 ? [] : [`^src/(${stages.slice(0, index).join('|')})/types\\.ts$`]),
    ],
  },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...stageWalls,
    {
      name: 'edges-know-nothing-of-the-stages',
      severity: 'error',
      from: { path: '^src/(git|sekoia|github)/' },
      to: { path: '^src/', pathNot: [foundation, '^src/$1/', '^src/git/types\\.ts$'] },
    },
    {
      name: 'sigma-stands-alone',
      severity: 'error',
      comment: 'The dialect could be published on its own.',
      from: { path: '^src/sigma/' },
      to: { path: '^src/', pathNot: '^src/sigma/' },
    },
    {
      name: 'rule-tests-see-only-sigma',
      severity: 'error',
      comment: 'They get texts and give values; finding files is for the detections.',
      from: { path: '^src/rule-tests/' },
      to: { path: '^src/', pathNot: [foundation, '^src/(rule-tests|sigma)/'] },
    },
    {
      name: 'foundation-is-the-bottom',
      severity: 'error',
      from: { path: foundation },
      to: { path: '^src/', pathNot: foundation },
    },
    {
      name: 'nothing-imports-the-front-door',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|cli|run)\\.ts$|^src/(modes|cli)/' },
      to: {
        path: '^src/(main|cli|run|deploy-target|drift-target|import-target|desired-state|settings-file)\\.ts$|^src/(modes|cli)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'hosts-see-only-events-and-reports',
      severity: 'error',
      comment: 'Where a run comes from and its report goes to; what lies between is none of their business.',
      from: { path: '^src/hosts/' },
      to: {
        path: '^src/',
        pathNot: [
          foundation,
          '^src/(hosts|report|terminal|git)/',
          '^src/detections/types\\.ts$',
          '^src/(inputs|event)\\.ts$',
        ],
      },
    },
    {
      name: 'terminal-only-shows',
      severity: 'error',
      from: { path: '^src/terminal/' },
      to: { path: '^src/', pathNot: [foundation, '^src/terminal/', '^src/detections/types\\.ts$'] },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(__tests__|bench|demo)/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/(main|cli)\\.ts$' },
      to: {},
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
