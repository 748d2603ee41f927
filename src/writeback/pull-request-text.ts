/** The branch of the pull request into a branch: one name for the default branch, else one of its own. */
export function pullRequestBranchName(branch: string, defaultBranch: string | null): string {
  return branch === defaultBranch ? 'sekoia-detections/uuids' : `sekoia-detections/uuids-${branch}`;
}

/** What people read in the pull request. */
export function pullRequestText({ base, title }: { readonly base: string; readonly title: string }): {
  readonly title: string;
  readonly body: string;
} {
  return {
    title: title.trim().split('\n')[0] ?? title,
    body: [
      'These rules are in Sekoia already. This pull request writes their UUIDs into the metadata files, and changes nothing else: merge it.',
      '',
      `While it is open, its UUIDs count as those of \`${base}\`: further runs update the rules and create none twice. New UUIDs are added here. If you close it without merging, the next run that looks at a detection finds its rule by the name.`,
    ].join('\n'),
  };
}
