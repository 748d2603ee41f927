import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** An active rule of a branch, as a ruleset brings it. */
export interface StandInRule {
  readonly type: string;
  readonly rulesetId: number;
  /** Owner or `owner/name` that the ruleset belongs to. */
  readonly source: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What the token's actor may do about the ruleset. */
  readonly bypass?: 'always' | 'exempt' | 'pull_requests_only' | 'never';
}

/** Branch rules of both kinds, held against API writes here and against pushes by an update hook. */
export interface Protection {
  setRules(branch: string, rules: readonly StandInRule[]): Promise<void>;
  /** Classic branch protection: no ruleset endpoint tells of it. Null takes it away. */
  setClassic(branch: string, reason: string | null): Promise<void>;
  rulesOf(branch: string): readonly StandInRule[];
  ruleset(id: number): StandInRule | undefined;
  isProtected(branch: string): boolean;
  /** GitHub's words when the ref may not be moved to such a commit through the API, else null. */
  refuse(
    ref: string,
    commit: { readonly verified: boolean; readonly isMerge?: boolean; readonly isNew?: boolean },
  ): string | null;
}

const REFUSALS = 'stand-in-refusals';

/** Installs the hook. Texts: what GitHub printed in public issues (GH006, GH013). */
export async function openProtection(directory: string, repository: string): Promise<Protection> {
  const rules = new Map<string, readonly StandInRule[]>();
  const classic = new Map<string, string>();
  const hook = path.join(directory, 'hooks', 'update');
  await mkdir(path.dirname(hook), { recursive: true });
  await writeFile(hook, `#!/bin/sh\nif test -f "${REFUSALS}/$1"; then cat "${REFUSALS}/$1" >&2; exit 1; fi\n`);
  await chmod(hook, 0o755);

  const tellHook = async (branch: string): Promise<void> => {
    const ref = `refs/heads/${branch}`;
    const file = path.join(directory, REFUSALS, ref);
    const text = pushRefusal(ref, repository, violations(rules.get(branch) ?? [], 'unsigned'), classic.get(branch));
    if (text === null) return rm(file, { force: true });
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };

  return {
    setRules: (branch, list) => {
      rules.set(branch, list);
      return tellHook(branch);
    },
    setClassic: (branch, reason) => {
      if (reason === null) classic.delete(branch);
      else classic.set(branch, reason);
      return tellHook(branch);
    },
    rulesOf: (branch) => rules.get(branch) ?? [],
    ruleset: (id) => [...rules.values()].flat().find(({ rulesetId }) => rulesetId === id),
    isProtected: (branch) => classic.has(branch) || (rules.get(branch)?.length ?? 0) > 0,
    refuse: (ref, { verified, isMerge = false, isNew = false }) => {
      const branch = ref.replace(/^refs\/heads\//, '');
      if (branch === ref) return null;
      const found = [
        ...violations(rules.get(branch) ?? [], verified ? 'signed' : 'unsigned'),
        ...(isMerge && has(rules.get(branch), 'required_linear_history')
          ? ['This branch must not contain merge commits.']
          : []),
        ...(isNew && has(rules.get(branch), 'creation')
          ? ['Cannot create ref due to creations being restricted.']
          : []),
      ];
      if (found.length > 0) return `Repository rule violations found\n\n${found.join('\n\n')}\n\n`;
      return classic.get(branch) ?? null;
    },
  };
}

function has(rules: readonly StandInRule[] | undefined, type: string): boolean {
  return (rules ?? []).some((rule) => rule.type === type && rule.bypass !== 'always' && rule.bypass !== 'exempt');
}

function violations(rules: readonly StandInRule[], commit: 'signed' | 'unsigned'): string[] {
  return rules
    .filter(({ bypass }) => bypass !== 'always' && bypass !== 'exempt')
    .flatMap((rule) => violation(rule, commit) ?? []);
}

function violation(rule: StandInRule, commit: 'signed' | 'unsigned'): string | null {
  switch (rule.type) {
    case 'pull_request':
      return 'Changes must be made through a pull request.';
    case 'required_status_checks': {
      const checks = (rule.parameters?.required_status_checks ?? []) as readonly { readonly context: string }[];
      if (checks.length === 1) return `Required status check "${checks[0]?.context ?? ''}" is expected.`;
      return `${checks.length} of ${checks.length} required status checks are expected.`;
    }
    case 'update':
      return 'Cannot update this protected ref.';
    case 'merge_queue':
      return 'Changes must be made through the merge queue';
    case 'code_scanning':
      return 'Code scanning is waiting for results from CodeQL.';
    case 'required_signatures':
      return commit === 'signed' ? null : 'Commits must have verified signatures.';
    // No public text at hand for these two.
    case 'required_deployments':
    case 'workflows':
      return `Rule ${rule.type} is not satisfied.`;
    default:
      return null;
  }
}

function pushRefusal(
  ref: string,
  repository: string,
  found: readonly string[],
  reason: string | undefined,
): string | null {
  if (found.length > 0) {
    const page = `https://github.com/${repository}/rules?ref=${encodeURIComponent(ref)}`;
    const list = found.map((line) => `- ${line}\n\n`).join('');
    return `error: GH013: Repository rule violations found for ${ref}.\nReview all repository rules at ${page}\n\n${list}`;
  }
  if (reason === undefined) return null;
  return `error: GH006: Protected branch update failed for ${ref}.\nerror: ${reason}\n`;
}
