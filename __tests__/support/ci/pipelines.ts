import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../examples');

function read(file: string): Promise<string> {
  return readFile(path.join(EXAMPLES, file), 'utf8');
}

/** The lines that the example pipeline of each system hands to a shell. */
export const SCRIPTS = {
  gitlab: async () => {
    const { detections } = parse(await read('gitlab/.gitlab-ci.yml')) as { detections: { script: string[] } };
    return detections.script.join('\n');
  },
  bitbucket: async () => {
    const { definitions } = parse(await read('bitbucket/bitbucket-pipelines.yml')) as {
      definitions: { steps: { step: { script: string[] } }[] };
    };
    return definitions.steps[0]?.step.script.join('\n') ?? '';
  },
  azure: async () => {
    const { steps } = parse(await read('azure/azure-pipelines.yml')) as { steps: { script?: string }[] };
    return steps.find(({ script }) => script !== undefined)?.script ?? '';
  },
  jenkins: async () => /sh '''([\s\S]*?)'''/u.exec(await read('jenkins/Jenkinsfile'))?.[1] ?? '',
} as const;

export type PipelineName = keyof typeof SCRIPTS;
