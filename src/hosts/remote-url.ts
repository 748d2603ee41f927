/** The last two segments of a remote's path; what stands before them may hold a password. */
export function repositoryIn(url: string | null): string | null {
  const [, owner, name] = /([\w.-]+)\/([\w.-]+?)(?:\.git)?\/*$/.exec(url ?? '') ?? [];
  return owner === undefined || name === undefined ? null : `${owner}/${name}`;
}
