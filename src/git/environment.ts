type Env = Readonly<Record<string, string | undefined>>;

/**
 * Variables that would turn our commands to another repository, index or object store, change what they mean, or put
 * traces (which may show headers) into the text of errors. A step that runs inside a git hook or alias inherits some.
 */
const DROPPED = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_ATTR_SOURCE',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_DATE',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CURL_VERBOSE',
  'GIT_DEFAULT_HASH',
  'GIT_DIFF_OPTS',
  'GIT_DIR',
  'GIT_EXTERNAL_DIFF',
  'GIT_GLOB_PATHSPECS',
  'GIT_GRAFT_FILE',
  'GIT_ICASE_PATHSPECS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_NO_LAZY_FETCH',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_PROTOCOL',
  'GIT_REDIRECT_STDERR',
  'GIT_REDIRECT_STDIN',
  'GIT_REDIRECT_STDOUT',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** The environment of every git command: what the step has, less the variables that mislead, and never a prompt. */
export function gitEnvironment(env: Env): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    // Windows does not tell upper case from lower case.
    const name = entry[0].toUpperCase();
    return entry[1] !== undefined && !DROPPED.has(name) && !name.startsWith('GIT_TRACE');
  });
  return {
    // Empty: neither core.askPass nor SSH_ASKPASS opens a window where nobody sits.
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    ...Object.fromEntries(kept),
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    // git's texts are matched on (errors.ts).
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    // A folder may be called ":(top)" or "[a]*".
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** Settings of the user's configuration that must not change what our commands do. */
export const FIXED_OPTIONS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  // On macOS git would compose the letters of arguments, and then miss paths that are stored decomposed.
  'core.precomposeUnicode=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  // Which files count as renamed must not depend on the machine.
  'diff.renameLimit=1000',
  // Helpers that know it ask nobody (git 2.46).
  'credential.interactive=false',
  'i18n.commitEncoding=UTF-8',
  // Version 2 hands out a commit by its id even when no branch holds it any more (action-engineering.md §3.2).
  'protocol.version=2',
  // A connection that carries nothing for a minute is dead.
  'http.lowSpeedLimit=1',
  'http.lowSpeedTime=60',
].flatMap((option) => ['-c', option]);
