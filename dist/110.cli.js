export const id = 110;
export const ids = [110];
export const modules = {

/***/ 6110:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runMode: () => (/* binding */ runMode)
});

// EXTERNAL MODULE: ./src/detections/work-tree-source.ts
var work_tree_source = __webpack_require__(1540);
// EXTERNAL MODULE: ./src/git/work-tree.ts + 1 modules
var work_tree = __webpack_require__(8274);
// EXTERNAL MODULE: ./src/hosts/choose-host.ts
var choose_host = __webpack_require__(8017);
// EXTERNAL MODULE: ./src/log.ts
var log = __webpack_require__(5625);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
;// CONCATENATED MODULE: ./src/event.ts

/** What started the run cannot be made out, or does not go with the mode asked for. */
class EventError extends errors/* ActionError */.l {
}

// EXTERNAL MODULE: ./src/text.ts
var src_text = __webpack_require__(8992);
;// CONCATENATED MODULE: ./src/hosts/happening.ts


/**
 * The event of a run on a system other than GitHub (design.md "Contract", row `mode`).
 *
 * @throws EventError `deploy-not-allowed`, `drift-not-allowed`, `import-not-allowed` off a branch.
 */
function eventOf(happening, settings) {
    const { kind, repository, head, branch, defaultBranch, mergeRequest, runUrl } = happening;
    return {
        name: kind,
        repository,
        ...modeOf(settings.mode, happening),
        head,
        branch,
        defaultBranch,
        into: mergeRequest === null ? (defaultBranch ?? branch) : mergeRequest.into,
        pullRequest: mergeRequest?.number ?? null,
        start: settings.scope === 'all' ? { kind: 'all', reason: 'scope is all' } : happening.start,
        runUrl,
        nothingToDo: null,
    };
}
/** A commit that the system names. */
function startAt(commit, reason) {
    return { kind: 'commit', commit, forced: false, reason };
}
/** Where a commit is missed: the last deployed one takes its place, if there is one. */
function startUnknown(reason) {
    return { kind: 'all', reason, fallback: true };
}
function modeOf(asked, happening) {
    switch (asked) {
        case 'validate':
        case 'plan':
        case 'alert-types':
            return { mode: asked, modeReason: 'it was asked for' };
        case 'deploy':
        case 'drift':
        case 'import':
            if (happening.branch === null)
                throw offBranch(asked, happening);
            return { mode: asked, modeReason: 'it was asked for' };
        case 'auto':
            return automaticMode(happening);
    }
}
function automaticMode(happening) {
    const { kind, branch, defaultBranch } = happening;
    const plan = (modeReason) => ({ mode: 'plan', modeReason });
    if (branch === null)
        return plan(`${placeOf(happening)} does not deploy`);
    if (defaultBranch === null)
        return plan(`it is not known which branch is the default, so ${branch} may not be`);
    if (branch !== defaultBranch)
        return plan(`this is branch ${branch}, and only ${defaultBranch} deploys`);
    const why = { push: 'a push to', schedule: 'a schedule on', 'by-hand': 'a run by hand on' }[kind];
    return { mode: 'deploy', modeReason: `${why ?? 'this is'} the default branch ${branch}` };
}
/** What is not merged, or stands on no branch, must not reach the platform: its UUIDs could not be written back. */
function offBranch(mode, happening) {
    const where = placeOf(happening);
    return new EventError(`${mode}-not-allowed`, {
        deploy: `A deployment does not go with ${where}: deployments come from branches.`,
        drift: `A look for drift does not go with ${where}: what is deployed comes from branches.`,
        import: `An import does not go with ${where}: its files are for a branch.`,
    }[mode], mode === 'deploy'
        ? 'Use `run` in its place, which plans here and deploys on the default branch.'
        : 'Run it on a schedule or by hand on the branch that deploys.');
}
function placeOf({ kind, head }) {
    switch (kind) {
        case 'merge-request':
            return 'a merge request';
        case 'tag':
            return 'a tag';
        default:
            return `the commit ${(0,src_text/* shorten */.ml)(head, 12)}, which is checked out without a branch,`;
    }
}

// EXTERNAL MODULE: ./src/git/types.ts
var types = __webpack_require__(4677);
;// CONCATENATED MODULE: ./src/hosts/variables.ts



/** The value, or null where it is missing, empty, or a macro that nobody filled in (`$(System.PullRequest.Id)`). */
function textIn(env, name) {
    const value = (env[name] ?? '').trim();
    return value === '' || /^\$\(.*\)$/u.test(value) ? null : value;
}
/** Null also for all zeros and for an abbreviated id. */
function commitIn(env, name) {
    return (0,types/* asCommitSha */.M)(env[name]) ?? null;
}
/** Null for anything but a whole number of 1 or more. */
function numberIn(env, name) {
    const text = textIn(env, name) ?? '';
    return /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : null;
}
/** A page that may be shown: without blanks, quotes, brackets and credentials. */
function pageIn(env, name) {
    const text = textIn(env, name) ?? '';
    return /^https?:\/\/[^\s"'<>()[\]\\@`]+$/u.test(text) ? text : null;
}
/** `https://git.example.org` of an address below it, without what comes before an `@`; null for other addresses. */
function serverOf(address) {
    if (address === null || !/^https?:\/\//iu.test(address) || !URL.canParse(address))
        return null;
    return new URL(address).origin;
}
/** `refs/heads/main` and `main` are the same branch. */
function branchName(ref) {
    return ref?.replace(/^refs\/heads\//u, '') ?? null;
}
/** @throws EventError `not-on-host`, `bad-environment` */
function requiredCommit(env, name, system) {
    const text = textIn(env, name);
    const commit = (0,types/* asCommitSha */.M)(text);
    if (commit !== undefined)
        return commit;
    if (text === null)
        throw notOnHost(name, system);
    throw new EventError('bad-environment', `The variable ${name} is "${(0,src_text/* shorten */.ml)(text, 80)}", which is no full commit id.`, `Leave the variables of ${system} as they are: look for settings that overwrite them.`);
}
/** @throws EventError `not-on-host` */
function requiredText(env, name, system) {
    const text = textIn(env, name);
    if (text === null)
        throw notOnHost(name, system);
    return text;
}
function notOnHost(name, system) {
    return new EventError('not-on-host', `The variable ${name} is not set, so this does not seem to be a job of ${system}.`, `Run it in a job of ${system}, or say with --host where it runs (\`--host git\` asks git alone).`);
}

;// CONCATENATED MODULE: ./src/hosts/azure.ts


const SYSTEM = 'Azure Pipelines';
/**
 * What started a job, by the predefined variables (learn.microsoft.com, "Use predefined variables"): `Build.SourceBranch`
 * is a full ref (`refs/heads/…`, `refs/tags/…`, `refs/pull/1/merge`), `Build.SourceVersion` of a pull request is the
 * commit of the merge, and `System.PullRequest.TargetBranch` is a full ref or a name, by where the repository lies. The
 * commit before a push and the default branch are told nowhere.
 *
 * @throws EventError `not-on-host`, `bad-environment`
 */
function happeningOnAzure(env, defaultBranch) {
    const ref = requiredText(env, 'BUILD_SOURCEBRANCH', SYSTEM);
    const isMerge = textIn(env, 'BUILD_REASON') === 'PullRequest' || ref.startsWith('refs/pull/');
    return {
        kind: isMerge ? 'merge-request' : ref.startsWith('refs/tags/') ? 'tag' : kindOf(textIn(env, 'BUILD_REASON')),
        repository: requiredText(env, 'BUILD_REPOSITORY_NAME', SYSTEM),
        head: requiredCommit(env, 'BUILD_SOURCEVERSION', SYSTEM),
        branch: isMerge || !ref.startsWith('refs/heads/') ? null : branchName(ref),
        defaultBranch,
        mergeRequest: isMerge
            ? {
                // Where the repository lies on GitHub, the id is another number.
                number: numberIn(env, 'SYSTEM_PULLREQUEST_PULLREQUESTNUMBER') ?? numberIn(env, 'SYSTEM_PULLREQUEST_PULLREQUESTID'),
                into: branchName(textIn(env, 'SYSTEM_PULLREQUEST_TARGETBRANCH')),
            }
            : null,
        start: startUnknown('Azure Pipelines names no commit to compare with'),
        runUrl: pageOf(env),
    };
}
function kindOf(reason) {
    switch (reason) {
        case 'IndividualCI':
        case 'BatchedCI':
            return 'push';
        case 'Schedule':
            return 'schedule';
        case 'Manual':
            return 'by-hand';
        default:
            return 'unknown';
    }
}
function pageOf(env) {
    const [collection, project] = [pageIn(env, 'SYSTEM_COLLECTIONURI'), textIn(env, 'SYSTEM_TEAMPROJECT')];
    const build = numberIn(env, 'BUILD_BUILDID');
    if (collection === null || project === null || build === null)
        return null;
    return `${collection.replace(/\/*$/u, '/')}${encodeURIComponent(project)}/_build/results?buildId=${build}`;
}

;// CONCATENATED MODULE: ./src/hosts/bitbucket.ts


const bitbucket_SYSTEM = 'Bitbucket Pipelines';
/**
 * What started a step, by the default variables (support.atlassian.com, "Variables and secrets"): `BITBUCKET_BRANCH` is
 * the source branch in pull requests too, and missing for tags; `BITBUCKET_PR_DESTINATION_COMMIT` may be abbreviated, and
 * the commit before a push is told nowhere. So git is asked for the merge base, and the last deployed commit is the base
 * of a push. The default branch has no variable either.
 *
 * @throws EventError `not-on-host`, `bad-environment`
 */
function happeningOnBitbucket(env, defaultBranch) {
    const repository = requiredText(env, 'BITBUCKET_REPO_FULL_NAME', bitbucket_SYSTEM);
    const isMerge = textIn(env, 'BITBUCKET_PR_ID') !== null;
    const branch = isMerge ? null : textIn(env, 'BITBUCKET_BRANCH');
    return {
        kind: isMerge ? 'merge-request' : textIn(env, 'BITBUCKET_TAG') === null ? 'push' : 'tag',
        repository,
        head: requiredCommit(env, 'BITBUCKET_COMMIT', bitbucket_SYSTEM),
        branch,
        defaultBranch,
        mergeRequest: isMerge
            ? { number: numberIn(env, 'BITBUCKET_PR_ID'), into: textIn(env, 'BITBUCKET_PR_DESTINATION_BRANCH') }
            : null,
        start: startUnknown('Bitbucket names no commit to compare with'),
        runUrl: bitbucket_pageOf(repository, numberIn(env, 'BITBUCKET_BUILD_NUMBER')),
    };
}
function bitbucket_pageOf(repository, build) {
    if (build === null || !/^[\w.-]+\/[\w.-]+$/u.test(repository))
        return null;
    return `https://bitbucket.org/${repository}/pipelines/results/${build}`;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/hosts/remote-url.ts
var remote_url = __webpack_require__(5805);
;// CONCATENATED MODULE: ./src/hosts/checkout.ts



/** @throws EventError `bad-environment` before the first commit; GitError `fetch-failed` */
async function readCheckout(tree, root) {
    const [head, branch, url] = await Promise.all([tree.head(), tree.branch(), tree.originUrl()]);
    if (head === null) {
        throw new EventError('bad-environment', 'There is no commit here yet, and what is deployed is what is committed.', 'Commit the detections first.');
    }
    const defaultBranch = url === null ? null : await tree.serverHead();
    const tipOf = branch === null && url !== null ? await tree.branchesAt(head) : [];
    return { head, branch, repository: (0,remote_url/* repositoryIn */.c)(url) ?? external_node_path_default().basename(root), tipOf, defaultBranch };
}

// EXTERNAL MODULE: ./src/hosts/desk.ts + 1 modules
var hosts_desk = __webpack_require__(1632);
;// CONCATENATED MODULE: ./src/hosts/git.ts

/**
 * What can be told from git alone: the commit that is checked out, and its branch. Systems that check out a commit and no
 * branch stand on the branch of the server that has this commit as its tip, on the default branch where that is one of
 * them.
 */
function happeningByGit({ head, repository, branch, tipOf, defaultBranch }) {
    const standsOn = branch ?? branchWithTip(tipOf, defaultBranch);
    return {
        kind: 'unknown',
        repository,
        head,
        branch: standsOn,
        defaultBranch,
        mergeRequest: null,
        start: startUnknown('git names no commit to compare with'),
        runUrl: null,
    };
}
function branchWithTip(branches, defaultBranch) {
    if (defaultBranch !== null && branches.includes(defaultBranch))
        return defaultBranch;
    return branches.length === 1 ? (branches[0] ?? null) : null;
}

;// CONCATENATED MODULE: ./src/hosts/gitlab.ts


const gitlab_SYSTEM = 'GitLab CI';
/**
 * What started a GitLab job, by the predefined variables (docs.gitlab.com, "Predefined CI/CD variables reference"):
 *
 * - `CI_COMMIT_BRANCH` is there in branch pipelines only, `CI_COMMIT_TAG` in tag pipelines only.
 * - `CI_COMMIT_BEFORE_SHA` is the branch's tip before the push; all zeros in merge request pipelines, scheduled ones,
 *   those started by hand, and the first of a branch.
 * - `CI_MERGE_REQUEST_DIFF_BASE_SHA` is the merge base of a merge request; `CI_MERGE_REQUEST_TARGET_BRANCH_SHA` is there
 *   in merged results pipelines only, whose `CI_COMMIT_SHA` is the result of the merge upon it.
 * - With a repository of another host, `CI_EXTERNAL_PULL_REQUEST_*` stand for a pull request there.
 *
 * @throws EventError `not-on-host`, `bad-environment`
 */
function happeningOnGitLab(env) {
    const source = textIn(env, 'CI_PIPELINE_SOURCE') ?? '';
    const mergeRequest = mergeRequestIn(env);
    const isMerge = mergeRequest !== null;
    return {
        kind: isMerge ? 'merge-request' : textIn(env, 'CI_COMMIT_TAG') === null ? gitlab_kindOf(source) : 'tag',
        repository: requiredText(env, 'CI_PROJECT_PATH', gitlab_SYSTEM),
        head: requiredCommit(env, 'CI_COMMIT_SHA', gitlab_SYSTEM),
        branch: isMerge ? null : textIn(env, 'CI_COMMIT_BRANCH'),
        defaultBranch: textIn(env, 'CI_DEFAULT_BRANCH'),
        mergeRequest,
        start: isMerge ? startOfMerge(env) : startOf(env, source),
        runUrl: pageIn(env, 'CI_JOB_URL') ?? pageIn(env, 'CI_PIPELINE_URL'),
    };
}
function mergeRequestIn(env) {
    if (textIn(env, 'CI_MERGE_REQUEST_IID') !== null) {
        return {
            number: numberIn(env, 'CI_MERGE_REQUEST_IID'),
            into: textIn(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'),
        };
    }
    if (textIn(env, 'CI_EXTERNAL_PULL_REQUEST_IID') === null)
        return null;
    return {
        number: numberIn(env, 'CI_EXTERNAL_PULL_REQUEST_IID'),
        into: textIn(env, 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME'),
    };
}
function gitlab_kindOf(source) {
    switch (source) {
        case 'push':
        case 'schedule':
            return source;
        case 'web':
        case 'api':
        case 'trigger':
        case 'chat':
            return 'by-hand';
        default:
            return 'unknown';
    }
}
function startOfMerge(env) {
    const upon = commitIn(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA');
    if (upon !== null)
        return startAt(upon, 'the merge request is merged upon it');
    const base = commitIn(env, 'CI_MERGE_REQUEST_DIFF_BASE_SHA');
    if (base !== null)
        return startAt(base, 'it is where the merge request left its target');
    return startUnknown('the pipeline names no base of the merge request');
}
function startOf(env, source) {
    const before = commitIn(env, 'CI_COMMIT_BEFORE_SHA');
    if (before !== null)
        return startAt(before, 'it was the tip before this push');
    if (source === 'push')
        return { kind: 'all', reason: 'this is the first push of the branch' };
    return { kind: 'all', reason: `pipelines of the source ${source || 'unknown'} name no commit to compare with` };
}

;// CONCATENATED MODULE: ./src/hosts/jenkins.ts


/**
 * What started a build, by the variables of multibranch projects and of the git plugin (plugins.jenkins.io/git, "Environment
 * Variables"; the list that each Jenkins has at `/env-vars.html`): `CHANGE_ID` and `CHANGE_TARGET` for a change request,
 * whose `BRANCH_NAME` is made up; `TAG_NAME`; `BRANCH_IS_PRIMARY`; `GIT_BRANCH` has the remote's name before the branch's
 * outside of multibranch projects; `GIT_PREVIOUS_SUCCESSFUL_COMMIT` is that of the last build of this branch that
 * succeeded. The commit is the one that is checked out: `GIT_COMMIT` is that of whatever was checked out last, a library
 * for instance, and a change request may be merged in the workspace alone.
 */
function happeningOnJenkins(env, { head, repository, defaultBranch }) {
    const isMerge = textIn(env, 'CHANGE_ID') !== null;
    const isTag = textIn(env, 'TAG_NAME') !== null;
    const branch = isMerge || isTag ? null : branchIn(env);
    const previous = commitIn(env, 'GIT_PREVIOUS_SUCCESSFUL_COMMIT');
    return {
        kind: isMerge ? 'merge-request' : isTag ? 'tag' : 'push',
        repository,
        head,
        branch,
        defaultBranch: textIn(env, 'BRANCH_IS_PRIMARY') === 'true' ? (branch ?? defaultBranch) : defaultBranch,
        mergeRequest: isMerge ? { number: numberIn(env, 'CHANGE_ID'), into: textIn(env, 'CHANGE_TARGET') } : null,
        start: previous === null || isMerge
            ? startUnknown('Jenkins names no commit to compare with')
            : startAt(previous, 'it is that of the last build of this branch that succeeded'),
        runUrl: pageIn(env, 'BUILD_URL'),
    };
}
function branchIn(env) {
    const plain = textIn(env, 'BRANCH_NAME') ?? textIn(env, 'GIT_LOCAL_BRANCH');
    if (plain !== null)
        return plain;
    const remote = textIn(env, 'GIT_BRANCH');
    if (remote === null || remote === 'detached')
        return null;
    return remote.replace(/^(?:refs\/(?:remotes\/origin|heads)\/|origin\/)/u, '');
}

;// CONCATENATED MODULE: ./src/hosts/ci.ts











const SYSTEMS = {
    gitlab: {
        tokenUser: 'oauth2',
        mergeRequests: 'push-options',
        pushHelp: 'Hand in a project access token with the scope `write_repository`, whose role may push to this branch, as the variable SEKOIA_GIT_TOKEN; or let job tokens push (Settings > CI/CD > Job token permissions).',
        happening: (env) => Promise.resolve(happeningOnGitLab(env)),
    },
    bitbucket: {
        tokenUser: 'x-token-auth',
        mergeRequests: null,
        pushHelp: 'Steps push without a token of their own: let them in at Repository settings > Branch restrictions, or set `write-back: none` and bring the UUIDs in by hand.',
        happening: async (env, tree) => happeningOnBitbucket(env, await tree.serverHead()),
    },
    azure: {
        tokenUser: 'build',
        mergeRequests: null,
        pushHelp: 'Set `persistCredentials: true` on the checkout step, and give the build service of the project "Contribute" on this repository (Project settings > Repositories > Security).',
        happening: async (env, tree) => happeningOnAzure(env, await tree.serverHead()),
    },
    jenkins: {
        tokenUser: 'git',
        mergeRequests: null,
        pushHelp: 'Wrap the step in `withCredentials([gitUsernamePassword(credentialsId: …)])` or `sshagent`, with credentials that may push to this branch.',
        happening: async (env, tree, root) => happeningOnJenkins(env, await readCheckout(tree, root)),
    },
    git: {
        tokenUser: 'git',
        mergeRequests: null,
        pushHelp: 'Give git credentials that may push to this branch: `git push --dry-run` in this clone tries them.',
        happening: async (_env, tree, root) => happeningByGit(await readCheckout(tree, root)),
    },
};
/**
 * A job of a CI system: what happened is read from its variables and from git, and the report goes to its log.
 *
 * @throws GitError `git-missing`
 */
async function openCiHost(name, options) {
    const { root, env, signal } = options;
    const { tokenUser, mergeRequests, pushHelp, happening } = SYSTEMS[name];
    const open = (token, serverUrl) => (0,work_tree/* openWorkTree */.w)({ root, env, signal, log: log/* silentLog */.a, access: { serverUrl, token, user: tokenUser } });
    const serverUrl = serverOf(await (await open('', '')).originUrl()) ?? '';
    return {
        ...(0,hosts_desk/* deskHost */.C)(options),
        name,
        serverUrl,
        tokenUser,
        forge: { kind: 'git', mergeRequests, pushHelp },
        readEvent: async (settings) => {
            const tree = await open(settings.githubToken, serverUrl);
            return eventOf(await happening(env, tree, root), settings);
        },
    };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/hosts/github-event.ts





/**
 * Makes out what started the run from the runner's variables and the event's payload (design.md "Contract", row `mode`).
 *
 * @throws EventError outside GitHub Actions, for variables of a wrong shape, and for `mode: deploy` where nothing may be
 * deployed from.
 */
function readEvent(given) {
    const { env, payload, settings } = given;
    const name = variable(env, 'GITHUB_EVENT_NAME', /^[a-z_]+$/);
    const repository = variable(env, 'GITHUB_REPOSITORY', /^[\w.-]+\/[\w.-]+$/);
    const ref = variable(env, 'GITHUB_REF', /^refs\/./);
    const branch = /^refs\/heads\/(.+)$/su.exec(ref)?.[1] ?? null;
    const seen = { name, ref, branch, defaultBranch: defaultBranchOf(name, branch, payload) };
    const nothingToDo = name === 'push' ? deletionOf(payload) : null;
    return {
        name,
        repository,
        branch,
        defaultBranch: seen.defaultBranch,
        into: intoOf(seen, payload),
        pullRequest: pullRequestOf(name, payload),
        runUrl: runUrlOf(env, repository),
        head: headOf(env, name, payload),
        start: github_event_startOf(name, payload, settings),
        nothingToDo,
        ...(nothingToDo === null ? github_event_modeOf(settings.mode, seen) : { mode: 'validate', modeReason: nothingToDo }),
    };
}
/**
 * The payload of the event (`GITHUB_EVENT_PATH`), as it is.
 *
 * @throws EventError when the variable is missing, or the file is missing or not JSON.
 */
async function readPayload(env) {
    const path = variable(env, 'GITHUB_EVENT_PATH', /./s);
    try {
        const text = await (0,promises_.readFile)(path, 'utf8');
        return JSON.parse(text);
    }
    catch (error) {
        throw new EventError('payload-unreadable', `The event's payload at ${path} could not be read: ${(0,errors/* messageOf */.b)(error)}`, 'Run the job again; outside GitHub Actions, let GITHUB_EVENT_PATH name a JSON file (an empty object will do).', { cause: error });
    }
}
function variable(env, name, shape) {
    const value = env[name] ?? '';
    if (value === '') {
        throw new EventError('not-in-github-actions', `The variable ${name} is not set, so this does not seem to be a step of a GitHub Actions workflow.`, 'Use the action in a workflow; to try it elsewhere, set the GITHUB_* variables as the runner does.');
    }
    if (!shape.test(value)) {
        throw new EventError('bad-environment', `The variable ${name} is "${(0,src_text/* shorten */.ml)(value, 80)}", which is not what a runner sets.`, 'Do not overwrite GITHUB_* variables in the workflow (look for `env:` and $GITHUB_ENV).');
    }
    return value;
}
/** These events run on the default branch alone; a schedule's payload may not even name the repository. */
const ON_DEFAULT_BRANCH = new Set(['schedule', 'repository_dispatch']);
function defaultBranchOf(name, branch, payload) {
    const named = textAt(payload, 'repository', 'default_branch');
    return named ?? (ON_DEFAULT_BRANCH.has(name) ? branch : null);
}
function intoOf({ name, branch, defaultBranch }, payload) {
    switch (name) {
        case 'pull_request':
        case 'pull_request_target':
            return textAt(payload, 'pull_request', 'base', 'ref') ?? null;
        case 'merge_group':
            return textAt(payload, 'merge_group', 'base_ref')?.replace(/^refs\/heads\//, '') ?? null;
        default:
            return defaultBranch ?? branch;
    }
}
function pullRequestOf(name, payload) {
    if (name !== 'pull_request')
        return null;
    const number = at(at(payload, 'pull_request'), 'number');
    return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null;
}
/** With the attempt: the page of a run shows its newest one otherwise. */
function runUrlOf(env, repository) {
    const { GITHUB_SERVER_URL: server = '', GITHUB_RUN_ID: id = '', GITHUB_RUN_ATTEMPT: attempt = '' } = env;
    if (!/^https?:\/\/[\w.:-]+$/u.test(server) || !/^\d+$/u.test(id))
        return null;
    return `${server}/${repository}/actions/runs/${id}${/^\d+$/u.test(attempt) ? `/attempts/${attempt}` : ''}`;
}
/** GITHUB_REF and GITHUB_SHA name the default branch after a deletion; only the payload tells. */
function deletionOf(payload) {
    if (at(payload, 'deleted') !== true)
        return null;
    return `the push deleted ${shortRef(textAt(payload, 'ref') ?? 'a ref')}`;
}
function headOf(env, name, payload) {
    const after = name === 'push' ? (0,types/* asCommitSha */.M)(textAt(payload, 'after')) : undefined;
    const head = after ?? (0,types/* asCommitSha */.M)(variable(env, 'GITHUB_SHA', /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i));
    if (head !== undefined)
        return head;
    throw new EventError('bad-environment', 'The variable GITHUB_SHA is all zeros, which is no commit.', 'Run the workflow on a branch that has a commit.');
}
function github_event_startOf(name, payload, settings) {
    if (settings.scope === 'all')
        return { kind: 'all', reason: 'scope is all' };
    switch (name) {
        case 'push':
            return startOfPush(payload);
        case 'pull_request':
            return github_event_startAt(textAt(payload, 'pull_request', 'base', 'sha'), "it is the pull request's base");
        case 'merge_group':
            return github_event_startAt(textAt(payload, 'merge_group', 'base_sha'), "it is the merge group's base");
        case 'pull_request_target':
            // GITHUB_SHA is the base branch here, whatever the workflow checks out.
            return {
                kind: 'all',
                reason: 'pull_request_target runs on the base branch, not on what the pull request changes',
            };
        default:
            return { kind: 'all', reason: `${name} names no commit to compare with` };
    }
}
function startOfPush(payload) {
    const before = textAt(payload, 'before');
    if (before !== undefined && /^0+$/.test(before)) {
        return {
            kind: 'all',
            reason: `this is the first push of ${shortRef(textAt(payload, 'ref') ?? 'this branch')}`,
            fallback: true,
        };
    }
    if (at(payload, 'forced') !== true)
        return github_event_startAt(before, 'it was the tip before this push');
    const start = github_event_startAt(before, 'it was the tip that this force push replaced');
    return start.kind === 'commit' ? { ...start, forced: true } : start;
}
function github_event_startAt(text, reason) {
    const commit = (0,types/* asCommitSha */.M)(text);
    if (commit === undefined)
        return { kind: 'all', reason: 'the event names no commit to compare with', fallback: true };
    return { kind: 'commit', commit, forced: false, reason };
}
function github_event_modeOf(asked, seen) {
    switch (asked) {
        case 'validate':
        case 'plan':
        case 'alert-types':
            return { mode: asked, modeReason: 'the input mode says so' };
        case 'deploy':
        case 'drift':
        case 'import':
            refuseOffBranch(asked, seen);
            return { mode: asked, modeReason: 'the input mode says so' };
        case 'auto':
            return github_event_automaticMode(seen);
    }
}
/** What is not merged, or stands on no branch, must not reach the platform: its UUIDs could not be written back. */
function refuseOffBranch(mode, { name, ref, branch }) {
    const isPullRequest = name.startsWith('pull_request') || ref.startsWith('refs/pull/');
    if (branch !== null && !isPullRequest && name !== 'merge_group')
        return;
    const where = isPullRequest
        ? 'a pull request'
        : name === 'merge_group'
            ? 'a merge group'
            : ref.startsWith('refs/tags/')
                ? `the ${shortRef(ref)}`
                : ref;
    throw new EventError(`${mode}-not-allowed`, `mode: ${mode} does not go with ${where} (event ${name}): ${WHY_BRANCH[mode]}.`, mode === 'deploy'
        ? 'Use mode: auto, which plans here and deploys on pushes to the default branch.'
        : 'Run it on a schedule or by hand (workflow_dispatch) on the branch that deploys.');
}
const WHY_BRANCH = {
    deploy: 'deployments come from branches',
    drift: 'what is deployed comes from branches',
    import: 'files are imported into branches',
};
const DEPLOYING_EVENTS = new Set(['push', 'workflow_dispatch', 'repository_dispatch', 'schedule']);
function github_event_automaticMode({ name, ref, branch, defaultBranch }) {
    if (name === 'pull_request_target') {
        // It runs with the secrets on the base branch, where there is nothing to plan.
        return { mode: 'validate', modeReason: 'pull_request_target runs on the base branch' };
    }
    const plan = (modeReason) => ({ mode: 'plan', modeReason });
    if (!DEPLOYING_EVENTS.has(name))
        return plan(`${name} events do not deploy`);
    if (branch === null)
        return plan(`${name} on ${shortRef(ref)}, which is no branch`);
    if (defaultBranch === null) {
        return plan(`the event does not tell which branch is the default, so ${branch} may not be`);
    }
    if (branch !== defaultBranch)
        return plan(`${name} on branch ${branch}, and only ${defaultBranch} deploys`);
    return { mode: 'deploy', modeReason: `${name} on the default branch ${branch}` };
}
function shortRef(ref) {
    return ref.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, 'tag ');
}
function at(value, key) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
        return undefined;
    return value[key];
}
/** Text that is there and not empty. */
function textAt(value, ...keys) {
    const found = keys.reduce(at, value);
    return typeof found === 'string' && found !== '' ? found : undefined;
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 9 modules
var core = __webpack_require__(9584);
// EXTERNAL MODULE: ./src/report/target-rows.ts
var target_rows = __webpack_require__(7763);
// EXTERNAL MODULE: ./src/report/types.ts
var report_types = __webpack_require__(2563);
// EXTERNAL MODULE: ./src/report/words.ts
var words = __webpack_require__(2691);
;// CONCATENATED MODULE: ./src/report/annotations.ts




/** The runner shows ten of a kind a step (actions/runner, ExecutionContext.cs) and cuts messages at 4,096 characters. */
const SHOWN = 10;
const LONGEST = 4096;
/** The worst first, as many as the runner shows; the last one says how many more there are. */
function annotations(report) {
    return [...firstTen(annotations_errors(report)), ...firstTen(report.findings.filter(isWarning).map(ofFinding))];
}
function firstTen(all) {
    if (all.length <= SHOWN)
        return all;
    const level = all[0]?.level ?? 'error';
    const more = all.length - (SHOWN - 1);
    return [...all.slice(0, SHOWN - 1), ofRun(level, `and ${more} more`, `and ${more} more, all in the summary`)];
}
/** First what may need a hand on the platform, then what is wrong in the files, last what only waits for another run. */
function annotations_errors(report) {
    const ofStopped = (0,target_rows/* ofStoppedTargets */.dc)(report);
    const failed = report.rows.filter((row) => (0,report_types/* hasFailed */.W)(row) && !ofStopped.has(row));
    const having = (outcome) => failed.filter((row) => row.outcome === outcome && !isOfFindings(row));
    return [
        ...(report.stopped === null ? [] : [ofRun('error', 'Run stopped', sentence(report.stopped))]),
        ...(report.targets ?? []).flatMap(ofStoppedTarget),
        ...report.lost.map(({ path, uuid, target, reason, help }) => atTop(path, 'UUID not on the branch', `UUID ${uuid}${target === undefined ? '' : ` of ${target}`} is not on the branch: ${sentence({ message: reason, help })}`)),
        ...(0,target_rows/* together */.bs)(having('unknown')).map((told) => ofRow(told, 'Outcome unknown')),
        ...(0,target_rows/* together */.bs)(having('failed')).map((told) => ofRow(told, told.row.operation === 'blocked' ? 'Held back' : 'Failed')),
        ...report.findings.filter((finding) => !isWarning(finding)).map(ofFinding),
        ...notSent(having('skipped')),
    ];
}
function ofStoppedTarget({ name, stopped }) {
    return stopped === null ? [] : [ofRun('error', 'Target stopped', `${name}: ${sentence(stopped)}`)];
}
/** Its findings are annotated where they stand. */
function isOfFindings(row) {
    return row.operation === 'blocked' && row.findings.some(({ severity }) => severity === 'error');
}
/** After a 401 every rule that was left has the same reason: once is enough. */
function notSent(rows) {
    const byReason = new Map();
    for (const row of rows)
        byReason.set(row.reason, [...(byReason.get(row.reason) ?? []), row]);
    return Array.from(byReason.values(), (same) => {
        const [first] = same;
        if (first !== undefined && same.length === 1)
            return ofRow(alone(first), 'Not sent');
        const message = sentence({ message: first?.reason ?? '', help: first?.help ?? '' });
        return ofRun('error', 'Not sent', `${(0,src_text/* count */.U9)(same.length, 'detection')} not sent: ${message}`);
    });
}
function ofRow({ row, targets }, title) {
    const rule = row.uuid === null || targets.length > 1 ? '' : ` (rule ${row.uuid})`;
    const where = targets.length === 0 ? '' : ` in ${(0,words/* namesInWords */.hy)(targets)}`;
    return atTop(row.path, title, `${(0,words/* nameOf */.Vb)(row)}${rule}${where}: ${sentence({ message: row.reason, help: row.help })}`);
}
function alone(row) {
    return { row, targets: row.target === undefined ? [] : [row.target] };
}
function ofFinding(finding) {
    return {
        level: finding.severity,
        title: finding.code,
        message: message(sentence(finding)),
        path: finding.path,
        line: finding.line,
        column: finding.column,
    };
}
function atTop(path, title, text) {
    return { level: 'error', title, message: message(text), path, line: 1, column: null };
}
function ofRun(level, title, text) {
    return { level, title, message: message(text), path: null, line: null, column: null };
}
function sentence({ message: what, help }) {
    const end = /[.!?]$/u.test(what) || what === '' ? '' : '.';
    return help === '' ? what : `${what}${end} ${(0,words/* onOneLine */.GJ)(help)}`;
}
/** `shorten` counts code points and the runner UTF-16 units, of which a code point has at most two. */
function message(text) {
    const line = (0,src_text/* printable */.g$)(text);
    return line.length <= LONGEST ? line : (0,src_text/* shorten */.ml)(line, LONGEST / 2);
}
function isWarning({ severity }) {
    return severity === 'warning';
}

// EXTERNAL MODULE: ./src/report/lines.ts
var report_lines = __webpack_require__(4746);
// EXTERNAL MODULE: ./src/report/outputs.ts
var outputs = __webpack_require__(5468);
;// CONCATENATED MODULE: ./src/report/fit.ts

/** Text that is always shown, because it is a head. */
function fixed(text) {
    return { head: text, rows: [''], foot: '', tight: false };
}
/**
 * Rows are taken in order until the limit is near; heads, feet and the counts of what was left out always have room.
 *
 * @param limit most bytes of UTF-8.
 * @param why completes "3 rows left out: …".
 */
function fit(parts, limit, why) {
    const shown = parts.filter(({ rows }) => rows.length > 0);
    const leftOutRoom = 60 + size(why);
    const frame = shown.reduce((bytes, { head, foot }) => bytes + size(head) + size(foot) + leftOutRoom, 0);
    let room = limit - frame;
    return `${shown
        .map(({ head, rows, foot, tight, skipsLongRows = false }) => {
        const taken = [];
        for (const row of rows) {
            const cost = size(row) + 2;
            if (cost <= room) {
                room -= cost;
                taken.push(row);
            }
            else if (!skipsLongRows) {
                // What comes later matters less: smaller rows further down must not take its place.
                room = 0;
                break;
            }
        }
        const left = rows.length - taken.length;
        const body = [head, ...(tight ? [taken.join('\n')] : taken)].filter((text) => text !== '');
        const joined = tight ? body.join(head.endsWith('|') ? '\n' : '\n\n') : body.join('\n\n');
        const leftOut = left === 0 ? [] : [`_${(0,src_text/* count */.U9)(left, 'row')} left out: ${why}._`];
        return [joined, ...leftOut, foot].filter((text) => text !== '').join('\n\n');
    })
        .join('\n\n')}\n`;
}
function size(text) {
    return Buffer.byteLength(text, 'utf8');
}

// EXTERNAL MODULE: ./src/report/rule-changes.ts + 4 modules
var rule_changes = __webpack_require__(2487);
// EXTERNAL MODULE: ./src/report/markdown.ts
var markdown = __webpack_require__(4285);
// EXTERNAL MODULE: ./src/report/target-words.ts
var target_words = __webpack_require__(2097);
;// CONCATENATED MODULE: ./src/report/target-parts.ts






/** The targets one by one: what came of each, and why one was stopped. */
function targetTable({ mode }, targets) {
    return {
        head: `### Targets\n\n${(0,markdown/* tableHead */.PP)(['Target', 'Result', 'Ring', 'Community', 'Requests'])}`,
        rows: targets.map((target) => {
            const { name, ring, community, requests, stopped } = target;
            const why = stopped === null ? '' : `<br>${(0,markdown/* plain */.pj)(stopped.message, 400)} ${(0,markdown/* plain */.pj)((0,words/* onOneLine */.GJ)(stopped.help), 300)}`;
            const icon = stopped !== null ? '⛔' : target.counts.failed + target.lost > 0 ? '❌' : '✅';
            return (0,markdown/* tableRow */.jD)([
                `**${(0,markdown/* plain */.pj)(name)}**`,
                `${icon} ${(0,target_words/* targetInWords */.wR)(target, mode)}${why}`,
                ring === null ? '' : (0,markdown/* plain */.pj)(ring),
                community === null ? '' : (0,markdown/* code */.aY)(community),
                String(requests),
            ]);
        }),
        foot: '',
        tight: true,
    };
}
/**
 * Detections by targets, where something happened: rows and columns without anything are left out.
 *
 * @param mostCells so many are shown at most, by whole rows; fifty targets would make the widest of tables.
 */
function matrix(report, targets, mostCells) {
    const stopped = (0,target_rows/* ofStoppedTargets */.dc)(report);
    const happened = report.rows.filter((row) => !stopped.has(row) && !(0,target_rows/* isQuiet */.rM)(row, report));
    const paths = [...new Set(happened.map(({ path }) => path))];
    const names = new Set(happened.map(({ target }) => target));
    const columns = targets.filter(({ name }) => names.has(name));
    const most = Math.max(5, Math.floor(mostCells / Math.max(1, columns.length)));
    const shown = new Set(paths.slice(0, most));
    const cells = new Map();
    for (const row of report.rows) {
        if (row.target === undefined || !shown.has(row.path))
            continue;
        const line = cells.get(row.path) ?? new Map();
        cells.set(row.path, line.set(row.target, row));
    }
    const more = paths.length - shown.size;
    const others = targets.length - columns.length;
    return {
        head: `### Detections by target\n\n${(0,markdown/* tableHead */.PP)(['Detection', ...columns.map(({ name }) => (0,markdown/* plain */.pj)(name))])}`,
        rows: [...shown].map((path) => {
            const line = cells.get(path);
            return (0,markdown/* tableRow */.jD)([(0,markdown/* code */.aY)(path), ...columns.map(({ name }) => cell(line?.get(name), report))]);
        }),
        foot: [
            ...(more > 0 ? [`And ${(0,src_text/* count */.U9)(more, 'more detection')}, all in the file of the output \`report\`.`] : []),
            ...(others > 0 ? [`Nothing of this happened in ${(0,src_text/* count */.U9)(others, 'other target')}.`] : []),
        ].join(' '),
        tight: true,
    };
}
function cell(row, { mode }) {
    return row === undefined ? '' : `${symbolOf(row)} ${(0,words/* outcomeInWords */.Lz)(row, mode)}`;
}
function symbolOf(row) {
    if (row.drift !== undefined && row.outcome !== 'done')
        return '⚠️';
    switch (row.outcome) {
        case 'failed':
            return row.operation === 'blocked' ? '⛔' : '❌';
        case 'unknown':
            return '❓';
        case 'skipped':
            return (0,report_types/* hasFailed */.W)(row) ? '⏸️' : '▫️';
        case 'planned':
            return row.operation === 'unchanged' ? '▫️' : row.operation === 'blocked' ? '⛔' : '📋';
        case 'done':
            return row.operation === 'unchanged' ? '▫️' : '✅';
    }
}
/** What failed; of targets that were stopped as a whole their line in the table of targets says it. */
function targetFailures(report) {
    const stopped = (0,target_rows/* ofStoppedTargets */.dc)(report);
    return {
        head: '### What failed, and what to do',
        rows: (0,target_rows/* together */.bs)(report.rows.filter((row) => (0,report_types/* hasFailed */.W)(row) && !stopped.has(row))).map(failure),
        foot: '',
        tight: false,
    };
}
function failure({ row, targets }) {
    const uuid = row.uuid === null || targets.length > 1 ? '' : `, rule ${(0,markdown/* code */.aY)(row.uuid)}`;
    return [
        `- **${(0,markdown/* plain */.pj)((0,words/* nameOf */.Vb)(row), 200)}** (${(0,markdown/* code */.aY)(row.path)}${uuid}) in ${(0,markdown/* plain */.pj)((0,words/* namesInWords */.hy)(targets))}`,
        `  - why: ${(0,markdown/* plain */.pj)(row.reason, 2000)}`,
        ...(row.help === '' ? [] : [`  - to do: ${(0,markdown/* plain */.pj)((0,words/* onOneLine */.GJ)(row.help), 1000)}`]),
    ].join('\n');
}
/** What happened in each target, folded. @param cellsOf the cells of a row, below the titles */
function targetDetails(report, targets, titles, cellsOf) {
    const stopped = (0,target_rows/* ofStoppedTargets */.dc)(report);
    const byTarget = new Map();
    for (const row of report.rows) {
        if (row.target === undefined || stopped.has(row) || (0,target_rows/* isQuiet */.rM)(row, report))
            continue;
        byTarget.set(row.target, [...(byTarget.get(row.target) ?? []), row]);
    }
    return targets.map((target) => ({
        head: `<details><summary><b>${(0,markdown/* html */.qy)(target.name)}</b>: ${(0,target_words/* targetInWords */.wR)(target, report.mode)}</summary>\n\n${(0,markdown/* tableHead */.PP)(titles)}`,
        rows: (byTarget.get(target.name) ?? []).map(cellsOf),
        foot: '</details>',
        tight: true,
    }));
}

// EXTERNAL MODULE: ./src/report/headline.ts
var headline = __webpack_require__(4512);
;// CONCATENATED MODULE: ./src/report/summary.ts








/** The runner drops a summary above 1 MiB whole (actions/runner, FileCommandManager.cs); this many bytes are safe. */
const SUMMARY_LIMIT = 1_000_000;
/** More rows than this that need nobody's eye are folded away. */
const FOLD_ABOVE = 10;
const FOLD_PLAN_ABOVE = 30;
/**
 * The job summary in GitHub's Markdown: what counts first, so that a cut takes what matters least.
 *
 * @param limit most bytes of UTF-8; rows that do not fit are left out, and counted.
 */
function summary(report, limit = SUMMARY_LIMIT) {
    return fit(partsOf(report, limit), limit, 'the summary may not be longer');
}
/** What summary and comment tell, in the order of what counts. @param limit bytes that there is room for */
function partsOf(report, limit) {
    if (report.targets !== undefined)
        return partsOfTargets(report, report.targets, limit);
    const { failed, loud, quiet } = sortRows(report);
    return [
        fixed(summary_top(report)),
        { head: '### Look at these twice', rows: lookTwice(report), foot: '', tight: true },
        uuidPart('UUIDs that are not on the branch', report.lost, LOST_TEXT),
        uuidPart('UUIDs to add to the files', report.unwritten, UNWRITTEN_TEXT),
        { head: '### What failed, and what to do', rows: failed.map((row) => summary_failure(row)), foot: '', tight: false },
        told([...failed, ...loud], report),
        quiet.length > FOLD_ABOVE ? folded(quiet, report) : rowTable('### Nothing to do', quiet, report),
        strangerTable(report.strangers ?? []),
        alertTypeTable(report.alertTypes ?? []),
        notImportedTable(report.notImported ?? []),
        findingTable(report.findings),
        { head: '### Notes', rows: report.notes.map((note) => `- ${(0,markdown/* plain */.pj)(note, 1000)}`), foot: '', tight: true },
        inFull(report),
        fixed(bottom(report)),
    ];
}
/** A cell of the matrix has some 15 bytes: it takes a seventh of the room at most. */
const BYTES_A_CELL = 100;
function partsOfTargets(report, targets, limit) {
    return [
        fixed(summary_top(report)),
        targetTable(report, targets),
        { head: '### Look at these twice', rows: lookTwice(report), foot: '', tight: true },
        uuidPart('UUIDs that are not on the branch', report.lost, LOST_TEXT_OF_TARGETS),
        uuidPart('UUIDs to add to the files', report.unwritten, UNWRITTEN_TEXT_OF_TARGETS),
        targetFailures(report),
        matrix(report, targets, limit / BYTES_A_CELL),
        ...targetDetails(report, targets, ROW_TITLES, (row) => rowCells(row, report)),
        strangerTable(report.strangers ?? []),
        findingTable(report.findings),
        { head: '### Notes', rows: report.notes.map((note) => `- ${(0,markdown/* plain */.pj)(note, 1000)}`), foot: '', tight: true },
        inFull(report),
        fixed(bottom(report)),
    ];
}
function sortRows(report) {
    const sound = report.rows.filter((row) => !(0,report_types/* hasFailed */.W)(row));
    const isQuiet = (row) => row.operation === 'unchanged' || (row.operation === 'none' && report.mode === 'validate');
    return {
        failed: report.rows.filter(report_types/* hasFailed */.W),
        loud: sound.filter((row) => !isQuiet(row)),
        quiet: sound.filter(isQuiet),
    };
}
/** A long plan is folded: what needs an eye stands above it, and each rule's changes below. */
function told(rows, report) {
    if (report.mode !== 'plan' || rows.length <= FOLD_PLAN_ABOVE)
        return rowTable('### Detections', rows, report);
    const head = `### Detections\n\n<details><summary>All ${rows.length} in a table</summary>`;
    return { ...rowTable(head, rows, report), foot: '</details>' };
}
/** What a reviewer of a plan should not pass over; a deployment that is done has nothing left to be reviewed. */
function lookTwice({ mode, rows }) {
    if (mode !== 'plan')
        return [];
    const told = new Map();
    for (const row of rows) {
        for (const { message } of row.attention) {
            const line = `- ⚠️ **${(0,markdown/* plain */.pj)((0,words/* nameOf */.Vb)(row), 200)}** (${(0,markdown/* code */.aY)(row.path)}): ${(0,markdown/* plain */.pj)(message, 400)}`;
            told.set(line, [...(told.get(line) ?? []), ...(row.target === undefined ? [] : [row.target])]);
        }
    }
    return Array.from(told, ([line, targets]) => (targets.length === 0 ? line : `${line} (${(0,words/* namesInWords */.hy)(targets)})`));
}
/** Each rule's changes are of the same weight: one that is too long to show must not hide the others. */
function inFull(report) {
    const sections = report.mode === 'plan' ? changeSections(report) : [];
    return { head: '### Changes in full', rows: sections, foot: '', tight: false, skipsLongRows: true };
}
/** What changes alike in several targets is shown once. */
function changeSections(report) {
    const told = new Map();
    for (const row of report.rows) {
        const section = (0,rule_changes/* changeSection */.k)(row, report);
        if (section === null)
            continue;
        const key = row.target === undefined ? String(told.size) : section;
        const known = told.get(key) ?? { row, targets: [] };
        if (row.target !== undefined)
            known.targets.push(row.target);
        told.set(key, known);
    }
    return Array.from(told.values(), ({ row, targets }) => (0,rule_changes/* changeSection */.k)(row, report, targets) ?? '');
}
function summary_top(report) {
    const { icon, text } = (0,headline/* headline */.P)(report);
    const stop = report.stopped === null
        ? []
        : [`**The run was stopped:** ${(0,markdown/* plain */.pj)(report.stopped.message, 2000)}`, ...advice(report.stopped.help)];
    return [`## ${icon} ${text}`, ...stop, countsOf(report), waiting(report)].filter((line) => line !== '').join('\n\n');
}
/** Of drift and import the headline says as much. */
function countsOf(report) {
    return report.mode === 'drift' || report.mode === 'import' ? '' : (0,words/* countsInWords */.Pe)(report);
}
function waiting({ uuidPullRequest: pullRequest, mode }) {
    if (pullRequest === null)
        return '';
    if (mode === 'drift')
        return `Pull request ${(0,markdown/* link */.nf)(`#${pullRequest.number}`, pullRequest.url)} brings the platform’s values into the files.`;
    if (mode === 'import')
        return `Pull request ${(0,markdown/* link */.nf)(`#${pullRequest.number}`, pullRequest.url)} brings the files. **Merge it.**`;
    return `UUIDs wait in pull request ${(0,markdown/* link */.nf)(`#${pullRequest.number}`, pullRequest.url)}. **Merge it**; until then they count as the branch’s.`;
}
/** An advice of several lines is one to copy from. */
function advice(help) {
    const [first = '', ...lines] = help.split('\n');
    return [(0,markdown/* plain */.pj)(first, 1000), ...(lines.length === 0 ? [] : [(0,markdown/* fenced */.OF)(lines)])];
}
const LOST_TEXT = 'These rules are in Sekoia, but their files do not know them. Add each UUID to its file as `uuid` and push.';
const UNWRITTEN_TEXT = 'No write-back was asked for. Add each UUID to its file as `uuid` and push, or the next run cannot update the rule.';
const LOST_TEXT_OF_TARGETS = 'These rules are in Sekoia, but their files do not know them. Add each line’s `TARGET: UUID` to its file below `uuids` and push.';
const UNWRITTEN_TEXT_OF_TARGETS = 'No write-back was asked for. Add each line’s `TARGET: UUID` to its file below `uuids` and push, or the next run cannot update the rule.';
function uuidPart(title, uuids, text) {
    // Blocks of a hundred, so that a cut never leaves a fence open.
    const blocks = [];
    for (let start = 0; start < uuids.length; start += 100) {
        blocks.push((0,markdown/* fenced */.OF)(uuids.slice(start, start + 100).map(summary_placeOf)));
    }
    return { head: `### ${title}\n\n${text}`, rows: blocks, foot: '', tight: false };
}
function summary_placeOf({ path, uuid, target }) {
    return target === undefined ? `${path} → ${uuid}` : `${path} → ${target}: ${uuid}`;
}
function summary_failure(row) {
    const uuid = row.uuid === null ? '' : `, rule ${(0,markdown/* code */.aY)(row.uuid)}`;
    const errors = row.findings.filter(({ severity }) => severity === 'error').length;
    return [
        `- **${(0,markdown/* plain */.pj)((0,words/* nameOf */.Vb)(row), 200)}** (${(0,markdown/* code */.aY)(row.path)}${uuid})`,
        `  - why: ${(0,markdown/* plain */.pj)(row.reason, 2000)}${errors > 1 ? ' (all of them below)' : ''}`,
        ...(row.help === '' ? [] : [`  - to do: ${(0,markdown/* plain */.pj)((0,words/* onOneLine */.GJ)(row.help), 1000)}`]),
    ].join('\n');
}
const ROW_TITLES = ['Outcome', 'Rule', 'File', 'What changed, or why not'];
function rowTable(title, rows, report) {
    return {
        head: `${title}\n\n${(0,markdown/* tableHead */.PP)(ROW_TITLES)}`,
        rows: rows.map((row) => rowCells(row, report)),
        foot: '',
        tight: true,
    };
}
function rowCells(row, report) {
    const isLost = report.lost.some(({ path, uuid, target }) => path === row.path && uuid === row.uuid && target === row.target);
    const outcome = (0,words/* outcomeInWords */.Lz)(row, report.mode);
    return (0,markdown/* tableRow */.jD)([
        (0,report_types/* hasFailed */.W)(row) || isLost ? `**${outcome}**` : outcome,
        `${(0,markdown/* plain */.pj)((0,words/* nameOf */.Vb)(row), 200)}${row.uuid === null ? '' : `<br>${(0,markdown/* code */.aY)(row.uuid)}`}`,
        (0,markdown/* code */.aY)(row.path),
        whatHappened(row),
    ]);
}
function whatHappened(row) {
    const twice = row.attention.map(({ message }) => `⚠️ ${(0,markdown/* plain */.pj)(message, 400)}`);
    const drift = row.drift?.kind === 'changed' ? row.drift.changes : null;
    const changes = (drift ?? row.changes).map((change) => (0,markdown/* plain */.pj)((0,words/* changeInWords */.Zb)(change), 400));
    const reason = row.reason === '' ? [] : [(0,markdown/* plain */.pj)(row.reason, 400)];
    return [...((0,report_types/* hasFailed */.W)(row) ? [] : twice), ...reason, ...((0,report_types/* hasFailed */.W)(row) && drift === null ? [] : changes)].join('<br>');
}
function folded(rows, report) {
    const title = report.mode === 'validate' ? 'without errors' : 'unchanged';
    return {
        ...rowTable(`<details><summary>${(0,src_text/* count */.U9)(rows.length, 'detection')} ${title}</summary>`, rows, report),
        foot: '</details>',
    };
}
/** The output `strangers` has them all. */
const STRANGERS_SHOWN = 100;
function strangerTable(strangers) {
    const more = strangers.length - STRANGERS_SHOWN;
    const isOfTargets = strangers.some(({ target }) => target !== undefined);
    return {
        head: `### Rules on the platform that no file has\n\n${(0,markdown/* tableHead */.PP)([...(isOfTargets ? ['Target'] : []), 'Rule', 'Created by'])}`,
        rows: strangers
            .slice(0, STRANGERS_SHOWN)
            .map(({ name, uuid, created, target }) => (0,markdown/* tableRow */.jD)([
            ...(target === undefined ? [] : [(0,markdown/* plain */.pj)(target)]),
            `${(0,markdown/* plain */.pj)(name, 200)}<br>${(0,markdown/* code */.aY)(uuid)}`,
            (0,markdown/* plain */.pj)((0,words/* handInWords */.O8)(created), 200),
        ])),
        foot: more > 0 ? `And ${more} more, all in the output \`strangers\`.` : '',
        tight: true,
    };
}
function alertTypeTable(types) {
    return {
        head: `### Alert types\n\n${(0,markdown/* tableHead */.PP)(['`alert_type`', 'Shown as', '`alert_type_uuid`', 'Description'])}`,
        rows: types.map(({ name, display, uuid, description }) => (0,markdown/* tableRow */.jD)([(0,markdown/* code */.aY)(name), (0,markdown/* plain */.pj)(display), uuid === null ? 'none' : (0,markdown/* code */.aY)(uuid), (0,markdown/* plain */.pj)(description, 500)])),
        foot: '',
        tight: true,
    };
}
function notImportedTable(rules) {
    return {
        head: `### Rules that were not imported\n\n${(0,markdown/* tableHead */.PP)(['Rule', 'Type', 'Why, and what to do'])}`,
        rows: rules.map(({ target, name, uuid, type, reason, help }) => (0,markdown/* tableRow */.jD)([
            `${target === undefined ? '' : `${(0,markdown/* code */.aY)(target)}<br>`}${(0,markdown/* plain */.pj)(name, 200)}<br>${(0,markdown/* code */.aY)(uuid)}`,
            (0,markdown/* code */.aY)(type, 50),
            [(0,markdown/* plain */.pj)(reason, 1000), ...(help === '' ? [] : [(0,markdown/* plain */.pj)((0,words/* onOneLine */.GJ)(help), 500)])].join('<br>'),
        ])),
        foot: '',
        tight: true,
    };
}
function findingTable(findings) {
    return {
        head: `### Findings\n\n${(0,markdown/* tableHead */.PP)(['Severity', 'Where', 'Code', 'What is wrong, and what to do'])}`,
        rows: findings.map((finding) => (0,markdown/* tableRow */.jD)([
            finding.severity === 'error' ? '**error**' : 'warning',
            (0,markdown/* code */.aY)(`${finding.path}:${finding.line}:${finding.column}`),
            (0,markdown/* code */.aY)(finding.code),
            `${(0,markdown/* plain */.pj)(finding.message, 1000)}<br>${(0,markdown/* plain */.pj)((0,words/* onOneLine */.GJ)(finding.help), 500)}`,
        ])),
        foot: '',
        tight: true,
    };
}
function bottom(report) {
    const commit = report.commit === null ? [] : [`New UUIDs are in commit ${(0,markdown/* code */.aY)(report.commit)}.`];
    const branch = report.branch === null ? '' : ` (branch ${(0,markdown/* code */.aY)(report.branch)})`;
    const at = `${(0,markdown/* code */.aY)(report.repository)} at ${(0,markdown/* code */.aY)(report.head)}${branch}.`;
    const spent = report.spent === null
        ? []
        : [`${(0,src_text/* count */.U9)(report.spent.requests, 'request')} to Sekoia in ${Math.ceil(report.spent.elapsedMs / 1000)} s.`];
    return [...commit, `Looked at ${at}`, (0,markdown/* plain */.pj)(report.scope, 1000), ...spent].join('<br>\n');
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
var external_node_os_default = /*#__PURE__*/__webpack_require__.n(external_node_os_);
// EXTERNAL MODULE: ./src/report/report-json.ts
var report_json = __webpack_require__(7901);
// EXTERNAL MODULE: ./src/report/sarif.ts
var sarif = __webpack_require__(5881);
;// CONCATENATED MODULE: ./src/report/write-files.ts





/**
 * Writes report.json and findings.sarif into a new folder of the runner's, so that two steps of a job never share one.
 * A file that cannot be written is null: what the run did must not be hidden by it.
 *
 * @param told hears why a file could not be written.
 */
async function writeFiles(report, env, told) {
    try {
        const folder = await (0,promises_.mkdtemp)(external_node_path_default().join(env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(), 'sekoia-detections-'));
        const write = async (name, content) => {
            try {
                const file = external_node_path_default().join(folder, name);
                await (0,promises_.writeFile)(file, `${JSON.stringify(content, null, 2)}\n`);
                return file;
            }
            catch (thrown) {
                told(thrown);
                return null;
            }
        };
        return {
            report: await write('report.json', (0,report_json/* reportJson */.l)(report)),
            sarif: await write('findings.sarif', (0,sarif/* sarif */.I)(report)),
        };
    }
    catch (thrown) {
        told(thrown);
        return { report: null, sarif: null };
    }
}

;// CONCATENATED MODULE: ./src/hosts/github-report.ts








/**
 * Hands the report to the runner: files, outputs, summary, log, annotations, comment, last line. Outputs come first, so
 * that a run that is being cancelled has them.
 */
async function publishToRunner(report, outlets) {
    const files = await writeFiles(report, outlets.env, (thrown) => {
        core/* info */.pq((0,src_text/* printable */.g$)(`A file of the report could not be written: ${(0,errors/* messageOf */.b)(thrown)}`));
    });
    for (const [name, value] of Object.entries((0,outputs/* outputs */.V4)(report, files)))
        core/* setOutput */.uH(name, value);
    await writeSummary(report);
    for (const { title, lines } of (0,report_lines/* groups */.T)(report)) {
        core/* startGroup */.Oh((0,src_text/* printable */.g$)(title));
        for (const line of lines)
            core/* info */.pq(line);
        core/* endGroup */.N4();
    }
    for (const annotation of annotations(report))
        annotate(annotation);
    const { leftOut } = (0,outputs/* rulesOutput */.rr)(report);
    if (leftOut !== null) {
        core/* notice */.lm(`The output rules is too long for GitHub and goes without ${leftOut}; the file of the output report has all.`);
    }
    await outlets.comment(report);
    core/* info */.pq((0,report_lines/* lastLine */.f)(report));
}
/** A summary that cannot be written must not hide what the run did: the rest of the report is told all the same. */
async function writeSummary(report) {
    try {
        await core/* summary */.z.addRaw(summary(report)).write();
    }
    catch (error) {
        core/* info */.pq((0,src_text/* printable */.g$)(`The job summary could not be written: ${(0,errors/* messageOf */.b)(error)}`));
    }
}
function annotate({ level, title, message, path, line, column }) {
    const properties = {
        title: (0,src_text/* printable */.g$)(title),
        ...(path === null ? {} : { file: path }),
        ...(line === null ? {} : { startLine: line }),
        ...(column === null ? {} : { startColumn: column }),
    };
    switch (level) {
        case 'error':
            core/* error */.z3(message, properties);
            break;
        case 'warning':
            core/* warning */.$e(message, properties);
            break;
    }
}

;// CONCATENATED MODULE: ./src/hosts/github.ts


/** A step of a GitHub Actions workflow. */
function githubHost(env) {
    return {
        name: 'github',
        workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
        serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
        tokenUser: 'x-access-token',
        forge: { kind: 'github', apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com' },
        readEvent: async (settings) => readEvent({ env, payload: await readPayload(env), settings }),
        publish: (report, comment) => publishToRunner(report, { env, comment }),
    };
}

// EXTERNAL MODULE: ./src/input-table.ts
var input_table = __webpack_require__(6914);
// EXTERNAL MODULE: ./src/version.ts
var version = __webpack_require__(311);
;// CONCATENATED MODULE: ./src/git/bring-commit.ts
/** Whether the commit is here, or could be fetched. @throws GitError when the server cannot be reached */
async function bringCommit(repository, commit) {
    return (await repository.hasCommit(commit)) || (await repository.fetchCommit(commit));
}

// EXTERNAL MODULE: ./src/git/errors.ts
var git_errors = __webpack_require__(3341);
;// CONCATENATED MODULE: ./src/writeback/errors.ts

/** Why UUIDs cannot get onto the branch. */
class WriteBackError extends errors/* ActionError */.l {
}

;// CONCATENATED MODULE: ./src/github/errors.ts

/** A call to GitHub that did not succeed; the message keeps GitHub's own words. */
class GitHubError extends errors/* ActionError */.l {
    /** HTTP status, where there was an answer. */
    status;
    /** How long GitHub asks to wait, in milliseconds. */
    retryAfterMs;
    constructor(code, message, help, details = {}) {
        super(code, message, help, { cause: details.cause });
        this.status = details.status ?? null;
        this.retryAfterMs = details.retryAfterMs ?? null;
    }
}

;// CONCATENATED MODULE: ./src/writeback/branch.ts


const PASSING = ['unavailable', 'answer-lost', 'rate-limited'];
/** @throws what no further try will change. */
function tryAgain(error) {
    if (error instanceof GitHubError && PASSING.includes(error.code)) {
        return { kind: 'no-answer', error, waitMs: error.retryAfterMs ?? 0 };
    }
    if (error instanceof git_errors/* GitError */.XS && error.code === 'fetch-failed')
        return { kind: 'no-answer', error, waitMs: 0 };
    throw error;
}

;// CONCATENATED MODULE: ./src/writeback/follow-files.ts
/**
 * Looks where the detections of edits are in a newer commit. A path whose file did not change needs no look. Where it is
 * gone, or holds another detection by now (name and pattern both differ), its twin is looked for among the files that
 * came or changed since.
 *
 * @throws GitError when a commit cannot be read.
 */
async function followFiles(on, way) {
    const { edits, from, to } = way;
    const here = { kind: 'here' };
    if (from === to)
        return new Map(edits.map((edit) => [edit, here]));
    const [old, now] = [reader(on, from), reader(on, to)];
    const paths = edits.map(({ path }) => path);
    await Promise.all([old.look(paths), now.look(paths)]);
    const suspects = edits.filter(({ path }) => old.object(path) !== null && old.object(path) !== now.object(path));
    await Promise.all([old.read(suspects), now.read(suspects)]);
    const lost = suspects.filter(({ path }) => {
        const [before, after] = [old.file(path), now.file(path)];
        if (before === null)
            return false;
        if (after === null)
            return true;
        return before.name !== after.name && !shareOne(before.patterns, after.patterns);
    });
    const places = new Map(edits.map((edit) => [edit, here]));
    if (lost.length === 0)
        return places;
    const changes = (await on.repository.changedFiles(from, to)).filter(({ status }) => status !== 'deleted');
    const candidates = changes.map(({ path }) => ({ path }));
    await Promise.all([now.look(changes.map(({ path }) => path)), old.look(changes.map(({ path }) => path))]);
    await now.read(candidates);
    for (const edit of lost) {
        const before = old.file(edit.path);
        if (before !== null)
            places.set(edit, twinOf(edit, before, changes, now));
    }
    return places;
}
function reader({ repository, metadata }, commit) {
    const trees = new Map();
    const files = new Map();
    const object = (path) => {
        const found = trees.get(path);
        return found !== undefined && isRegular(found.mode) ? found.object : null;
    };
    return {
        look: async (paths) => {
            const all = [...new Set(paths.flatMap((path) => [path, ...metadata.patternPaths(path)]))];
            for (const file of await repository.findFiles(commit, all))
                trees.set(file.path, file);
        },
        read: async (wanted) => {
            const objects = wanted.flatMap(({ path }) => object(path) ?? []);
            const contents = await repository.readBlobs(objects);
            for (const { path } of wanted) {
                const id = object(path);
                const content = contents.get(id ?? '');
                if (id === null || content === undefined)
                    continue;
                const file = { path, content };
                const name = metadata.identify(file, null)?.name;
                if (name === undefined)
                    continue;
                const uuidFor = ({ target }) => metadata.identify(file, target)?.uuid ?? null;
                const patterns = metadata.patternPaths(path).flatMap((each) => object(each) ?? []);
                files.set(path, { object: id, name, uuidFor, patterns });
            }
        },
        object,
        file: (path) => files.get(path) ?? null,
    };
}
/**
 * The file that the detection is by now. The first sign that any file bears decides: the same content, the same pattern,
 * git's own word that it was renamed, the same name. Where several bear it, the further signs choose among them. A file
 * without UUID goes before one that has another: that one is only told of.
 */
function twinOf(edit, before, changes, now) {
    const candidates = changes.flatMap((change) => {
        const file = change.path === edit.path ? null : now.file(change.path);
        return file === null ? [] : [{ change, file, path: change.path, signs: signsOf(edit, before, change, file) }];
    });
    const isFree = (uuid) => uuid === null || uuid === edit.uuid || uuid === edit.replaces;
    const twins = bearing(candidates.filter(({ file }) => isFree(file.uuidFor(edit))));
    const [twin, ...others] = twins.length > 0 ? twins : bearing(candidates);
    if (twin === undefined)
        return { kind: 'here' };
    if (others.length === 0)
        return { kind: 'moved', path: twin.path };
    return { kind: 'several', paths: [twin, ...others].map(({ path }) => path).sort() };
}
function signsOf(edit, before, change, file) {
    const isSame = file.object === before.object;
    const hasPattern = shareOne(file.patterns, before.patterns);
    const hasName = file.name !== null && file.name === before.name;
    // A file that was there before is a detection of its own, unless it took over all that the other one was.
    if (change.status === 'modified' && !isSame)
        return [false, hasPattern && hasName, false, false];
    return [isSame, hasPattern, change.status === 'renamed' && change.from === edit.path, hasName];
}
/** The place of git's word among the signs. */
const RENAMED = 2;
function bearing(candidates) {
    let left = candidates;
    let isFound = false;
    for (let sign = 0; sign < 4; sign += 1) {
        const bearers = left.filter(({ signs }) => signs[sign] === true);
        // Among several that bear a sign, git's choice of the one that was renamed is chance.
        if (bearers.length === 0 || (sign === RENAMED && isFound))
            continue;
        left = bearers;
        isFound = true;
        if (left.length === 1)
            break;
    }
    return isFound ? left : [];
}
function shareOne(some, others) {
    return some.some((one) => others.includes(one));
}
function isRegular(mode) {
    return mode === '100644' || mode === '100755';
}

;// CONCATENATED MODULE: ./src/writeback/carried-edits.ts

/**
 * The UUIDs that a branch brought into metadata files since it left its base.
 *
 * @throws GitError when a commit cannot be read.
 */
async function carriedEdits({ repository, metadata, }, { base, head }) {
    const changed = (await repository.changedFiles(base, head))
        .filter(({ status }) => status === 'modified')
        .map(({ path }) => path);
    const contentsAt = async (commit) => {
        const files = (await repository.findFiles(commit, changed)).filter(({ mode }) => isRegular(mode));
        const contents = await repository.readBlobs(files.map(({ object }) => object));
        return new Map(files.flatMap(({ path, object }) => {
            const content = contents.get(object);
            return content === undefined ? [] : [[path, content]];
        }));
    };
    const [before, after] = [await contentsAt(base), await contentsAt(head)];
    const edits = changed.flatMap((path) => {
        const [old, now] = [before.get(path), after.get(path)];
        if (old === undefined || now === undefined)
            return [];
        return metadata.broughtUuids({ path, before: old, after: now }).map((each) => ({ path, ...each }));
    });
    return { edits, from: base };
}

;// CONCATENATED MODULE: ./src/writeback/our-commits.ts
/** The last line of the messages of commits on the branch of a pull request. */
const MARK = 'Written-by: sekoia-detections-action';
/** A commit made through GitHub has one time; an amended or rebased one keeps its author's. */
const SAME_MOMENT_MS = 10_000;
function marked(message) {
    return `${message.trimEnd()}\n\n${MARK}`;
}
/** Whether a commit is as the action made it. A person's, and one of ours that a person made over, is not. */
function isOurs({ message, authoredAt, committedAt }) {
    return message.trimEnd().endsWith(`\n${MARK}`) && Math.abs(committedAt - authoredAt) <= SAME_MOMENT_MS;
}

;// CONCATENATED MODULE: ./src/writeback/merge-request-branch.ts






/**
 * The branch of the one merge request of a server that makes it of a push and can be asked nothing by git. One push does
 * it all: it moves the branch by compare-and-swap, and its options open the merge request, or find the one that is open.
 * The branch is made anew from its base with all that it holds, unless people committed on it: then the commit goes on top.
 */
function mergeRequestBranch(options) {
    const { repository, base, name } = options;
    const ref = `refs/heads/${name}`;
    let over = null;
    let opened = null;
    const look = async () => {
        const tip = await repository.fetchTip(base);
        if (tip === null)
            throw noBase(options);
        over = (await repository.readRefs([ref])).get(ref) ?? null;
        if (over === null)
            return { kind: 'at', commit: tip };
        if (!(await repository.fetchHistory([tip, over])))
            return { kind: 'at', commit: tip };
        // Merged, and the branch was left behind.
        if ((await repository.isAncestor(over, tip)) === true)
            return { kind: 'at', commit: tip };
        const from = await repository.mergeBaseOf(tip, over);
        if (from === null)
            throw unrelated(options);
        const ahead = await repository.commitsAhead(tip, over);
        if (!ahead.every(isOurs))
            return { kind: 'at', commit: over };
        if (options.isRenewed === true)
            return { kind: 'at', commit: tip };
        return { kind: 'at', commit: tip, carried: await carriedEdits(options, { base: from, head: over }) };
    };
    return {
        name,
        tip: async () => {
            try {
                return await look();
            }
            catch (error) {
                return tryAgain(error);
            }
        },
        commit: async (parent, files, message) => {
            const { author } = options;
            const commit = await repository.commitFiles({ parent, files, message: marked(message), author });
            let words = '';
            const onWords = (said) => {
                words = said;
            };
            const moved = await repository.moveRef({ ref, from: over, to: commit, options: optionsOf(options), onWords });
            if (moved === 'changed')
                return { kind: 'moved' };
            opened = openedBy(words);
            return { kind: 'committed', commit };
        },
        opened: () => opened,
    };
}
/** GitLab's push options (docs.gitlab.com, "Push options"). None may hold a line end. */
function optionsOf({ base, title, description }) {
    return [
        'merge_request.create',
        `merge_request.target=${base}`,
        `merge_request.title=${oneLine(title)}`,
        `merge_request.description=${oneLine(description)}`,
        'merge_request.remove_source_branch',
    ];
}
function oneLine(text) {
    return (0,src_text/* shorten */.ml)((0,src_text/* printable */.g$)(text.trim().split(/[\r\n]/u)[0] ?? ''), 1_000);
}
/** The page of the merge request stands in what the server says of the push. */
function openedBy(words) {
    const { url, number } = /(?<url>https?:\/\/[^\s"'<>()[\]\\@`]+\/merge_requests\/(?<number>[1-9]\d{0,9}))(?![\w/])/u.exec(words)?.groups ??
        {};
    if (url === undefined || number === undefined)
        return { kind: 'not-open', words: (0,git_errors/* wordsOf */.Z9)(words) };
    return { kind: 'open', pullRequest: { number: Number(number), url } };
}
function noBase({ base, withoutBase }) {
    return new WriteBackError('branch-missing', `there is no branch "${base}" (any more), or this run cannot see it`, withoutBase);
}
function unrelated({ base, name }) {
    return new WriteBackError('pull-request-stuck', `the branches "${name}" and "${base}" have no commit in common`, `Delete the branch "${name}", then run this again: it makes it anew.`);
}

;// CONCATENATED MODULE: ./src/writeback/pull-request-text.ts
/** The branch of the pull request into a branch: one name for the default branch, else one of its own. */
function pullRequestBranchName(branch, defaultBranch) {
    return branch === defaultBranch ? 'sekoia-detections/uuids' : `sekoia-detections/uuids-${branch}`;
}
/** What people read in the pull request. */
function pullRequestText({ base, title }) {
    return {
        title: title.trim().split('\n')[0] ?? title,
        body: [
            'These rules are in Sekoia already. This pull request writes their UUIDs into the metadata files, and changes nothing else: merge it.',
            '',
            `While it is open, its UUIDs count as those of \`${base}\`: further runs update the rules and create none twice. New UUIDs are added here. If you close it without merging, the next run that looks at a detection finds its rule by the name.`,
        ].join('\n'),
    };
}

;// CONCATENATED MODULE: ./src/writeback/push-branch.ts

/** The account that GitHub shows for commits of workflows. */
const DEFAULT_AUTHOR = {
    name: 'github-actions[bot]',
    mail: '41898282+github-actions[bot]@users.noreply.github.com',
};
/**
 * The branch by git and a plain push: for servers without GraphQL, SSH deploy keys, or an author of one's own. Commits
 * are made from objects alone, the work tree is not touched (action-engineering.md §2.3).
 */
function pushBranch(options) {
    const { repository, branch } = options;
    const author = options.author ?? DEFAULT_AUTHOR;
    return {
        name: branch,
        tip: async () => {
            try {
                return { kind: 'at', commit: await repository.fetchTip(branch) };
            }
            catch (error) {
                if (error instanceof git_errors/* GitError */.XS && error.code === 'fetch-failed')
                    return { kind: 'no-answer', error, waitMs: 0 };
                throw error;
            }
        },
        commit: async (parent, files, message) => {
            const commit = await repository.commitFiles({ parent, files, message, author });
            try {
                const result = await repository.push(commit, branch);
                return result === 'pushed' ? { kind: 'committed', commit } : { kind: 'moved' };
            }
            catch (error) {
                // A connection that broke off says nothing about what the server did before.
                if (error instanceof git_errors/* GitError */.XS && error.code === 'push-failed')
                    return { kind: 'no-answer', error, waitMs: 0 };
                throw error;
            }
        },
    };
}

;// CONCATENATED MODULE: ./src/writeback/api-branch.ts


/**
 * The branch through GitHub's API: commits are signed by GitHub and need no git identity. GraphQL makes the commit in
 * one call but turns every file into mode 100644; as soon as one is not, the whole commit goes by REST git data
 * (action-engineering.md §2.1). So does a large one, which REST takes in parts.
 */
function apiBranch(options) {
    const { github, repository, branch } = options;
    return {
        name: branch,
        tip: async () => {
            try {
                const commit = await github.branchHead(branch);
                // Most often the tip is the commit that the run was started for, and there is nothing to fetch.
                if (commit === null || (await repository.hasCommit(commit)))
                    return { kind: 'at', commit };
                return { kind: 'at', commit: await repository.fetchTip(branch) };
            }
            catch (error) {
                return tryAgain(error);
            }
        },
        commit: async (parent, files, message) => {
            try {
                const commit = fitsOneCall(files)
                    ? await github.commitOnBranch({ branch, expectedHead: parent, files, message })
                    : await github.commitByTree({ branch, parent, files, message });
                return { kind: 'committed', commit };
            }
            catch (error) {
                if (error instanceof GitHubError && error.code === 'head-moved')
                    return { kind: 'moved' };
                return tryAgain(error);
            }
        },
    };
}
/** A large mutation fails as a whole (user-reports.md, row 72). */
const MOST_FILES = 100;
const MOST_BYTES = 4 * 1024 * 1024;
function fitsOneCall(files) {
    const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
    return files.every(({ mode }) => mode === '100644') && files.length <= MOST_FILES && bytes <= MOST_BYTES;
}

;// CONCATENATED MODULE: ./src/writeback/pull-request-branch.ts









/**
 * The branch of the one open pull request. It is brought up to date by a merge of its base. Where the merge is refused,
 * or no pull request is open any more, it is made anew from the base, unless people committed on it: then it stays, the
 * UUIDs are committed on top, and `standstill` says why. A branch is moved backwards by compare-and-swap only.
 */
function pullRequestBranch(options) {
    const { github, repository, base, name, log } = options;
    const onTop = apiBranch({ github, repository, branch: name });
    let place = { kind: 'new' };
    let open = null;
    let standstill = null;
    // Once this run has tried a commit, what stands on the branch is of this pull request, even if none is open yet.
    let hasBegun = false;
    let rebuildsLeft = 2;
    const at = async (commit) => {
        await bringCommit(repository, commit);
        return commit;
    };
    const rebuild = async (tip, over, ahead) => {
        place = { kind: 'rebuilt', over };
        const carried = ahead === null
            ? undefined
            : await carriedEdits(options, { base: await at(ahead.mergeBase), head: await at(over) });
        return { kind: 'at', commit: tip, ...(carried === undefined ? {} : { carried }) };
    };
    const stay = async (head) => {
        place = { kind: 'on-top' };
        return { kind: 'at', commit: await at(head) };
    };
    const look = async () => {
        const tip = await baseTip(options);
        const head = await github.branchHead(name);
        if (head === null) {
            place = { kind: 'new' };
            return { kind: 'at', commit: tip };
        }
        const ahead = await github.commitsAhead(tip, head);
        if (ahead === null)
            throw pull_request_branch_unrelated(options);
        open = await github.openPullRequest({ branch: name, base });
        const isOursAlone = ahead.isWhole && ahead.commits.every(isOurs);
        const rebuilds = rebuildsLeft > 0 && isOursAlone;
        if (rebuilds && (options.isRenewed === true || (open === null && !hasBegun)))
            return rebuild(tip, head, null);
        if (ahead.relation === 'ahead')
            return stay(head);
        const merged = await merge(tip);
        if (merged.kind === 'merged')
            return stay(merged.commit ?? head);
        if (rebuilds)
            return rebuild(tip, head, ahead);
        standstill = standstillOf(options, open, isOursAlone, merged.error);
        log.notice(`${standstill}.`);
        return stay(head);
    };
    const merge = async (tip) => {
        try {
            return { kind: 'merged', commit: await github.mergeInto(name, tip, marked(`Merge "${base}" into "${name}"`)) };
        }
        catch (error) {
            if (!(error instanceof GitHubError) || !REFUSALS.includes(error.code))
                throw error;
            log.info(`"${base}" cannot be merged into "${name}": ${error.message}`);
            return { kind: 'refused', error };
        }
    };
    return {
        name,
        tip: async () => {
            try {
                return await look();
            }
            catch (error) {
                if (error instanceof GitHubError && error.code === 'head-moved')
                    return { kind: 'no-answer', error, waitMs: 0 };
                return tryAgain(error);
            }
        },
        commit: async (parent, files, message) => {
            hasBegun = true;
            try {
                if (place.kind === 'rebuilt') {
                    const commit = await github.writeCommit({ parent, files, message: marked(message) });
                    const ref = `refs/heads/${name}`;
                    const moved = await repository.moveRef({ ref, from: place.over, to: commit });
                    return moved === 'moved' ? { kind: 'committed', commit } : { kind: 'moved' };
                }
                if (place.kind === 'new')
                    await github.createBranch(name, parent);
            }
            catch (error) {
                if (error instanceof GitHubError && error.code === 'head-moved')
                    return { kind: 'moved' };
                if (!(error instanceof git_errors/* GitError */.XS))
                    return tryAgain(error);
                // Rules may let nobody move a branch backwards: then it stays as it is, and the commit goes on top.
                rebuildsLeft = error.code === 'push-refused' ? 0 : rebuildsLeft - 1;
                return { kind: 'no-answer', error, waitMs: 0 };
            }
            return onTop.commit(parent, files, marked(message));
        },
        pullRequest: async () => {
            if (place.kind !== 'on-top' && !hasBegun)
                return null;
            open ??= await github.createPullRequest({ branch: name, base, ...(options.text ?? pullRequestText(options)) });
            return open;
        },
        standstill: () => standstill,
    };
}
const REFUSALS = ['conflict', 'rule-violation', 'not-permitted', 'not-found', 'refused'];
async function baseTip({ github, repository, base }) {
    const head = await github.branchHead(base);
    const tip = head !== null && !(await repository.hasCommit(head)) ? await repository.fetchTip(base) : head;
    if (tip !== null)
        return tip;
    throw new WriteBackError('branch-missing', `there is no branch "${base}" (any more), or the token cannot see it`, 'Put the UUIDs into the metadata files by hand, on the branch that took its place.');
}
function pull_request_branch_unrelated({ base, name }) {
    return new WriteBackError('pull-request-stuck', `the branches "${name}" and "${base}" have no commit in common`, `Delete the branch "${name}", then run the workflow again: it finds the rules by their names and adopts them.`);
}
function standstillOf({ base, name }, open, isOursAlone, { code, message }) {
    const what = open === null ? `The branch "${name}"` : `The pull request ${open.url}`;
    const why = code === 'conflict' ? `conflicts with "${base}"` : `does not take a merge of "${base}" (${message})`;
    const who = isOursAlone ? 'may not be made anew' : 'holds commits of people, which are never overwritten';
    return `${what} ${why} and ${who}, so it was not brought up to date: merge "${base}" into "${name}" by hand`;
}

;// CONCATENATED MODULE: ./src/writeback/preflight.ts



/**
 * Makes sure, before the first rule is created, that its UUID will get onto the branch (design.md "Preflight"): the token
 * writes a harmless blob, and no active rule of the branch stands in the way of a direct commit. Where one does, a pull
 * request is the way, if the token may make one.
 *
 * @returns the way that is open: the one asked for, or `pull-request`.
 * @throws WriteBackError `token-read-only`, `branch-protected`, `pull-request-refused`; GitHubError when GitHub cannot say.
 */
async function chooseWay(preflight) {
    const { writeBack, branch, log } = preflight;
    await requireWritableToken(preflight);
    const standing = writeBack === 'pull-request' ? [] : await standingRules(preflight, branch, writeBack);
    if (writeBack !== 'pull-request' && standing.length === 0)
        return writeBack;
    const obstacle = await pullRequestObstacle(preflight);
    if (obstacle === null) {
        if (standing.length > 0) {
            log.info(`The rules of "${branch}" take no direct commit (${inWords(standing)}): new UUIDs go into a pull request.`);
        }
        return 'pull-request';
    }
    throw standing.length > 0 ? branchProtected(preflight, standing, obstacle) : pullRequestRefused(obstacle);
}
async function requireWritableToken({ github, writeBack }) {
    try {
        await github.proveWritable();
    }
    catch (error) {
        if (!isHidden(error))
            throw error;
        const more = writeBack === 'pull-request' ? '\n  pull-requests: write' : '';
        throw new WriteBackError('token-read-only', `The token cannot write to this repository, so the UUIDs of new rules could not be saved. ${error.message}`, `Add these lines to the job (a run started by Dependabot or from a fork has a read-only token whatever they say):\npermissions:\n  contents: write${more}`, { cause: error });
    }
}
/** GitHub hides what a token must not see: a 404 is a missing permission as well. */
function isHidden(error) {
    return error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'not-found');
}
const PERMISSIONS = '\npermissions:\n  contents: write\n  pull-requests: write';
/** Null when the token can make one, and commit to its branch. */
async function pullRequestObstacle(preflight) {
    const { github, branch, defaultBranch } = preflight;
    try {
        await github.provePullRequests(branch);
    }
    catch (error) {
        if (error instanceof GitHubError && error.code === 'pull-requests-off') {
            return { message: error.message, help: error.help, lines: '' };
        }
        if (!isHidden(error))
            throw error;
        const help = 'Let the token make pull requests, by these lines in the job:';
        return { message: error.message, help, lines: PERMISSIONS };
    }
    const name = pullRequestBranchName(branch, defaultBranch);
    const rules = await standingRules(preflight, name, 'pull-request');
    if (rules.length === 0)
        return null;
    return {
        message: `The rules of the branch "${name}", which it would be of, are in the way: ${inWords(rules)}`,
        help: `Leave the branches "sekoia-detections/**" out of these rulesets.`,
        lines: '',
    };
}
/** The rules that no commit of this token on the branch can meet. */
async function standingRules(preflight, branch, way) {
    const rules = await readRules(preflight, branch);
    const blocking = rules.filter(({ type }) => blocks(type, way));
    const standing = await withoutBypassed(preflight, blocking);
    if (!standing.some(({ type }) => type === 'creation'))
        return standing;
    const isThere = (await preflight.github.branchHead(branch)) !== null;
    return isThere ? standing.filter(({ type }) => type !== 'creation') : standing;
}
/** Servers and plans without rulesets answer 403 or 404: then there are no such rules. */
async function readRules({ github, log }, branch) {
    try {
        return await github.branchRules(branch);
    }
    catch (error) {
        if (isHidden(error)) {
            log.debug(`The rules of the branch are not known: ${error.message}`);
            return [];
        }
        throw error;
    }
}
/** Rule types that no direct commit can meet: what they ask for happens on pull requests, or before the push. */
const BLOCKING = new Set([
    'pull_request',
    'required_status_checks',
    'update',
    'merge_queue',
    'required_deployments',
    'workflows',
    'code_scanning',
    'code_quality',
]);
function blocks(type, way) {
    // Commits of the API are signed by GitHub, those of git are not. Only the branch of a pull request is made by us.
    return (BLOCKING.has(type) ||
        (type === 'required_signatures' && way === 'push') ||
        (type === 'creation' && way === 'pull-request'));
}
/** Without the rules of rulesets whose bypass list the token's actor is on. */
async function withoutBypassed({ github }, rules) {
    const bypassed = new Set();
    for (const id of new Set(rules.map(({ rulesetId }) => rulesetId))) {
        if (id !== null && (await bypasses(github, id)))
            bypassed.add(id);
    }
    return rules.filter(({ rulesetId }) => rulesetId === null || !bypassed.has(rulesetId));
}
async function bypasses(github, rulesetId) {
    try {
        return (await github.bypassOf(rulesetId)) === 'always';
    }
    catch (error) {
        // A ruleset that the token must not read is none that it may bypass.
        if (isHidden(error))
            return false;
        throw error;
    }
}
function branchProtected({ branch, writeBack }, rules, obstacle) {
    const unsigned = rules.every(({ type }) => type === 'required_signatures');
    const ways = [
        ...(unsigned ? ['Set `write-back: commit`: commits made through the GitHub API are signed.'] : []),
        'Hand in as `github-token` the token of an installed GitHub App that is on the bypass list of these rulesets (the built-in token can never be on one).',
        'Set `write-back: none`, and bring the UUIDs of the output `rules` in by a pull request of your own.',
    ];
    return new WriteBackError('branch-protected', `The rules of the branch "${branch}" take no direct ${writeBack === 'push' ? 'push' : 'commit'} from this token: ${inWords(rules)}. Nor can a pull request be made: ${obstacle.message}. So the UUIDs of new rules could not be saved.`, 
    // The lines to copy stand at the end.
    [`One of these helps. ${ways.join(' ')} ${obstacle.help}`, obstacle.lines].join(''));
}
function pullRequestRefused({ message, help, lines }) {
    return new WriteBackError('pull-request-refused', `No pull request can be made (\`write-back: pull-request\`), so the UUIDs of new rules could not be saved: ${message}.`, `${help}${lines}`);
}
function inWords(rules) {
    const named = rules.map(({ type, rulesetId, source }) => rulesetId === null ? type : `${type} (ruleset ${rulesetId}${source === null ? '' : ` of ${source}`})`);
    return [...new Set(named)].join(', ');
}

;// CONCATENATED MODULE: ./src/writeback/types.ts
/** What to write by hand where the edit could not be made: `"uuid": "…"`, or an entry of `uuids`. */
function memberOf({ uuid, target }) {
    return target === null ? `"uuid": "${uuid}"` : `"uuids": {"${target.name}": "${uuid}"}`;
}

;// CONCATENATED MODULE: ./src/writeback/apply-edits.ts



/**
 * The edits made afresh on the files as they are in the commit, and in no other files. A file that was renamed or moved
 * since is followed. One bad file stops no other.
 *
 * @param before what other edits made of files already; it is part of the result.
 */
async function applyEdits(ground, commit, { edits, from }, before = []) {
    const places = await followFiles(ground, { from, to: commit, edits });
    const paths = new Set(edits.map((edit) => pathOf(edit, places.get(edit))));
    const found = await ground.repository.findFiles(commit, [...paths]);
    const regular = found.filter(({ mode }) => isRegular(mode));
    const contents = await ground.repository.readBlobs(regular.map(({ object }) => object));
    const trees = new Map(found.map((file) => [file.path, file]));
    const files = new Map(before.map((file) => [file.path, file]));
    const applied = new Map();
    for (const edit of edits) {
        const place = places.get(edit);
        const path = pathOf(edit, place);
        const file = trees.get(path);
        const content = files.get(path)?.content ?? contents.get(file?.object ?? '');
        const result = place?.kind === 'several'
            ? severalTwins(ground, edit, place.paths)
            : applyEdit(ground, { ...edit, path }, file, content);
        if (result.kind === 'edited')
            files.set(path, result.file);
        applied.set(edit, result);
    }
    return { applied, files: [...files.values()] };
}
function pathOf({ path }, place) {
    return place?.kind === 'moved' ? place.path : path;
}
function severalTwins({ branch }, edit, paths) {
    return {
        kind: 'lost',
        reason: `${edit.path} is not what it was on the branch "${branch}", and more than one file may be it by now: ${paths.join(', ')}`,
        help: `Put ${memberOf(edit)} into the one that is meant.`,
    };
}
function applyEdit({ branch, metadata }, edit, file, content) {
    const byHand = `Put ${memberOf(edit)} into the file by hand, or the next run does not know the rule.`;
    if (file === undefined || content === undefined || !isRegular(file.mode)) {
        const reason = file === undefined
            ? `${edit.path} is not on the branch "${branch}" any more`
            : `${edit.path} on the branch "${branch}" is ${apply_edits_kindOf(file.mode)}, no regular file`;
        const help = `If the detection was renamed, put ${memberOf(edit)} into its new file; else look whether the rule is still wanted in Sekoia.`;
        return { kind: 'lost', reason, help };
    }
    try {
        const edited = metadata.putUuid({ path: edit.path, content }, edit);
        switch (edited.kind) {
            case 'edited':
                return { kind: 'edited', file: { path: edit.path, mode: apply_edits_modeOf(file.mode), content: edited.content } };
            case 'already-there':
                return { kind: 'already-there' };
            case 'other-uuid':
                return {
                    kind: 'lost',
                    reason: `${edit.path} on the branch "${branch}" has another UUID by now: ${edited.uuid}`,
                    help: `Two rules may stand for this detection: keep one UUID in the file and remove the other rule in Sekoia (this run’s is ${edit.uuid}).`,
                };
            case 'not-editable':
                return { kind: 'lost', reason: `${edit.path} cannot be edited: ${edited.reason}`, help: byHand };
        }
    }
    catch (error) {
        return { kind: 'lost', reason: `${edit.path} cannot be edited: ${(0,errors/* messageOf */.b)(error)}`, help: byHand };
    }
}
function apply_edits_modeOf(mode) {
    return mode === '100755' ? '100755' : '100644';
}
function apply_edits_kindOf(mode) {
    return mode === '160000' ? 'a submodule' : 'a symbolic link';
}

;// CONCATENATED MODULE: ./src/writeback/rounds.ts
/** Commits that are tried before giving up (action-engineering.md §2.3). */
const TRIES = 8;
const LONGEST_WAIT_MS = 60_000;
/**
 * Milliseconds before the next round: up to half a second, doubled each time up to 8 s, and as long as GitHub asked for.
 * Jitter over the whole span keeps writers that met once from meeting again.
 */
function waitBefore(round, askedMs, chance) {
    const span = Math.min(8000, 500 * 2 ** (round - 1));
    return Math.min(LONGEST_WAIT_MS, askedMs) + Math.round(span * (0.1 + 0.9 * chance));
}

;// CONCATENATED MODULE: ./src/writeback/write-back.ts







/**
 * Puts the UUIDs into their files on the branch, in one commit. Each round starts from the branch's tip as it is then:
 * the files are read there, the edits made there, and the commit lands only if the tip is still the same. So there is
 * nothing to merge, a change that somebody makes meanwhile stays, and nothing is written twice.
 *
 * Nothing is thrown: what could not be put on the branch is `lost`, with its UUID, the reason and what to do.
 */
async function writeBack(request) {
    if (request.edits.length === 0)
        return { commit: null, parent: null, results: [] };
    const progress = {
        last: { applied: new Map(request.edits.map((edit) => [edit, { kind: 'edited' }])), files: [] },
    };
    const ended = new AbortController();
    try {
        return await Promise.race([rounds(request, progress), timeUp(request.deadline, ended.signal)]);
    }
    catch (error) {
        return gaveUp(request, progress.last, error);
    }
    finally {
        ended.abort();
    }
}
/** Fails at the deadline, else never ends. */
function timeUp(deadline, ended) {
    return new Promise((_, reject) => {
        const fail = () => {
            reject(cancelled());
        };
        if (deadline?.aborted === true)
            fail();
        else
            deadline?.addEventListener('abort', fail, { once: true, signal: ended });
    });
}
async function rounds(request, progress) {
    const { branch, log } = request;
    // An earlier try may be on the branch although its answer was lost, or although git said that the branch had moved:
    // libcurl repeats a push whose connection broke off, and the repeat is the one that is refused.
    let tried = false;
    for (let round = 1;; round++) {
        if (request.deadline?.aborted === true)
            throw cancelled();
        const tip = await branch.tip();
        let answer;
        if (tip.kind === 'no-answer') {
            answer = tip;
        }
        else {
            if (tip.commit === null)
                return gaveUp(request, progress.last, noBranch(branch.name));
            const last = await applyAll(request, tip.commit, tip.carried);
            progress.last = last;
            if (last.files.length === 0)
                return settled(last, tried ? 'already-there' : null, tip.commit, null);
            if (round > TRIES)
                return gaveUp(request, last, tooBusy(branch.name, null));
            tried = true;
            const attempt = await commitOrRefusal(request, tip.commit, last);
            if (attempt.kind === 'refused')
                return gaveUp(request, last, attempt.error);
            if (attempt.kind === 'committed') {
                log.info(`Committed ${(0,src_text/* count */.U9)(editedIn(last), 'UUID')} to "${branch.name}": ${attempt.commit}`);
                return settled(last, 'edited', attempt.commit, tip.commit);
            }
            answer = attempt;
        }
        const error = answer.kind === 'no-answer' ? answer.error : null;
        if (round > TRIES)
            return gaveUp(request, progress.last, tooBusy(branch.name, error));
        if (request.signal?.aborted === true)
            return gaveUp(request, progress.last, cancelled());
        const why = error?.message ?? `Somebody pushed to "${branch.name}" meanwhile.`;
        log.info(`${why} Reading the branch again (${round} of ${TRIES}).`);
        const asked = answer.kind === 'no-answer' ? answer.waitMs : 0;
        await request.sleep(waitBefore(round, asked, request.random()), request.signal);
    }
}
function editedIn({ applied }) {
    return [...applied.values()].filter(({ kind }) => kind === 'edited').length;
}
/** Edits of earlier runs come first, so that this run's have the last word. Those that find no place are only told of. */
async function applyAll(request, commit, carried) {
    const ground = { ...request, branch: request.branch.name };
    const own = { edits: request.edits, from: request.head };
    if (carried === undefined)
        return applyEdits(ground, commit, own);
    const earlier = await applyEdits(ground, commit, carried);
    for (const [{ uuid }, result] of earlier.applied) {
        if (result.kind === 'lost')
            request.log.notice(`The UUID ${uuid} of an earlier run has no place any more: ${result.reason}`);
    }
    return applyEdits(ground, commit, own, earlier.files);
}
/** A refusal is an answer like others here: what was found on the tip is kept for the report. */
async function commitOrRefusal({ branch, message }, parent, { files }) {
    try {
        return await branch.commit(parent, files, message);
    }
    catch (error) {
        return { kind: 'refused', error };
    }
}
/**
 * @param ours the edits that this run brought onto the branch: those of the commit just made, or those that were found
 *   there after an earlier try; null for neither.
 * @param commit the commit that holds them.
 * @param parent what that commit sits on; null when it is not known.
 */
function settled({ applied }, ours, commit, parent) {
    const results = Array.from(applied, ([edit, result]) => {
        if (result.kind === 'lost')
            return { ...result, edit };
        return { kind: result.kind === ours ? 'written' : 'already-there', edit };
    });
    const isWritten = results.some(({ kind }) => kind === 'written');
    return { commit: isWritten ? commit : null, parent: isWritten ? parent : null, results };
}
function gaveUp({ branch, log }, { applied }, error) {
    const reason = (0,errors/* messageOf */.b)(error);
    const help = error instanceof errors/* ActionError */.l ? error.help : 'Run the workflow again, and tell us about this message.';
    log.info(`The UUIDs are not on "${branch.name}": ${reason}`);
    const results = Array.from(applied, ([edit, result]) => {
        switch (result.kind) {
            case 'edited':
                return { kind: 'lost', edit, reason, help };
            case 'lost':
                return { ...result, edit };
            case 'already-there':
                return { kind: 'already-there', edit };
        }
    });
    if (!isRefusal(error))
        return { commit: null, parent: null, results };
    const edits = results.flatMap(({ edit }) => (applied.get(edit)?.kind === 'edited' ? [edit] : []));
    return { commit: null, parent: null, results, ...(edits.length === 0 ? {} : { refused: { edits, error } }) };
}
/** Rules or permissions: another way may be open where this one is not. */
function isRefusal(error) {
    if (error instanceof GitHubError)
        return error.code === 'rule-violation' || error.code === 'not-permitted';
    return error instanceof git_errors/* GitError */.XS && error.code === 'push-refused';
}
function noBranch(branch) {
    return new WriteBackError('branch-missing', `there is no branch "${branch}" (any more), or the token cannot see it`, 'Put the UUIDs into the metadata files by hand, on the branch that took its place.');
}
function cancelled() {
    return new WriteBackError('cancelled', 'the run was cancelled before the commit was known to be on the branch', 'Run the workflow again: it finds the rules by their names and adopts them.');
}
function tooBusy(branch, error) {
    return new WriteBackError('branch-busy', `the commit did not get onto the branch "${branch}" in ${TRIES} tries: ${error?.message ?? 'it moved each time'}`, 'Run the workflow again when the branch is quieter, or put the UUIDs into the metadata files by hand.', { cause: error });
}

;// CONCATENATED MODULE: ./src/writeback/save-uuids.ts







/**
 * Gets the UUIDs onto the branch, or into a pull request: when that was found to be the way, and when the branch refuses
 * the commit after all (classic branch protection cannot be read beforehand). Throws nothing, as `writeBack`.
 */
async function saveUuids(request) {
    if (request.way === 'pull-request')
        return byPullRequest(request, request.edits);
    const direct = await writeBack({ ...request, branch: directBranch(request) });
    const { refused } = direct;
    if (refused === undefined)
        return direct;
    const obstacle = await whyNoPullRequest(request);
    const other = obstacle === null ? await byPullRequest(request, refused.edits) : lostBoth(refused.edits, obstacle);
    return withSecondWay(direct, other);
}
/** What came of a refused commit and of the pull request that was to take its edits. */
function withSecondWay(direct, other) {
    const others = new Map(other.results.map((result) => [result.edit, result]));
    const results = direct.results.map((result) => {
        const second = others.get(result.edit);
        if (second === undefined || result.kind !== 'lost')
            return result;
        if (second.kind !== 'lost')
            return second;
        return {
            ...result,
            reason: `${result.reason}; nor can a pull request take it: ${second.reason}`,
            help: second.help,
        };
    });
    return { ...other, results };
}
/** The preflight asked for no pull request, as the branch seemed open: so it is asked for now, before a branch is made. */
async function whyNoPullRequest(request) {
    request.log.info('The branch takes no direct commit of this token: the UUIDs go into a pull request, if one can be made.');
    try {
        return await pullRequestObstacle(request);
    }
    catch (error) {
        return { message: (0,errors/* messageOf */.b)(error), help: error instanceof errors/* ActionError */.l ? error.help : '', lines: '' };
    }
}
function lostBoth(edits, { message, help, lines }) {
    const results = edits.map((edit) => ({ kind: 'lost', edit, reason: message, help: `${help}${lines}` }));
    return { commit: null, parent: null, results };
}
function directBranch({ way, github, repository, branch, author }) {
    return way === 'push' ? pushBranch({ repository, branch, author }) : apiBranch({ github, repository, branch });
}
async function byPullRequest(request, edits) {
    const { github, repository, metadata, log, message } = request;
    const name = pullRequestBranchName(request.branch, request.defaultBranch);
    const branch = pullRequestBranch({ github, repository, metadata, base: request.branch, name, title: message, log });
    const back = await writeBack({ ...request, branch, edits });
    const results = back.results.map((result) => withStandstill(result, branch.standstill()));
    // The commit is no part of the branch before the merge: nothing may be built upon it.
    const waiting = { ...back, parent: null, results };
    if (results.every(({ kind }) => kind === 'lost'))
        return waiting;
    try {
        const pullRequest = await branch.pullRequest();
        if (pullRequest === null)
            return waiting;
        log.info(`The UUIDs are in the pull request ${pullRequest.url}`);
        return { ...waiting, pullRequest };
    }
    catch (error) {
        return { ...waiting, results: results.map((result) => notOpened(result, name, error)) };
    }
}
function withStandstill(result, standstill) {
    if (result.kind !== 'lost' || standstill === null)
        return result;
    const help = 'Do so, then run the workflow again: it finds the rule by its name and adopts it.';
    return { ...result, reason: `${result.reason}. ${standstill}`, help };
}
function notOpened(result, name, error) {
    if (result.kind === 'lost')
        return result;
    return {
        kind: 'lost',
        edit: result.edit,
        reason: `it is on the branch "${name}", of which no pull request could be opened: ${(0,errors/* messageOf */.b)(error)}`,
        help: `Open a pull request of "${name}" by hand and merge it. ${error instanceof errors/* ActionError */.l ? error.help : ''}`.trim(),
    };
}

;// CONCATENATED MODULE: ./src/writeback/by-git.ts









/** Author and committer where neither the input nor git's settings name one. */
const GIT_AUTHOR = { name: 'sekoia-detections', mail: 'noreply@example.invalid' };
/**
 * Makes sure, before the first rule is created, that the server lets a push in. Rules of the branch cannot be asked for by
 * git: they show with the push, and a merge request takes the UUIDs then, where the server makes them.
 *
 * @throws WriteBackError `token-read-only`, `pull-request-refused`; GitError where the server cannot be reached.
 */
async function chooseWayByGit({ repository, mergeRequests, pushHelp }, asked) {
    const { writeBack, branch, defaultBranch, head } = asked;
    const isProposed = writeBack === 'pull-request';
    if (isProposed && mergeRequests === null)
        throw noMergeRequests('write-back', 'Set `write-back: push`, or `none`.');
    try {
        await repository.provePush(head, isProposed ? pullRequestBranchName(branch, defaultBranch) : branch);
    }
    catch (error) {
        if (!(error instanceof git_errors/* GitError */.XS) || error.code !== 'push-refused')
            throw error;
        const message = `This run cannot push, so the UUIDs of new rules could not be saved. ${error.message}`;
        throw new WriteBackError('token-read-only', message, pushHelp, { cause: error });
    }
    // There is no API to commit through.
    return isProposed ? 'pull-request' : 'push';
}
/** @param input the one that asked for it. */
function noMergeRequests(input, help) {
    return new WriteBackError('pull-request-refused', `\`${input}: pull-request\` needs a server that makes merge requests of a push, which this host does not.`, help);
}
/** By a push, or by a merge request: where that is the way, and where the branch refuses the push. Throws nothing. */
async function saveByGit(by, request) {
    const { repository, mergeRequests, log } = by;
    const author = request.author ?? (await identityOr(by));
    if (request.way === 'pull-request')
        return byMergeRequest(by, { ...request, author }, request.edits);
    const branch = withHelp(pushBranch({ repository, branch: request.branch, author }), by.pushHelp);
    const direct = await writeBack({ ...request, repository, branch, log });
    const { refused } = direct;
    if (refused === undefined || mergeRequests === null)
        return direct;
    log.info('The branch takes no direct push: the UUIDs go into a merge request.');
    return withSecondWay(direct, await byMergeRequest(by, { ...request, author }, refused.edits));
}
async function identityOr({ repository, log }) {
    try {
        return (await repository.identity()) ?? GIT_AUTHOR;
    }
    catch (error) {
        log.debug(`Who commits here is not known: ${(0,errors/* messageOf */.b)(error)}`);
        return GIT_AUTHOR;
    }
}
async function byMergeRequest(by, request, edits) {
    const { repository, log } = by;
    const base = request.branch;
    const name = pullRequestBranchName(base, request.defaultBranch);
    const branch = mergeRequestBranch({
        repository,
        metadata: request.metadata,
        author: request.author ?? GIT_AUTHOR,
        base,
        name,
        title: request.message,
        description: DESCRIPTION,
        withoutBase: 'Put the UUIDs into the metadata files by hand, on the branch that took its place.',
        log,
    });
    const back = await writeBack({ ...request, repository, branch: withHelp(branch, by.pushHelp), edits, log });
    // The commit is no part of the branch before the merge: nothing may be built upon it.
    const waiting = { ...back, parent: null };
    const opened = branch.opened();
    if (opened === null || back.results.every(({ kind }) => kind === 'lost'))
        return waiting;
    if (opened.kind === 'open') {
        log.info(`The UUIDs are in the merge request ${opened.pullRequest.url}`);
        return { ...waiting, pullRequest: opened.pullRequest };
    }
    return { ...waiting, results: back.results.map((result) => by_git_notOpened(result, name, opened.words)) };
}
const DESCRIPTION = 'These rules are in Sekoia already. This merge request writes their UUIDs into the metadata files, and changes nothing else: merge it. While its branch is there, its UUIDs count as those of the target branch. If you close it without merging, delete its branch.';
function by_git_notOpened(result, name, words) {
    if (result.kind === 'lost')
        return result;
    return {
        kind: 'lost',
        edit: result.edit,
        reason: `it is on the branch "${name}", of which no merge request could be opened: ${words}`,
        help: `Open a merge request of "${name}" by hand and merge it.`,
    };
}
/** What a refusal asks for is another thing on each host. */
function withHelp(branch, help) {
    return {
        ...branch,
        commit: async (parent, files, message) => {
            try {
                return await branch.commit(parent, files, message);
            }
            catch (error) {
                if (!(error instanceof git_errors/* GitError */.XS) || error.code !== 'push-refused')
                    throw error;
                throw new git_errors/* GitError */.XS('push-refused', error.message, help, { reason: error.reason, cause: error });
            }
        },
    };
}
/**
 * The UUIDs on the branch of a merge request. Whether one is open cannot be asked by git: while the branch is there, they
 * count. A UUID too many is an update, one too few is a rule that is made twice.
 */
async function findPendingByGit({ repository, mergeRequests, log }, of) {
    if (mergeRequests === null)
        return null;
    const ref = `refs/heads/${pullRequestBranchName(of.branch, of.defaultBranch)}`;
    try {
        const commit = (await repository.readRefs([ref])).get(ref);
        if (commit === undefined)
            return null;
        return (await bringCommit(repository, commit)) ? { commit, pullRequest: null } : null;
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        log.notice(`Whether UUIDs wait in a merge request could not be seen: ${(0,errors/* messageOf */.b)(error)}`);
        return null;
    }
}

;// CONCATENATED MODULE: ./src/writeback/commit-files.ts


/**
 * Commits on the newest tip until it is in. Null where nothing is left to bring in.
 *
 * @throws ActionError when the branch cannot be read or written, or somebody is always first.
 */
async function commitFiles(branch, { edit, message, random, sleep, log }) {
    for (let round = 1;; round += 1) {
        const tip = await branch.tip();
        let why = `Somebody pushed to "${branch.name}" meanwhile.`;
        let asked = 0;
        if (tip.kind === 'at' && tip.commit !== null) {
            const files = await edit(tip.commit);
            if (files.length === 0)
                return null;
            const attempt = await branch.commit(tip.commit, files, message);
            if (attempt.kind === 'committed')
                return attempt.commit;
            if (attempt.kind === 'no-answer')
                [why, asked] = [attempt.error.message, attempt.waitMs];
        }
        else if (tip.kind === 'no-answer')
            [why, asked] = [tip.error.message, tip.waitMs];
        if (round === TRIES)
            throw busy(branch.name, why);
        log.info(`${why} Reading the branch again (${round} of ${TRIES}).`);
        await sleep(waitBefore(round, asked, random()));
    }
}
function busy(name, why) {
    return new WriteBackError('branch-busy', `the commit did not get onto the branch "${name}" in ${TRIES} tries: ${why}`, 'Run it again.');
}

;// CONCATENATED MODULE: ./src/writeback/files-pull-request.ts




/**
 * One open pull request that brings what the platform has into files, made anew from its base each time, so that what is
 * settled leaves it; people's commits on it are never overwritten. Where it says all of it already, no commit is made.
 * Without anything to bring in, one that is still open is closed.
 *
 * @throws ActionError when GitHub or git refuse.
 */
async function proposeFiles(request) {
    const { github, repository, base, name, title, log } = request;
    const tip = await repository.fetchTip(base);
    if (tip === null)
        throw files_pull_request_noBase(base);
    const head = (await repository.readRefs([`refs/heads/${name}`])).get(`refs/heads/${name}`) ?? null;
    const files = await request.edit(tip);
    if (files.length === 0) {
        if (head !== null)
            await closeOpen(request);
        return null;
    }
    const text = { title, body: request.body() };
    const branch = pullRequestBranch({ ...request, text, isRenewed: true });
    if (head === null || !(await holdsExactly(request, tip, head, files)))
        await commitFiles(branch, { ...request, message: title });
    const open = (await github.openPullRequest({ branch: name, base })) ??
        (await github.createPullRequest({ branch: name, base, ...text }));
    // What was changed, and by whom, may be news although the files stay.
    await github.updatePullRequest(open.number, { body: request.body() });
    log.info(`${request.said.open} ${open.url}.`);
    return open;
}
/** Whether the branch is its base with exactly these files: then there is nothing to commit. */
async function holdsExactly({ repository, github }, tip, head, files) {
    const ahead = await github.commitsAhead(tip, head);
    if (ahead?.relation !== 'ahead')
        return false;
    if (!(await bringCommit(repository, head)))
        return false;
    const changed = (await repository.changedFiles(tip, head)).map(({ path }) => path);
    if (changed.length !== files.length)
        return false;
    const found = new Map((await repository.findFiles(head, changed)).map((file) => [file.path, file]));
    const contents = await repository.readBlobs(Array.from(found.values(), ({ object }) => object));
    return files.every(({ path, mode, content }) => {
        const file = found.get(path);
        return file?.mode === mode && contents.get(file.object)?.equals(content) === true;
    });
}
async function closeOpen({ github, base, name, said, log }) {
    const open = await github.openPullRequest({ branch: name, base });
    if (open === null)
        return;
    await github.updatePullRequest(open.number, { state: 'closed' });
    log.info(`${said.closed}, so the pull request ${open.url} was closed.`);
}
function files_pull_request_noBase(base) {
    return new WriteBackError('branch-missing', `there is no branch "${base}" (any more), or the token cannot see it`, 'Run the workflow on a branch that exists.');
}

;// CONCATENATED MODULE: ./src/writeback/drift-pull-request.ts

/** The branch of the pull request: one name for the default branch, else one of its own. */
function driftBranchName(base, defaultBranch) {
    return base === defaultBranch ? 'sekoia-detections/drift' : `sekoia-detections/drift-${base}`;
}
/** The one pull request that brings the platform's values into the files. @throws ActionError when GitHub or git refuse. */
function proposeDrift(request) {
    return proposeFiles({ ...request, name: driftBranchName(request.base, request.defaultBranch), said: SAID });
}
const SAID = {
    open: "The platform's values are in the pull request",
    closed: 'Nothing differs any more that could be brought in',
};

;// CONCATENATED MODULE: ./src/writeback/import-pull-request.ts

/** The branch of the pull request: `sekoia-detections/import`, then the target, then a base that is not the default. */
function importBranchName({ base, defaultBranch, target, }) {
    const name = target === null ? 'sekoia-detections/import' : `sekoia-detections/import.${target}`;
    return base === defaultBranch ? name : `${name}-${base}`;
}
/** The one pull request that brings rules of a community into files. @throws ActionError when GitHub or git refuse. */
function proposeImport(request) {
    return proposeFiles({ ...request, name: importBranchName(request), said: import_pull_request_SAID });
}
const import_pull_request_SAID = {
    open: 'The files are in the pull request',
    closed: 'Nothing is left to import',
};

;// CONCATENATED MODULE: ./src/writeback/files-by-git.ts






/**
 * The merge request that brings the platform's values into the files.
 *
 * @throws ActionError where the host makes none, or refuses it.
 */
function proposeDriftByGit(by, request) {
    return proposeFilesByGit(by, {
        ...request,
        name: driftBranchName(request.base, request.defaultBranch),
        description: 'Rules were changed in Sekoia. This merge request brings what they hold now into the files.',
        wanted: 'drift',
        help: 'Set `drift: report`, `fail` or `restore`.',
    });
}
/**
 * The merge request that brings rules of a community into files.
 *
 * @throws ActionError where the host makes none, or refuses it.
 */
function proposeImportByGit(by, request) {
    return proposeFilesByGit(by, {
        ...request,
        name: importBranchName(request),
        description: 'Rules of Sekoia that no file has yet, as pairs of files.',
        wanted: 'import-to',
        help: 'Set `import-to: workspace`, and commit the files yourself.',
    });
}
/**
 * The merge request of files, made anew from its base each time. Without anything to bring in the branch stays as it is:
 * git cannot close what it did not ask for.
 */
async function proposeFilesByGit({ repository, mergeRequests, log }, request) {
    const { name, description } = request;
    if (mergeRequests === null)
        throw noMergeRequests(request.wanted, request.help);
    const branch = mergeRequestBranch({
        ...request,
        repository,
        author: (await repository.identity()) ?? GIT_AUTHOR,
        name,
        description,
        isRenewed: true,
        withoutBase: 'Run it on a branch that exists.',
        log,
    });
    const commit = await commitFiles(branch, { ...request, message: request.title, log });
    return commit === null ? null : files_by_git_pullRequestOf(branch.opened(), name, commit);
}
function files_by_git_pullRequestOf(opened, name, commit) {
    if (opened?.kind === 'open')
        return opened.pullRequest;
    throw new WriteBackError('pull-request-refused', `the files are on the branch "${name}" (${commit}), of which no merge request could be opened: ${opened?.words ?? ''}`, `Open a merge request of "${name}" by hand.`);
}

;// CONCATENATED MODULE: ./src/forge/history.ts

/**
 * Where a head stands to a base, by the history itself. A clone a few commits deep is asked first, and brings the rest
 * where that does not tell. Null where the server does not hand it out.
 */
async function compareByGit(repository, base, head) {
    return orNull(async () => {
        const near = await relationHere(repository, base, head);
        if (near !== null)
            return near;
        return (await repository.fetchHistory([base, head])) ? relationHere(repository, base, head) : null;
    });
}
/** The newest commit that a branch of the server and a head have in common; null where that cannot be seen. */
async function mergeBaseByGit(repository, branch, head) {
    return orNull(async () => {
        const ref = `refs/heads/${branch}`;
        const tip = (await repository.readRefs([ref])).get(ref);
        // A history that is cut off may hide a newer one.
        if (tip === undefined || !(await repository.fetchHistory([tip, head])))
            return null;
        return repository.mergeBaseOf(tip, head);
    });
}
async function relationHere(repository, base, head) {
    if (base === head)
        return 'identical';
    const isAhead = await repository.isAncestor(base, head);
    if (isAhead === true)
        return 'ahead';
    const isBehind = await repository.isAncestor(head, base);
    if (isBehind === true)
        return 'behind';
    return isAhead === false && isBehind === false ? 'diverged' : null;
}
async function orNull(ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (error instanceof git_errors/* GitError */.XS)
            return null;
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/forge/git.ts



/** Any server of git: what GitHub's API tells is read from the history, and write-backs are pushes. */
function gitForge(of) {
    const by = of;
    const { repository } = of;
    return {
        compare: (base, head) => compareByGit(repository, base, head),
        mergeBase: (branch, head) => mergeBaseByGit(repository, branch, head),
        chooseWay: (asked) => chooseWayByGit(by, asked),
        saveUuids: (request) => saveByGit(by, request),
        pendingUuids: (branches) => findPendingByGit(by, branches),
        proposeDrift: (request) => proposeDriftByGit(by, request),
        proposeImport: (request) => proposeImportByGit(by, request),
        // No server takes one by git.
        keepComment: () => Promise.resolve('none'),
        close: () => Promise.resolve(),
    };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./src/pause.ts

/** Waits so many milliseconds; shorter, and without a word, when the signal is aborted. */
async function pause(ms, signal) {
    try {
        await (0,external_node_timers_promises_.setTimeout)(ms, undefined, signal === undefined ? {} : { signal });
    }
    catch (error) {
        if (signal?.aborted !== true)
            throw error;
    }
}

;// CONCATENATED MODULE: ./src/github/refusals.ts



/**
 * The one place that turns what octokit throws into our codes. GitHub's error texts are matched here and nowhere else
 * (action-engineering.md §2.1 and §2.3 say where they come from).
 *
 * @param doing what was tried, after "GitHub could not": `read the branch "main"`.
 */
function toGitHubError(thrown, doing, effect) {
    if (thrown instanceof GitHubError)
        return thrown;
    const errors = graphqlErrors(thrown);
    if (errors !== null)
        return fromGraphql(errors, doing, effect, thrown);
    const response = responseOf(thrown);
    if (response === null)
        return fromNetwork(thrown, doing, effect);
    return fromStatus(response, doing, effect, thrown);
}
/** An answer of status 2xx that is not what the call promises: a proxy's page, or a body cut short. */
function malformedAnswer(doing, effect) {
    const code = effect === 'moves-branch' ? 'answer-lost' : 'unavailable';
    return refusals_failure(code, doing, 'its answer cannot be read (does something between the runner and GitHub change it?)');
}
function fromGraphql(errors, doing, effect, cause) {
    const words = errors.map(({ message }) => message).join('; ');
    const types = errors.map(({ type }) => type);
    // An error without a type is a query that GitHub gave up on: it may have got to its end all the same.
    const given = types.some((type) => type === null && !/invalid value|doesn't exist|parse error/i.test(words));
    const code = types.includes('STALE_DATA')
        ? 'head-moved'
        : isRuleViolation(words)
            ? 'rule-violation'
            : types.includes('FORBIDDEN') || types.includes('INSUFFICIENT_SCOPES')
                ? 'not-permitted'
                : types.includes('NOT_FOUND')
                    ? 'not-found'
                    : types.includes('RATE_LIMITED') || types.includes('RATE_LIMIT')
                        ? 'rate-limited'
                        : given || types.includes('INTERNAL') || types.includes('SERVICE_UNAVAILABLE')
                            ? lost(effect)
                            : 'refused';
    return refusals_failure(code, doing, words, { cause });
}
function fromStatus(response, doing, effect, cause) {
    const { status, headers } = response;
    const words = wordsOf(response);
    const retryAfterMs = retryAfter(headers);
    return refusals_failure(codeOf(response, words, effect), doing, `${words} (status ${status})`, {
        status,
        retryAfterMs,
        cause,
    });
}
function codeOf({ status, headers }, words, effect) {
    if (status >= 500)
        return lost(effect);
    if (status === 401)
        return 'unauthorised';
    if (status === 429 || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(words))
        return 'rate-limited';
    if (isRuleViolation(words))
        return 'rule-violation';
    if (/not permitted to create or approve pull requests/i.test(words))
        return 'pull-requests-off';
    if (status === 403)
        return 'not-permitted';
    if (status === 404)
        return 'not-found';
    if (status === 409 && /merge conflict/i.test(words))
        return 'conflict';
    if (status === 422 && /not a fast[ -]forward|reference already exists/i.test(words))
        return 'head-moved';
    return 'refused';
}
function isRuleViolation(words) {
    return /rule violation|protected (?:branch|ref)|through a pull request|merge queue|required status check|approving review|approved review|verified signatures|GH006|GH013/i.test(words);
}
/** Failures after which nothing can have reached GitHub; every other one leaves open what was done. */
const NEVER_SENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|HOSTNAME_MISMATCH)$/;
const CERTIFICATE = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;
function fromNetwork(thrown, doing, effect) {
    const causes = causesOf(thrown);
    const codes = causes.map(({ code }) => code).filter((code) => typeof code === 'string');
    const words = causes.some(({ name }) => name === 'TimeoutError')
        ? 'no answer in time'
        : (0,errors/* messageOf */.b)(causes.at(-1) ?? thrown) || (codes[0] ?? 'the connection failed');
    const code = codes.some((one) => NEVER_SENT.test(one)) ? 'unavailable' : lost(effect);
    if (!codes.some((one) => CERTIFICATE.test(one)))
        return refusals_failure(code, doing, words, { cause: thrown });
    return new GitHubError(code, refusals_sentence(doing, words), 'Let the runner trust the certificate: set NODE_EXTRA_CA_CERTS to a file with the certificate of your authority (or of the inspecting proxy) for the job.', { cause: thrown });
}
function lost(effect) {
    return effect === 'moves-branch' ? 'answer-lost' : 'unavailable';
}
function refusals_failure(code, doing, words, details = {}) {
    return new GitHubError(code, refusals_sentence(doing, words), HELP[code], details);
}
function refusals_sentence(doing, words) {
    return `GitHub could not ${doing}: ${(0,src_text/* shorten */.ml)(words.trim().replace(/\s*\n\s*/g, ' '), 600)}`;
}
const HELP = {
    unauthorised: 'Look at the input `github-token`: the token is missing, revoked or expired, or of another server.',
    'not-permitted': 'Let the token write: add `contents: write` to the `permissions` of the job.',
    'not-found': 'Look whether the branch is still there and whether the token of `github-token` can see the repository.',
    'head-moved': 'Run the workflow again.',
    'rule-violation': 'Put an installed GitHub App on the bypass list of the ruleset or protection and hand its token in as `github-token` (the built-in token can never be on one), or set `write-back: none`.',
    conflict: 'Resolve the conflict in the pull request, then run the workflow again.',
    'pull-requests-off': 'Switch on “Allow GitHub Actions to create and approve pull requests” (Settings → Actions → General of the repository or its organisation).',
    'rate-limited': 'Run the workflow again later: GitHub answers this token no more for a while.',
    unavailable: 'Run the workflow again; if it stays so, look at https://www.githubstatus.com and at the proxy settings.',
    'answer-lost': 'Look at the branch: the commit may be there. Run the workflow again.',
    refused: 'The words above are GitHub’s own; run the workflow again if they look like a passing trouble.',
};
function wordsOf({ data, status }) {
    if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string') {
        const details = 'errors' in data && Array.isArray(data.errors) ? data.errors.map(detailOf).filter(Boolean) : [];
        return [data.message, ...details].join('; ');
    }
    const page = typeof data === 'string'
        ? data
            .replace(/<[^>]*>/g, ' ')
            .replace(/\s+/g, ' ')
            .trim()
        : '';
    return page === '' ? `status ${status} without a message` : (0,src_text/* shorten */.ml)(page, 200);
}
function detailOf(error) {
    if (typeof error === 'string')
        return error;
    return typeof error === 'object' && error !== null && 'message' in error ? messageText(error.message) : '';
}
function messageText(message) {
    return typeof message === 'string' ? message : '';
}
/** GitHub sends seconds. */
function retryAfter(headers) {
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null;
}
// octokit's classes are recognised by shape: they are not exported by @actions/github.
function graphqlErrors(thrown) {
    if (!(typeof thrown === 'object' && thrown !== null && 'errors' in thrown && Array.isArray(thrown.errors)))
        return null;
    if ('name' in thrown && thrown.name !== 'GraphqlResponseError')
        return null;
    return thrown.errors.map((error) => {
        const { type, message } = (error ?? {});
        return { type: typeof type === 'string' ? type : null, message: messageText(message) };
    });
}
function responseOf(thrown) {
    if (typeof thrown !== 'object' || thrown === null || !('response' in thrown))
        return null;
    const response = thrown.response;
    if (typeof response?.status !== 'number')
        return null;
    return { status: response.status, headers: response.headers ?? {}, data: response.data };
}
/** The error and what lies under it, outermost first, aggregates opened. */
function causesOf(thrown) {
    const found = [];
    let next = thrown;
    for (let depth = 0; depth < 8 && typeof next === 'object' && next !== null; depth++) {
        found.push(next);
        const { cause, errors } = next;
        next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
    }
    return found;
}

;// CONCATENATED MODULE: ./src/github/api.ts

/** Tries of a call that can be repeated. */
const api_TRIES = 3;
const api_LONGEST_WAIT_MS = 60_000;
/** A repeatable call is tried three times when GitHub is away or asks to wait; one that moves a branch once. */
function asker(options) {
    return async (call) => {
        for (let attempt = 1;; attempt++) {
            try {
                const value = call.read(await call.send());
                if (value === undefined)
                    throw malformedAnswer(call.doing, call.effect);
                return value;
            }
            catch (thrown) {
                const error = toGitHubError(thrown, call.doing, call.effect);
                const passing = error.code === 'unavailable' || error.code === 'rate-limited';
                const waitMs = error.retryAfterMs ?? (0.5 + options.random() / 2) * 1000 * 2 ** (attempt - 1);
                if (options.deadline?.aborted === true)
                    throw error;
                if (call.effect !== 'repeatable' || !passing || attempt === api_TRIES || waitMs > api_LONGEST_WAIT_MS)
                    throw error;
                options.log.debug(`${error.message}; trying again in ${Math.round(waitMs)} ms`);
                await options.sleep(waitMs);
            }
        }
    };
}
/** `value[name]` of anything. */
function member(value, name) {
    return typeof value === 'object' && value !== null ? value[name] : undefined;
}
function textOf(value) {
    return typeof value === 'string' ? value : undefined;
}

;// CONCATENATED MODULE: ./src/github/branches.ts



async function branchHead(api, branch) {
    const { octokit, owner, repo } = api;
    try {
        return await api.ask({
            doing: `read the branch "${branch}"`,
            effect: 'repeatable',
            send: () => octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { owner, repo, ref: `heads/${branch}` }),
            read: (answer) => (0,types/* asCommitSha */.M)(textOf(member(member(member(answer, 'data'), 'object'), 'sha'))),
        });
    }
    catch (error) {
        if (error instanceof GitHubError && error.code === 'not-found')
            return null;
        throw error;
    }
}
async function createBranch(api, branch, at) {
    const { octokit, owner, repo } = api;
    await api.ask({
        doing: `make the branch "${branch}"`,
        effect: 'moves-branch',
        send: () => octokit.request('POST /repos/{owner}/{repo}/git/refs', { owner, repo, ref: `refs/heads/${branch}`, sha: at }),
        read: (answer) => (0,types/* asCommitSha */.M)(textOf(member(member(member(answer, 'data'), 'object'), 'sha'))),
    });
}
/** 201 with the merge commit, 204 when the branch has the commit already, 409 for a conflict. */
async function mergeInto(api, branch, head, message) {
    const { octokit, owner, repo } = api;
    const merged = await api.ask({
        doing: `merge ${head} into the branch "${branch}"`,
        effect: 'moves-branch',
        send: () => octokit.request('POST /repos/{owner}/{repo}/merges', {
            owner,
            repo,
            base: branch,
            head,
            commit_message: message,
        }),
        read: (answer) => member(answer, 'status') === 204 ? 'nothing' : (0,types/* asCommitSha */.M)(textOf(member(member(answer, 'data'), 'sha'))),
    });
    return merged === 'nothing' ? null : merged;
}
/** Rules of active rulesets, at most 300; classic branch protection is not among them. */
async function branches_readRules(api, branch) {
    const { octokit, owner, repo } = api;
    const rules = [];
    for (let page = 1; page <= 3; page++) {
        const read = await api.ask({
            doing: `read the rules of the branch "${branch}"`,
            effect: 'repeatable',
            send: () => octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
                owner,
                repo,
                branch,
                per_page: 100,
                page,
            }),
            read: (answer) => rulesOf(member(answer, 'data')),
        });
        rules.push(...read);
        if (read.length < 100)
            break;
    }
    return rules;
}
function rulesOf(data) {
    if (!Array.isArray(data))
        return undefined;
    return data.flatMap((rule) => {
        const type = textOf(member(rule, 'type'));
        const id = member(rule, 'ruleset_id');
        const source = textOf(member(rule, 'ruleset_source')) ?? null;
        return type === undefined ? [] : [{ type, rulesetId: typeof id === 'number' ? id : null, source }];
    });
}
async function bypassOf(api, rulesetId) {
    const { octokit, owner, repo } = api;
    const word = await api.ask({
        doing: `read the ruleset ${rulesetId}`,
        effect: 'repeatable',
        send: () => octokit.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', { owner, repo, ruleset_id: rulesetId }),
        read: (answer) => {
            const data = member(answer, 'data');
            return typeof data === 'object' ? (textOf(member(data, 'current_user_can_bypass')) ?? '') : undefined;
        },
    });
    switch (word) {
        // An exempt actor may pass as well, and is not even asked.
        case 'exempt':
        case 'always':
            return 'always';
        case 'pull_requests_only':
            return 'pull-requests-only';
        case 'never':
            return 'never';
        default:
            return 'unknown';
    }
}

;// CONCATENATED MODULE: ./src/github/comments.ts


/** A conversation of more comments than this is not looked through to its end. */
const PAGE = 100;
const MOST_PAGES = 30;
/**
 * One comment on a pull request, found by its first line and kept up to date. A comment that begins so and is somebody
 * else's is left alone: anybody may copy the line. What was deleted is written anew.
 */
async function keepComment(api, kept) {
    const found = await findComment(api, kept);
    if (found !== null && found.body === kept.body)
        return 'same';
    if (found !== null && (await updateComment(api, found.id, kept.body)))
        return 'updated';
    if (!kept.create)
        return 'none';
    await createComment(api, kept);
    return 'created';
}
/** REST calls a GitHub App `name[bot]`; GraphQL leaves the end away in some places. */
function isBy({ login, isBot }, own) {
    if (own === UNKNOWN)
        return isBot;
    return login === own || (isBot && login === `${own}[bot]`);
}
async function findComment(api, { pullRequest, marker }) {
    let own = null;
    for (let page = 1; page <= MOST_PAGES; page++) {
        const comments = await listComments(api, pullRequest, page);
        for (const comment of comments.read) {
            if (!comment.body.startsWith(marker))
                continue;
            own ??= await ownLogin(api);
            if (isBy(comment, own))
                return comment;
        }
        if (comments.size < PAGE)
            break;
    }
    return null;
}
/** Oldest first. */
function listComments(api, pullRequest, page) {
    const { octokit, owner, repo } = api;
    return api.ask({
        doing: `read the comments of pull request ${pullRequest}`,
        effect: 'repeatable',
        send: () => octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            owner,
            repo,
            issue_number: pullRequest,
            per_page: PAGE,
            page,
        }),
        read: (answer) => {
            const data = member(answer, 'data');
            if (!Array.isArray(data))
                return undefined;
            return { size: data.length, read: data.flatMap((one) => commentOf(one) ?? []) };
        },
    });
}
function commentOf(data) {
    const id = member(data, 'id');
    // A deleted account leaves no user.
    const user = member(data, 'user');
    const login = textOf(member(user, 'login'));
    if (typeof id !== 'number' || login === undefined)
        return undefined;
    return {
        id,
        login: login.toLowerCase(),
        isBot: member(user, 'type') === 'Bot',
        body: textOf(member(data, 'body')) ?? '',
    };
}
/** Who the token is, where GitHub does not tell: then a comment of any App that begins so is taken for its own. */
const UNKNOWN = '';
/** REST tells it to people's tokens only, GraphQL to every one that can be had today. */
async function ownLogin(api) {
    try {
        const login = await api.ask({
            doing: 'tell whose token this is',
            effect: 'repeatable',
            send: () => api.octokit.graphql('query { viewer { login } }'),
            read: (answer) => textOf(member(member(answer, 'viewer'), 'login')),
        });
        return login.toLowerCase();
    }
    catch (error) {
        if (error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'refused'))
            return UNKNOWN;
        throw error;
    }
}
/** False when it is not there any more. */
async function updateComment(api, id, body) {
    const { octokit, owner, repo } = api;
    try {
        await api.ask({
            doing: 'update the comment on the pull request',
            effect: 'repeatable',
            send: () => octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
                owner,
                repo,
                comment_id: id,
                body,
            }),
            read: (answer) => member(member(answer, 'data'), 'id'),
        });
        return true;
    }
    catch (error) {
        if (error instanceof GitHubError && error.code === 'not-found')
            return false;
        throw error;
    }
}
async function createComment(api, { pullRequest, body }) {
    const { octokit, owner, repo } = api;
    await api.ask({
        doing: `comment on pull request ${pullRequest}`,
        // Once: sent again after a lost answer, it could stand there twice.
        effect: 'moves-branch',
        send: () => octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            owner,
            repo,
            issue_number: pullRequest,
            body,
        }),
        read: (answer) => member(member(answer, 'data'), 'id'),
    });
}

;// CONCATENATED MODULE: ./src/github/commits.ts


/** Always the same content, so that a thousand runs leave one unreferenced object for GitHub to collect. */
const PROOF = 'sekoia-detections-action: can this token write?\n';
async function writeProof(api) {
    await writeBlob(api, Buffer.from(PROOF), 'write to the repository with this token');
}
const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;
function commitOnBranch(api, commit) {
    const { headline, body } = splitMessage(commit.message);
    const input = {
        branch: { repositoryNameWithOwner: `${api.owner}/${api.repo}`, branchName: commit.branch },
        expectedHeadOid: commit.expectedHead,
        message: body === '' ? { headline } : { headline, body },
        fileChanges: {
            additions: commit.files.map(({ path, content }) => ({ path, contents: content.toString('base64') })),
        },
    };
    return api.ask({
        doing: `commit to the branch "${commit.branch}"`,
        effect: 'moves-branch',
        send: () => api.octokit.graphql(CREATE_COMMIT, { input }),
        read: (answer) => (0,types/* asCommitSha */.M)(textOf(member(member(member(answer, 'createCommitOnBranch'), 'commit'), 'oid'))),
    });
}
/** The commit of `writeCommit`, and the ref moved forward only. */
async function commitByTree(api, commit) {
    const { octokit, owner, repo } = api;
    const doing = `commit to the branch "${commit.branch}"`;
    const sha = await writeCommit(api, commit, doing);
    return api.ask({
        doing,
        effect: 'moves-branch',
        send: () => octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
            owner,
            repo,
            ref: `heads/${commit.branch}`,
            sha,
            force: false,
        }),
        read: (answer) => (0,types/* asCommitSha */.M)(textOf(member(member(member(answer, 'data'), 'object'), 'sha'))),
    });
}
/**
 * Tree on top of the parent's, and commit. Neither author nor committer is sent: a commit that names one is not signed by
 * GitHub (action-engineering.md §2.1).
 */
async function writeCommit(api, commit, doing = 'write a commit') {
    const { octokit, owner, repo } = api;
    const base = await api.ask({
        doing,
        effect: 'repeatable',
        send: () => octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
            owner,
            repo,
            commit_sha: commit.parent,
        }),
        read: (answer) => textOf(member(member(member(answer, 'data'), 'tree'), 'sha')),
    });
    const tree = await writeTree(api, base, commit, doing);
    return api.ask({
        doing,
        effect: 'repeatable',
        send: () => octokit.request('POST /repos/{owner}/{repo}/git/commits', {
            owner,
            repo,
            message: commit.message,
            tree,
            parents: [commit.parent],
        }),
        read: shaOf,
    });
}
/** Of one request: a tree of many at once runs into GitHub's time limit (user-reports.md, row 73). */
const MOST_ENTRIES = 100;
const commits_MOST_BYTES = 4 * 1024 * 1024;
async function writeTree(api, base, { files }, doing) {
    const { octokit, owner, repo } = api;
    let tree = base;
    for (const part of inParts(files)) {
        const entries = [];
        for (const { path, mode, content } of part) {
            const text = content.toString();
            const entry = { path, mode, type: 'blob' };
            // Inline content travels as text; bytes that are no UTF-8 need an object of their own.
            if (Buffer.from(text).equals(content))
                entries.push({ ...entry, content: text });
            else
                entries.push({ ...entry, sha: await writeBlob(api, content, doing) });
        }
        const baseTree = tree;
        tree = await api.ask({
            doing,
            effect: 'repeatable',
            send: () => octokit.request('POST /repos/{owner}/{repo}/git/trees', { owner, repo, base_tree: baseTree, tree: entries }),
            read: shaOf,
        });
    }
    return tree;
}
function inParts(files) {
    const parts = [];
    let room = 0;
    for (const file of files) {
        const part = parts.at(-1);
        room -= file.content.length;
        if (part !== undefined && part.length < MOST_ENTRIES && room >= 0)
            part.push(file);
        else {
            parts.push([file]);
            room = commits_MOST_BYTES - file.content.length;
        }
    }
    return parts;
}
function writeBlob(api, content, doing) {
    const { octokit, owner, repo } = api;
    return api.ask({
        doing,
        effect: 'repeatable',
        send: () => octokit.request('POST /repos/{owner}/{repo}/git/blobs', {
            owner,
            repo,
            content: content.toString('base64'),
            encoding: 'base64',
        }),
        read: shaOf,
    });
}
function shaOf(answer) {
    return (0,types/* asCommitSha */.M)(textOf(member(member(answer, 'data'), 'sha')));
}
function splitMessage(message) {
    const [headline = '', ...rest] = message.trim().split(/\r?\n/);
    return { headline, body: rest.join('\n').trim() };
}

;// CONCATENATED MODULE: ./src/github/compare.ts



/** Without a common ancestor, or where a commit is not known (any more), GitHub answers 404. */
function compare(api, base, head) {
    return compared(api, base, head, (data) => relationOf(member(data, 'status')));
}
/** Of a branch and a commit. */
function mergeBase(api, branch, head) {
    return compared(api, branch, head, (data) => (0,types/* asCommitSha */.M)(textOf(member(member(data, 'merge_base_commit'), 'sha'))));
}
async function compared(api, base, head, read) {
    try {
        // Only what is said of the whole is wanted, not the commits.
        return await askToCompare(api, base, head, 1, read);
    }
    catch (error) {
        if (error instanceof GitHubError)
            return null;
        throw error;
    }
}
/** Commits that one answer tells of; GitHub gives no more than 250. */
const COMMITS = 250;
async function commitsAhead(api, base, head) {
    try {
        return await askToCompare(api, base, head, COMMITS, aheadOf);
    }
    catch (error) {
        if (error instanceof GitHubError && error.code === 'not-found')
            return null;
        throw error;
    }
}
function askToCompare(api, base, head, commits, read) {
    const { octokit, owner, repo } = api;
    return api.ask({
        doing: `compare ${base} with ${head}`,
        effect: 'repeatable',
        send: () => octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
            owner,
            repo,
            basehead: `${base}...${head}`,
            per_page: commits,
        }),
        read: (answer) => read(member(answer, 'data')),
    });
}
function aheadOf(data) {
    const relation = relationOf(member(data, 'status'));
    const mergeBase = (0,types/* asCommitSha */.M)(textOf(member(member(data, 'merge_base_commit'), 'sha')));
    const commits = member(data, 'commits');
    if (relation === undefined || mergeBase === undefined || !Array.isArray(commits))
        return undefined;
    return {
        relation,
        mergeBase,
        commits: commits.map(commitOf),
        isWhole: member(data, 'total_commits') === commits.length,
    };
}
function commitOf(told) {
    const commit = member(told, 'commit');
    const timeOf = (role) => Date.parse(textOf(member(member(commit, role), 'date')) ?? '');
    return {
        message: textOf(member(commit, 'message')) ?? '',
        authoredAt: timeOf('author'),
        committedAt: timeOf('committer'),
    };
}
function relationOf(status) {
    return status === 'identical' || status === 'ahead' || status === 'behind' || status === 'diverged'
        ? status
        : undefined;
}

;// CONCATENATED MODULE: ./src/github/pulls.ts


async function openPullRequest(api, { branch, base }) {
    const { octokit, owner, repo } = api;
    const found = await api.ask({
        doing: `look for the pull request of the branch "${branch}"`,
        effect: 'repeatable',
        send: () => octokit.request('GET /repos/{owner}/{repo}/pulls', {
            owner,
            repo,
            state: 'open',
            // Without the owner the filter is passed over.
            head: `${owner}:${branch}`,
            base,
        }),
        read: (answer) => {
            const data = member(answer, 'data');
            return Array.isArray(data) ? data : undefined;
        },
    });
    // A filter that is passed over would tell of others.
    const ours = found.find((one) => textOf(member(member(one, 'head'), 'ref')) === branch);
    return pulls_pullRequestOf(ours) ?? null;
}
/** GitHub takes one open pull request for two branches, so a second try after a lost answer does no harm. */
async function createPullRequest(api, request) {
    const { octokit, owner, repo } = api;
    const { branch, base, title, body } = request;
    try {
        return await api.ask({
            doing: `open a pull request of the branch "${branch}"`,
            effect: 'repeatable',
            send: () => octokit.request('POST /repos/{owner}/{repo}/pulls', { owner, repo, head: branch, base, title, body }),
            read: (answer) => pulls_pullRequestOf(member(answer, 'data')),
        });
    }
    catch (error) {
        const there = isInvalid(error) ? await openPullRequest(api, request) : null;
        if (there !== null)
            return there;
        throw error;
    }
}
async function updatePullRequest(api, number, change) {
    const { octokit, owner, repo } = api;
    await api.ask({
        doing: `change the pull request #${number}`,
        effect: 'repeatable',
        send: () => octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
            owner,
            repo,
            pull_number: number,
            ...change,
        }),
        read: (answer) => answer,
    });
}
/**
 * A pull request of a branch into itself is refused as invalid (422), whoever asks; a token that may make none is refused
 * before that (403, or 404 where it must not see the repository).
 */
async function provePullRequests(api, base) {
    const { octokit, owner, repo } = api;
    try {
        await api.ask({
            doing: 'make a pull request with this token',
            effect: 'repeatable',
            send: () => octokit.request('POST /repos/{owner}/{repo}/pulls', {
                owner,
                repo,
                head: base,
                base,
                title: 'Can this token make a pull request?',
            }),
            read: (answer) => answer,
        });
    }
    catch (error) {
        if (!isInvalid(error))
            throw error;
    }
}
function isInvalid(error) {
    return error instanceof GitHubError && error.status === 422;
}
function pulls_pullRequestOf(data) {
    const number = member(data, 'number');
    const url = textOf(member(data, 'html_url'));
    return typeof number === 'number' && url !== undefined ? { number, url } : undefined;
}

// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(4371);
;// CONCATENATED MODULE: ./src/github/transport.ts


/** 30 s: GitHub ends a request itself after 10 s. */
const DEADLINE_MS = 30_000;
const LIMITS = { maxResponseSize: 32 * 1024 * 1024, connect: { timeout: 10_000 } };
/**
 * Proxies by the environment handed in, as the runner's own programs read it: `https_proxy` or `http_proxy` by the
 * API's scheme, `no_proxy`, lower case before upper case, never for a loopback address. `@actions/github` reads them
 * once from the process at import, so it gets this `fetch` instead.
 *
 * @throws GitHubError `unavailable` when the proxy's address is none.
 */
function openTransport(options) {
    const dispatcher = dispatcherFor(options.apiUrl, options.env);
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    const { deadline } = options;
    const ends = () => {
        const timeout = AbortSignal.timeout(deadlineMs);
        return deadline === undefined ? timeout : AbortSignal.any([timeout, deadline]);
    };
    return {
        fetch: (input, init) => (0,undici/* fetch */.hd)(input, { ...init, dispatcher, signal: ends() }),
        close: () => dispatcher.destroy(),
    };
}
function dispatcherFor(apiUrl, env) {
    const url = new URL(apiUrl);
    const setting = (name) => env[name]?.trim() || env[name.toUpperCase()]?.trim() || '';
    const proxy = setting(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
    if (proxy === '' || isLoopback(url.hostname))
        return new undici/* Agent */.g6(LIMITS);
    const address = proxy.includes('://') ? proxy : `http://${proxy}`;
    try {
        return new undici/* EnvHttpProxyAgent */.J2({
            ...LIMITS,
            httpProxy: address,
            httpsProxy: address,
            noProxy: setting('no_proxy'),
        });
    }
    catch (error) {
        throw new GitHubError('unavailable', 'The address of the proxy is not a URL.', 'Look at HTTPS_PROXY and HTTP_PROXY of the runner: http://HOST:PORT is what is needed.', { cause: error });
    }
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}

;// CONCATENATED MODULE: ./src/github/connect.ts









/**
 * The repository on GitHub, through octokit. Nothing is sent yet.
 *
 * @throws GitHubError `unauthorised` without a token.
 */
function connectGitHub(options) {
    const { token, log } = options;
    if (token === '') {
        throw new GitHubError('unauthorised', 'There is no GitHub token.', 'Leave the input `github-token` out (its default is the token of the job), or hand in one that is not empty.');
    }
    const apiUrl = options.apiUrl.replace(/\/+$/, '');
    const transport = openTransport({ ...options, apiUrl });
    // octokit would write its own notes (deprecations) to standard output, past the log.
    const note = (line) => {
        log.debug(line);
    };
    const [owner = '', repo = ''] = options.repository.split('/');
    const ask = asker({
        log,
        sleep: options.sleep ?? ((ms) => pause(ms, options.signal)),
        ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
        random: options.random ?? Math.random,
    });
    const open = async () => {
        // Loaded with the first call: most runs make none, and octokit takes longer to start than they have to wait for
        // git. `eager` keeps it in the one file of the bundle.
        const { getOctokit } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 2413));
        const octokit = getOctokit(token, {
            baseUrl: apiUrl,
            request: { fetch: loggingFetch(transport.fetch, log) },
            log: { debug: note, info: note, warn: note, error: note },
            ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
        });
        return { octokit, owner, repo, ask };
    };
    let opened;
    const api = () => (opened ??= open());
    return {
        proveWritable: async () => writeProof(await api()),
        branchRules: async (branch) => branches_readRules(await api(), branch),
        bypassOf: async (rulesetId) => bypassOf(await api(), rulesetId),
        branchHead: async (branch) => branchHead(await api(), branch),
        commitOnBranch: async (commit) => commitOnBranch(await api(), commit),
        commitByTree: async (commit) => commitByTree(await api(), commit),
        writeCommit: async (commit) => writeCommit(await api(), commit),
        createBranch: async (branch, at) => createBranch(await api(), branch, at),
        mergeInto: async (branch, head, message) => mergeInto(await api(), branch, head, message),
        commitsAhead: async (base, head) => commitsAhead(await api(), base, head),
        openPullRequest: async (branches) => openPullRequest(await api(), branches),
        createPullRequest: async (request) => createPullRequest(await api(), request),
        updatePullRequest: async (number, change) => updatePullRequest(await api(), number, change),
        provePullRequests: async (base) => provePullRequests(await api(), base),
        compare: async (base, head) => compare(await api(), base, head),
        mergeBase: async (branch, head) => mergeBase(await api(), branch, head),
        keepComment: async (comment) => keepComment(await api(), comment),
        close: () => transport.close(),
    };
}
/** Method, path, status, time and GitHub's request id, never headers or bodies. */
function loggingFetch(fetch, log) {
    return async (input, init) => {
        const started = performance.now();
        // octokit always calls with the address as text.
        const told = `${init?.method ?? 'GET'} ${typeof input === 'string' ? new URL(input).pathname : ''}`;
        const since = () => `${Math.round(performance.now() - started)} ms`;
        try {
            const response = await fetch(input, init);
            const id = response.headers.get('x-github-request-id') ?? '-';
            log.debug(`GitHub ${told}: ${response.status} in ${since()}, request ${id}`);
            return response;
        }
        catch (error) {
            log.debug(`GitHub ${told}: no answer after ${since()}`);
            throw error;
        }
    };
}

;// CONCATENATED MODULE: ./src/github/lazily.ts

function connectLazily(options) {
    let github = null;
    return {
        open: () => (github ??= connectGitHub(options)),
        close: async () => github?.close(),
    };
}

;// CONCATENATED MODULE: ./src/writeback/pending-uuids.ts




/**
 * The open pull request of earlier runs: while it is open, its UUIDs count as the branch's. Most repositories have no such
 * branch, and then GitHub is asked nothing. A token that must not see pull requests counts the branch as waiting: a UUID too
 * many is an update, one too few is a rule that is made twice.
 */
async function findPendingUuids(asked) {
    const { repository, github, branch: base, log } = asked;
    const branch = pullRequestBranchName(base, asked.defaultBranch);
    try {
        const commit = (await repository.readRefs([`refs/heads/${branch}`])).get(`refs/heads/${branch}`);
        if (commit === undefined)
            return null;
        const pullRequest = await openOrHidden(github, { branch, base });
        if (pullRequest === null)
            return null;
        if (!(await bringCommit(repository, commit)))
            return null;
        if (pullRequest !== 'hidden')
            return { commit, pullRequest };
        log.notice(`The token must not see whether a pull request of "${branch}" is open, so the UUIDs of that branch count. It needs \`pull-requests: read\`.`);
        return { commit, pullRequest: null };
    }
    catch (error) {
        log.notice(`Whether UUIDs wait in a pull request could not be seen: ${(0,errors/* messageOf */.b)(error)}`);
        return null;
    }
}
async function openOrHidden(github, branches) {
    try {
        return await github().openPullRequest(branches);
    }
    catch (error) {
        const isHidden = error instanceof GitHubError && ['not-permitted', 'not-found', 'unauthorised'].includes(error.code);
        if (isHidden)
            return 'hidden';
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/forge/github.ts






/** GitHub, by its API; nothing is connected before something is asked. */
function githubForge(options) {
    const { git: repository, log, ...connection } = options;
    const github = connectLazily({ ...connection, log });
    return {
        compare: async (base, head) => github.open().compare(base, head),
        mergeBase: async (branch, head) => github.open().mergeBase(branch, head),
        chooseWay: async (asked) => chooseWay({ ...asked, github: github.open(), log }),
        saveUuids: async (request) => saveUuids({ ...request, github: github.open(), repository, log }),
        pendingUuids: (of) => findPendingUuids({ ...of, repository, github: github.open, log }),
        proposeDrift: async (request) => proposeDrift({ ...request, github: github.open(), repository, log }),
        proposeImport: async (request) => proposeImport({ ...request, github: github.open(), repository, log }),
        keepComment: async (comment) => github.open().keepComment(comment),
        close: github.close,
    };
}

;// CONCATENATED MODULE: ./src/forge/open.ts



/** What the host's server offers, ready to be asked. */
function openForge(kind, of) {
    const { world, repository, name, token } = of;
    const { log } = world;
    switch (kind.kind) {
        case 'github':
            return githubForge({
                apiUrl: kind.apiUrl,
                token,
                repository: name,
                userAgent: version/* USER_AGENT */._,
                env: world.env,
                signal: world.signal,
                deadline: world.deadline,
                git: repository,
                log,
            });
        case 'git':
            return gitForge({ repository, mergeRequests: kind.mergeRequests, pushHelp: kind.pushHelp, log });
    }
}

// EXTERNAL MODULE: ./src/git/command.ts + 1 modules
var command = __webpack_require__(6870);
// EXTERNAL MODULE: ./src/git/history.ts
var git_history = __webpack_require__(528);
// EXTERNAL MODULE: ./src/git/network.ts
var network = __webpack_require__(8438);
// EXTERNAL MODULE: ./src/git/paths.ts
var git_paths = __webpack_require__(2320);
;// CONCATENATED MODULE: ./src/git/remote.ts





/** `origin` of the checkout when there is one (it may go by SSH, or through a mirror), else the server's address. */
async function findRemote(git, serverUrl, repository) {
    const { exitCode } = await git(['config', '--get', 'remote.origin.url'], { short: true });
    return exitCode === 0 ? 'origin' : `${serverUrl.replace(/\/+$/, '')}/${repository}`;
}
/** Options of every fetch: the objects alone, neither tags nor refs nor FETCH_HEAD. */
const FETCH = [
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-prune',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
];
/**
 * What refs name on the server, by their full names; those that are not there are left out.
 *
 * @throws GitError `fetch-failed`
 */
async function readRefs(git, remote, names) {
    const wanted = new Set(names);
    const refs = new Map();
    // No name at all would list every ref.
    for (const list of (0,git_paths/* argumentLists */.bS)([...wanted])) {
        const listed = await (0,network/* askServer */.P)(git, ['ls-remote', '--quiet', '--', remote, ...list]);
        if (listed.exitCode !== 0)
            throw (0,network/* fetchFailed */.o)(list.join(' and '), listed);
        for (const line of listed.stdout.toString('utf8').split('\n')) {
            const [id, name = ''] = line.split('\t');
            const commit = (0,types/* asCommitSha */.M)(id);
            // ls-remote matches the end of names as well: `x/refs/heads/main` is another branch.
            if (commit !== undefined && wanted.has(name))
                refs.set(name, commit);
        }
    }
    return refs;
}
/**
 * Fetches one commit by its id. A shallow clone stays shallow and gets no history; a full one lacks next to none of it,
 * and is not made shallow. False when the server does not have the commit or does not hand it out.
 *
 * @throws GitError `fetch-failed` when the server cannot be reached or does not let us in.
 */
async function fetchCommit(git, remote, commit) {
    return fetchById(git, remote, commit, (await isShallow(git)) ? ['--depth=1'] : []);
}
/**
 * Fetches one commit along with what lies between it and the clone. A commit that is cut off from its parents cannot be
 * pushed to a ref while no other ref of the server leads to it ("shallow update not allowed").
 *
 * @throws GitError `fetch-failed`
 */
async function fetchWithParents(git, remote, commit) {
    return fetchById(git, remote, commit, []);
}
/**
 * The tip of a branch on the server, its files ready to be read; null when there is no such branch. Fetched without
 * `--depth`: a tip cut off from its parents would make a later `git pull` of the user's refuse "unrelated histories",
 * and what lies between the checkout and the tip is small.
 *
 * @throws GitError `fetch-failed`
 */
async function fetchTip(git, remote, branch) {
    const ref = `refs/heads/${branch}`;
    const tip = (await readRefs(git, remote, [ref])).get(ref);
    if (tip === undefined)
        return null;
    if ((await (0,git_history/* hasCommit */.QE)(git, tip)) || (await fetchById(git, remote, tip, [])))
        return tip;
    throw new git_errors/* GitError */.XS('fetch-failed', `The server names ${tip} as the tip of branch ${branch}, but does not hand it out.`, 'Run the job again.', { reason: 'unknown-commit' });
}
async function fetchById(git, remote, commit, depth) {
    const result = await (0,network/* askServer */.P)(git, [...FETCH, ...depth, '--', remote, commit]);
    if (result.exitCode === 0)
        return (0,git_history/* hasCommit */.QE)(git, commit);
    if ((0,git_errors/* symptomOf */.L5)(result.stderr) === 'unknown-commit')
        return false;
    throw (0,network/* fetchFailed */.o)(`commit ${commit}`, result);
}
async function isShallow(git) {
    const { stdout } = await git(['rev-parse', '--is-shallow-repository'], { short: true });
    return stdout.toString('utf8').trim() === 'true';
}

;// CONCATENATED MODULE: ./src/git/ancestry.ts





/** Whether `older` lies behind `newer`, or is it; null where the clone does not hold enough history to tell. */
async function isAncestor(git, older, newer) {
    if (older === newer)
        return true;
    const here = await (0,git_history/* commitsHere */.$M)(git, [older, newer]);
    if (here.size === 2) {
        const { exitCode } = await git(['merge-base', '--is-ancestor', older, newer]);
        if (exitCode === 0)
            return true;
        if (exitCode !== 1)
            return null;
    }
    if (!(await isShallow(git)))
        return here.has(newer) ? false : null;
    const cut = await shallowCommits(git);
    switch (await lookBehind(git, newer, older, cut)) {
        case 'found':
            return true;
        case 'not-there':
            return false;
        case 'unknown':
            // What comes later than `newer` does not lie behind it.
            return (await lookBehind(git, older, newer, cut)) === 'found' ? false : null;
    }
}
/**
 * Looks for a commit behind another, in all the history that is here. A shallow clone takes the commits of its `shallow`
 * file for first ones, but they name their parents all the same; and a parent may be here, fetched by itself.
 */
async function lookBehind(git, start, wanted, cut) {
    const seen = new Set([start]);
    let isCutOff = false;
    for (let from = [start]; from.length > 0;) {
        if (from.includes(wanted))
            return 'found';
        const here = await (0,git_history/* commitsHere */.$M)(git, from);
        isCutOff ||= here.size < from.length;
        const visible = await commitsBehind(git, [...here]);
        if (visible.has(wanted))
            return 'found';
        const parents = await parentsOf(git, [...cut].filter((commit) => visible.has(commit)));
        from = parents.filter((parent) => !seen.has(parent) && !visible.has(parent));
        for (const parent of from)
            seen.add(parent);
    }
    return isCutOff ? 'unknown' : 'not-there';
}
async function commitsBehind(git, commits) {
    if (commits.length === 0)
        return new Set();
    const output = await (0,command/* succeed */.Py)(git, ['rev-list', '--stdin'], { input: Buffer.from(`${commits.join('\n')}\n`) });
    return commitSet(output.toString('latin1'));
}
/** The parents that the commits name, whether they are here or not. */
async function parentsOf(git, commits) {
    if (commits.length === 0)
        return [];
    const output = await (0,command/* succeed */.Py)(git, ['cat-file', '--batch', '--buffer'], {
        input: Buffer.from(`${commits.join('\n')}\n`),
    });
    const parents = new Set();
    for (let at = 0; at < output.length;) {
        // `<id> commit <size>`, then `tree <id>`, then a line for each parent.
        const headEnd = output.indexOf('\n', at);
        const [, , size] = output.toString('latin1', at, headEnd).split(' ');
        const end = headEnd + 1 + Number(size);
        const [, ...lines] = output.toString('latin1', headEnd + 1, end).split('\n');
        for (const line of lines) {
            const parent = line.startsWith('parent ') ? (0,types/* asCommitSha */.M)(line.slice(7)) : undefined;
            if (parent === undefined)
                break;
            parents.add(parent);
        }
        at = end + 1;
    }
    return [...parents];
}
/** The commits whose parents the clone was made without. */
async function shallowCommits(git) {
    const args = ['rev-parse', '--path-format=absolute', '--git-path', 'shallow'];
    const file = (await (0,command/* succeed */.Py)(git, args, { short: true })).toString('utf8').replace(/\r?\n$/, '');
    return commitSet(await (0,promises_.readFile)(file, 'latin1'));
}
function commitSet(text) {
    return new Set(text.split('\n').flatMap((line) => (0,types/* asCommitSha */.M)(line) ?? []));
}

;// CONCATENATED MODULE: ./src/git/objects.ts



/** Every file of the commit at or below the folders (`''` is the root); a folder that does not exist holds none. */
async function listFiles(git, promised, commit, folders) {
    const wanted = (0,git_paths/* foldersOf */.pd)(folders);
    return listTree(git, promised, ['-r', commit], wanted === null ? [[]] : (0,git_paths/* argumentLists */.bS)(wanted));
}
/** The files of the commit at exactly these paths; those that do not exist, or are folders, are left out. */
async function findFiles(git, promised, commit, paths) {
    const wanted = new Set(paths.filter((path) => path !== ''));
    const found = await listTree(git, promised, [commit], (0,git_paths/* argumentLists */.bS)([...wanted]));
    return found.filter((file) => wanted.has(file.path));
}
/**
 * The contents of objects, by id, in one command. Binary safe. What a partial clone lacks is fetched in one go.
 *
 * @throws GitError `object-missing` naming the first object that the repository does not hold; `fetch-failed`.
 */
async function readBlobs(git, promised, objects) {
    const contents = new Map();
    const wanted = [...new Set(objects)];
    if (wanted.length === 0)
        return contents;
    await promised.fetchMissing(wanted);
    const args = ['cat-file', '--batch', '--buffer'];
    // What is missing still, the server does not have: it is not asked again for each.
    const env = { GIT_NO_LAZY_FETCH: '1' };
    const result = await git(args, { input: Buffer.from(`${wanted.join('\n')}\n`), env });
    if (result.exitCode !== 0) {
        const lacked = /could not fetch ([0-9a-f]+) from promisor remote/.exec(result.stderr)?.[1];
        throw lacked === undefined ? (0,command/* commandFailed */.n6)(args, result) : objectMissing(lacked);
    }
    const output = result.stdout;
    let at = 0;
    for (const object of wanted) {
        const lineEnd = output.indexOf('\n', at);
        // `<id> <type> <size>`, then that many bytes and a line end; or `<id> missing`.
        const [, type, size] = output.toString('utf8', at, lineEnd < 0 ? output.length : lineEnd).split(' ');
        if (type !== 'blob' || size === undefined)
            throw objectMissing(object);
        const start = lineEnd + 1;
        const end = start + Number(size);
        contents.set(object, output.subarray(start, end));
        at = end + 1;
    }
    return contents;
}
async function listTree(git, promised, args, pathLists) {
    // By the bytes of the path: a folder in one list may lie below a folder of another, and two names that are not UTF-8
    // may look the same.
    const files = new Map();
    for (const paths of pathLists) {
        const list = (...more) => (0,command/* succeed */.Py)(git, ['ls-tree', '-z', ...more, '--full-tree', ...args, '--', ...paths]);
        // -l needs the size of every file, for which a partial clone would fetch one after the other.
        if (await promised.isPartial())
            await promised.fetchMissing(blobsOf(await list()));
        for (const entry of (0,git_paths/* byteFields */.A0)(await list('-l'))) {
            const file = parseEntry(entry.toString('utf8'));
            if (file !== null)
                files.set(entry.toString('latin1', entry.indexOf('\t')), file);
        }
    }
    return [...files.values()];
}
/** Of `<mode> <type> <id>\t<path>`. */
function blobsOf(listing) {
    return (0,git_paths/* byteFields */.A0)(listing).flatMap((entry) => /^\d+ blob ([0-9a-f]+)\t/.exec(entry.toString('latin1'))?.[1] ?? []);
}
/** `<mode> <type> <id> <size, padded>\t<path>`; trees are no files. */
function parseEntry(entry) {
    const tab = entry.indexOf('\t');
    const [mode = '', type, object = '', size = ''] = entry.slice(0, tab).split(/ +/);
    if (type === 'tree')
        return null;
    return { path: entry.slice(tab + 1), mode: objects_modeOf(mode), object, size: /^\d+$/.test(size) ? Number(size) : 0 };
}
/** Old repositories hold 100664 and the like, which git reads by the owner's executable bit. */
function objects_modeOf(text) {
    if (text === '120000' || text === '160000')
        return text;
    return (Number.parseInt(text, 8) & 0o100) === 0 ? '100644' : '100755';
}
function objectMissing(object) {
    return new git_errors/* GitError */.XS('object-missing', `The local repository does not hold the content of object ${object}.`, 'Run the job again; if it stays so, take `filter` out of the checkout step, or check the cache it restores .git from.');
}

;// CONCATENATED MODULE: ./src/git/authors.ts





/** Levels of history that are fetched into a clone that is cut short. */
const DEEPER = 50;
/** Commits that are looked through. */
const MOST_COMMITS = 5_000;
/**
 * Who brought each file to the content that it has at the head, newest first: the last commit that gave it just that
 * content, or took it away. A merge counts only where it differs from all that it merges. Files that no commit at hand
 * explains are left out. One fetch, and one look through the history whatever the number of files.
 */
async function authorsOf(git, promised, remote, of) {
    if (of.paths.length === 0)
        return new Map();
    const isCut = await isShallow(git);
    if (isCut && of.base === null)
        return new Map();
    if (isCut) {
        // By depth: `--shallow-exclude` cuts a merge off from all its sides when one of them is excluded (git, shallow.c).
        const options = ['--quiet', '--no-tags', '--no-prune', '--no-recurse-submodules', `--deepen=${DEEPER}`];
        await git(['fetch', ...options, remote, of.head]);
    }
    const contents = new Map((await findFiles(git, promised, of.head, of.paths)).map(({ path, object }) => [path, object]));
    return readLog(git, of, contents, isCut);
}
async function readLog(git, { base, head, paths }, contents, isCut) {
    const format = '--format=%x01%H %aI %P%x02%an';
    const options = ['--raw', '-z', '--no-abbrev', '-c', '--root', '--no-renames', '--encoding=UTF-8', format];
    const range = [`--max-count=${MOST_COMMITS}`, head, ...(base === null ? [] : [`^${base}`])];
    const output = await (0,command/* succeed */.Py)(git, ['log', ...options, ...range, '--', ...foldersOf(paths)]);
    const wanted = new Set(paths);
    const authors = new Map();
    let commit;
    const fields = (0,git_paths/* textFields */.BH)(output);
    for (let i = 0; i < fields.length; i += 1) {
        const field = (fields[i] ?? '').replace(/^\n+/, '');
        if (field.startsWith('\u0001')) {
            commit = authorshipOf(field.slice(1), isCut);
            continue;
        }
        // `:MODES IDS STATUS`, one colon for each parent, and the path in the next field.
        const after = /^:+[\d ]+ (?:[0-9a-f]+ )+([0-9a-f]+) [A-Z]+$/.exec(field)?.[1];
        if (after === undefined)
            continue;
        i += 1;
        const path = fields[i] ?? '';
        if (commit === undefined || !wanted.has(path) || authors.has(path))
            continue;
        if ((contents.get(path) ?? null) === (/^0+$/.test(after) ? null : after))
            authors.set(path, commit);
    }
    return authors;
}
/** In a clone that is cut short, a commit without parents most likely has some, and seems to have brought every file. */
function authorshipOf(text, isCut) {
    const [head = '', author = ''] = text.split('\u0002', 2);
    const [id, date = '', parents = ''] = head.split(' ');
    const commit = (0,types/* asCommitSha */.M)(id);
    return commit === undefined || (isCut && parents === '') ? undefined : { commit, author, date };
}
/** The topmost folders, so that the command line stays short for any number of files. */
function foldersOf(paths) {
    const folders = new Set(paths.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
    return folders.has('') ? [] : [...folders];
}

;// CONCATENATED MODULE: ./src/git/commit.ts





/**
 * Makes a commit upon `parent` from objects alone: an index of its own in a temporary folder, no work tree, no filters,
 * no hooks. The user's index, files and branches stay as they are (action-engineering.md §2.3). `temporary` is a folder for
 * folders that are gone afterwards.
 */
async function commit_commitFiles(git, temporary, request) {
    // Their list is parted by NULs.
    (0,command/* requireNoNul */.Mw)('git update-index', request.files.map((file) => file.path));
    const folder = await (0,promises_.mkdtemp)(external_node_path_default().join(temporary, 'sekoia-detections-'));
    try {
        await requireNames(git, request);
        const objects = await storeContents(git, folder, request.files);
        const index = { GIT_INDEX_FILE: external_node_path_default().join(folder, 'index') };
        await (0,command/* succeed */.Py)(git, ['read-tree', request.parent], { env: index, short: true });
        const entries = request.files.map((file, i) => `${file.mode} ${objects[i] ?? ''}\t${file.path}\0`);
        await (0,command/* succeed */.Py)(git, ['update-index', '-z', '--index-info'], { env: index, input: Buffer.from(entries.join('')) });
        // --missing-ok: a partial clone would fetch every file that it does not hold, only to see that it exists.
        const tree = lineOf(await (0,command/* succeed */.Py)(git, ['write-tree', '--missing-ok'], { env: index, short: true }));
        const commit = lineOf(await (0,command/* succeed */.Py)(git, ['commit-tree', tree, '-p', request.parent], {
            env: identity(request.author),
            input: Buffer.from(`${request.message.trimEnd()}\n`),
        }));
        return knownCommit(commit);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 3 });
    }
}
/**
 * A name that is not UTF-8 was read with U+FFFD for what could not be: to write to it would add a file beside the one
 * that is meant. So a name with that character must be in the parent just so.
 */
async function requireNames(git, { parent, files }) {
    for (const { path: name } of files) {
        if (!name.includes('\ufffd'))
            continue;
        const found = await (0,command/* succeed */.Py)(git, ['ls-tree', '-z', '--name-only', '--full-tree', parent, '--', name]);
        if (found.equals(Buffer.from(`${name}\0`)))
            continue;
        throw new git_errors/* GitError */.XS('command-failed', `The name of the file ${name} is not UTF-8, so nothing can be written to it.`, 'Rename the file, with letters in UTF-8.');
    }
}
/** Stores the contents in one command and gives their ids in order. The copies on disk spare a process for each. */
async function storeContents(git, folder, files) {
    if (files.length === 0)
        return [];
    const paths = files.map((_, i) => external_node_path_default().join(folder, `content-${i}`));
    for (const [i, file] of files.entries())
        await (0,promises_.writeFile)(paths[i] ?? '', file.content);
    const input = Buffer.from(`${paths.join('\n')}\n`);
    const output = await (0,command/* succeed */.Py)(git, ['hash-object', '-w', '--no-filters', '--stdin-paths'], { input });
    return lineOf(output).split('\n');
}
function identity({ name, mail }) {
    return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: mail, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: mail };
}
function lineOf(output) {
    return output.toString('utf8').trim();
}
function knownCommit(text) {
    const commit = (0,types/* asCommitSha */.M)(text);
    if (commit !== undefined)
        return commit;
    throw new git_errors/* GitError */.XS('command-failed', `git commit-tree gave no commit but "${text}".`, 'Run the job again.');
}

// EXTERNAL MODULE: ./src/git/credentials.ts
var git_credentials = __webpack_require__(4110);
;// CONCATENATED MODULE: ./src/git/deepen.ts





/**
 * Brings commits with all that lies behind them, for questions about history that a clone a few commits deep cannot
 * answer and no server is there to ask. A clone that was shallow is whole afterwards; its files and branches stay.
 * False when the server does not have one of the commits, or does not hand it out.
 *
 * @throws GitError `fetch-failed`
 */
async function fetchHistory(git, remote, commits) {
    const shallow = await isShallow(git);
    if (!shallow && (await (0,git_history/* commitsHere */.$M)(git, commits)).size === new Set(commits).size)
        return true;
    const depth = shallow ? ['--unshallow'] : [];
    const result = await (0,network/* askServer */.P)(git, [...FETCH, ...depth, '--', remote, ...new Set(commits)]);
    if (result.exitCode === 0)
        return true;
    if ((0,git_errors/* symptomOf */.L5)(result.stderr) === 'unknown-commit')
        return false;
    throw (0,network/* fetchFailed */.o)(`the history of ${commits.join(' and ')}`, result);
}
/** The newest commit that two commits have in common, by what is here; null where there is none. */
async function mergeBaseOf(git, one, other) {
    if ((await (0,git_history/* commitsHere */.$M)(git, [one, other])).size < new Set([one, other]).size)
        return null;
    const { exitCode, stdout } = await git(['merge-base', one, other], { short: true });
    return exitCode === 0 ? ((0,types/* asCommitSha */.M)(stdout.toString('utf8')) ?? null) : null;
}

// EXTERNAL MODULE: ./src/git/environment.ts
var environment = __webpack_require__(3313);
;// CONCATENATED MODULE: ./src/git/partial.ts





function promisedTo(git) {
    let found;
    const promisor = () => (found ??= findPromisor(git).catch((error) => {
        found = undefined;
        throw error;
    }));
    return {
        isPartial: async () => (await promisor()) !== null,
        fetchMissing: async (objects) => {
            const remote = await promisor();
            if (remote === null)
                return;
            const here = await objectsHere(git, objects);
            const missing = [...new Set(objects)].filter((object) => !here.has(object));
            if (missing.length === 0)
                return;
            // As git's own fetch of promised objects: nothing to negotiate, since objects are asked for and no history.
            const args = ['-c', 'fetch.negotiationAlgorithm=noop', ...FETCH, '--stdin', '--', remote];
            const result = await (0,network/* askServer */.P)(git, args, { input: Buffer.from(`${missing.join('\n')}\n`) });
            if (result.exitCode === 0 || (0,git_errors/* symptomOf */.L5)(result.stderr) === 'unknown-commit')
                return;
            throw (0,network/* fetchFailed */.o)(`${missing.length} objects that this partial clone left on the server`, result);
        },
    };
}
/** The remote that a partial clone gets its objects from; null in any other clone. */
async function findPromisor(git) {
    const args = ['config', '--null', '--type=bool', '--get-regexp', String.raw `^remote\..*\.promisor$`];
    const { exitCode, stdout } = await git(args, { short: true });
    if (exitCode !== 0)
        return null;
    const rows = stdout.toString('utf8').split('\0');
    const row = rows.find((candidate) => candidate.endsWith('\ntrue'));
    return row?.replace(/\n.*$/s, '').replace(/^remote\.|\.promisor$/g, '') ?? null;
}
async function objectsHere(git, objects) {
    const options = ['--no-walk', '--objects', '--no-object-names', ...git_history/* ONLY_WHAT_IS_HERE */.Qk];
    const input = Buffer.from(`${objects.join('\n')}\n`);
    return new Set((await (0,command/* succeed */.Py)(git, ['rev-list', ...options, '--stdin'], { input })).toString('utf8').split('\n'));
}

;// CONCATENATED MODULE: ./src/git/push.ts

/** Of every push: one ref and nothing else, its fate in lines that can be read. */
const PUSH = [
    'push',
    '--porcelain',
    '--no-verify',
    '--no-follow-tags',
    '--no-signed',
    '--recurse-submodules=no',
];
/**
 * Pushes the commit to the branch, never by force. `moved`: the branch is not where the commit's parent is any more.
 *
 * @throws GitError `push-refused` with the server's words when it does not want the push; `push-failed` otherwise.
 */
async function push(git, remote, commit, branch) {
    const result = await git([...PUSH, '--', remote, `${commit}:refs/heads/${branch}`]);
    if (result.exitCode === 0)
        return 'pushed';
    const refusal = refusalOf(result);
    if (refusal.words !== null && refusal.symptom === 'branch-moved')
        return 'moved';
    throw pushError(`the push to branch ${branch}`, refusal, result);
}
/**
 * Asks the server whether a push to the branch would be let in, and changes nothing. The rules and hooks of the branch
 * are not asked by git: they show with the push itself.
 *
 * @throws GitError `push-refused`, `push-failed`
 */
async function provePush(git, remote, commit, branch) {
    const result = await git([...PUSH, '--dry-run', '--', remote, `${commit}:refs/heads/${branch}`]);
    if (result.exitCode === 0)
        return;
    const refusal = refusalOf(result);
    // Somebody pushed meanwhile: let in all the same.
    if (refusal.words !== null || refusal.symptom === 'branch-moved')
        return;
    throw pushError(`the push to branch ${branch}`, refusal, result);
}
/**
 * Reads the ref's line, `!\t<refspec>\t[remote rejected] (<words>)`, before the text around it, which may be a hook's
 * chatter. Two kinds of words leave open what happened, and the text tells: receive-pack says `failed to update ref` of
 * a ref that moved, of a name that is taken and of a lock alike; and a hook that declined may have named a rule.
 */
function refusalOf(result) {
    const line = result.stdout
        .toString('utf8')
        .split('\n')
        .find((candidate) => candidate.startsWith('!'));
    const words = /\t\[[^\]]*\] \((.*)\)$/.exec(line ?? '')?.[1] ?? null;
    const around = (0,git_errors/* symptomOf */.L5)(result.stderr);
    if (words === null)
        return { words, symptom: around };
    const told = (0,git_errors/* symptomOf */.L5)(words);
    const details = /failed to update ref/.test(words)
        ? ['name-taken', 'locked', 'no-space']
        : ['hook-declined', 'other'].includes(told)
            ? ['unsigned-commit', 'protected-branch', 'not-permitted']
            : told === 'protected-branch'
                ? ['unsigned-commit']
                : [];
    return { words, symptom: details.includes(around) ? around : told };
}
/** `push-refused` when the server does not want it, whoever asks again; `push-failed` when that is not sure. */
function pushError(what, { words, symptom }, result) {
    const said = `${(0,git_errors/* wordsOf */.Z9)(result.stderr)}${words === null ? '' : ` (${words})`}`;
    const isRefused = words === null ? ACCESS.has(symptom) : !push_PASSING.has(symptom);
    return new git_errors/* GitError */.XS(isRefused ? 'push-refused' : 'push-failed', isRefused ? `${upperFirst(what)} was refused: ${said}` : `git did not get through with ${what}: ${said}`, helpFor(symptom, words), { reason: symptom });
}
const ACCESS = new Set([
    'not-permitted',
    'not-authenticated',
    'no-such-repository',
    'unsigned-commit',
    'protected-branch',
]);
const push_PASSING = new Set(['locked', 'no-space', 'branch-moved', 'network']);
function helpFor(symptom, words) {
    switch (symptom) {
        case 'unsigned-commit':
            return 'Use `write-back: commit`: its commits are made through the GitHub API and are verified.';
        case 'protected-branch':
            return 'Let a GitHub App that may bypass the rules of this branch push (its token as github-token; the workflow token never can), or set `write-back: none` and put the UUIDs of the summary in by a pull request.';
        case 'hook-declined':
            return 'A hook of the server declined it, in the words above: meet what it asks for, or push as someone who may bypass the rules (a GitHub App, its token as github-token).';
        case 'name-taken':
            return 'Another ref stands where this one needs a folder, or the other way round: delete or rename the one that the words above name.';
        case 'locked':
            return 'Another process is moving this ref: run the job again; if it stays so, one that died left its lock file on the server.';
        case 'not-permitted':
        case 'not-authenticated':
        case 'no-such-repository':
        case 'no-space':
        case 'network':
            return (0,git_errors/* accessHelp */.YX)(symptom);
        default:
            return words === null ? (0,git_errors/* accessHelp */.YX)(symptom) : 'Ask whoever looks after the repository what this refusal means.';
    }
}
function upperFirst(text) {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./src/git/range.ts







/**
 * Brings the commits after what a ref of the server names, up to the head, with all their files. False when the server
 * does not hand them out; a clone with full history has them.
 *
 * @throws GitError `fetch-failed` when the server cannot be reached or does not let us in.
 */
async function fetchSince(git, remote, ref, head) {
    if (!(await isShallow(git)))
        return (0,git_history/* hasCommit */.QE)(git, head);
    // Of a ref that is not there the server says nothing: it breaks off, as a bad connection does.
    const exclude = { isThere: true };
    const isGone = async () => {
        exclude.isThere = (await readRefs(git, remote, [ref])).has(ref);
        return !exclude.isThere;
    };
    const args = [...FETCH, `--shallow-exclude=${ref}`, '--', remote, head];
    const result = await (0,network/* askServer */.P)(git, args, {}, isGone);
    if (result.exitCode === 0)
        return true;
    const symptom = (0,git_errors/* symptomOf */.L5)(result.stderr);
    if (symptom === 'unknown-commit' || symptom === 'nothing-between')
        return false;
    if (symptom === 'other')
        await isGone();
    if (!exclude.isThere)
        return false;
    throw (0,network/* fetchFailed */.o)(`the commits since ${ref}`, result);
}
/** Commits that are looked at; more than lie between two deployments that anybody waits for. */
const range_MOST_COMMITS = 5_000;
/**
 * Every version that paths at or below the folders had in the commits after `base` up to `head`, newest first: a commit
 * comes before its parents, whatever the clocks said. A commit whose parents a shallow clone lacks looks as if it had
 * brought all its files. Submodules are no files.
 *
 * By `rev-list` and `diff-tree`, which are for programs: what `log` prints depends on the user's settings (`log.*`,
 * `diff.*`).
 */
async function pathVersions(git, base, head, folders) {
    const wanted = (0,git_paths/* foldersOf */.pd)(folders);
    if (wanted?.length === 0)
        return [];
    const commits = await (0,command/* succeed */.Py)(git, ['rev-list', '--topo-order', `--max-count=${range_MOST_COMMITS}`, '--stdin'], {
        input: Buffer.from([head, `^${base}`, '--', ...linesOf(wanted), ''].join('\n')),
    });
    const options = ['-r', '-z', '-m', '--root', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
    // More than a command line holds only spare git some work; what they leave out is left out below.
    const [paths = [], more] = (0,git_paths/* argumentLists */.bS)(wanted ?? []);
    const limit = more === undefined ? paths : [];
    const output = await (0,command/* succeed */.Py)(git, ['diff-tree', '--stdin', ...options, '--', ...limit], { input: commits });
    const isWanted = liesIn(wanted);
    return versionsIn(output).filter(({ path, before, after }) => (before !== null || after !== null) && isWanted(path));
}
/** git reads paths from its input line by line; names that hold line ends leave the commits unlimited. */
function linesOf(folders) {
    return folders === null || folders.some((folder) => /[\r\n]/.test(folder)) ? [] : folders;
}
function liesIn(folders) {
    if (folders === null)
        return () => true;
    const all = new Set(folders);
    return (path) => {
        for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (all.has(path.slice(0, end)))
                return true;
        }
        return false;
    };
}
/** A commit's id, then for every path `:<mode> <mode> <id> <id> <status>` and the path itself, each a field. */
function versionsIn(output) {
    const versions = [];
    let commit;
    const fields = (0,git_paths/* textFields */.BH)(output);
    for (let i = 0; i < fields.length; i += 1) {
        const raw = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]$/.exec(fields[i] ?? '');
        if (raw === null) {
            commit = (0,types/* asCommitSha */.M)(fields[i]);
            continue;
        }
        i += 1;
        const [, modeBefore, modeAfter, before, after] = raw;
        if (commit === undefined)
            continue;
        versions.push({
            path: fields[i] ?? '',
            commit,
            before: fileOf(modeBefore, before),
            after: fileOf(modeAfter, after),
        });
    }
    return versions;
}
/** All zeros: nothing there. 160000: a commit of another repository. */
function fileOf(mode, id) {
    return id === undefined || mode === '160000' || /^0+$/.test(id) ? null : id;
}

;// CONCATENATED MODULE: ./src/git/refs.ts






/**
 * Moves a ref in any direction, by compare-and-swap. `changed`: the server has something else by now, and nothing was done.
 * Where the answer was lost or leaves open what happened, the ref itself tells.
 *
 * @throws GitError `push-refused` when the server does not want it, `push-failed` when it did not get that far (the ref
 * is where it was, as far as can be seen), `fetch-failed` when the commit cannot be had.
 */
async function moveRef(git, remote, move) {
    const { ref, from, to, options = [] } = move;
    if (!(await (0,git_history/* hasCommit */.QE)(git, to)))
        await fetchWithParents(git, remote, to);
    const lease = `--force-with-lease=${ref}:${from ?? ''}`;
    const asked = options.map((option) => `--push-option=${option}`);
    const result = await git([...PUSH, ...asked, lease, '--', remote, `${to}:${ref}`]);
    if (result.exitCode === 0) {
        move.onWords?.(result.stderr);
        return 'moved';
    }
    const refusal = refusalOf(result);
    // git saw that by itself, before it sent anything.
    if (refusal.words === 'stale info')
        return 'changed';
    const error = pushError(`the move of the ref ${ref}`, refusal, result);
    if (error.code === 'push-refused')
        throw error;
    // A server whose gateway gave up may still be at it.
    if (refusal.words === null)
        await git.pause(500);
    const now = await currently(git, remote, ref, error);
    if (now === to)
        return 'moved';
    if (now !== from)
        return 'changed';
    throw error;
}
async function currently(git, remote, ref, pushed) {
    try {
        return (await readRefs(git, remote, [ref])).get(ref) ?? null;
    }
    catch (cause) {
        if (cause instanceof git_errors/* GitError */.XS && cause.code === 'cancelled')
            throw cause;
        const message = `${pushed.message} Whether the ref moved all the same cannot be read either.`;
        throw new git_errors/* GitError */.XS('push-failed', message, pushed.help, { reason: pushed.reason, cause });
    }
}
/** The ids are the same everywhere, so that runs that make the same commit at once agree. */
const OURS = {
    GIT_AUTHOR_NAME: 'sekoia-detections-action',
    GIT_AUTHOR_EMAIL: 'noreply@example.invalid',
    GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
    GIT_COMMITTER_NAME: 'sekoia-detections-action',
    GIT_COMMITTER_EMAIL: 'noreply@example.invalid',
    GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z',
};
/**
 * A commit without files on top of the head: the base of a branch of which nothing is in place yet. A comparison with it
 * shows every file as new, and the history since it begins after the head. Local until it is pushed.
 */
async function emptyBase(git, head) {
    const tree = await (0,command/* succeed */.Py)(git, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: Buffer.alloc(0) });
    return commitTree(git, tree.toString('utf8').trim(), head, 'Base of the first deployment: nothing is in place yet');
}
/**
 * A commit with the files of the one that it sits on. Where a ref names it in place of that one, nothing changed but the
 * ref's value: whoever expects the old value is told. Local until it is pushed.
 */
async function sameFiles(git, commit) {
    return commitTree(git, `${commit}^{tree}`, commit, 'A run wrote rules and did not finish; this is still the base');
}
async function commitTree(git, tree, parent, message) {
    const args = ['commit-tree', tree, '-p', parent];
    const output = await (0,command/* succeed */.Py)(git, args, { env: OURS, input: Buffer.from(`${message}\n`) });
    const commit = (0,types/* asCommitSha */.M)(output.toString('utf8'));
    if (commit !== undefined)
        return commit;
    throw new git_errors/* GitError */.XS('command-failed', 'git commit-tree gave no commit.', 'Run the job again.');
}

;// CONCATENATED MODULE: ./src/git/repository.ts


















/**
 * Opens the repository at the workspace's root.
 *
 * @throws GitError `git-missing`, `not-a-repository`, `dubious-ownership`, `not-at-root`, each with its cure.
 */
async function openRepository(options) {
    const { serverUrl, token, env, log, signal } = options;
    const root = external_node_path_default().resolve(options.workspace);
    const credentials = (0,git_credentials/* credentialsFor */.O)(serverUrl, token, env, options.user);
    const git = await (0,command/* gitRunner */.XZ)({
        directory: root,
        env: { ...(0,environment/* gitEnvironment */._)(env), ...credentials.env },
        secrets: credentials.secrets,
        log,
        ...(signal === undefined ? {} : { signal }),
    });
    await requireRoot(git, root);
    const promised = promisedTo(git);
    let remote;
    const theRemote = () => (remote ??= findRemote(git, serverUrl, options.repository));
    return {
        root,
        hasCommit: (commit) => (0,git_history/* hasCommit */.QE)(git, commit),
        fetchCommit: async (commit) => fetchCommit(git, await theRemote(), commit),
        fetchTip: async (branch) => fetchTip(git, await theRemote(), branch),
        parentsOf: (commit) => (0,git_history/* parentsOf */.fY)(git, commit),
        changedFiles: (base, head) => (0,git_history/* changedFiles */.Y_)(git, base, head),
        listFiles: (commit, folders) => listFiles(git, promised, commit, folders),
        findFiles: (commit, paths) => findFiles(git, promised, commit, paths),
        readBlobs: (objects) => readBlobs(git, promised, objects),
        commitFiles: (request) => commit_commitFiles(git, env['RUNNER_TEMP'] || external_node_os_default().tmpdir(), request),
        push: async (commit, branch) => push(git, await theRemote(), commit, branch),
        provePush: async (commit, branch) => provePush(git, await theRemote(), commit, branch),
        readRefs: async (names) => readRefs(git, await theRemote(), names),
        moveRef: async (move) => moveRef(git, await theRemote(), move),
        emptyBase: (head) => emptyBase(git, head),
        sameFiles: (commit) => sameFiles(git, commit),
        fetchSince: async (ref, head) => fetchSince(git, await theRemote(), ref, head),
        pathVersions: (base, head, folders) => pathVersions(git, base, head, folders),
        authorsOf: async (of) => authorsOf(git, promised, await theRemote(), of),
        isAncestor: (older, newer) => isAncestor(git, older, newer),
        fetchHistory: async (commits) => fetchHistory(git, await theRemote(), commits),
        mergeBaseOf: (one, other) => mergeBaseOf(git, one, other),
        commitsAhead: (base, head) => (0,git_history/* commitsAhead */.yp)(git, base, head),
        identity: () => repository_identity(git),
    };
}
async function repository_identity(git) {
    const [name, mail] = await Promise.all(['user.name', 'user.email'].map(async (key) => {
        const { exitCode, stdout } = await git(['config', '--get', key], { short: true });
        return exitCode === 0 ? stdout.toString('utf8').trim() : '';
    }));
    return name === undefined || mail === undefined || name === '' || mail === '' ? null : { name, mail };
}
/** git itself says how far up the root is: no paths to compare, which Windows spells in several ways. */
async function requireRoot(git, workspace) {
    if (!(await isFolder(workspace)))
        throw await noRepository(workspace);
    const args = ['rev-parse', '--show-cdup', '--show-toplevel'];
    const result = await git(args, { short: true });
    if (result.exitCode === 0) {
        const [up, ...top] = result.stdout.toString('utf8').replace(/\n$/, '').split('\n');
        if (up === '')
            return;
        throw notAtRoot(`The workspace ${workspace} lies inside a bigger repository, ${top.join('\n')}.`);
    }
    switch ((0,git_errors/* symptomOf */.L5)(result.stderr)) {
        case 'dubious-ownership':
            throw new git_errors/* GitError */.XS('dubious-ownership', `git does not trust the repository at ${workspace}, because it belongs to another user ("dubious ownership", usual in containers).`, `Add a step before this one: git config --global --add safe.directory "${workspace}"`);
        case 'not-a-repository':
            throw await noRepository(workspace);
        default:
            throw (0,command/* commandFailed */.n6)(args, result);
    }
}
async function noRepository(workspace) {
    const below = await repositoryBelow(workspace);
    if (below !== null)
        return notAtRoot(`The repository is checked out at ${below}, not at the root of the workspace.`);
    return new git_errors/* GitError */.XS('not-a-repository', `There is no git repository at the workspace ${workspace} (no .git).`, 'Put a step with actions/checkout before this one; if there is one, install git 2.18 or newer before it, since without git it downloads the files alone.');
}
function notAtRoot(message) {
    return new git_errors/* GitError */.XS('not-at-root', message, 'Take `path` out of the checkout step: the repository that the workflow runs in must stand at the root of the workspace.');
}
/** A checkout with `path: NAME`, or `path: NAME/NAME`, for a message that can name it. */
async function repositoryBelow(workspace) {
    for (const folder of await foldersIn(workspace)) {
        for (const candidate of [folder, ...(await foldersIn(external_node_path_default().join(workspace, folder), folder))]) {
            if (await exists(external_node_path_default().join(workspace, candidate, '.git')))
                return candidate;
        }
    }
    return null;
}
async function foldersIn(directory, prefix = '') {
    try {
        const entries = await (0,promises_.readdir)(directory, { withFileTypes: true });
        return entries.filter((entry) => entry.isDirectory()).map((entry) => external_node_path_default().posix.join(prefix, entry.name));
    }
    catch {
        return [];
    }
}
async function isFolder(file) {
    return (0,promises_.stat)(file).then((found) => found.isDirectory(), () => false);
}
async function exists(file) {
    return (0,promises_.stat)(file).then(() => true, () => false);
}

// EXTERNAL MODULE: ./src/inputs.ts
var inputs = __webpack_require__(8422);
// EXTERNAL MODULE: ./src/report/make-report.ts
var make_report = __webpack_require__(9781);
// EXTERNAL MODULE: ./src/report/publish.ts
var publish = __webpack_require__(4617);
// EXTERNAL MODULE: ./src/sekoia/find-alert-type.ts
var find_alert_type = __webpack_require__(8895);
// EXTERNAL MODULE: ./src/target.ts + 16 modules
var src_target = __webpack_require__(5172);
;// CONCATENATED MODULE: ./src/modes/nothing.ts
/** What is told of a run that looked at nothing and did nothing. */
function nothingFor({ mode, repository, branch, head, pullRequest, runUrl }) {
    const read = { detections: [], findings: [], notes: [] };
    const nothing = { outcomes: [], writeBack: null, stopped: null, spent: null };
    return { mode, repository, branch, head, pullRequest, runUrl, scope: '', read, notes: [], ...nothing };
}

// EXTERNAL MODULE: ./src/modes/target-runs.ts + 2 modules
var target_runs = __webpack_require__(7138);
;// CONCATENATED MODULE: ./src/modes/alert-types.ts







/**
 * Lists the types that alerts can have, with the names and UUIDs that metadata files take. Reads only. With targets the
 * first of the share is asked.
 */
async function alertTypes(run) {
    const { world, event } = run;
    const start = performance.now();
    const [first] = (0,target_runs/* targetsOf */.Q)(run.settings);
    if (first === undefined)
        throw new Error('a run has a target');
    const sekoia = (0,src_target/* openTarget */.Ap)({ ...run, ...first });
    const tell = (more) => {
        const spent = { requests: sekoia.statistics.requests, elapsedMs: performance.now() - start };
        return (0,publish/* publish */.m)((0,make_report/* makeReport */.dO)({ ...nothingFor(event), scope: SCOPE, ...more, spent }), world);
    };
    try {
        await (0,src_target/* requireCommunity */.F_)(sekoia, first.target);
        return await tell({ alertTypes: inOrder((await sekoia.alertTypes()).map(rowOf)) });
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        const { message, help } = error;
        return await tell({ stopped: { message, help } });
    }
    finally {
        await sekoia.close();
    }
}
const SCOPE = 'Looked at no detection: the alert types of the platform were asked for.';
function rowOf(type) {
    const { uuid, category, value, detail, description } = type;
    const shown = detail === '' ? value : detail;
    return { name: (0,find_alert_type/* nameOfType */.xH)(type), display: category === null ? shown : `${category} / ${shown}`, uuid, description };
}
function inOrder(rows) {
    const key = ({ name, uuid }) => `${name} ${uuid ?? ''}`;
    return [...rows].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

;// CONCATENATED MODULE: ./src/changes/advance.ts


/**
 * Before the first write of a branch that has no deployed ref: writes it at the base, so that the next run starts there
 * if this one fails. Without a base it starts at a commit without files: nothing is in place yet.
 */
async function holdBase({ ref, deployed }, base, head, by) {
    if (deployed !== null)
        return { at: deployed, writable: true };
    try {
        const at = base ?? (await by.repository.emptyBase(head));
        const moved = await by.repository.moveRef({ ref, from: null, to: at });
        // Another run was faster: its base is as good as ours, or better.
        return moved === 'moved' ? { at, writable: true } : { at: await current(ref, by), writable: true };
    }
    catch (error) {
        by.log.notice(`The last deployed commit cannot be kept (${(0,errors/* messageOf */.b)(error)}), so a failed or dropped run is not made up for: the event's own range is used. The token needs \`contents: write\`.`);
        return { at: null, writable: false };
    }
}
/**
 * At the end of a run: moves the deployed ref to what is in place now, by compare-and-swap. The ref is also how two runs
 * that are at work at once learn of each other: whoever finds another value there than it left cannot know whose write
 * came last: it reads once more whether its content stands, and gives the ref back where newer content may be covered.
 *
 * @returns what is to be made up for; null when nothing is.
 */
async function advance(ending, by) {
    if (!ending.from.writable)
        return null;
    const seen = { isMoved: false };
    try {
        if (ending.isComplete)
            return await moveForward(ending, by, seen);
        return ending.hasWritten ? await tellOthers(ending, by) : null;
    }
    catch (error) {
        by.log.notice(`The last deployed commit could not be moved to ${ending.to}: ${(0,errors/* messageOf */.b)(error)}`);
        // Another run was at work, and how it stands to this one could not be seen: that must not end green.
        return seen.isMoved && ending.hasWritten ? { kind: 'other' } : null;
    }
}
const advance_TRIES = 5;
async function moveForward(ending, by, seen) {
    const { ref, from, to, hasWritten } = ending;
    if (from.at === to && !hasWritten)
        return null;
    let expected = from.at;
    for (let tries = 0; tries < advance_TRIES; tries += 1) {
        if ((await by.repository.moveRef({ ref, from: expected, to })) === 'moved')
            return null;
        seen.isMoved = true;
        const now = await current(ref, by);
        if (now === to)
            return null;
        const relation = now === null ? null : await by.compare(to, now);
        if (now !== null && relation === 'ahead') {
            if (!hasWritten)
                return null;
            // Newer content is in place, and ours may lie over it: this run's own commit is the last that is sure.
            if ((await by.repository.moveRef({ ref, from: now, to })) === 'moved')
                return { kind: 'newer', commit: now };
        }
        else if (!(await ending.isInPlace())) {
            return { kind: 'other' };
        }
        expected = now;
    }
    by.log.notice(`The last deployed commit was not moved to ${to}: other runs keep moving it. The next run makes up for it.`);
    return null;
}
/** A run that failed after a write: a newer run must not take for granted that what it wrote is still there. */
async function tellOthers({ ref, from, to }, by) {
    if (from.at === null)
        return null;
    let now = await current(ref, by);
    if (now === from.at) {
        if (!(await bringCommit(by.repository, now)))
            return null;
        const same = await by.repository.sameFiles(now);
        if ((await by.repository.moveRef({ ref, from: now, to: same })) === 'moved')
            return null;
        now = await current(ref, by);
    }
    if (now === null || (await by.compare(to, now)) !== 'ahead')
        return null;
    const isBack = (await by.repository.moveRef({ ref, from: now, to: from.at })) === 'moved';
    return isBack ? { kind: 'newer', commit: now } : null;
}
async function current(ref, { repository }) {
    return (await repository.readRefs([ref])).get(ref) ?? null;
}

;// CONCATENATED MODULE: ./src/changes/find-changes.ts



/**
 * Which files differ between the event's base commit and its head, from git itself. Without a base the scope is all: an
 * unchanged rule is left alone, and the log says why (action-engineering.md §3.2). But what left the branch shows in no
 * list of all files, so a run that plans goes on without its base only where the server says that it has it no more.
 *
 * @throws GitError `commit-missing` when the head, or the last deployed commit, is neither here nor on the server;
 * `fetch-failed` when the server does not let it be fetched, for a run that plans also of any other base.
 */
async function findChanges(given) {
    const { repository, event, deployed = null, log } = given;
    const { head, start } = event;
    // A run that validates everything reads the work tree alone, whatever commit it stands on.
    if (start.kind === 'commit' || event.mode !== 'validate')
        await requireHead(repository, head);
    if (start.kind === 'all') {
        const since = deployed === null ? null : await sinceDeployed(repository, deployed, head);
        return start.fallback === true ? fallBack(start.reason, since, log) : everything(start.reason, since, log);
    }
    const problem = await bringBase(repository, start.commit, event.mode);
    if (problem !== null && start.commit === deployed)
        throw deployedMissing(start.commit);
    if (problem !== null) {
        const what = start.forced ? 'the tip that this force push replaced' : 'the commit to compare with';
        return fallBack(`${what}, ${start.commit}, ${problem}`, null, log);
    }
    log.info(`Comparing ${start.commit}..${head} because ${start.reason}.`);
    if (start.forced) {
        log.notice(`This was a force push: what differs from the replaced tip ${start.commit} counts as changed.`);
    }
    const files = await repository.changedFiles(start.commit, head);
    return { scope: 'changed', base: start.commit, reason: start.reason, files };
}
/** As asked for, or as the event has it: no more than a line. */
function everything(reason, since, log) {
    log.info(`Looking at every detection: ${reason}.`);
    return { scope: 'all', reason, since };
}
/** Where a comparison was expected. */
function fallBack(reason, since, log) {
    log.notice(`Looking at every detection, since there is nothing to compare with: ${reason}.`);
    return { scope: 'all', reason, since };
}
async function sinceDeployed(repository, base, head) {
    if ((await bringBase(repository, base, 'deploy')) !== null)
        throw deployedMissing(base);
    return { base, files: await repository.changedFiles(base, head) };
}
function deployedMissing(commit) {
    return new git_errors/* GitError */.XS('commit-missing', `The last deployed commit ${commit} is not on the server, so what left the branch since then cannot be seen; nothing was deployed.`, 'Run the workflow again. If it stays so, delete the ref under refs/sekoia-detections/ that names it (`git ls-remote` shows it), run the workflow with `scope: all`, and look after rules of detections that were removed.');
}
async function requireHead(repository, head) {
    if (await bringCommit(repository, head))
        return;
    throw new git_errors/* GitError */.XS('commit-missing', `The commit ${head} that this workflow runs for is not in the checkout, and the server does not have it.`, 'Check out the repository that the workflow runs in (take `repository` out of the checkout step); after a force push, run the workflow on the branch as it is now.');
}
/** Why the base cannot be used, or null when it is here. @throws GitError for a run that plans and cannot fetch */
async function bringBase(repository, base, mode) {
    if (await repository.hasCommit(base))
        return null;
    try {
        return (await repository.fetchCommit(base)) ? null : 'is not on the server any more';
    }
    catch (error) {
        if (mode !== 'validate')
            throw error;
        return `could not be fetched (${(0,errors/* messageOf */.b)(error)})`;
    }
}

;// CONCATENATED MODULE: ./src/changes/standing.ts


/** In full. */
function deployedRef(target, branch) {
    return `refs/sekoia-detections/${target}/${branch}`;
}
/**
 * Reads the deployed ref (design.md, "Deployed ref") and the branch's tip, and tells whether the run came too late: old
 * content never goes over new. The tip itself is never too late, not even after a force push back to an old commit.
 *
 * @throws GitError when the server cannot be reached
 */
async function readStanding(of) {
    const place = await readPlace(of);
    return { ...place, overtaken: await overtakenBy(place, of) };
}
/** The same for a run that only plans, which is never too late. */
async function readPlace(of) {
    const ref = deployedRef(of.target, of.branch);
    const before = of.after === undefined || of.after === null ? null : deployedRef(of.after, of.branch);
    const branchRef = `refs/heads/${of.branch}`;
    try {
        const refs = await of.repository.readRefs([ref, branchRef, ...(before === null ? [] : [before])]);
        const [own, tip] = [refs.get(ref) ?? null, refs.get(branchRef) ?? null];
        const deployed = own ?? (before === null ? null : (refs.get(before) ?? null));
        const inherited = own === null && deployed !== null && before !== null ? { inherited: before } : {};
        return { ref, deployed, ...inherited, tip, isReadable: true, overtaken: null };
    }
    catch (error) {
        // What the server says is an answer; one that cannot be reached may well have a newer commit deployed.
        if (error instanceof git_errors/* GitError */.XS && error.reason === 'network')
            throw error;
        of.log.notice(`The last deployed commit could not be read, so the event's own range is used: ${(0,errors/* messageOf */.b)(error)}`);
        return { ref, deployed: null, tip: null, isReadable: false, overtaken: null };
    }
}
/** Where the comparison of files starts: at the last deployed commit, so that no change is skipped. */
function startFrom({ deployed }, start) {
    if (deployed === null || (start.kind === 'all' && start.fallback !== true))
        return start;
    return { kind: 'commit', commit: deployed, forced: false, reason: 'it is the last commit that is deployed in full' };
}
async function overtakenBy({ deployed, tip }, of) {
    const { head, start } = of.event;
    if (deployed === head || tip === head)
        return null;
    // A push without force: what was there before it lies behind it.
    if (start.kind === 'commit' && !start.forced && start.commit === deployed)
        return null;
    if (deployed !== null && (await isBehind(head, deployed, of))) {
        return `this commit ${head} lies behind ${deployed}, which is deployed already`;
    }
    return tip !== null && (await isOffBranch(head, tip, of))
        ? `this commit ${head} is not on the branch (any more)`
        : null;
}
/** Taken away by a force push, or never pushed: what it holds is not what the branch says. */
async function isOffBranch(head, tip, { compare }) {
    const tipToHead = await compare(head, tip);
    return tipToHead === 'diverged' || tipToHead === 'behind';
}
async function isBehind(head, deployed, of) {
    const known = await of.repository.isAncestor(head, deployed);
    if (known !== null)
        return known;
    const status = await of.compare(head, deployed);
    if (status === null) {
        of.log.notice(`GitHub does not tell how ${head} and ${deployed} relate; this run goes on as the newer one.`);
    }
    return status === 'ahead';
}

// EXTERNAL MODULE: ./src/sekoia/errors.ts
var sekoia_errors = __webpack_require__(6549);
;// CONCATENATED MODULE: ./src/deploy/communities.ts
/**
 * The failure where the file names a community and the platform put the rule into another one: a community that the key
 * has no right in may be replaced by the key's own without a word (sekoia-api.md §6.3). Null where the answer names the
 * right one, or none. The UUID is told all the same, so that the rule is not made a second time.
 */
function otherCommunity(operation, { uuid, community = null, write }) {
    const wanted = operation.body.community_uuid ?? null;
    if (wanted === null || community === null || community === wanted)
        return null;
    return {
        operation,
        kind: 'failed',
        uuid,
        reason: `Sekoia has the rule in the community ${community}, and \`community_uuid\` of the file names ${wanted}`,
        help: `Use a key of the parent workspace that has rights in ${wanted}. The rule ${write.enabled ? 'runs in the other community' : 'is disabled'} now: delete it on the platform, and remove its UUID from the file, before the next run.`,
    };
}

;// CONCATENATED MODULE: ./src/deploy/create-once.ts

/** Waits before each look, in milliseconds: ten seconds in all, since a list may lag (sekoia-api.md §8.35). */
const LOOKS = [0, 2_000, 3_000, 5_000];
/**
 * Creates rules, each at most once: a create whose answer is lost is not sent again but looked for. The plan found no
 * rule of this name that no file claims, so the one that is there now is the one that was sent. Rules of one name are
 * created one after the other, and what a detection got no other one gets: a look could not tell them apart.
 *
 * @param taken rules that detections of the run have already.
 */
function createRules(taken, by) {
    const ours = new Set(taken);
    const turns = new Map();
    const isTaken = (uuid) => by.isClaimed(uuid) || ours.has(uuid);
    /** @throws SekoiaError `answer-lost` when it cannot be found, or when several are there. */
    async function createOnce(body) {
        const rule = await createOrFind(body, isTaken, by);
        ours.add(rule.uuid);
        return rule;
    }
    return (body) => {
        const before = turns.get(body.name) ?? Promise.resolve();
        const turn = before.then(() => createOnce(body));
        turns.set(body.name, turn.catch(() => undefined));
        return turn;
    };
}
async function createOrFind(body, isTaken, by) {
    try {
        return await by.sekoia.create(body);
    }
    catch (thrown) {
        if (!(thrown instanceof sekoia_errors/* SekoiaError */.L) || thrown.code !== 'answer-lost')
            throw thrown;
        return lookFor(body, thrown, isTaken, by);
    }
}
async function lookFor(body, lost, isTaken, by) {
    for (const wait of LOOKS) {
        if (by.signal.aborted)
            break;
        await by.sleep(wait);
        const [found, ...others] = (await foundNow(body, by)).filter(({ uuid }) => !isTaken(uuid));
        if (others.length > 0 && found !== undefined) {
            const list = [found, ...others].map(({ uuid }) => uuid).join(', ');
            const help = 'Keep one of them, put its UUID into the metadata file as `uuid`, and delete the others.';
            throw new sekoia_errors/* SekoiaError */.L('answer-lost', `${lost.message} Several rules of this name are there now: ${list}`, help);
        }
        if (found !== undefined)
            return found;
    }
    throw lost;
}
/** A look that fails is one that found nothing: the next one may do better. */
async function foundNow(body, { sekoia }) {
    try {
        const rules = await sekoia.findByName(body.name);
        return rules.filter(({ verified, createdByType }) => !verified && createdByType !== 'avatar');
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/in-parallel.ts
/** Runs `work` over the items, at most `limit` at once, results in the items' order. */
async function inParallel(items, limit, work) {
    const values = new Array(items.length);
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue)
            values[index] = await work(item);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return values;
}

;// CONCATENATED MODULE: ./src/deploy/not-sent.ts
/** The outcomes of a plan of which nothing may be sent: every write is left, for the one reason given. */
function leaveAll(plan, why) {
    return plan.operations.map((operation) => {
        switch (operation.kind) {
            case 'none':
                return leftAlone(operation);
            case 'blocked':
                return blockedOutcome(operation);
            case 'unchanged':
                return { operation, kind: 'done', uuid: operation.rule.uuid, reason: '', help: '' };
            case 'create':
            case 'adopt':
                return { operation, kind: 'skipped', uuid: null, reason: why.message, help: why.help };
            case 'update':
            case 'disable':
            case 'delete':
                return { operation, kind: 'skipped', uuid: operation.rule.uuid, reason: why.message, help: why.help };
        }
    });
}
/** The outcomes of a plan that is only shown. */
function showAll(plan) {
    return plan.operations.map((operation) => {
        switch (operation.kind) {
            case 'none':
                return leftAlone(operation);
            case 'blocked':
                return blockedOutcome(operation);
            case 'create':
                return { operation, kind: 'planned', uuid: null, reason: '', help: '' };
            default:
                return { operation, kind: 'planned', uuid: operation.rule.uuid, reason: '', help: '' };
        }
    });
}
/** Looked at and left alone on purpose. */
function leftAlone(operation) {
    return { operation, kind: 'skipped', uuid: operation.uuid, reason: operation.reason, help: '' };
}
/** Held back by findings, or by what the catalogue says. */
function blockedOutcome(operation) {
    const { uuid, obstacle, findings } = operation;
    const [first, ...more] = findings;
    const reason = obstacle?.message ?? `${first?.message ?? 'has findings'}${more.length === 0 ? '' : ` (and ${more.length} more)`}`;
    const help = obstacle?.help ?? first?.help ?? '';
    return { operation, kind: 'failed', uuid, reason, help };
}

// EXTERNAL MODULE: ./src/sekoia/wire.ts
var wire = __webpack_require__(7387);
;// CONCATENATED MODULE: ./src/deploy/compilation.ts

/**
 * The verdict on what was written at `writtenAt`. Compilation is a later step than the write (sekoia-api.md §2.6), so an
 * older verdict speaks of older content. Both times are the server's; our clock is never asked.
 */
function verdictSince(rule, writtenAt) {
    const { success, at } = rule.compilation;
    const compiled = at === null ? null : (0,wire/* parseServerTime */.ap)(at);
    if (success === null || compiled === null)
        return 'pending';
    const written = writtenAt === null ? null : (0,wire/* parseServerTime */.ap)(writtenAt);
    if (written !== null && compiled < written)
        return 'pending';
    return success ? 'compiled' : 'refused';
}
/** The verdict on a rule that needed no write: its last compilation, whenever that was. */
function lastVerdict(rule) {
    return verdictSince(rule, null);
}

;// CONCATENATED MODULE: ./src/deploy/subcommunities.ts



/** A sub-community that so many rules in a row were refused in is asked for no other: refusals cost pauses, and may get the address blocked. */
const GIVES_UP_AFTER = 3;
/**
 * Puts a rule that is in place into the state that its file wants in each sub-community. Which state it has there can be
 * read nowhere, so every call is sent, and its success is believed (sekoia-api.md §6.1, §6.3). One that is refused stops
 * no other, and makes the outcome a failure; nothing is thrown.
 */
function stateSetter({ sekoia }) {
    const inARow = new Map();
    async function set(rule, { uuid, state }) {
        const refusals = () => inARow.get(uuid) ?? 0;
        if (refusals() >= GIVES_UP_AFTER)
            throw givenUp();
        try {
            await sekoia.setEnabled(rule, state, uuid);
            inARow.delete(uuid);
        }
        catch (thrown) {
            if (subcommunities_isRefusal(thrown))
                inARow.set(uuid, refusals() + 1);
            throw thrown;
        }
    }
    return async (outcome) => {
        const { kind, uuid, operation } = outcome;
        const wanted = statesOf(operation);
        if (kind !== 'done' || uuid === null || wanted.length === 0)
            return outcome;
        const refused = [];
        for (const one of wanted)
            await set(uuid, one).catch((thrown) => refused.push({ one, thrown }));
        if (refused.length === 0)
            return { ...outcome, reason: alsoSaid(outcome, `its state is set in ${places(wanted)}`) };
        const reason = `the rule is in place, but its state could not be set in ${refused.length} of ${places(wanted)}: ${whyNot(refused)}`;
        return { ...outcome, kind: 'failed', reason, help: helpOf(refused) };
    };
}
/** What a plan says of them: it cannot tell whether anything would change. */
function announceStates(outcome) {
    const wanted = statesOf(outcome.operation);
    if (outcome.kind !== 'planned' || wanted.length === 0)
        return outcome;
    return {
        ...outcome,
        reason: alsoSaid(outcome, `its state in ${places(wanted)} will be set, and cannot be compared`),
    };
}
/** The states that come with an operation; none where nothing is deployed. */
function statesOf(operation) {
    return 'detection' in operation ? (operation.detection.subcommunities ?? []) : [];
}
function subcommunities_isRefusal(thrown) {
    return thrown instanceof sekoia_errors/* SekoiaError */.L && (thrown.code === 'forbidden' || thrown.code === 'not-found');
}
function givenUp() {
    return new sekoia_errors/* SekoiaError */.L('forbidden', `not sent, since Sekoia refused the sub-community for ${GIVES_UP_AFTER} other rules of this run`, 'Correct `subcommunities`, or what Sekoia said of the other rules, and run again.');
}
/** Each reason once, with those that it is true of: most often it is one for all. */
function whyNot(refused) {
    const reasons = new Map();
    for (const { one, thrown } of refused) {
        const message = (0,errors/* messageOf */.b)(thrown);
        reasons.set(message, [...(reasons.get(message) ?? []), one.uuid]);
    }
    return Array.from(reasons, ([message, uuids]) => `${someOf(uuids)}: ${message}`).join('; ');
}
const subcommunities_SHOWN = 10;
function someOf(uuids) {
    const more = uuids.length - subcommunities_SHOWN;
    return `${uuids.slice(0, subcommunities_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
function helpOf([first]) {
    return first?.thrown instanceof errors/* ActionError */.l ? first.thrown.help : 'This is a fault of the action: please report it.';
}
function places(wanted) {
    return (0,src_text/* count */.U9)(wanted.length, 'sub-community', 'sub-communities');
}
function alsoSaid({ reason }, more) {
    return reason === '' ? more : `${reason}; ${more}`;
}

;// CONCATENATED MODULE: ./src/deploy/carry-out.ts








/** How long the platform is given to compile before the one look at what it has not said yet. */
const SETTLE_MS = 2_000;
/** The whole of that look, in milliseconds. */
const REREAD_WITHIN_MS = 30_000;
/**
 * Carries out the plan, several operations at a time. One operation's failure never stops another; nothing is thrown.
 * The outcomes come in the order of the plan.
 */
async function carryOut(plan, by) {
    let done = 0;
    const create = createRules(plan.operations.flatMap(carry_out_rulesOf), by);
    const results = await inParallel(plan.operations, by.sekoia.concurrency, async (operation) => {
        const result = await carryOutOne(operation, create, by);
        by.onProgress(++done, plan.operations.length);
        return result;
    });
    const settled = await settle(results, by);
    return inParallel(settled, by.sekoia.concurrency, stateSetter(by));
}
function carry_out_rulesOf(operation) {
    return 'rule' in operation ? [operation.rule.uuid] : [];
}
async function carryOutOne(operation, create, by) {
    switch (operation.kind) {
        case 'none':
            return carry_out_final(leftAlone(operation));
        case 'blocked':
            return carry_out_final(blockedOutcome(operation));
        case 'unchanged':
            return judged(operation, operation.rule, lastVerdict(operation.rule), null);
        case 'create':
            return write(operation, operation.body, () => create(operation.body), by);
        case 'disable':
        case 'delete':
            return carry_out_final(await takeAway(operation, by));
        case 'adopt':
        case 'update': {
            const { rule, body } = operation;
            if (operation.changes.length === 0)
                return judged(operation, rule, lastVerdict(rule), null);
            return write(operation, body, () => by.sekoia.update(rule.uuid, body), by);
        }
    }
}
/** Sends one write, closes a difference in `enabled`, and checks the answer against what was sent. */
async function write(operation, body, send, by) {
    let written = null;
    try {
        written = await send();
        const elsewhere = otherCommunity(operation, written);
        if (elsewhere !== null)
            return carry_out_final(elsewhere);
        const { updatedAt, createdAt } = written;
        const rule = written.write.enabled === body.enabled
            ? written
            : withState(written, await by.sekoia.setEnabled(written.uuid, stateOf(body), body.community_uuid));
        const kept = by.differences(body, rule.write).filter(({ field }) => !rule.missing.includes(field));
        if (kept.length > 0)
            return carry_out_final(otherValues(operation, rule, kept));
        const writtenAt = updatedAt ?? createdAt;
        return judged(operation, rule, verdictSince(rule, writtenAt), writtenAt);
    }
    catch (thrown) {
        if (operation.kind !== 'create' && written === null && mayBeGone(thrown)) {
            return carry_out_final(failedOutcome(operation, await toldApart(operation.rule.uuid, thrown, by), written));
        }
        return carry_out_final(failedOutcome(operation, thrown, written));
    }
}
function stateOf({ enabled }) {
    return enabled ? 'enabled' : 'disabled';
}
/** Disables or deletes the rule of a detection that left the branch. */
async function takeAway(operation, by) {
    const { kind, rule, removed } = operation;
    const community = removed.community === undefined ? undefined : (rule.community ?? removed.community);
    const done = { operation, kind: 'done', uuid: rule.uuid, reason: 'removed from the branch', help: '' };
    try {
        if (kind === 'delete') {
            const what = await by.sekoia.remove(rule.uuid, community);
            return what === 'deleted'
                ? done
                : { ...done, reason: 'removed from the branch; somebody deleted its rule before' };
        }
        const answer = await by.sekoia.setEnabled(rule.uuid, 'disabled', community);
        if (!answer.write.enabled || answer.missing.includes('enabled'))
            return done;
        const help = 'Disable it on the platform, and look whether something there enables it again.';
        return { ...done, kind: 'failed', reason: 'Sekoia took the call but says that the rule is still enabled', help };
    }
    catch (thrown) {
        return failedOutcome(operation, thrown, null);
    }
}
/** The answers that a missing permission and a missing rule have in common (sekoia-api.md §8.1). */
function mayBeGone(thrown) {
    return thrown instanceof sekoia_errors/* SekoiaError */.L && (thrown.code === 'forbidden' || thrown.code === 'not-found');
}
/** A rule that went between the plan and the write says so; whatever else the look-up finds, the refusal stands. */
async function toldApart(uuid, refusal, { sekoia }) {
    try {
        if ((await sekoia.whereIs(uuid)) === 'there')
            return refusal;
    }
    catch {
        return refusal;
    }
    const help = 'Somebody deleted it during this run: run the workflow again, which follows `on-missing` then.';
    return new sekoia_errors/* SekoiaError */.L('not-found', `Rule ${uuid} is not on the platform any more.`, help, { cause: refusal });
}
/** The answer to enable or disable is a rule of its own; only its state is news. */
function withState(written, answer) {
    return { ...written, write: { ...written.write, enabled: answer.write.enabled } };
}
/** Looks once more at every rule whose compilation the platform had not told, all together. */
async function settle(results, by) {
    const waiting = results.flatMap(({ pending }) => (pending === null ? [] : [pending.uuid]));
    if (waiting.length === 0 || by.signal.aborted)
        return results.map(({ outcome }) => outcome);
    await by.sleep(SETTLE_MS);
    const looked = await by.sekoia.reread(waiting, REREAD_WITHIN_MS);
    return results.map(({ outcome, pending }) => {
        if (pending === null)
            return outcome;
        const lookup = looked.get(pending.uuid);
        if (lookup?.kind !== 'found')
            return { ...outcome, reason: notHeard(outcome.reason) };
        const { outcome: seen, pending: still } = judged(outcome.operation, lookup.value, verdictSince(lookup.value, pending.writtenAt), pending.writtenAt);
        if (still === null || keepsItsVerdict(outcome.operation, lookup.value))
            return seen;
        return { ...seen, reason: notHeard(seen.reason) };
    });
}
/** A write that left the pattern alone gives the platform nothing to compile: the older verdict stands. */
function keepsItsVerdict(operation, rule) {
    return ((operation.kind === 'update' || operation.kind === 'adopt') &&
        operation.changes.every(({ field }) => field !== 'payload') &&
        lastVerdict(rule) === 'compiled');
}
function judged(operation, rule, verdict, writtenAt) {
    const done = { operation, kind: 'done', uuid: rule.uuid, reason: '', help: '' };
    switch (verdict) {
        case 'compiled':
            return carry_out_final(done);
        case 'pending':
            return { outcome: done, pending: { uuid: rule.uuid, writtenAt } };
        case 'refused':
            return carry_out_final({
                ...done,
                kind: 'failed',
                reason: `Sekoia could not compile the rule, so it detects nothing: ${rule.compilation.message ?? 'no message'}`,
                help: 'Correct the pattern and push again; the rule is on the platform with the UUID shown.',
            });
    }
}
function carry_out_final(outcome) {
    return { outcome, pending: null };
}
function notHeard(reason) {
    return [reason, 'Sekoia has not said yet whether the rule compiles'].filter((part) => part !== '').join('; ');
}
function otherValues(operation, rule, kept) {
    const fields = kept.map(({ field, from, to }) => `${field} (sent ${brief(from)}, holds ${brief(to)})`).join(', ');
    return {
        operation,
        kind: 'failed',
        uuid: rule.uuid,
        reason: `Sekoia took the rule but holds other values: ${fields}`,
        help: 'Bring the file to a value that the platform keeps, or look at the rule on the platform.',
    };
}
function brief(value) {
    const text = JSON.stringify(value);
    return text === undefined ? 'nothing' : text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
/** What a refused or lost request means for its operation. */
function failedOutcome(operation, thrown, written) {
    const uuid = written?.uuid ?? (operation.kind === 'create' ? null : operation.rule.uuid);
    const reason = (0,errors/* messageOf */.b)(thrown);
    const help = thrown instanceof errors/* ActionError */.l ? thrown.help : 'This is a fault of the action: please report it.';
    if (!(thrown instanceof sekoia_errors/* SekoiaError */.L) || written !== null)
        return { operation, kind: 'failed', uuid, reason, help };
    if (thrown.effect === 'maybe')
        return { operation, kind: 'unknown', uuid, reason, help };
    switch (thrown.code) {
        case 'answer-lost':
        case 'cut-off':
            return { operation, kind: 'unknown', uuid, reason, help };
        case 'stopped':
            return { operation, kind: 'skipped', uuid, reason, help };
        case 'unauthorised':
            // The one that met the 401 failed; those after it were never sent.
            return { operation, kind: thrown.status === null ? 'skipped' : 'failed', uuid, reason, help };
        default:
            return { operation, kind: 'failed', uuid, reason, help };
    }
}

// EXTERNAL MODULE: ./src/sekoia/types.ts
var sekoia_types = __webpack_require__(7965);
// EXTERNAL MODULE: ./src/detections/claims.ts + 1 modules
var detections_claims = __webpack_require__(940);
// EXTERNAL MODULE: ./src/detections/read-metadata-text.ts
var read_metadata_text = __webpack_require__(6236);
// EXTERNAL MODULE: ./src/detections/target-values.ts
var target_values = __webpack_require__(1226);
;// CONCATENATED MODULE: ./src/detections/brought-uuids.ts




/**
 * The UUIDs, of whichever target, that the later version of a metadata file has and the earlier one does not. One that
 * stood in the plain `uuid` before, and stands there no more, was moved by the target that takes it.
 */
function broughtUuids(file) {
    const [before, after] = [brought_uuids_valueOf(file.path, file.before), brought_uuids_valueOf(file.path, file.after)];
    if ((0,detections_claims/* stemOf */.Vc)(file.path) === undefined || before === undefined || after === undefined)
        return [];
    const plain = { before: (0,sekoia_types/* asRuleUuid */.e)(before['uuid']) ?? null, after: (0,sekoia_types/* asRuleUuid */.e)(after['uuid']) ?? null };
    const hasGone = plain.before !== null && plain.after === null;
    const ofRun = plain.after === null || plain.after === plain.before
        ? []
        : [{ uuid: plain.after, replaces: plain.before, target: null }];
    const names = (0,target_values/* isObject */.Gv)(after['uuids']) ? Object.keys(after['uuids']) : [];
    const ofTargets = names.flatMap((name) => {
        const uuid = (0,sekoia_types/* asRuleUuid */.e)((0,target_values/* memberIn */.Wy)(after['uuids'], name));
        const replaces = (0,sekoia_types/* asRuleUuid */.e)((0,target_values/* memberIn */.Wy)(before['uuids'], name)) ?? null;
        if (uuid === undefined || uuid === replaces)
            return [];
        return [{ uuid, replaces, target: { name, takesUuid: hasGone && plain.before === uuid } }];
    });
    const [first, second] = ofTargets;
    const isMoved = ofTargets.some(({ target }) => target?.takesUuid === true);
    // The rule was gone: its UUID went, and the new one came in its place.
    if (hasGone && !isMoved && first?.replaces === null && first.target !== null && second === undefined) {
        return [...ofRun, { ...first, replaces: plain.before, target: { ...first.target, takesUuid: true } }];
    }
    return [...ofRun, ...ofTargets];
}
function brought_uuids_valueOf(path, content) {
    const reading = (0,read_metadata_text/* readMetadataText */.D)(path, content);
    return reading.kind === 'read' ? reading.value : undefined;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./src/detections/splices.ts

/** The bytes of the file with the splices made, which must not overlap. */
function spliced({ text, hasBom }, splices) {
    const content = [...splices]
        .sort((one, other) => other.start - one.start)
        .reduce((result, { start, end, insert }) => result.slice(0, start) + insert + result.slice(end), text);
    return external_node_buffer_.Buffer.from(`${hasBom ? '\ufeff' : ''}${content}`, 'utf8');
}
/** Where the last thing of an item ends that is neither blank nor comment. */
function endOf(item) {
    if (item.value && !isEmptyToken(item.value))
        return endOfToken(item.value);
    const marks = [...item.start, ...(item.sep ?? [])].filter(({ type }) => !/^(?:space|newline|comment|comma)$/.test(type));
    const last = marks.at(-1);
    const markEnd = last === undefined ? 0 : last.offset + last.source.length;
    return Math.max(markEnd, !item.key ? 0 : endOfToken(item.key));
}
function endOfToken(token) {
    switch (token.type) {
        case 'block-map':
        case 'block-seq':
            // The comments behind the last item are an item without anything, whose end is 0.
            return token.items.reduceRight((end, item) => (end === 0 ? endOf(item) : end), 0);
        case 'flow-collection': {
            const close = token.end.find(({ source }) => source === '}' || source === ']');
            return (close ?? token.start).offset + 1;
        }
        case 'block-scalar': {
            const header = token.props.reduce((end, prop) => ('source' in prop ? prop.offset + prop.source.length : end), 0);
            return header + token.source.length;
        }
        case 'document':
            return token.offset;
        default:
            return token.offset + token.source.length;
    }
}
/** JSON knows double quotes only; YAML goes with the keys of the map. */
function quoteOf(file, { key }) {
    if (file.format === 'json')
        return '"';
    return key && isQuoted(key) ? key.source.slice(0, 1) : '';
}
function isEmptyToken(token) {
    return token.type === 'scalar' && token.source === '';
}
function isQuoted(token) {
    return token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar';
}
function insertAt(offset, insert) {
    return { start: offset, end: offset, insert };
}
function eolOf(text) {
    return /\r?\n/.exec(text)?.[0] ?? '\n';
}

;// CONCATENATED MODULE: ./src/detections/member-splices.ts

/**
 * The ways to add a member to a map of the file, the nicest first. Which of them leaves all else as it was is for the
 * caller to check: a text block at the end of a file can make a line behind it part of itself.
 *
 * @param before the member that the new one goes before; undefined: it becomes the last.
 */
function addMember(file, map, write, before) {
    return map.type === 'flow-collection' ? addToFlow(file, map, write, before) : addToBlock(file, map, write, before);
}
function itemsOf(map) {
    return map.items.filter(({ key, value }) => key ?? value);
}
function addToFlow(file, map, write, before) {
    const { text } = file;
    const members = itemsOf(map);
    const last = members.at(-1);
    const open = map.start.offset + map.start.source.length;
    const base = { indent: '', eol: eolOf(text) };
    if (!last?.key) {
        if (members.length > 0)
            return [];
        const quote = file.format === 'json' ? '"' : quoteOfFile(file);
        return [[insertAt(open, write({ ...base, quote, colon: ': ', gap: null }))]];
    }
    const gap = gapBefore(text, last, members.length === 1 ? open : undefined);
    const quote = quoteOf(file, last);
    const member = write({ ...base, quote, colon: colonOf(text, last, quote), gap });
    if (before?.key)
        return [[insertAt(before.key.offset, `${member},${gap === '' ? '' : gap}`)]];
    const end = endOf(last);
    const rest = text.slice(end, map.end[0]?.offset ?? end);
    const comment = /^[^\n#]*#[^\r\n]*/.exec(rest);
    if (comment === null)
        return [[insertAt(end, `,${gap}${member}`)]];
    // `a: 1 # why`: the comment stays beside its member.
    const hasComma = comment[0].trimStart().startsWith(',');
    const below = insertAt(end + comment[0].length, `${gap.includes('\n') ? gap : `${eolOf(text)}  `}${member}`);
    return [hasComma ? [{ ...below, insert: `${below.insert},` }] : [insertAt(end, ','), below]];
}
/** An empty map has no sibling to go by: the keys of the file have to do. */
function quoteOfFile(file) {
    const root = file.root.srcToken;
    const first = root?.type === 'block-map' || root?.type === 'flow-collection' ? itemsOf(root)[0] : undefined;
    return first === undefined ? '"' : quoteOf(file, first);
}
/** What stands between a member and the one before it, as the model for one more. */
function gapBefore(text, item, open) {
    const comma = item.start.find(({ type }) => type === 'comma');
    const start = comma === undefined ? open : comma.offset + 1;
    const gap = text.slice(start ?? item.key?.offset, item.key?.offset);
    const newline = gap.lastIndexOf('\n');
    if (newline >= 0)
        return `${gap[newline - 1] === '\r' ? '\r\n' : '\n'}${/^[ \t]*/.exec(gap.slice(newline + 1))?.[0] ?? ''}`;
    if (comma !== undefined && /^[ \t]*$/.test(gap))
        return gap;
    return /:\s/.test(text.slice(item.key?.offset, endOf(item))) ? ' ' : '';
}
function colonOf(text, { key, value }, quote) {
    if (!key || !('source' in key) || value === undefined)
        return ': ';
    const colon = text.slice(key.offset + key.source.length, value.offset);
    const isPlain = /^[ \t]*:[ \t]*$/.test(colon) && (quote !== '' || /[ \t]$/.test(colon));
    return isPlain ? colon : ': ';
}
function addToBlock(file, map, write, before) {
    const { text } = file;
    const last = itemsOf(map).at(-1);
    if (!last?.key)
        return [];
    const indent = ' '.repeat(map.indent);
    const style = { quote: quoteOf(file, last), colon: ': ', gap: null, indent, eol: eolOf(text) };
    const member = `${indent}${write(style)}`;
    const above = (item) => {
        const lineStart = text.lastIndexOf('\n', (item.key?.offset ?? 0) - 1) + 1;
        return [insertAt(lineStart, `${member}${eolOf(text)}`)];
    };
    if (before?.key)
        return [above(before)];
    const end = endOf(last);
    // Blank lines at the end of a text block are part of it with `|+`, and lines of blanks can be.
    const trimmed = text.slice(0, end).trimEnd().length;
    return [...[...new Set([trimmed, end])].map((from) => [lineBelow(text, from, map.indent, member)]), above(last)];
}
/** A line of its own behind the line that ends at or after the offset, and behind the deeper comments that follow it. */
function lineBelow(text, from, indent, member) {
    let newline = text[from - 1] === '\n' ? from - 1 : text.indexOf('\n', from);
    if (newline < 0)
        return insertAt(text.length, `${eolOf(text)}${member}`);
    const comment = new RegExp(` {${indent + 1},}#[^\\n]*`, 'y');
    for (comment.lastIndex = newline + 1; comment.test(text); comment.lastIndex = newline + 1) {
        newline = comment.lastIndex;
        if (newline === text.length)
            return insertAt(text.length, `${eolOf(text)}${member}`);
    }
    return insertAt(newline + 1, `${member}${text[newline - 1] === '\r' ? '\r\n' : '\n'}`);
}

// EXTERNAL MODULE: ./src/detections/plain-value.ts
var plain_value = __webpack_require__(3356);
;// CONCATENATED MODULE: ./src/detections/remove-member.ts



/**
 * The ways to take a member out of the file's map, which has others. A line that has nothing else goes with it; a comment
 * stays. Whether all else is as it was is for the caller to check.
 */
function removalSplices(file, key) {
    const map = file.root.srcToken;
    const item = (0,plain_value/* memberOf */.C5)(file.root, key)?.srcToken;
    if (item?.key === undefined || item.key === null || map === undefined || !isPlainMember(item))
        return [];
    if (map.type === 'flow-collection')
        return outOfFlow(file, map, item);
    return map.type === 'block-map' ? outOfBlock(file, item) : [];
}
/** A comment between key and value would be lost. */
function isPlainMember({ start, sep }) {
    const isExplicit = start.some(({ type }) => type === 'explicit-key-ind');
    return !isExplicit && !(sep ?? []).some(({ type }) => type === 'comment');
}
function outOfBlock({ text }, item) {
    const start = item.key?.offset ?? 0;
    return [[blankLine(text, { start, end: endOf(item), insert: '' })]];
}
function outOfFlow({ text }, map, item) {
    const items = itemsOf(map);
    const index = items.indexOf(item);
    const [before, after] = [items[index - 1], items[index + 1]];
    const start = item.key?.offset ?? 0;
    const end = endOf(item);
    const next = after === undefined ? undefined : commaOf(after);
    if (next !== undefined) {
        // Up to the comma, and on one line up to the next key.
        const comma = { start: next, end: next + 1, insert: '' };
        if (/[^ \t]/.test(text.slice(end, next)))
            return [[{ start, end, insert: '' }, comma]];
        const blanks = /^[ \t]*/.exec(text.slice(next + 1))?.[0].length ?? 0;
        const lineEnds = /^\r?\n/.test(text.slice(next + 1 + blanks));
        const whole = { start, end: next + 1 + (lineEnds ? 0 : blanks), insert: '' };
        return [[lineEnds ? blankLine(text, whole) : whole]];
    }
    const own = commaOf(item);
    if (own === undefined || before === undefined)
        return [];
    const from = endOf(before);
    if (/^[ \t\r\n]*,[ \t\r\n]*$/.test(text.slice(from, start)))
        return [[{ start: from, end, insert: '' }]];
    return [[{ start: own, end: own + 1, insert: '' }, blankLine(text, { start, end, insert: '' })]];
}
function commaOf(item) {
    return item.start.find(({ type }) => type === 'comma')?.offset;
}
/** With the line, where nothing else stands on it; a comment keeps it. */
function blankLine(text, { start, end, insert }) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const rest = /^[ \t]*(\r?\n|(?![^]))/.exec(text.slice(end));
    const isAlone = /^[ \t]*$/.test(text.slice(lineStart, start));
    // A text block ends with its line.
    if (isAlone && text[end - 1] === '\n')
        return { start: lineStart, end, insert };
    if (!isAlone || rest === null) {
        const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
        return { start, end: end + blanks, insert };
    }
    if (rest[1] !== '')
        return { start: lineStart, end: end + rest[0].length, insert };
    // The last line, without a line end: the one before it loses its own.
    const eol = /\r?\n$/.exec(text.slice(0, lineStart))?.[0].length ?? 0;
    return { start: lineStart - eol, end: end + rest[0].length, insert };
}

;// CONCATENATED MODULE: ./src/detections/uuid-splices.ts




/**
 * The ways to give a metadata text its UUID, the nicest first. Which of them leaves all else as it was is for the caller
 * to check.
 */
function uuidSplices(file, wanted) {
    const { uuid, target } = wanted;
    if (target === null)
        return putAs(file, mapToken(file.root), (0,plain_value/* memberOf */.C5)(file.root, 'uuid')?.srcToken, 'uuid', wanted);
    const member = (0,plain_value/* memberOf */.C5)(file.root, 'uuids');
    const value = member?.value;
    const inner = (0,dist/* isMap */.jh)(value) ? mapToken(value) : undefined;
    if ((0,dist/* isMap */.jh)(value) && inner !== undefined && itemsOf(inner).length > 0) {
        const own = (0,plain_value/* memberOf */.C5)(value, target.name)?.srcToken;
        return putAs(file, inner, own, target.name, wanted, nextItem(value, target.name));
    }
    const entry = (style) => memberText(target.name, uuid)(style);
    if (inner?.type === 'flow-collection')
        return addMember(file, inner, entry);
    if (member !== undefined)
        return fillMap(file, member.srcToken, entry);
    const map = mapToken(file.root);
    return map === undefined ? [] : addMember(file, map, (style) => mapText(target.name, uuid, style));
}
/** An exchange, a filling, or a new member. */
function putAs(file, map, item, key, { uuid, replaces }, before) {
    if (item !== undefined)
        return [...exchange(file, item, uuid, replaces), ...fill(file, item, uuid)];
    return map === undefined ? [] : addMember(file, map, memberText(key, uuid), before);
}
/** The first member whose key comes after the name; undefined for none. */
function nextItem(map, name) {
    return (0,plain_value/* membersOf */.lS)(map).find(({ key }) => (0,plain_value/* keyOf */.TN)(key) > name)?.srcToken;
}
function mapToken(map) {
    const token = map.srcToken;
    return token?.type === 'flow-collection' || token?.type === 'block-map' ? token : undefined;
}
/** The characters of the old UUID, wherever they stand in the value: its quotes, blanks and line ends stay. */
function exchange({ text }, item, uuid, replaces) {
    if (!item.value || replaces === null)
        return [];
    const { offset } = item.value;
    const start = text.slice(offset, endOfToken(item.value)).search(new RegExp(replaces, 'i'));
    return start < 0 ? [] : [[{ start: offset + start, end: offset + start + replaces.length, insert: uuid }]];
}
function fill(file, item, uuid) {
    const { value } = item;
    if (value === undefined || isEmptyToken(value))
        return [[insertAt(endOf(item), item.sep?.length ? ` ${uuid}` : `: ${uuid}`)]];
    // An empty text block: its header goes, the blank lines below it stay.
    const token = value.type === 'block-scalar' ? value.props[0] : value;
    if (token === undefined || !('source' in token))
        return [];
    const quote = isQuoted(token) ? token.source.slice(0, 1) : quoteOf(file, item);
    return [[{ start: token.offset, end: token.offset + token.source.length, insert: `${quote}${uuid}${quote}` }]];
}
/** `uuids:` or `"uuids": null`, where a map of one line takes the empty place. */
function fillMap(file, item, entry) {
    if (item === undefined)
        return [];
    const { value } = item;
    const quote = file.format === 'json' ? '"' : quoteOf(file, item);
    const map = `{ ${entry({ quote, colon: ': ', gap: null, indent: '', eol: '' })} }`;
    if (value === undefined || isEmptyToken(value))
        return [[insertAt(endOf(item), `${item.sep?.length ? ' ' : ': '}${map}`)]];
    if (value.type !== 'scalar')
        return [];
    return [[{ start: value.offset, end: value.offset + value.source.length, insert: map }]];
}
function memberText(key, uuid) {
    return ({ quote, colon }) => `${keyText(key, quote)}${colon}${quote}${uuid}${quote}`;
}
/** `uuids` with its first entry, in the style of the members around it. */
function mapText(name, uuid, style) {
    const { quote, colon, gap, indent, eol } = style;
    const entry = memberText(name, uuid)(style);
    const key = `${quote}uuids${quote}`;
    if (gap === null)
        return `${key}:${eol}${indent}  ${entry}`;
    if (!gap.includes('\n')) {
        const blank = gap === '' ? '' : ' ';
        return `${key}${colon}{${blank}${entry}${blank}}`;
    }
    // Inside the braces of the file one level is as deep as its members are.
    const depth = /[ \t]*$/.exec(gap)?.[0] ?? '';
    return `${key}${colon}{${gap}${depth === '' ? '  ' : depth}${entry}${gap}}`;
}
/** A name that YAML would read as something else than text goes in quotes. */
function keyText(key, quote) {
    const isPlain = /^[a-z][a-z0-9-]*$/.test(key) && !/^(?:null|true|false|yes|no|on|off|y|n)$/.test(key);
    const own = quote === '' && !isPlain ? '"' : quote;
    return `${own}${key}${own}`;
}

;// CONCATENATED MODULE: ./src/detections/edit-uuid.ts








/**
 * Puts the UUID into a metadata file: the one edit the action makes in a user's file, and it changes nothing else (issue
 * "Deploy on push", item 6). The source is spliced at the positions of its nodes and never written anew, since every
 * YAML and JSON writer changes bytes (action-engineering.md §7). An empty place is filled, else a member is added: `uuid`
 * and `uuids` as the last ones, a target before the first whose name comes after its own. The result is read again before
 * it is handed out: it differs by the UUID alone, or there is no edit.
 *
 * For the target that takes the plain `uuid` this is where that moves: the same UUID there, or the one that is replaced,
 * goes from `uuid` to `uuids`.
 *
 * `file.path` tells JSON from YAML by its ending. Nothing is thrown.
 */
function putUuid(file, wanted) {
    const before = (0,read_metadata_text/* readMetadataText */.D)(file.path, file.content);
    if (before.kind === 'unreadable')
        return { kind: 'not-editable', reason: before.reason };
    const { target } = wanted;
    const takesPlain = target?.takesUuid === true && !(0,target_values/* isEmpty */.Im)(before.value['uuid']);
    const plain = takesPlain ? presence(before.value['uuid'], '`uuid`', wanted) : 'absent';
    if (typeof plain === 'object')
        return plain;
    if (target !== null && !(0,target_values/* isEmpty */.Im)(before.value['uuids']) && !(0,target_values/* isObject */.Gv)(before.value['uuids'])) {
        return { kind: 'not-editable', reason: 'its `uuids` is no map of targets' };
    }
    const own = presence(...edit_uuid_placeOf(before.value, target), wanted);
    if (typeof own === 'object')
        return own;
    const put = own === 'there' ? file.content : edited(file, before, wanted);
    if (put === null)
        return CHANGES_MORE;
    if (plain === 'absent')
        return own === 'there' ? { kind: 'already-there' } : { kind: 'edited', content: put };
    const moved = withoutPlain({ ...file, content: put });
    return moved === null ? NOT_MOVABLE : { kind: 'edited', content: moved };
}
const CHANGES_MORE = {
    kind: 'not-editable',
    reason: 'its UUID cannot be written without changing something else in it',
};
const NOT_MOVABLE = {
    kind: 'not-editable',
    reason: 'its `uuid` cannot be moved to `uuids` without changing something else in it',
};
function edit_uuid_placeOf(value, target) {
    return target === null
        ? [value['uuid'], '`uuid`']
        : [(0,target_values/* memberIn */.Wy)(value['uuids'], target.name), `\`uuids.${target.name}\``];
}
/** What a place for the UUID says already; an object says why nothing is put there. */
function presence(present, where, { uuid, replaces }) {
    if ((0,target_values/* isEmpty */.Im)(present))
        return 'absent';
    if (typeof present !== 'string')
        return { kind: 'not-editable', reason: `its ${where} is not text` };
    const there = (0,sekoia_types/* asRuleUuid */.e)(present);
    if (there === uuid)
        return 'there';
    return there === undefined || there !== replaces ? { kind: 'other-uuid', uuid: present } : 'replaced';
}
function edited(file, before, wanted) {
    const { uuid, target } = wanted;
    const isMeant = (after) => (0,sekoia_types/* asRuleUuid */.e)(edit_uuid_placeOf(after.value, target)[0]) === uuid &&
        (0,external_node_util_.isDeepStrictEqual)(without(after, target), without(before, target));
    return firstThat(file, before, uuidSplices(before, wanted), isMeant);
}
function withoutPlain(file) {
    const before = (0,read_metadata_text/* readMetadataText */.D)(file.path, file.content);
    if (before.kind === 'unreadable')
        return null;
    const isMeant = (after) => !Object.hasOwn(after.value, 'uuid') && (0,external_node_util_.isDeepStrictEqual)(without(after, null), without(before, null));
    return firstThat(file, before, removalSplices(before, 'uuid'), isMeant);
}
function firstThat({ path }, before, ways, isMeant) {
    for (const splices of ways) {
        const content = spliced(before, splices);
        const after = (0,read_metadata_text/* readMetadataText */.D)(path, content);
        if (after.kind === 'read' && (0,dist/* isMap */.jh)(after.root) && isMeant(after))
            return content;
    }
    return null;
}
/** All that the file says but the UUID of the target. */
function without({ value }, target) {
    if (target === null)
        return Object.entries(value).filter(([key]) => key !== 'uuid');
    const uuids = (0,target_values/* isObject */.Gv)(value['uuids']) ? Object.entries(value['uuids']) : [];
    return [Object.entries(value).filter(([key]) => key !== 'uuids'), uuids.filter(([name]) => name !== target.name)];
}

// EXTERNAL MODULE: ./src/detections/identity.ts
var detections_identity = __webpack_require__(9896);
// EXTERNAL MODULE: ./src/detections/pair-files.ts
var pair_files = __webpack_require__(8640);
;// CONCATENATED MODULE: ./src/detections/past-files.ts


/**
 * Sorts the versions of paths by the detections that they belong to, those changed last first.
 *
 * @param versions newest first; null when they are not to be had.
 * @param atBase files of the base.
 */
function pastFilesOf(versions, atBase) {
    const pasts = new Map();
    const add = (path, objects, remains) => {
        const role = (0,pair_files/* roleOf */.kp)(path);
        if (role.kind !== 'metadata' && role.kind !== 'pattern')
            return;
        const past = pasts.get(role.stem) ?? { metadata: [], patterns: new Set(), remains: new Map() };
        pasts.set(role.stem, past);
        const there = objects.flatMap((object) => (object === null ? [] : [object]));
        if (role.kind === 'pattern')
            for (const object of there)
                past.patterns.add(object);
        else {
            past.metadata.push(...there.map((object) => ({ path, object })));
            // The newest is seen first.
            if (!past.remains.has(path))
                past.remains.set(path, remains);
        }
    };
    for (const { path, after, before } of versions ?? [])
        add(path, [after, before], after !== null);
    for (const { path, object, mode } of atBase)
        if (mode !== '120000' && mode !== '160000')
            add(path, [object], true);
    return new Map([...pasts].map(([stem, past]) => [stem, finished(stem, past)]));
}
function finished(stem, { metadata, patterns, remains }) {
    const unique = new Map(metadata.map((version) => [`${version.object} ${version.path}`, version]));
    const left = remains.size > 0 && ![...remains.values()].includes(true);
    return { stem, metadata: [...unique.values()], patterns, left };
}
/** Every path that the files of a NAME can have. */
function pathsOfStem(stem) {
    return {
        metadata: ['.json', '.yml', '.yaml'].map((ending) => stem + ending),
        patterns: ['_sigma.yml', '_sigma.yaml'].map((ending) => stem + ending),
    };
}
function allPathsOf(stem) {
    const { metadata, patterns } = pathsOfStem(stem);
    return [...metadata, ...patterns];
}
/** What the versions said of UUID and name, in their order, without those that cannot be read. */
async function readPast(repository, pasts, target) {
    const objects = new Set(pasts.flatMap(({ metadata }) => metadata.map(({ object }) => object)));
    const blobs = objects.size === 0 ? new Map() : await repository.readBlobs([...objects]);
    const identities = ({ path, object }) => {
        const blob = blobs.get(object);
        const identity = blob === undefined ? undefined : (0,detections_identity/* readIdentity */.xN)(path, blob, target);
        return identity === undefined ? [] : [identity];
    };
    return new Map(pasts.map(({ stem, metadata }) => [stem, metadata.flatMap(identities)]));
}

;// CONCATENATED MODULE: ./src/detections/metadata-files.ts





/** What the write-back has to know of metadata files. */
const metadataFiles = {
    putUuid: putUuid,
    /** UUID and name as the file has them; undefined for what is no metadata file by its path, or cannot be read. */
    identify: ({ path, content }, target) => ((0,detections_claims/* stemOf */.Vc)(path) === undefined ? undefined : (0,detections_identity/* readIdentity */.xN)(path, content, target)),
    /** The UUIDs, of whichever target, that one version of a file has and the one before it does not. */
    broughtUuids: broughtUuids,
    /** Where the pattern of a metadata file may stand. */
    patternPaths: (path) => {
        const stem = (0,detections_claims/* stemOf */.Vc)(path);
        return stem === undefined ? [] : pathsOfStem(stem).patterns;
    },
};

// EXTERNAL MODULE: ./src/plan/compare.ts
var plan_compare = __webpack_require__(8512);
;// CONCATENATED MODULE: ./src/report/progress.ts
/**
 * Tells the log how far a long run is.
 *
 * @param now a clock in milliseconds that only goes forward.
 */
function progressTo(log, now = () => performance.now()) {
    const start = now();
    let last = null;
    return (done, total) => {
        const elapsed = now() - start;
        if (done >= total || !isProgressDue(elapsed, last))
            return;
        last = elapsed;
        log.info(progressLine(done, total, elapsed));
    };
}
/** Whether the log needs a line on how far the run is: after ten seconds, and then every five at most. */
function isProgressDue(elapsedMs, lastLineMs) {
    return elapsedMs >= 10_000 && (lastLineMs === null || elapsedMs - lastLineMs >= 5_000);
}
/** `120 of 300 done, about 36 s to go`. The estimate takes the rest to be as slow as what was done. */
function progressLine(done, total, elapsedMs) {
    if (done === 0 || done >= total)
        return `${done} of ${total} done`;
    const seconds = Math.ceil(((elapsedMs / done) * (total - done)) / 1000);
    const rest = seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
    return `${done} of ${total} done, about ${rest} to go`;
}

;// CONCATENATED MODULE: ./src/stop-of.ts

/** What was thrown, for the reader of the report; of a fault of ours the log has the rest. */
function stopOf(thrown, log) {
    if (thrown instanceof errors/* ActionError */.l)
        return { message: thrown.message, help: thrown.help };
    for (const line of (thrown instanceof Error ? (thrown.stack ?? '') : '').split('\n'))
        log.info(line);
    return {
        message: `internal error: ${(0,errors/* messageOf */.b)(thrown)}`,
        help: 'This is a fault of the action: please report it with the lines of the log.',
    };
}

;// CONCATENATED MODULE: ./src/deploy-target.ts











/**
 * One target's share of the run: catalogue -> plan -> preflight -> outcomes. Failures of single rules are outcomes; where
 * nothing may be sent at all, every write is left and `stopped` says why.
 *
 * @param findWay asked for before the first rule is created
 * @throws SekoiaError where the platform cannot be asked, in a run without targets; of one of many it is told as a stop
 */
async function deployTarget(run, findWay) {
    const { world, desired, target } = run;
    const start = performance.now();
    const sekoia = (0,src_target/* openTarget */.Ap)(run);
    const spent = () => ({ requests: sekoia.statistics.requests, elapsedMs: performance.now() - start });
    try {
        if ((0,src_target/* looksAtSomething */.o8)(desired))
            await (0,src_target/* requireCommunity */.F_)(sekoia, target);
        const plan = await (0,src_target/* planWith */.ap)(sekoia, desired);
        const { stopped } = plan.operations.some(bringsUuid) ? await findWay() : { stopped: null };
        const outcomes = stopped === null
            ? await carryOut(plan, {
                sekoia,
                differences: plan_compare/* differences */.t,
                isClaimed: (uuid) => desired.claims.has(uuid),
                signal: world.signal,
                sleep: (ms) => pause(ms, world.signal),
                onProgress: progressTo(world.log),
            })
            : leaveAll(plan, stopped);
        return { outcomes, stopped, spent: spent() };
    }
    catch (thrown) {
        if (target.key === null)
            throw thrown;
        return { outcomes: [], stopped: stopOf(thrown, world.log), spent: spent() };
    }
    finally {
        await sekoia.close();
    }
}
/**
 * Whether the platform holds now what the run left there, by a fresh look; asked where another run was at work at the
 * same time. A look that fails has not seen it.
 */
async function isInPlace(run, outcomes) {
    const made = new Map(outcomes.flatMap(({ operation, uuid }) => 'detection' in operation && uuid !== null ? [[operation.detection.path, uuid]] : []));
    const detections = run.desired.detections.map((read) => {
        const uuid = read.kind === 'sound' ? made.get(read.detection.path) : undefined;
        return read.kind === 'sound' && uuid !== undefined ? { ...read, detection: { ...read.detection, uuid } } : read;
    });
    const desired = { ...run.desired, detections };
    const sekoia = (0,src_target/* openTarget */.Ap)(run);
    try {
        const plan = await (0,src_target/* planWith */.ap)(sekoia, desired);
        return !plan.operations.some(isOpen);
    }
    finally {
        await sekoia.close();
    }
}
/** Whether the run sent anything that can have changed the platform. */
function hasWritten(outcomes) {
    return outcomes.some(({ operation, kind }) => (isWrite(operation) || statesOf(operation).length > 0) && kind !== 'skipped');
}
/** Looks for the way of the UUIDs once, when the first target is about to create a rule. */
function wayOf({ settings, forge, event }, branch) {
    const { writeBack } = settings;
    const { defaultBranch, head } = event;
    const find = async () => {
        if (writeBack === 'none')
            return { way: 'none', stopped: null };
        try {
            const way = await forge.chooseWay({ writeBack, branch, defaultBranch, head });
            return { way, stopped: null };
        }
        catch (error) {
            if (!(error instanceof errors/* ActionError */.l))
                throw error;
            return { way: writeBack, stopped: { message: error.message, help: error.help } };
        }
    };
    let found;
    return () => (found ??= find());
}
/**
 * While there is no deployed ref, it is written before anything is asked or sent, so that a run which fails or is killed
 * at any later point is made up for. A target that goes on from another's ref gets its own there.
 */
async function heldRef(run) {
    const { standing, changes, desired, event, repository, compare, world } = run;
    const { deployed, inherited, isReadable } = standing;
    const by = { repository, compare, log: world.log };
    if (inherited !== undefined)
        return holdBase({ ...standing, deployed: null }, deployed, event.head, by);
    if (deployed !== null || !isReadable || !(0,src_target/* looksAtSomething */.o8)(desired))
        return { at: deployed, writable: isReadable };
    const base = changes.scope === 'changed' ? changes.base : event.start.kind === 'commit' ? event.start.commit : null;
    return holdBase(standing, base, event.head, by);
}
function isWrite({ kind }) {
    return isOpen({ kind }) && kind !== 'blocked';
}
/** Whether something is still to be done about it, by this run or a later one. */
function isOpen({ kind }) {
    return kind !== 'unchanged' && kind !== 'none';
}
function bringsUuid(operation) {
    return operation.kind === 'create' || operation.kind === 'adopt';
}
/** Puts UUIDs on the branch, those of all targets in one commit. */
async function writeUuids({ settings, world, event, forge }, branch, edits, findWay) {
    if (edits.length === 0)
        return null;
    const { way } = await foundOrAsked(findWay, settings);
    if (way === 'none')
        return null;
    return forge.saveUuids({
        way,
        branch,
        defaultBranch: event.defaultBranch,
        head: event.head,
        metadata: metadataFiles,
        edits,
        message: settings.commitMessage,
        author: settings.commitAuthor,
        random: Math.random,
        sleep: pause,
        signal: world.signal,
        deadline: world.deadline,
    });
}
/** Without a word on the way it is tried as it was asked for: then the edits are lost one by one, each with the reason. */
async function foundOrAsked(findWay, { writeBack }) {
    try {
        return await findWay();
    }
    catch {
        return { way: writeBack, stopped: null };
    }
}

;// CONCATENATED MODULE: ./src/changes/path-history.ts
/**
 * Every version that paths below the folders had between the base and the head, newest first. Asked for only where runs
 * before this one did not finish (the base is older than what the event names): a file that came and went since then
 * shows in no comparison of two commits. Null where it is not needed, or where the server does not hand it out.
 *
 * @throws GitError when the server cannot be reached: what left the branch would be forgotten for good.
 */
async function readPathHistory(of) {
    const { repository, ref, base, before, head, folders, log } = of;
    if (base === head || base === before)
        return null;
    if (await repository.fetchSince(ref, head))
        return repository.pathVersions(base, head, folders);
    log.info('The commits since the last deployment are not to be had; only its two ends are compared.');
    return null;
}

// EXTERNAL MODULE: ./src/detections/roots.ts
var detections_roots = __webpack_require__(2337);
;// CONCATENATED MODULE: ./src/detections/read-removed.ts




/**
 * Finds the detections whose metadata file left the branch since the base: it was there at the base or came and went
 * since, below the roots of today, and no metadata file of its NAME is at the head. The UUID is that of its newest
 * version that has one. A UUID that another file has at the head is none of a removed detection: the file was renamed,
 * moved, or taken apart. A detection that leaves the target out by now has left that target in the same way.
 *
 * @throws GitError when the repository cannot be read; DetectionsError for the roots.
 */
async function readRemoved(from) {
    const { repository, base, versions } = from;
    const leftOut = new Map(from.leftOut.map((one) => [(0,detections_claims/* stemOf */.Vc)(one.path) ?? '', one]));
    const stems = [...(await stemsThatLeft(from)), ...leftOut.keys()];
    if (stems.length === 0)
        return [];
    const atBase = await repository.findFiles(base, stems.flatMap(allPathsOf));
    const all = pastFilesOf(versions, atBase);
    const pasts = [...all.values()].filter(({ stem, metadata }) => stems.includes(stem) && metadata.length > 0);
    const identities = await readPast(repository, pasts, from.target);
    const claims = from.claims.size > 0 ? from.claims : (await (0,detections_claims/* readClaims */.Ip)(from)).byUuid;
    const here = rulesLeftOut(from.leftOut, claims);
    const taken = new Set(here.map(({ uuid }) => uuid));
    const removed = pasts.flatMap((past) => {
        const seen = identities.get(past.stem) ?? [];
        const out = leftOut.get(past.stem);
        if (out !== undefined && out.uuid !== null)
            return [];
        const one = removedOf(past, seen, out);
        if (one.uuid === null && wasNeverMeant(seen, out))
            return [];
        if (one.uuid === null)
            return isDetection(past) && !isRenamed(past, from.files, all) ? [one] : [];
        // Of files that had it one after the other, the one that left last is told.
        if (claims.has(one.uuid) || taken.has(one.uuid))
            return [];
        taken.add(one.uuid);
        return [one];
    });
    return [...here, ...removed].sort((one, other) => (0,pair_files/* comparePaths */.cD)(one.path, other.path));
}
/** No version that can be read was meant for the target. */
function wasNeverMeant(seen, leftOut) {
    return (leftOut !== undefined || seen.length > 0) && seen.every(({ isLeftOut }) => isLeftOut);
}
/**
 * The rules that a target has of detections which leave it out by now. The UUID stands in the file, so no history is
 * needed, and a run that failed is made up for by any later one.
 */
function rulesLeftOut(leftOut, claims) {
    const taken = new Set();
    return leftOut.flatMap((one) => {
        const { uuid } = one;
        if (uuid === null || claims.has(uuid) || taken.has(uuid))
            return [];
        taken.add(uuid);
        return [{ ...one, formerNames: [], isLeftOut: true }];
    });
}
/** Names of detections that were there since the base, have no metadata file at the head, and are below the roots. */
async function stemsThatLeft({ repository, head, files, versions, roots: lines }) {
    const roots = (0,detections_roots/* parseRoots */.T)(lines);
    const paths = [...files.flatMap(pathsThatWent), ...(versions ?? []).map(({ path }) => path)];
    const isBelowRoots = (path, stem) => roots.includes([path, ...pathsOfStem(stem).patterns]);
    const stems = [...new Set(paths)].flatMap((path) => {
        const stem = (0,detections_claims/* stemOf */.Vc)(path);
        return stem !== undefined && isBelowRoots(path, stem) ? [stem] : [];
    });
    const wanted = [...new Set(stems)];
    if (wanted.length === 0)
        return [];
    const atHead = await repository.findFiles(head, wanted.flatMap((stem) => pathsOfStem(stem).metadata));
    const there = new Set(atHead.filter(({ mode }) => mode !== '160000').map(({ path }) => (0,detections_claims/* stemOf */.Vc)(path)));
    return wanted.filter((stem) => !there.has(stem));
}
function pathsThatWent({ status, path, from }) {
    switch (status) {
        case 'deleted':
        case 'type-changed':
            return [path];
        case 'renamed':
            return from === undefined ? [] : [from];
        case 'added':
        case 'modified':
        case 'copied':
            return [];
    }
}
function removedOf({ stem, metadata }, identities, leftOut) {
    const names = identities.flatMap(({ name }) => name ?? []);
    const name = leftOut?.name ?? names[0] ?? null;
    const { uuid, community } = [leftOut, ...identities].find((one) => (one?.uuid ?? null) !== null) ?? {};
    return {
        path: leftOut?.path ?? metadata[0]?.path ?? stem,
        name,
        uuid: uuid ?? null,
        ...(community === undefined ? {} : { community }),
        formerNames: [...new Set(names)].filter((each) => each !== name),
        ...(leftOut === undefined ? {} : { isLeftOut: true }),
    };
}
/** Without a UUID it is the pattern that tells a detection from any other file of that format. */
function isDetection({ patterns }) {
    return patterns.size > 0;
}
/** Whether the file goes on under another path, which has no UUID to tell it by. */
function isRenamed(past, files, all) {
    if (files.some(({ status, from }) => status === 'renamed' && from !== undefined && (0,detections_claims/* stemOf */.Vc)(from) === past.stem))
        return true;
    const objects = new Set(past.metadata.map(({ object }) => object));
    return [...all.values()].some((other) => other !== past && !other.left && other.metadata.some(({ object }) => objects.has(object)));
}
/**
 * The other names, by metadata path, that a detection without UUID had at the base or since: a run that lost the answer
 * to its create may have left a rule of one of them. A file that left without ever having a UUID, and of which a version
 * is a version of this detection too, is what the detection was called before it was renamed.
 *
 * @throws GitError when the repository cannot be read.
 */
async function formerNames(from) {
    const { repository, detections, base, versions } = from;
    const wanted = detections.flatMap((read) => read.kind === 'sound' && read.detection.uuid === null ? [read.detection] : []);
    if (wanted.length === 0)
        return new Map();
    const own = new Set(wanted.flatMap(({ path }) => (0,detections_claims/* stemOf */.Vc)(path) ?? []));
    const gone = [...pastFilesOf(versions, []).values()].filter(({ left }) => left).map(({ stem }) => stem);
    const atBase = await repository.findFiles(base, [...new Set([...own, ...gone])].flatMap(allPathsOf));
    const pasts = [...pastFilesOf(versions, atBase).values()].filter(({ stem, left }) => own.has(stem) || left);
    const identities = await readPast(repository, pasts, from.target);
    const namesOf = ({ stem }) => (identities.get(stem) ?? []).flatMap(({ name }) => name ?? []);
    const predecessors = pasts.filter(({ stem, left }) => left && (identities.get(stem) ?? []).every(({ uuid }) => uuid === null));
    return new Map(wanted.flatMap(({ path, name }) => {
        const past = pasts.find(({ stem }) => stem === (0,detections_claims/* stemOf */.Vc)(path));
        if (past === undefined)
            return [];
        const names = new Set([past, ...predecessorsOf(past, predecessors)].flatMap(namesOf));
        names.delete(name);
        return names.size === 0 ? [] : [[path, [...names]]];
    }));
}
/** Those of which a version is one of the detection's, or of a predecessor's. */
function predecessorsOf(past, all) {
    const found = new Set();
    const known = new Set();
    for (let next = past; next !== undefined;) {
        for (const object of objectsOf(next))
            known.add(object);
        next = all.find((each) => each !== past && !found.has(each) && objectsOf(each).some((object) => known.has(object)));
        if (next !== undefined)
            found.add(next);
    }
    return [...found];
}
function objectsOf({ metadata, patterns }) {
    return [...metadata.map(({ object }) => object), ...patterns];
}

// EXTERNAL MODULE: ./src/detections/file-faults.ts
var file_faults = __webpack_require__(688);
;// CONCATENATED MODULE: ./src/detections/returned.ts



/**
 * The metadata files, by path, of detections that came back to the branch: their UUID stands in the file, and at the base
 * it stood in none. When they left, their rule was disabled, and a file that says nothing of `enabled` would leave it off.
 * A file that was renamed or copied has not come back; one that left the target out at the base has. Where there was nothing at the base, nothing can come back.
 *
 * @param from.files what differs between base and head.
 * @throws GitError when the repository cannot be read.
 */
async function readReturned(from) {
    const { repository, base, files, target } = from;
    const brought = new Set(files.flatMap(({ status, path }) => (status === 'added' ? [path] : [])));
    const oldPaths = new Map(files.flatMap(({ status, path, from: old }) => (status === 'added' ? [] : [[path, old ?? path]])));
    const detections = from.detections.flatMap((read) => {
        if (read.kind !== 'sound')
            return [];
        const { detection } = read;
        const mayReturn = brought.has(detection.path) || (target !== null && oldPaths.has(detection.path));
        return detection.uuid !== null && mayReturn ? [{ ...detection, uuid: detection.uuid }] : [];
    });
    if (detections.length === 0)
        return new Set();
    const metadata = [...oldPaths.values()].filter((path) => (0,pair_files/* roleOf */.kp)(path).kind === 'metadata');
    const found = await repository.findFiles(base, metadata);
    const readable = found.filter(({ mode, size }) => mode.startsWith('100') && size <= file_faults/* MOST_BYTES */.uZ);
    const blobs = await repository.readBlobs(readable.map(({ object }) => object));
    const before = new Map(readable.flatMap(({ path, object }) => {
        const content = blobs.get(object);
        const identity = content === undefined ? undefined : (0,detections_identity/* readIdentity */.xN)(path, content, target);
        return identity === undefined ? [] : [[path, identity]];
    }));
    const there = new Set([...before.values()].flatMap(({ uuid, isLeftOut }) => (isLeftOut ? [] : [uuid])));
    const wasOut = ({ path }) => brought.has(path) || before.get(oldPaths.get(path) ?? '')?.isLeftOut === true;
    return new Set(detections.flatMap((each) => (wasOut(each) && !there.has(each.uuid) ? [each.path] : [])));
}

;// CONCATENATED MODULE: ./src/detections/tip-uuids.ts


/**
 * Gives sound detections without UUID the one that their metadata file got in a newer commit, such as another run's
 * write-back. Only the values change, never a file. A UUID that another file has, or that two would get, is left out:
 * which file is meant is not for the action to say.
 *
 * @throws GitError when a commit cannot be read.
 */
async function takeUuidsFrom(from) {
    const wanted = from.detections.flatMap((read) => read.kind === 'sound' && read.detection.uuid === null ? [read.detection] : []);
    if (wanted.length === 0 || from.commits.length === 0)
        return from.detections;
    const found = new Map();
    for (const commit of from.commits) {
        const missing = wanted.filter(({ path }) => !found.has(path));
        for (const [path, uuid] of await uuidsAt(commit, missing, from))
            found.set(path, uuid);
    }
    const isTaken = (uuid) => from.claims.has(uuid) || [...found.values()].filter((each) => each === uuid).length > 1;
    return from.detections.map((read) => {
        const uuid = read.kind === 'sound' ? found.get(read.detection.path) : undefined;
        if (read.kind !== 'sound' || uuid === undefined || isTaken(uuid))
            return read;
        return { ...read, detection: { ...read.detection, uuid } };
    });
}
/**
 * The same for detections that left the branch before the UUID of their rule reached it: it stands in the pull request, and
 * the rule must not stay behind unknown.
 *
 * @throws GitError when the commit cannot be read.
 */
async function takeRemovedUuidsFrom(from) {
    const unknown = from.removed.filter(({ uuid }) => uuid === null);
    const found = await uuidsAt(from.commit, unknown, from);
    return from.removed.map((one) => {
        const uuid = one.uuid === null ? found.get(one.path) : undefined;
        return uuid === undefined || from.claims.has(uuid) ? one : { ...one, uuid };
    });
}
async function uuidsAt(commit, detections, { repository, target }) {
    if (detections.length === 0)
        return new Map();
    const found = await repository.findFiles(commit, detections.map(({ path }) => path));
    const files = found.filter(({ mode, size }) => (mode === '100644' || mode === '100755') && size <= file_faults/* MOST_BYTES */.uZ);
    const blobs = await repository.readBlobs(files.map(({ object }) => object));
    return new Map(files.flatMap(({ path, object }) => {
        const content = blobs.get(object);
        const uuid = content === undefined ? undefined : (0,detections_identity/* readIdentity */.xN)(path, content, target)?.uuid;
        return uuid === undefined || uuid === null ? [] : [[path, uuid]];
    }));
}

;// CONCATENATED MODULE: ./src/desired-state.ts






/**
 * What the branch asks of the platform: its detections, with the UUIDs that reached the branch after this run's
 * checkout, the detections that left it, and the names that a detection may stand under since a run that failed.
 */
async function readDesired(from) {
    const { world, settings, event, repository, source, standing, changes, read, pending, target } = from;
    const policy = {
        adopt: settings.adopt,
        onMissing: settings.onMissing,
        onRemoved: settings.onRemoved,
        maxRemovals: settings.maxRemovals,
    };
    const since = changes.scope === 'changed' ? changes : changes.since;
    const { head } = event;
    const history = since === null
        ? null
        : await readPathHistory({
            repository,
            ref: standing.inherited ?? standing.ref,
            base: since.base,
            before: event.start.kind === 'commit' ? event.start.commit : null,
            head,
            folders: (0,detections_roots/* parseRoots */.T)(settings.detections).folders,
            log: world.log,
        });
    const detections = await takeUuidsFrom({
        repository,
        commits: await newerCommits(from),
        detections: read.detections,
        claims: read.claims,
        target,
    });
    const claims = withUuidsOf(detections, read.claims);
    if (since === null) {
        const removed = rulesLeftOut(read.leftOut, claims);
        return { detections, removed, formerNames: new Map(), returned: new Set(), claims, policy };
    }
    const { base, files } = since;
    const left = await readRemoved({
        repository,
        head,
        base,
        files,
        versions: history,
        roots: settings.detections,
        source,
        claims,
        target,
        leftOut: read.leftOut,
    });
    const removed = pending === null
        ? left
        : await takeRemovedUuidsFrom({ repository, commit: pending.commit, removed: left, claims: read.claims, target });
    const names = await formerNames({ repository, detections, base, versions: history, target });
    const returned = await readReturned({ repository, base, files, detections, target });
    return { detections, removed, formerNames: names, returned, claims, policy };
}
/** A UUID that a detection got from a newer commit is taken as well. */
function withUuidsOf(detections, claims) {
    const all = new Map(claims);
    for (const read of detections) {
        if (read.kind !== 'sound' || read.detection.uuid === null || all.has(read.detection.uuid))
            continue;
        all.set(read.detection.uuid, [read.detection.path]);
    }
    return all;
}
/** Where UUIDs may stand that the checked-out commit does not have yet; asked for only when one is missing. */
async function newerCommits({ read, standing, event, repository, pending }) {
    const isNew = read.detections.some((each) => each.kind === 'sound' && each.detection.uuid === null);
    if (!isNew)
        return [];
    const { tip } = standing;
    const waiting = pending === null ? [] : [pending.commit];
    if (tip === null || tip === event.head)
        return waiting;
    return (await bringCommit(repository, tip)) ? [tip, ...waiting] : waiting;
}

;// CONCATENATED MODULE: ./src/writeback/uuid-edits.ts
/**
 * The edits that a target's outcomes ask for: the UUIDs of all rules that were created or adopted, those that failed
 * afterwards included; and the plain `uuid` of rules found in place, which moves to `uuids`.
 */
function uuidEditsOf(outcomes, target) {
    return outcomes.flatMap(({ operation, kind, uuid }) => {
        switch (operation.kind) {
            case 'create':
            case 'adopt':
                return uuid === null ? [] : [{ path: operation.detection.path, uuid, replaces: operation.replaces, target }];
            case 'update':
            case 'unchanged': {
                const { path, movesUuid } = operation.detection;
                return movesUuid === true && kind === 'done'
                    ? [{ path, uuid: operation.rule.uuid, replaces: null, target }]
                    : [];
            }
            default:
                return [];
        }
    });
}

;// CONCATENATED MODULE: ./src/modes/authors.ts

/**
 * Who brought the files that a run looks at, for auditors. Asked for after all work is done: a run that is cancelled has
 * no time for it, and no run fails for it.
 */
async function readAuthors(of) {
    const { repository, event, changes, read, signal, log } = of;
    if (signal.aborted)
        return new Map();
    const since = changes.scope === 'changed' ? changes : changes.since;
    const looked = read.detections.flatMap((each) => each.kind === 'sound' ? [each.detection.path, each.detection.patternPath] : [each.path]);
    // Those that left the branch are among the files that changed.
    const paths = since === null ? looked : since.files.flatMap(({ path, from }) => [path, ...(from === undefined ? [] : [from])]);
    try {
        return await repository.authorsOf({ base: since?.base ?? null, head: event.head, paths });
    }
    catch (error) {
        log.debug(`Who brought the files is not known: ${(0,errors/* messageOf */.b)(error)}`);
        return new Map();
    }
}

// EXTERNAL MODULE: ./src/detections/types.ts
var detections_types = __webpack_require__(1069);
// EXTERNAL MODULE: ./src/plan/types.ts
var plan_types = __webpack_require__(9898);
// EXTERNAL MODULE: ./src/report/join-reports.ts
var join_reports = __webpack_require__(9822);
;// CONCATENATED MODULE: ./src/modes/target-parts.ts


/** The one report of all targets. @param all at least one */
function reportOf(all) {
    return (0,join_reports/* joinReports */.c)(all.map(partOf));
}
function partOf({ run, told }) {
    const { key, name, ring, community } = run.target;
    return { target: key === null ? null : { name, ring, community }, report: (0,make_report/* makeReport */.dO)(told) };
}

;// CONCATENATED MODULE: ./src/modes/deploy-report.ts



/** The one report of all targets, with what another run did meanwhile. */
function endReport(passes) {
    return reportOf(passes.map((each) => ({ run: each.run, told: deploy_report_endOf(each) })));
}
function deploy_report_endOf({ told, disturbed }) {
    if (disturbed === null)
        return told;
    const message = 'another run deployed to the same target at the same time, and may have written after this one';
    const help = 'Run the workflow again on the newest commit: it looks at everything that both runs touched. A `concurrency` group with `cancel-in-progress: false` keeps runs of one branch apart.';
    return { ...told, stopped: told.stopped ?? { message, help } };
}
/** What the one commit holds of a target; a `uuid` that only moves and could not is a note, since it is not lost. */
function writtenFor({ target }, writeBack, { notes, outcomes }) {
    if (target.key === null || writeBack === null)
        return { writeBack, notes };
    const results = writeBack.results.filter(({ edit }) => edit.target?.name === target.name);
    const brought = new Set(outcomes.flatMap(({ operation }) => operation.kind === 'create' || operation.kind === 'adopt' ? [operation.detection.path] : []));
    const isLeft = results.some(({ kind, edit }) => kind === 'lost' && !brought.has(edit.path));
    return { writeBack: { ...writeBack, results }, notes: isLeft ? [...notes, LEFT] : notes };
}
const LEFT = 'The plain `uuid` of some files could not be moved to `uuids`; it counts as it is, and the next run moves it.';
/**
 * The older of two runs that were at work at once, once it has deployed the newer one's commit after its own: what the
 * second way through says of a file counts.
 */
function bothOf(first, again) {
    const seen = new Set(again.told.outcomes.map(({ operation }) => (0,plan_types/* metadataPathOf */._)(operation)));
    const read = new Set(again.told.read.detections.map(detections_types/* pathOfRead */.t));
    const isNew = (path) => !seen.has(path) && !read.has(path);
    // Both runs created it: the rule that no file got the UUID of has to be told, whatever the file is now.
    const lost = new Set(first.told.writeBack?.results.flatMap(({ kind, edit }) => (kind === 'lost' ? [edit.path] : [])) ?? []);
    const told = {
        ...again.told,
        read: {
            ...again.told.read,
            findings: [...first.told.read.findings.filter(({ path }) => isNew(path)), ...again.told.read.findings],
        },
        outcomes: [
            ...first.told.outcomes.filter(({ operation }) => {
                const path = (0,plan_types/* metadataPathOf */._)(operation);
                return isNew(path) || lost.has(path);
            }),
            ...again.told.outcomes,
        ],
        writeBack: writtenByBoth(first.told.writeBack, again.told.writeBack),
        notes: [
            ...again.told.notes,
            `A newer run finished while this one was at work, so its commit ${again.told.head} was deployed once more, over what this run wrote.`,
        ],
    };
    return { run: again.run, told, disturbed: again.disturbed };
}
function writtenByBoth(first, again) {
    if (first === null || again === null)
        return again ?? first;
    return { ...again, commit: again.commit ?? first.commit, results: [...first.results, ...again.results] };
}

// EXTERNAL MODULE: ./src/modes/pending.ts
var modes_pending = __webpack_require__(5755);
// EXTERNAL MODULE: ./src/detections/read-detections.ts + 86 modules
var read_detections = __webpack_require__(9981);
;// CONCATENATED MODULE: ./src/modes/read.ts

/**
 * The detections in the scope, read and checked as the inputs ask, as the target sees them.
 *
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
function readAsked(of, { source, changes }) {
    const { detections, checks, requireTests, targets } = of.settings;
    return (0,read_detections/* readDetections */.h)({
        source,
        changes,
        roots: detections,
        checks,
        requireTests,
        target: of.target.key,
        targets: targets?.map(({ name, takesUuid }) => ({ name, takesUuid })) ?? null,
        cache: of.cache,
    });
}

// EXTERNAL MODULE: ./src/inputs/targets.ts
var targets = __webpack_require__(4295);
;// CONCATENATED MODULE: ./src/modes/steps.ts



/** Every target before its first stage. */
function begin(runs) {
    return runs.map((run) => ({ kind: 'going', run, told: nothingFor(run.event), work: null }));
}
/**
 * Takes a target through the next stage. Whatever is thrown there ends this target with what is told of it so far, and no
 * other. A run without targets throws on: there is nobody else to be kept from it.
 */
async function next(step, stage) {
    if (step.kind === 'ended')
        return step;
    const { run, told } = step;
    if (run.target.key === null)
        return stage(step);
    try {
        return await stage(step);
    }
    catch (thrown) {
        return { kind: 'ended', run, told: { ...told, stopped: told.stopped ?? stopOf(thrown, run.world.log) } };
    }
}
/** All at once, eight at a time; the results in the order of the items. */
function sideBySide(items, work) {
    return inParallel(items, 8, work);
}
/** One after the other: they share one clone. */
function oneByOne(items, work) {
    return inParallel(items, 1, work);
}

;// CONCATENATED MODULE: ./src/modes/rings.ts




/**
 * Targets of the ring `canary` first, side by side; the others only if every one of them succeeded. Those that are held
 * back are told as stopped: nothing was sent there.
 */
async function inRings(steps, stage) {
    const isCanary = ({ run }) => run.target.ring === targets/* CANARY */.nT;
    const first = await sideBySide(steps.filter(isCanary), (step) => next(step, stage));
    const failed = first.filter(({ told }) => (0,make_report/* exitCode */.I$)((0,make_report/* makeReport */.dO)(told)) !== 0);
    const others = steps.filter((step) => !isCanary(step));
    const rest = failed.length === 0
        ? await sideBySide(others, (step) => next(step, stage))
        : others.map((step) => heldBack(step, stopFor(failed)));
    const all = new Map([...first, ...rest].map((step) => [step.run, step]));
    return steps.flatMap(({ run }) => all.get(run) ?? []);
}
function heldBack(step, stopped) {
    return { kind: 'ended', run: step.run, told: { ...step.told, stopped: step.told.stopped ?? stopped } };
}
function stopFor(failed) {
    const names = (0,src_text/* shorten */.ml)(failed.map(({ run }) => run.target.name).join(', '), 200);
    return {
        message: `nothing was sent, since the ring ${targets/* CANARY */.nT} comes first and has failures (${names})`,
        help: 'Put right what failed there and run again: what was held back is made up for.',
    };
}

;// CONCATENATED MODULE: ./src/modes/standings.ts


/** What the refs of a branch are read with: for many targets all of them are asked for in one request. */
function refsReader(runs, branch) {
    const [first] = runs;
    if (first === undefined)
        return { readRefs: () => Promise.resolve(new Map()) };
    if (first.target.key === null)
        return first.repository;
    const targets = [...new Set([...runs.map(({ target }) => target.name), src_target/* DEFAULT_TARGET */.Kv])];
    const all = first.repository.readRefs([
        `refs/heads/${branch}`,
        ...targets.map((target) => deployedRef(target, branch)),
    ]);
    // Each target hears of it when it reads.
    all.catch(() => undefined);
    return {
        async readRefs(names) {
            const refs = await all;
            return new Map([...refs].filter(([name]) => names.includes(name)));
        },
    };
}
/**
 * Where the comparison starts for a target. One that was never deployed gets everything: a customer who came today has
 * none of what came before.
 */
function standings_startOf(run, standing) {
    return isNew(run, standing) ? NEVER_DEPLOYED : startFrom(standing, run.event.start);
}
/** Whether the target was never deployed from the branch, as far as can be told. */
function isNew({ target }, { isReadable, deployed }) {
    return target.key !== null && isReadable && deployed === null;
}
const NEVER_DEPLOYED = { kind: 'all', reason: 'this target was not deployed from this branch before' };

;// CONCATENATED MODULE: ./src/modes/deploy.ts



















/** Brings the platform to what the head commit says: what was reviewed is what is deployed. */
async function deploy(run) {
    const first = await pass(run, (0,target_runs/* targetRunsOf */.P)(run));
    return (0,publish/* publish */.m)(endReport(await passAgain(run, first)), run.world);
}
/** Where a newer run finished meanwhile, its commit is deployed once more, over what this one wrote. */
async function passAgain(run, first) {
    const heads = new Set(first.flatMap(({ disturbed }) => (disturbed?.kind === 'newer' ? [disturbed.commit] : [])));
    const again = new Map();
    for (const head of heads) {
        const names = first.flatMap(({ disturbed, run: { target } }) => disturbed?.kind === 'newer' && disturbed.commit === head ? [target.name] : []);
        const newer = { ...run, event: { ...run.event, head } };
        const runs = (0,target_runs/* targetRunsOf */.P)(newer).filter(({ target }) => names.includes(target.name));
        for (const each of await pass(newer, runs))
            again.set(each.run.target.name, each);
    }
    return first.map((each) => {
        const second = again.get(each.run.target.name);
        return second === undefined ? each : bothOf(each, second);
    });
}
/** One way from the deployed commit to the head, for every target. */
async function pass(run, runs) {
    const branch = branchOf(run.event);
    const refs = refsReader(runs, branch);
    const findWay = wayOf(run, branch);
    const prepared = await oneByOne(begin(runs), (step) => next(step, ({ run }) => prepare(run, branch, refs)));
    const sent = await inRings(prepared, (going) => send(going, findWay));
    const edits = sent.flatMap(editsOf);
    const writeBack = await writeUuids(run, branch, edits, findWay);
    return sideBySide(sent, async (step) => {
        const done = await next(withWriteBack(step, writeBack), deploy_settle);
        return { run: done.run, told: done.told, disturbed: done.kind === 'going' ? done.work : null };
    });
}
async function prepare(run, branch, refs) {
    const { event, repository, compare, target } = run;
    const { log } = run.world;
    const standing = await readStanding({
        repository: { ...repository, ...refs },
        compare,
        event,
        branch,
        target: target.name,
        after: (0,src_target/* targetBefore */.Pi)(target),
        log,
    });
    if (standing.overtaken !== null) {
        const scope = `Nothing was deployed: ${standing.overtaken}.`;
        return { kind: 'ended', run, told: { ...nothingFor(event), scope } };
    }
    const start = standings_startOf(run, standing);
    const { deployed } = standing;
    const changes = await findChanges({ repository, event: { ...event, start }, deployed, log });
    noticeOtherSettings(changes, run);
    const source = run.sourceAt(event.head);
    const read = await readAsked(run, { source, changes });
    const pending = await (0,modes_pending/* pendingFor */.R)({ ...run, branch, changes, read });
    const desired = await readDesired({ ...run, source, standing, changes, read, pending, target: target.key });
    const told = {
        ...nothingFor(event),
        scope: (0,words/* scopeInWords */.x6)(changes),
        read: { ...read, detections: desired.detections },
        notes: read.notes,
        waiting: pending?.pullRequest ?? null,
    };
    const from = target.key === null ? run : { ...run, event: { ...event, start } };
    const ref = await heldRef({ ...from, branch, standing, changes, desired });
    const deploy = { ...run, branch, standing, changes, desired, ref };
    return { kind: 'going', run, told, work: { deploy, read, changes } };
}
async function send({ run, told, work }, findWay) {
    const done = await deployTarget(work.deploy, findWay);
    return { kind: 'going', run, told: { ...told, ...done }, work };
}
function editsOf(step) {
    return step.kind === 'going' ? uuidEditsOf(step.told.outcomes, step.run.target.key) : [];
}
function withWriteBack(step, writeBack) {
    return step.kind === 'ended'
        ? step
        : { ...step, told: { ...step.told, ...writtenFor(step.run, writeBack, step.told) } };
}
/** Moves the deployed ref of a target whose detections are all in place. */
async function deploy_settle({ run, told, work }) {
    const { event, repository, compare, world } = run;
    // A cancelled run has seconds left, and they are for the report.
    if (world.signal.aborted)
        return { kind: 'ended', run, told };
    const { standing, ref } = work.deploy;
    const { outcomes, writeBack } = told;
    const disturbed = await advance({
        ref: standing.ref,
        from: ref,
        to: newestOf(writeBack, event.head),
        isComplete: (0,make_report/* exitCode */.I$)((0,make_report/* makeReport */.dO)(told)) === 0,
        hasWritten: hasWritten(outcomes),
        isInPlace: () => isInPlace(work.deploy, outcomes),
    }, { repository, compare, log: world.log });
    // Last, since nothing waits for it.
    const { changes, read } = work;
    const authors = await readAuthors({ repository, event, changes, read, signal: world.signal, log: world.log });
    return { kind: 'going', run, told: { ...told, authors }, work: disturbed };
}
function newestOf(writeBack, head) {
    return writeBack?.parent === head && writeBack.commit !== null ? writeBack.commit : head;
}
/** The diff cannot see another key, region or folder; the workflow's file may hold one. */
function noticeOtherSettings(changes, { world }) {
    if (changes.scope !== 'changed')
        return;
    if (!changes.files.some(({ path }) => path.startsWith('.github/workflows/')))
        return;
    world.log.notice('Workflows changed. If the key, the region or the folders of this action did, run it once with `scope: all`.');
}
function branchOf({ branch }) {
    if (branch === null)
        throw new Error('a run that deploys stands on a branch');
    return branch;
}

// EXTERNAL MODULE: ./src/sigma/decode-text.ts
var decode_text = __webpack_require__(8333);
// EXTERNAL MODULE: ./src/sigma/read-yaml.ts + 3 modules
var read_yaml = __webpack_require__(2889);
// EXTERNAL MODULE: ./src/detections/check-metadata.ts + 4 modules
var check_metadata = __webpack_require__(264);
;// CONCATENATED MODULE: ./src/detections/fit-value.ts

/** Lists whose order says nothing: what stays of them keeps the place that the file gives it. */
const SETS = new Set(['tags', 'related_object_refs', 'datasources', 'entities', 'assets']);
/**
 * The platform's value of a field in the form that the file gives it: what means the same keeps the file's own spelling
 * (order of sets, letter case of UUIDs, line ends and final line ends of texts, keys that an entry leaves out).
 */
function fitValue(field, mine, theirs) {
    if (typeof theirs === 'string')
        return typeof mine === 'string' ? fitText(mine, theirs) : theirs;
    if (!Array.isArray(theirs) || !Array.isArray(mine))
        return theirs;
    if (SETS.has(field))
        return fitSet(mine, theirs);
    return theirs.map((entry) => fitEntry(mine, entry));
}
function fitText(mine, theirs) {
    const lines = theirs
        .replace(/^\ufeff/, '')
        .replace(/\r\n?/g, '\n')
        .replace(/\n+$/, '');
    if (lines === '')
        return '';
    const whole = `${lines}${/(?:\r?\n)*$/.exec(mine)?.[0].replace(/\r/g, '') ?? ''}`;
    return /\r\n/.test(mine) ? whole.replace(/\n/g, '\r\n') : whole;
}
function fitSet(mine, theirs) {
    const same = (one, other) => one === other || sameUuid(one, other);
    const kept = mine.filter((entry) => theirs.some((other) => same(entry, other)));
    return [...kept, ...theirs.filter((entry) => !mine.some((other) => same(entry, other)))];
}
const UUID = /^\s*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i;
function sameUuid(one, other) {
    if (typeof one !== 'string' || typeof other !== 'string' || !UUID.test(one))
        return false;
    return one.trim().toLowerCase() === other.trim().toLowerCase();
}
/** An entry of the file that says the same, with fewer keys perhaps; else the platform's, with the keys of its twin. */
function fitEntry(mine, theirs) {
    if (!isMap(theirs))
        return theirs;
    const twins = mine.filter(isMap).filter((entry) => isTwin(entry, theirs));
    const same = twins.find((entry) => Object.keys(entry).every((key) => sameScalar(entry[key], theirs[key])));
    if (same !== undefined)
        return same;
    const [twin] = twins;
    if (twin === undefined)
        return theirs;
    const keys = Object.keys(twin).filter((key) => key in theirs);
    return Object.fromEntries(keys.map((key) => [key, theirs[key]]));
}
/** Event fields are known by `field`, parameters by `uuid` or `name`. */
function isTwin(mine, theirs) {
    return ['field', 'uuid', 'name'].some((key) => typeof mine[key] === 'string' && sameScalar(mine[key], theirs[key]));
}
function sameScalar(mine, theirs) {
    if ((0,external_node_util_.isDeepStrictEqual)(mine ?? '', theirs ?? '') || sameUuid(mine, theirs))
        return true;
    return typeof mine === 'string' && typeof theirs === 'string' && fitText(mine, theirs) === mine;
}
function isMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./src/detections/render-value.ts
/** A value as JSON on one line, with a blank behind commas and colons. */
function inline(value) {
    if (Array.isArray(value))
        return `[${value.map(inline).join(', ')}]`;
    if (typeof value === 'object' && value !== null) {
        const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
        return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
    }
    return JSON.stringify(value);
}
/** A text in the quotes given (none is plain YAML), then in double quotes, which take every text. */
function quoted(text, quote) {
    const double = JSON.stringify(text);
    if (quote === '"' || /[\n\r]/.test(text) || text === '')
        return [double];
    return [quote === "'" ? `'${text.replaceAll("'", "''")}'` : text, double];
}

;// CONCATENATED MODULE: ./src/detections/list-splices.ts





/** `[a, b]`, and every list of JSON: what stays keeps its bytes, and what stands between two entries is the model. */
function flowList(file, token, value) {
    const items = token.items.filter((item) => item.value !== undefined);
    const [start, end] = [token.offset, endOfToken(token)];
    const whole = [{ start, end, insert: inline(value) }];
    const old = valuesOf(file, token);
    if (old?.length !== items.length || items.length === 0 || items.some(({ key }) => key))
        return [whole];
    const entries = align(old, value);
    if (entries.length === 0)
        return [[{ start, end, insert: '[]' }]];
    const places = items.map((item) => ({ start: list_splices_startOf(item), end: endOf(item) }));
    const text = (from, to) => file.text.slice(from, to);
    const gaps = places.map((place, index) => text(index === 0 ? start + 1 : (places[index - 1]?.end ?? 0), place.start));
    const first = gaps[0] ?? '';
    const model = gaps[1] ?? (first.includes('\n') ? `,${first}` : ', ');
    const tail = text(places.at(-1)?.end ?? end, end - 1);
    const fresh = freshTexts(file, items);
    return [0, 1].map((choice) => {
        const parts = entries.map((entry, index) => {
            const kept = 'kept' in entry ? entry.kept : 0;
            const place = places[kept];
            const body = 'fresh' in entry ? pick(fresh(entry.fresh), choice) : text(place?.start ?? 0, place?.end ?? 0);
            return `${index === 0 ? first : kept > 0 ? (gaps[kept] ?? model) : model}${body}`;
        });
        return [{ start, end, insert: `[${parts.join('')}${tail}]` }];
    });
}
/** Entries on lines of their own: the lines of what stays are not touched, nor the comments above and beside them. */
function blockList(file, member, token, value) {
    const { text } = file;
    const items = token.items.filter((item) => dashOf(item) !== undefined);
    const dashes = items.map((item) => dashOf(item)?.offset ?? 0);
    const start = text.lastIndexOf('\n', (dashes[0] ?? 0) - 1) + 1;
    const indent = text.slice(start, dashes[0]);
    const old = valuesOf(file, token);
    if (old?.length !== items.length || !/^ *$/.test(indent))
        return [];
    const ends = items.map((item) => endOfLine(text, endOf(item)));
    const end = ends.at(-1) ?? start;
    const entries = align(old, value);
    const colon = member.sep?.find(({ type }) => type === 'map-value-ind');
    if (entries.length === 0)
        return colon === undefined ? [] : [[insertAt(colon.offset + 1, ' []'), { start, end, insert: '' }]];
    const eol = eolOf(text);
    const gap = /^-([ \t]+)/.exec(text.slice(dashes[0]))?.[1] ?? ' ';
    const fresh = freshTexts(file, items);
    const bullet = `${indent}-${gap}`;
    const asBlock = items.some((item) => item.value?.type === 'block-map');
    return [0, 1].map((choice) => {
        const lines = entries.map((entry) => {
            if ('kept' in entry)
                return text.slice(ends[entry.kept - 1] ?? start, ends[entry.kept]);
            const block = asBlock && choice === 0 ? blockMap(entry.fresh, ' '.repeat(bullet.length), eol) : null;
            return `${bullet}${block ?? pick(fresh(entry.fresh), choice)}${eol}`;
        });
        const joined = lines.map((line) => (line.endsWith('\n') ? line : `${line}${eol}`)).join('');
        const insert = text[end - 1] === '\n' ? joined : joined.slice(0, -eol.length);
        return [{ start, end, insert }];
    });
}
/** Which entries of the old list the new one takes over, in order, and which are new. */
function align(old, value) {
    let next = 0;
    return value.map((entry) => {
        const found = old.findIndex((each, index) => index >= next && (0,external_node_util_.isDeepStrictEqual)(each, entry));
        if (found < 0)
            return { fresh: entry };
        next = found + 1;
        return { kept: found };
    });
}
function valuesOf(file, token) {
    const node = file.root.items.map(({ value }) => value).find((each) => each?.srcToken === token);
    return (0,dist/* isSeq */.oP)(node) ? (0,plain_value/* plainValue */._y)(node, file.targets) : undefined;
}
/** How a new entry is written, in the style of its siblings first. */
function freshTexts(file, items) {
    const sibling = items.map(({ value }) => value).find((token) => token !== undefined && 'source' in token);
    const quote = file.format === 'json' ? '"' : sibling && isQuoted(sibling) ? sibling.source.slice(0, 1) : '';
    const tall = items.find(({ value }) => {
        return value?.type === 'flow-collection' && file.text.slice(value.offset, endOfToken(value)).includes('\n');
    });
    return (value) => {
        if (typeof value === 'string')
            return quoted(value, quote);
        if (typeof value !== 'object' || value === null || tall === undefined)
            return [inline(value)];
        return [tallJson(file, list_splices_startOf(tall), value), inline(value)];
    };
}
/** JSON over several lines, indented as a sibling that begins at the offset. */
function tallJson({ text }, offset, value) {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const outer = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
    const inner = /^[ \t]*/.exec(text.slice(text.indexOf('\n', offset) + 1))?.[0] ?? '';
    const unit = inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
    return JSON.stringify(value, null, unit)
        .split('\n')
        .join(`${eolOf(text)}${outer}`);
}
/** A map as an entry of a block list, one key a line; null for what is no map of simple values. */
function blockMap(value, indent, eol) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return null;
    const lines = Object.entries(value).map(([key, member]) => {
        const plain = typeof member === 'string' && /^[\p{L}_][\p{L}\p{N} _.-]*$/u.test(member) && !isWord(member);
        return `${key}: ${plain ? member.trimEnd() : inline(member)}`;
    });
    return lines.length === 0 ? null : lines.join(`${eol}${indent}`);
}
function isWord(text) {
    return /^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) || text.endsWith(' ');
}
function pick(texts, choice) {
    return texts[Math.min(choice, texts.length - 1)] ?? '';
}
/** An anchor or a tag before the value belongs to it. */
function list_splices_startOf(item) {
    const mark = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
    return mark?.offset ?? item.value?.offset ?? 0;
}
function dashOf(item) {
    return item.start.find(({ type }) => type === 'seq-item-ind');
}
/** Behind the line end that follows the offset; a text block has its own line end in it. */
function endOfLine(text, offset) {
    if (text[offset - 1] === '\n')
        return offset;
    const newline = text.indexOf('\n', offset);
    return newline < 0 ? text.length : newline + 1;
}

;// CONCATENATED MODULE: ./src/detections/value-splices.ts




/**
 * The ways to give a member that the file has another value, the nicest first: in the style that its value has now, else
 * as JSON, which is YAML too. Which of them means exactly the value and leaves all else alone is for the caller to check.
 */
function valueSplices(file, field, value) {
    const item = (0,plain_value/* memberOf */.C5)(file.root, field)?.srcToken;
    if (item === undefined)
        return [];
    const { value: token } = item;
    if (token === undefined || isEmptyToken(token))
        return value_splices_fill(item, value);
    if (Array.isArray(value) && token.type === 'flow-collection')
        return flowList(file, token, value);
    if (Array.isArray(value) && token.type === 'block-seq')
        return blockList(file, item, token, value);
    if (typeof value === 'string' && value !== '' && token.type === 'block-scalar')
        return textBlock(file, token, value);
    return value_splices_exchange(file, token, value);
}
/** `goal:` without a value. */
function value_splices_fill(item, value) {
    const blank = item.sep?.length ? ' ' : ': ';
    return [[insertAt(endOf(item), `${blank}${inline(value)}`)]];
}
function value_splices_exchange(file, token, value) {
    const start = token.type === 'block-scalar' ? (token.props[0]?.offset ?? token.offset) : token.offset;
    const end = endOfToken(token);
    // A text block takes its line end with it.
    const eol = token.type === 'block-scalar' ? (/\r?\n$/.exec(file.text.slice(start, end))?.[0] ?? '') : '';
    return textsFor(file, token, value).map((text) => [{ start, end, insert: `${text}${eol}` }]);
}
function textsFor(file, token, value) {
    if (typeof value !== 'string' || file.format === 'json')
        return [inline(value)];
    const quote = isQuoted(token) ? token.source.slice(0, 1) : '';
    const map = file.root.srcToken;
    const indent = map?.type === 'block-map' && !isQuoted(token) ? map.indent : null;
    return [
        ...(indent === null ? [] : newTextBlock(value, ' '.repeat(indent + 2), eolOf(file.text))),
        ...quoted(value, quote),
    ];
}
/** Several lines read best as they are. */
function newTextBlock(value, indent, eol) {
    const lines = value.replace(/\n$/, '').split('\n');
    if (!value.trim().includes('\n'))
        return [];
    return [`${value.endsWith('\n') ? '|' : '|-'}${eol}${lines.map((line) => indented(line, indent)).join(eol)}`];
}
/** The header of the block, with its comment, and the blank lines behind it stay. */
function textBlock(file, token, value) {
    const end = endOfToken(token);
    const start = end - token.source.length;
    const body = file.text.slice(start, end);
    const trail = body.slice(body.trimEnd().length);
    const indent = /^[ \t]*(?=\S)/m.exec(body)?.[0] ?? '  ';
    const render = (text) => text
        .replace(/\n+$/, '')
        .split('\n')
        .map((line) => indented(line, indent))
        .join(eolOf(file.text));
    const header = token.props.find(({ type }) => type === 'block-scalar-header');
    if (header === undefined || !('source' in header))
        return value_splices_exchange(file, token, value);
    const literal = { start: header.offset, end: header.offset + 1, insert: '|' };
    const isFolded = header.source.startsWith('>');
    const bodies = isFolded ? [value.replace(/\n/g, '\n\n')] : [value];
    return [
        ...bodies.map((text) => [{ start, end, insert: `${render(text)}${trail}` }]),
        [literal, { start, end, insert: `${render(value)}${trail}` }],
        ...value_splices_exchange(file, token, value),
    ];
}
function indented(line, indent) {
    return line === '' ? '' : `${indent}${line}`;
}

;// CONCATENATED MODULE: ./src/detections/edit-values.ts










/**
 * Gives a field of a metadata file another value and changes nothing else: comments, indentation, line ends and the
 * spelling of what stays the same are kept. A field that the file does not have is not brought in. The result is read
 * again before it is handed out: it differs by exactly this value and has no new error, or there is no edit. Never for
 * `uuid` (`putUuid`). Nothing is thrown.
 */
function putValue(file, field, value) {
    const before = (0,read_metadata_text/* readMetadataText */.D)(file.path, file.content);
    if (before.kind === 'unreadable')
        return notEditable(before.reason);
    if (field === 'uuid')
        return notEditable('a UUID says which rule the file is, and is never exchanged');
    if (!Object.hasOwn(before.value, field))
        return notEditable(`the file has no \`${field}\` of its own`);
    const wanted = fitValue(field, before.value[field], value);
    if ((0,external_node_util_.isDeepStrictEqual)(before.value[field], wanted))
        return { kind: 'edited', content: file.content };
    let why = 'its value cannot be written without changing something else in the file';
    for (const splices of valueSplices(before, field, wanted)) {
        const content = spliced(before, splices);
        const after = (0,read_metadata_text/* readMetadataText */.D)(file.path, content);
        if (after.kind === 'unreadable' || !differsBy(before, after, field, wanted))
            continue;
        const fault = newFault(file.path, before, after);
        if (fault === null)
            return { kind: 'edited', content };
        why = fault;
    }
    return notEditable(why);
}
/** Another pattern in the line ends, byte order mark and end of the file that is there. */
function putPattern(file, pattern) {
    const { text, hasBom, fault } = (0,decode_text/* decodeText */.g)(file.content);
    if (fault !== undefined)
        return notEditable(fault.message);
    const lines = fitText(text.replace(/\r\n/g, '\n'), pattern);
    const content = external_node_buffer_.Buffer.from(`${hasBom ? '\ufeff' : ''}${lines.replace(/\n/g, eolOf(text))}`, 'utf8');
    const [problem] = (0,read_yaml/* readYaml */.g)(content, 'pattern').problems;
    return problem === undefined ? { kind: 'edited', content } : notEditable(problem.message);
}
function differsBy(before, after, field, wanted) {
    const expected = Object.entries(before.value).map(([key, value]) => [key, key === field ? wanted : value]);
    return (0,external_node_util_.isDeepStrictEqual)(Object.entries(after.value), expected);
}
/** What the checks would say of the value, such as a name that is too long. */
function newFault(path, before, after) {
    const known = new Set((0,check_metadata/* checkMetadata */.sI)(path, before, target_values/* PLAIN_VIEW */.Zm).map(({ message }) => message));
    const fault = (0,check_metadata/* checkMetadata */.sI)(path, after, target_values/* PLAIN_VIEW */.Zm).find(({ severity, message }) => severity === 'error' && !known.has(message));
    return fault?.message ?? null;
}
function notEditable(reason) {
    return { kind: 'not-editable', reason };
}

// EXTERNAL MODULE: ./src/detections/attack-patterns.ts
var attack_patterns = __webpack_require__(3700);
// EXTERNAL MODULE: ./src/detections/friendly-values.ts
var friendly_values = __webpack_require__(6912);
;// CONCATENATED MODULE: ./src/detections/friendly-members.ts




/**
 * The members of a metadata file that say a field of the rule, for a value that the platform has: the file's own way of
 * writing is kept where it can say the value. An alert type by its name stays a name, techniques stay techniques; a
 * severity or effort becomes a number.
 *
 * @param field of the rule, as it is sent.
 */
function membersFor(file, field, value, alertTypes) {
    if (field === 'alert_type_uuid' && (0,friendly_values/* alertTypeOf */.eC)(file) !== null) {
        const name = (0,find_alert_type/* nameOfUuid */.S8)(alertTypes, String(value));
        return name === null
            ? { kind: 'none', reason: `no name leads to the alert type ${String(value)}: write \`alert_type_uuid\` instead` }
            : { kind: 'members', members: [['alert_type', name]] };
    }
    if (field === 'related_object_refs' && Object.hasOwn(file, 'attack'))
        return objectMembers(file, (0,friendly_values/* textsOf */.CB)(value));
    return { kind: 'members', members: [[field, value]] };
}
/** The fields that a metadata file says, as they are sent; a type whose name leads to none is empty, which no rule has. */
function resolvedValues(file, alertTypes) {
    const name = (0,friendly_values/* alertTypeOf */.eC)(file);
    if (name === null)
        return (0,friendly_values/* sentValues */.Vq)(file);
    const found = (0,find_alert_type/* findAlertType */.Ks)(alertTypes, name);
    return { ...(0,friendly_values/* sentValues */.Vq)(file), alert_type_uuid: found.kind === 'found' ? found.uuid : '' };
}
/** Techniques that the platform has stay; the other ids go where the file has ids, else they become techniques. */
function objectMembers(file, ids) {
    const there = new Set(ids.map((id) => id.toLowerCase()));
    const kept = (0,friendly_values/* textsOf */.CB)(file['attack']).filter((technique) => there.has((0,attack_patterns/* attackPatternOf */.ET)(technique) ?? ''));
    const covered = new Set(kept.map(attack_patterns/* attackPatternOf */.ET));
    if (Object.hasOwn(file, 'related_object_refs')) {
        const own = new Set((0,friendly_values/* textsOf */.CB)(file['related_object_refs']).map((id) => id.toLowerCase()));
        const refs = ids.filter((id) => own.has(id.toLowerCase()) || !covered.has(id.toLowerCase()));
        return changed(file, [
            ['attack', kept],
            ['related_object_refs', refs],
        ]);
    }
    const others = ids.filter((id) => !covered.has(id.toLowerCase()));
    const nameless = others.filter((id) => (0,attack_patterns/* techniqueOf */.AF)(id) === undefined);
    if (nameless.length > 0) {
        return {
            kind: 'none',
            reason: `the file has no \`related_object_refs\` to hold ${nameless.slice(0, 3).join(', ')}, which is no technique that the action knows`,
        };
    }
    return changed(file, [['attack', [...kept, ...others.flatMap((id) => (0,attack_patterns/* techniqueOf */.AF)(id) ?? [])]]]);
}
/** A list that is null is as good as an empty one, and stays as it is. */
function changed(file, members) {
    return { kind: 'members', members: members.filter(([name, value]) => !(0,external_node_util_.isDeepStrictEqual)(file[name] ?? [], value)) };
}

// EXTERNAL MODULE: ./src/plan/desired.ts
var desired = __webpack_require__(1313);
;// CONCATENATED MODULE: ./src/drift-files.ts







/**
 * The files of a commit with the platform's values in them, byte for byte as they were otherwise. Each detection is read
 * again and compared by meaning afterwards; what differs still is told.
 *
 * @param alertTypes those of the platform; they may be left out where no detection names its own.
 */
async function editDrifted(repository, commit, drifted, alertTypes) {
    const paths = [...new Set(drifted.flatMap(({ detection }) => [detection.path, detection.patternPath]))];
    const found = await repository.findFiles(commit, paths);
    const contents = await repository.readBlobs([...new Set(found.map(({ object }) => object))]);
    const here = new Map(found.map((file) => [file.path, { file, content: contents.get(file.object) }]));
    const files = [];
    const left = new Map();
    for (const one of drifted) {
        const edited = editOne(one, here, alertTypes);
        if (edited.left !== null)
            left.set(one.detection.path, edited.left);
        files.push(...edited.files);
    }
    return { files, left };
}
function editOne({ detection, rule, changes }, here, alertTypes) {
    const { path, patternPath } = detection;
    const [metadata, pattern] = [regular(here, path), regular(here, patternPath)];
    if (metadata === null)
        return { files: [], left: `${path} is no regular file on the branch (any more)` };
    const now = (0,read_metadata_text/* readMetadataText */.D)(path, metadata.content);
    if (now.kind === 'unreadable' || (0,detections_identity/* identityOf */.cu)(now.value, null).uuid !== rule.uuid)
        return { files: [], left: `${path} has another UUID on the branch by now` };
    const refusals = new Map();
    let content = metadata.content;
    let patternContent = pattern?.content;
    for (const { field, to } of changes) {
        if (field === 'payload') {
            const edit = patternContent === undefined
                ? { kind: 'not-editable', reason: `${patternPath} is no regular file` }
                : putPattern({ path: patternPath, content: patternContent }, String(to));
            if (edit.kind === 'edited')
                patternContent = edit.content;
            else
                refusals.set(field, edit.reason);
        }
        else if (field in detection.fields) {
            const edit = putField({ path, content }, membersFor(now.value, field, to, alertTypes));
            if (edit.kind === 'edited')
                content = edit.content;
            else
                refusals.set(field, edit.reason);
        }
    }
    const files = [
        ...(content.equals(metadata.content) ? [] : [{ ...metadata, content }]),
        ...(pattern === null || patternContent === undefined || patternContent.equals(pattern.content)
            ? []
            : [{ ...pattern, content: patternContent }]),
    ];
    const after = (0,read_metadata_text/* readMetadataText */.D)(path, content);
    if (after.kind === 'unreadable')
        return { files, left: after.reason };
    const values = resolvedValues(after.value, alertTypes);
    return { files, left: whatDiffers({ detection, rule }, values, patternContent, refusals) };
}
/** One field may stand in several members of the file, or in one of another name. */
function putField(file, wanted) {
    if (wanted.kind === 'none')
        return { kind: 'not-editable', reason: wanted.reason };
    let { content } = file;
    for (const [name, value] of wanted.members) {
        const edit = putValue({ path: file.path, content }, name, value);
        if (edit.kind === 'not-editable')
            return edit;
        content = edit.content;
    }
    return { kind: 'edited', content };
}
/** Of the files as they will be; null when they say what the platform has. */
function whatDiffers({ detection, rule }, values, pattern, refusals) {
    const fields = Object.fromEntries(Object.entries(values).filter(([key]) => key in detection.fields));
    const text = pattern === undefined ? detection.pattern : (0,decode_text/* decodeText */.g)(pattern).text;
    const after = (0,desired/* overlay */.L)(rule.write, { ...detection, fields, pattern: text });
    const still = (0,plan_compare/* differences */.t)(after, rule.write).map(({ field }) => field);
    if (still.length === 0)
        return null;
    return still
        .map((field) => `\`${field}\` (${refusals.get(field) ?? 'it follows from other fields of the file'})`)
        .join(', ');
}
function regular(here, path) {
    const { file, content } = here.get(path) ?? {};
    if (file === undefined || content === undefined)
        return null;
    return file.mode === '100644' || file.mode === '100755' ? { path, mode: file.mode, content } : null;
}

;// CONCATENATED MODULE: ./src/report/drift-text.ts


/** GitHub takes 65,536 characters. */
const drift_text_LONGEST = 60_000;
/** What people read in the pull request that brings the platform's values into the files. */
function driftBody(branch, rows) {
    const head = [
        `These rules were changed in Sekoia although ${(0,markdown/* code */.aY)(branch)} did not change. This pull request writes the platform’s values into the files, and changes nothing else. Merge it to keep them; to undo them on the platform, close it and run the workflow with \`drift: restore\`.`,
        '',
        (0,markdown/* tableHead */.PP)(['Rule', 'File', 'Old → new', 'By whom and when']),
    ].join('\n');
    const lines = rows.map(({ path, name, uuid, drift, left }) => (0,markdown/* tableRow */.jD)([
        `${(0,markdown/* plain */.pj)(name, 200)}<br>${(0,markdown/* code */.aY)(uuid)}`,
        (0,markdown/* code */.aY)(path),
        [
            ...drift.changes.map((change) => (0,markdown/* plain */.pj)((0,words/* changeInWords */.Zb)(change), 400)),
            ...(left === null ? [] : [`**Not in this pull request:** ${(0,markdown/* plain */.pj)(left, 400)}`]),
        ].join('<br>'),
        (0,markdown/* plain */.pj)((0,words/* handInWords */.O8)(drift.hand), 200),
    ]));
    let room = drift_text_LONGEST - head.length;
    const shown = lines.filter((line) => (room -= line.length + 1) > 0);
    const more = lines.length - shown.length;
    return [head, ...shown, ...(more > 0 ? ['', `And ${more} more, all in the summary of the run.`] : [])].join('\n');
}

;// CONCATENATED MODULE: ./src/drift-target.ts













/** Does about the drift what the input says, and tells what came of each detection. */
async function answerDrift(run, found) {
    switch (run.settings.drift) {
        case 'report':
            return { outcomes: showAll(found.plan).map((outcome) => noticed(outcome, found)) };
        case 'fail':
            return { outcomes: showAll(found.plan).map((outcome) => failed(outcome, found)) };
        case 'pull-request':
            return propose(run, found);
        case 'restore':
            return restore(run, found);
    }
}
/** Drift is news here and no failure: neither a changed rule nor a missing one. */
function noticed(outcome, found) {
    const { operation } = outcome;
    const drift = found.drifts.get((0,plan_types/* metadataPathOf */._)(operation));
    if (drift?.kind === 'changed')
        return { ...outcome, reason: whose(operation, found) };
    return drift?.kind === 'missing' ? { ...outcome, kind: 'planned' } : outcome;
}
function failed(outcome, found) {
    if (found.drifts.get((0,plan_types/* metadataPathOf */._)(outcome.operation))?.kind !== 'changed')
        return outcome;
    const help = 'Bring the values into the files (`drift: pull-request`), or write the files’ back (`drift: restore`).';
    return { ...outcome, kind: 'failed', reason: whose(outcome.operation, found), help };
}
/** Writes the files' values back: updates alone, by the parts that deploy. A missing rule is left to `on-missing`. */
async function restore(run, found) {
    const { operations } = found.plan;
    const updates = operations.filter(({ kind }) => kind === 'update');
    const others = leaveAll({ operations: operations.filter(({ kind }) => kind !== 'update') }, DEPLOYED_MEANWHILE);
    const inOrder = (outcomes) => {
        const all = new Map([...others, ...outcomes].map((outcome) => [outcome.operation, outcome]));
        return operations.flatMap((operation) => all.get(operation) ?? []);
    };
    if (updates.length === 0)
        return { outcomes: inOrder([]) };
    if (await wasDeployed(run)) {
        return { outcomes: inOrder(leaveAll({ operations: updates }, DEPLOYED_MEANWHILE)), stopped: DEPLOYED_MEANWHILE };
    }
    const { sekoia, world } = run;
    const outcomes = await carryOut({ operations: updates }, {
        sekoia,
        differences: plan_compare/* differences */.t,
        isClaimed: () => true,
        signal: world.signal,
        sleep: (ms) => pause(ms, world.signal),
        onProgress: progressTo(world.log),
    });
    const told = outcomes.map((outcome) => outcome.kind === 'done'
        ? {
            ...outcome,
            reason: [whose(outcome.operation, found), outcome.reason].filter((part) => part !== '').join('; '),
        }
        : outcome);
    if (world.signal.aborted || !(await wasDeployed(run)))
        return { outcomes: inOrder(told) };
    return { outcomes: inOrder(told), stopped: DEPLOYED_OVER };
}
/** Whether the branch or its deployment moved since this run looked: older values must not go over newer. */
async function wasDeployed(run) {
    const { repository, branch, standing, world, target } = run;
    const now = await readPlace({ repository, branch, target: target.name, after: (0,src_target/* targetBefore */.Pi)(target), log: world.log });
    return now.deployed !== standing.deployed || now.tip !== standing.tip;
}
const GROUP = 'Give this workflow and the one that deploys one `concurrency` group.';
const DEPLOYED_MEANWHILE = {
    message: 'the branch or its deployment moved while the platform was read, so nothing was written back',
    help: `Run the workflow again. ${GROUP}`,
};
const DEPLOYED_OVER = {
    message: 'the branch or its deployment moved while values were written back, so older values may lie over newer',
    help: `Run the deployment again with \`scope: all\`. ${GROUP}`,
};
/** Brings the platform's values into the files, in one pull request. */
async function propose(run, found) {
    const shown = showAll(found.plan);
    if (run.target.key !== null)
        return { outcomes: shown.map((outcome) => notShared(outcome, found, run.target)) };
    const drifted = found.plan.operations.flatMap((operation) => {
        const drift = found.drifts.get((0,plan_types/* metadataPathOf */._)(operation));
        if (operation.kind !== 'update' || drift?.kind !== 'changed')
            return [];
        return [{ detection: operation.detection, rule: operation.rule, changes: drift.changes }];
    });
    try {
        const { waiting, left } = await proposeFor(run, found, drifted);
        const where = waiting === null ? '' : `; in the pull request ${waiting.url}`;
        const outcomes = shown.map((outcome) => {
            const { operation } = outcome;
            if (found.drifts.get((0,plan_types/* metadataPathOf */._)(operation))?.kind !== 'changed')
                return outcome;
            const why = left.get((0,plan_types/* metadataPathOf */._)(operation));
            if (why === undefined)
                return { ...outcome, reason: `${whose(operation, found)}${where}` };
            const help = 'Edit the file by hand, or write its values back with `drift: restore`.';
            return { ...outcome, kind: 'failed', reason: `not all of it could be brought into the files: ${why}`, help };
        });
        return { outcomes, waiting };
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        const { message, help } = error;
        const stopped = { message: `the pull request could not be made: ${message}`, help };
        return { outcomes: shown.map((outcome) => noticed(outcome, found)), stopped };
    }
}
/** The files are those of all targets: one customer's edit must not become everybody's. */
function notShared(outcome, found, { name }) {
    if (found.drifts.get((0,plan_types/* metadataPathOf */._)(outcome.operation))?.kind !== 'changed')
        return outcome;
    const reason = `${whose(outcome.operation, found)}; it is not brought into the file, which other targets share`;
    const help = `Put the values below \`targets\`, \`${name}\` in the file by hand, or write the file’s back with \`drift: restore\`.`;
    return { ...outcome, kind: 'failed', reason, help };
}
async function proposeFor({ forge, repository, branch, event, world, sekoia }, found, drifted) {
    let left = new Map();
    const isNamed = drifted.some(({ detection }) => detection.alertType !== undefined);
    // Read before, to compare: this is the same answer.
    const alertTypes = isNamed ? await sekoia.alertTypes() : [];
    const body = () => driftBody(branch, drifted.flatMap(({ detection: { path, name }, rule: { uuid } }) => {
        const drift = found.drifts.get(path);
        return drift?.kind === 'changed' ? [{ path, name, uuid, drift, left: left.get(path) ?? null }] : [];
    }));
    const waiting = await forge.proposeDrift({
        metadata: metadataFiles,
        base: branch,
        defaultBranch: event.defaultBranch,
        title: 'Bring detections to what Sekoia holds',
        edit: async (commit) => {
            const edits = await editDrifted(repository, commit, drifted, alertTypes);
            left = edits.left;
            return edits.files;
        },
        body,
        random: Math.random,
        sleep: (ms) => pause(ms, world.signal),
    });
    return { waiting, left };
}
function whose(operation, { drifts }) {
    const drift = drifts.get((0,plan_types/* metadataPathOf */._)(operation));
    return drift?.kind === 'changed' ? `changed on the platform, last by ${(0,words/* handInWords */.O8)(drift.hand)}` : '';
}

// EXTERNAL MODULE: ./src/plan/make-plan.ts + 2 modules
var make_plan = __webpack_require__(6067);
;// CONCATENATED MODULE: ./src/plan/drift.ts

/**
 * Where the platform differs from the files although the branch did not change. Pure: nothing is read or written here.
 *
 * @param isPending whether the detection has a change that is not deployed yet: what differs then is no drift.
 */
function findDrift(branch, survey, isPending) {
    const catalogue = { byUuid: survey.byUuid, byName: new Map() };
    const policy = { adopt: 'never', onMissing: 'fail', onRemoved: 'keep', maxRemovals: 0 };
    const { operations } = (0,make_plan/* makePlan */.Cs)({ ...branch, removed: [], formerNames: new Map(), returned: new Set(), policy }, catalogue);
    const drifts = new Map();
    const judged = operations.map((operation) => {
        const left = drift_leftAlone(operation, isPending);
        if (left !== null)
            return left;
        if (operation.kind === 'update')
            drifts.set(operation.detection.path, drift_changed(operation));
        if (!isMissing(operation))
            return operation;
        drifts.set(operation.path, { kind: 'missing' });
        return { ...operation, obstacle: { ...operation.obstacle, help: MISSING_HELP } };
    });
    const isElsewhere = operations.some((each) => each.kind === 'blocked' && each.obstacle?.code === 'all-gone');
    const knowsStrangers = !isElsewhere && survey.rows.every(({ saysVerified }) => saysVerified);
    return {
        plan: { operations: judged },
        drifts,
        strangers: knowsStrangers ? strangersAmong(survey.rows, branch.claims) : [],
        knowsStrangers,
    };
}
/** The UUIDs to look at: drafts are never deployed, and what has findings cannot be compared. */
function rulesToSurvey(detections) {
    return detections.flatMap((read) => read.kind === 'sound' && !read.detection.draft && read.detection.uuid !== null ? [read.detection.uuid] : []);
}
const MISSING_HELP = 'Somebody deleted it there. Deploy once with `on-missing: recreate` and `scope: all` to create it anew, or remove the detection.';
/** What is not for a comparison of the two: a deployment is still to come. */
function drift_leftAlone(operation, isPending) {
    if (operation.kind === 'create') {
        return none(operation.detection, 'it has no UUID: its rule comes, or is found by its name, when it is deployed');
    }
    if (operation.kind === 'update' && isPending(operation.detection.path)) {
        return none(operation.detection, 'its files changed, which is not deployed yet: what differs is no drift');
    }
    if (isMissing(operation) && isPending(operation.path)) {
        const { path, name, uuid } = operation;
        const reason = 'its files changed, which is not deployed yet; its rule is not on the platform';
        return { kind: 'none', path, name, uuid, reason };
    }
    return null;
}
function none({ path, name, uuid }, reason) {
    return { kind: 'none', path, name, uuid, reason };
}
function isMissing(operation) {
    return operation.kind === 'blocked' && operation.obstacle?.code === 'rule-gone';
}
function drift_changed({ rule, changes }) {
    const { updatedAt, updatedBy, updatedByType } = rule;
    return {
        kind: 'changed',
        changes: changes.map(({ field, from, to }) => ({ field, from: to, to: from })),
        hand: { at: updatedAt, by: updatedBy, byType: updatedByType },
    };
}
function strangersAmong(rows, claims) {
    return rows
        .filter(({ uuid, verified }) => !verified && !claims.has(uuid))
        .sort((one, other) => compareText(one.write.name, other.write.name) || compareText(one.uuid, other.uuid));
}
function compareText(one, other) {
    return one < other ? -1 : one > other ? 1 : 0;
}

// EXTERNAL MODULE: ./src/resolve-alert-types.ts
var resolve_alert_types = __webpack_require__(9492);
;// CONCATENATED MODULE: ./src/modes/drift.ts

















/** Compares what is deployed from the branch with the platform, and does about it what the input `drift` says. */
async function drift(run) {
    const runs = (0,target_runs/* targetRunsOf */.P)(run);
    const branch = run.event.branch ?? '';
    const refs = refsReader(runs, branch);
    const read = await oneByOne(begin(runs), (step) => next(step, ({ run }) => readFor(run, branch, refs)));
    const compared = await sideBySide(read, (step) => next(step, drift_compare));
    return (0,publish/* publish */.m)(reportOf(compared), run.world);
}
async function readFor(run, branch, refs) {
    const { world, event, target } = run;
    const start = performance.now();
    const place = { repository: refs, branch, target: target.name, after: (0,src_target/* targetBefore */.Pi)(target), log: world.log };
    const standing = await readPlace(place);
    if (!standing.isReadable)
        return { kind: 'ended', run, told: { ...nothingFor(event), stopped: REF_UNREADABLE } };
    const notDeployed = await readNotDeployed(run, standing);
    const source = run.sourceAt(event.head);
    const read = await readAsked(run, { source, changes: EVERYTHING });
    const told = { ...nothingFor(event), scope: drift_SCOPE, read };
    return { kind: 'going', run, told, work: { branch, standing, read, notDeployed, start } };
}
async function drift_compare({ run, told, work }) {
    const { branch, standing, read, notDeployed, start } = work;
    const sekoia = (0,src_target/* openTarget */.Ap)(run);
    const spent = () => ({ requests: sekoia.statistics.requests, elapsedMs: performance.now() - start });
    try {
        await (0,src_target/* requireCommunity */.F_)(sekoia, run.target);
        const survey = await sekoia.survey(rulesToSurvey(read.detections));
        const claims = await allClaims(run, branch, standing, read);
        const { detections, held } = await (0,resolve_alert_types/* resolveAlertTypes */.S)(sekoia, read.detections);
        const found = findDrift({ detections, claims, held }, survey, notDeployed);
        const answered = await answerDrift({ ...run, branch, standing, sekoia }, found);
        const notes = [
            ...read.notes,
            ...(standing.deployed === null ? [NOTHING_DEPLOYED] : []),
            ...(found.knowsStrangers ? [] : [STRANGERS_UNKNOWN]),
        ];
        const { drifts, strangers } = found;
        const all = { ...told, ...answered, drifts, strangers: strangers.map(strangerOf), notes, spent: spent() };
        return { kind: 'going', run, told: all, work: null };
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        const { message, help } = error;
        return { kind: 'ended', run, told: { ...told, stopped: { message, help }, spent: spent() } };
    }
    finally {
        await sekoia.close();
    }
}
/** Whether a detection differs between what is deployed and the head, or the branch's tip where that is newer. */
async function readNotDeployed(run, { deployed, tip }) {
    const { repository, event, world } = run;
    const { head } = event;
    // Nothing tells otherwise: the head counts as deployed.
    if (deployed === null)
        return () => false;
    const start = { kind: 'commit', commit: deployed, forced: false, reason: 'it is what is deployed' };
    const changes = await findChanges({ repository, event: { ...event, start }, deployed, log: world.log });
    if (changes.scope === 'all')
        return () => true;
    const newer = tip !== null && tip !== head && (await bringCommit(repository, tip))
        ? await repository.changedFiles(head, tip)
        : [];
    const files = [...changes.files, ...newer];
    if (files.length === 0)
        return () => false;
    const source = run.sourceAt(head);
    const { detections } = await readAsked(run, { source, changes: { ...changes, files } });
    const paths = new Set(detections.map(detections_types/* pathOfRead */.t));
    return (path) => paths.has(path);
}
/** Those of the head, of a newer tip, and of the pull request that UUIDs wait in: none of their rules is a stranger. */
async function allClaims(run, branch, { tip }, read) {
    const { event, settings } = run;
    const waiting = await run.pendingUuids(branch);
    const commits = new Set([tip, waiting?.commit ?? null].filter((commit) => commit !== null && commit !== event.head));
    const all = new Map(read.claims);
    for (const commit of commits) {
        if (!(await bringCommit(run.repository, commit)))
            continue;
        const claims = await (0,detections_claims/* readClaims */.Ip)({
            source: run.sourceAt(commit),
            roots: settings.detections,
            target: run.target.key,
        });
        for (const [uuid, paths] of claims.byUuid)
            if (!all.has(uuid))
                all.set(uuid, paths);
    }
    return all;
}
function strangerOf({ uuid, write, createdAt, createdBy, createdByType }) {
    return { uuid, name: write.name, created: { at: createdAt, by: createdBy ?? null, byType: createdByType } };
}
const EVERYTHING = { scope: 'all', reason: 'mode is drift', since: null };
const drift_SCOPE = 'Compared every detection that is deployed with its rule on the platform.';
const REF_UNREADABLE = {
    message: 'which commit is deployed could not be read, so drift cannot be told from changes that are not deployed yet',
    help: 'The token needs `contents: read` on this repository; run the workflow again.',
};
const NOTHING_DEPLOYED = 'There is no deployed ref, so the head of the branch counts as deployed: a change that is not deployed yet shows as drift.';
const STRANGERS_UNKNOWN = 'Which rules of the platform no file has could not be told.';

// EXTERNAL MODULE: ./src/detections/commit-source.ts
var commit_source = __webpack_require__(8541);
;// CONCATENATED MODULE: ./src/import/choose-rules.ts

/** Those to read whole: neither Sekoia's own nor of another type, as far as the rows tell. */
function rulesToRead(rows, isClaimed) {
    return rows.filter((row) => !row.verified && !isOther(row) && !isClaimed(row.uuid)).map(({ uuid }) => uuid);
}
/** Sorts out what was read. Pure: nothing is asked for here. */
function communityOf(survey, isClaimed) {
    const rows = survey.rows.filter(({ verified, uuid }) => !verified && !isClaimed(uuid));
    const looked = rows.filter((row) => !isOther(row)).map((row) => ({ row, lookup: survey.byUuid.get(row.uuid) }));
    const found = looked.flatMap(({ lookup }) => lookup?.kind === 'found' && !lookup.value.verified ? [lookup.value] : []);
    const failed = looked.flatMap(({ row, lookup }) => lookup?.kind === 'failed' ? [{ row, error: lookup.error, isForGood: isForGood(lookup.error) }] : []);
    const notImported = ({ row, error }) => unreadable(row, error);
    return {
        rules: found.filter((rule) => !isOther(rule) && rule.saysVerified !== false).sort(byUuid),
        others: [
            ...[...rows, ...found].filter(isOther).map(otherType),
            ...found.filter((rule) => !isOther(rule) && rule.saysVerified === false).map(unknownOwner),
            ...failed.filter(({ isForGood }) => isForGood).map(notImported),
        ].sort(byName),
        unread: failed
            .filter(({ isForGood }) => !isForGood)
            .map(notImported)
            .sort(byName),
    };
}
/** Which rules get files, and which stay without although files could stand for them. */
function withoutFiles({ rules }, { claims, nameless }) {
    const unclaimed = rules.filter(({ uuid }) => !claims.has(uuid));
    const namesake = ({ write }) => nameless.get(write.name) ?? [];
    return {
        rules: unclaimed.filter((rule) => namesake(rule).length === 0),
        others: unclaimed.flatMap((rule) => {
            const [first, ...more] = namesake(rule);
            return first === undefined ? [] : [hasNamesake(rule, first, more.length)];
        }),
    };
}
function isOther({ missing, write }) {
    return !missing.includes('type') && write.type !== 'sigma';
}
/** A refusal that another run meets again; what is passing is worth a red run. */
function isForGood(error) {
    return error instanceof sekoia_errors/* SekoiaError */.L && (error.code === 'forbidden' || error.code === 'not-found');
}
function otherType(rule) {
    const reason = `it is of type "${rule.write.type}", and files hold sigma rules alone`;
    return notImported(rule, reason, '');
}
function unknownOwner(rule) {
    const reason = 'the platform does not say whether it is one of Sekoia’s own';
    return notImported(rule, reason, 'Write its files by hand, with its `uuid`, if it is yours.');
}
function unreadable(row, error) {
    const help = error instanceof sekoia_errors/* SekoiaError */.L ? error.help : 'Run the workflow again.';
    return notImported(row, `it could not be read: ${error.message}`, help);
}
function hasNamesake(rule, path, more) {
    const reason = `${path}${more === 0 ? '' : ` and ${more} more`} has its name and no UUID, and may be it`;
    return notImported(rule, reason, 'Deploy that detection, which takes the rule over, or give it another name.');
}
function notImported({ uuid, write }, reason, help) {
    return { uuid, name: write.name, type: write.type, reason, help };
}
function byUuid(one, other) {
    return one.uuid < other.uuid ? -1 : 1;
}
function byName(one, other) {
    if (one.name !== other.name)
        return one.name < other.name ? -1 : 1;
    return one.uuid < other.uuid ? -1 : 1;
}

;// CONCATENATED MODULE: ./src/import/file-names.ts
/** File systems take 255 bytes a name; endings and a UUID come on top, and Windows counts the folders too. */
const MOST_CHARACTERS = 80;
const file_names_MOST_BYTES = 160;
/**
 * The NAME of each rule's files: its name in small letters and digits, with dashes for the rest. Where several would have
 * one, each gets the beginning of its UUID, and so does one whose NAME is taken. The order of the rules does not matter.
 *
 * @param taken `nameKey` of every NAME that there is already.
 */
function fileNames(rules, taken) {
    const inOrder = [...rules].sort((one, other) => (one.uuid < other.uuid ? -1 : 1));
    const names = new Map();
    const used = new Set(taken);
    let waiting = inOrder;
    for (const spell of SPELLINGS) {
        const wanted = waiting.map((rule) => ({ rule, name: spell(rule) }));
        const times = tally(wanted.map(({ name }) => nameKey(name)));
        const settled = wanted.filter(({ name }) => times.get(nameKey(name)) === 1 && !used.has(nameKey(name)));
        for (const { rule, name } of settled) {
            names.set(rule.uuid, name);
            used.add(nameKey(name));
        }
        waiting = waiting.filter(({ uuid }) => !names.has(uuid));
    }
    for (const rule of waiting) {
        const name = firstFree(`${slugOf(rule.name)}-${rule.uuid}`, used);
        names.set(rule.uuid, name);
        used.add(nameKey(name));
    }
    return names;
}
const SPELLINGS = [
    ({ name }) => slugOf(name),
    ({ name, uuid }) => `${slugOf(name)}-${uuid.slice(0, 8)}`,
    ({ name, uuid }) => `${slugOf(name)}-${uuid}`,
];
/** Only for names that are made to look like those of others. */
function firstFree(name, used) {
    for (let number = 2;; number += 1)
        if (!used.has(nameKey(`${name}-${number}`)))
            return `${name}-${number}`;
}
/** Equal for names that some file system takes for one: letter case and the composition of letters do not count there. */
function nameKey(name) {
    return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
/**
 * Letters and digits of any script, composed (NFC), in small letters; what is invisible is no letter here. Nothing of it
 * is a separator, a dot or a blank, so no path and no ending can come of it.
 */
function slugOf(name) {
    const words = name
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFC')
        .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
        .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
        .replace(/(?<=^|-)\p{M}+/gu, '');
    const slug = withoutDashesAround(cut(withoutDashesAround(words)));
    if (slug === '')
        return 'rule';
    return RESERVED.test(slug) ? `rule-${slug}` : slug;
}
function withoutDashesAround(text) {
    return text.replace(/-{2,}/g, '-').replace(/^-|-$/g, '');
}
function cut(text) {
    let characters = 0;
    let bytes = 0;
    let kept = '';
    for (const character of text) {
        characters += 1;
        bytes += Buffer.byteLength(character);
        if (characters > MOST_CHARACTERS || bytes > file_names_MOST_BYTES)
            break;
        kept += character;
    }
    return kept;
}
/** Windows takes these for devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/;
function tally(keys) {
    const times = new Map();
    for (const key of keys)
        times.set(key, (times.get(key) ?? 0) + 1);
    return times;
}

// EXTERNAL MODULE: ./src/sigma/lint/codes.ts
var codes = __webpack_require__(8255);
;// CONCATENATED MODULE: ./src/import/metadata-text.ts
/**
 * The text of the metadata file of a rule: JSON, its members in a fixed order. Left out is what a new rule gets by itself
 * and an update leaves alone, and what the platform did not say. Members of sets are sorted, since the platform may list
 * them in any order.
 */
function metadataText(rule, { target, eased }) {
    const { write, missing, uuid } = rule;
    const fields = Object.entries(FIELDS).flatMap(([field, valueOf]) => {
        const value = missing.includes(field) ? undefined : valueOf(write);
        return value === undefined ? [] : [[field, value]];
    });
    const members = Object.fromEntries([
        ...fields,
        ...(eased.length === 0 ? [] : [['checks', eased.map((code) => ({ code, severity: 'warning', reason: REASON }))]]),
        // A rule of one customer's is not meant for the others.
        ...(target === null
            ? [['uuid', uuid]]
            : [
                ['only', [target.name]],
                ['uuids', { [target.name]: uuid }],
            ]),
    ]);
    return `${visible(JSON.stringify(members, null, 2))}\n`;
}
const REASON = 'Imported with the rule, which Sekoia holds as it is.';
/** The members in their order; undefined: left out. */
const FIELDS = {
    name: ({ name }) => name,
    description: ({ description }) => filled(description),
    // A new rule runs unless its file says otherwise.
    enabled: ({ enabled }) => (enabled ? undefined : false),
    severity: ({ severity }) => severity,
    effort: ({ effort }) => effort,
    alert_type_uuid: ({ alert_type_uuid: uuid }) => uuid,
    goal: ({ goal }) => filled(goal),
    false_positives: ({ false_positives: text }) => filled(text),
    tags: ({ tags }) => set(tags),
    related_object_refs: ({ related_object_refs: refs }) => set(refs),
    datasources: ({ datasources }) => set(datasources),
    event_fields: ({ event_fields: fields }) => filled(fields),
    parameters: ({ parameters }) => filled(parameters),
    similarity_strategy: ({ similarity_strategy: strategy }) => filled(strategy),
    // A list limits the rule to it, and so says that it is not for all.
    all_entities: ({ all_entities: all, entities }) => (all || entities.length > 0 ? undefined : false),
    entities: ({ all_entities: all, entities }) => (all ? undefined : set(entities)),
    all_assets: ({ all_assets: all, assets }) => (all || assets.length > 0 ? undefined : false),
    assets: ({ all_assets: all, assets }) => (all ? undefined : set(assets)),
    available_for_subcommunities: ({ available_for_subcommunities: isForAll }) => (isForAll === true ? true : undefined),
    // `sigma`, always: a rule of another type is not imported. The community is that of the key.
};
function filled(value) {
    return value.length === 0 ? undefined : value;
}
function set(items) {
    return filled([...new Set(items)].sort());
}
/** Characters that nobody sees, that reorder what is shown, or that readers of YAML refuse, by their numbers. */
function visible(json) {
    return json.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
const HIDDEN = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g;

;// CONCATENATED MODULE: ./src/import/make-pair.ts




/**
 * The files of a rule, or why no files can stand for it. They are read again before they are handed out: they say what
 * the rule is, and a deployment would leave it alone. A check of patterns that would hold the rule back becomes a warning
 * for it, since the platform has it as it is.
 *
 * @param stem folder and NAME of the files.
 */
async function makePair(rule, stem, { target, readBack }) {
    let eased = [];
    for (;;) {
        const pair = pairOf(rule, stem, target, eased);
        const back = await readBack(pair);
        if (back.kind === 'unchanged')
            return { kind: 'pair', pair };
        if (back.kind === 'different')
            return left(rule, back.reason, back.help);
        const more = back.errors.map(({ code }) => code).filter((code) => (0,codes/* isLintCode */.l0)(code) && !eased.includes(code));
        const fixed = back.errors.filter(({ code }) => !more.includes(code));
        // Each turn eases one check more at least, and there are some sixty.
        if (fixed.length > 0 || more.length === 0)
            return left(rule, reasonOf(back.errors, fixed), make_pair_HELP);
        eased = [...new Set([...eased, ...more])].sort();
    }
}
function pairOf(rule, stem, target, eased) {
    return {
        rule,
        path: `${stem}.json`,
        metadata: external_node_buffer_.Buffer.from(metadataText(rule, { target, eased }), 'utf8'),
        patternPath: `${stem}_sigma.yml`,
        pattern: external_node_buffer_.Buffer.from(rule.write.payload, 'utf8'),
        eased,
    };
}
function left(rule, reason, help) {
    return { kind: 'not-imported', rule: notImported(rule, reason, help) };
}
function reasonOf(errors, fixed) {
    const [first] = fixed.length > 0 ? fixed : errors;
    if (first === undefined)
        return 'its files would be held back';
    const where = first.path.endsWith('.json') ? '' : ` (line ${first.line} of its pattern)`;
    return `its files would be held back, ${first.code}: ${first.message}${where}`;
}
const make_pair_HELP = 'Correct it in Sekoia and run the import again, or write its files by hand, with its `uuid`.';

;// CONCATENATED MODULE: ./src/import/place-files.ts


/** Why no files can be imported at all. */
class ImportError extends errors/* ActionError */.l {
}
/** @param files every file at or below the folder. */
function folderOf(path, files) {
    const start = path === '' ? 0 : path.length + 1;
    const below = files.filter((file) => path === '' || file.startsWith(`${path}/`));
    // A folder that is named like a file is in its way too.
    const entries = new Set(below.map((file) => file.slice(start).split('/', 1)[0] ?? ''));
    return { path, taken: new Set([...entries].map((entry) => nameKey(nameIn(entry)))) };
}
/** Folder and NAME. */
function stemIn({ path }, name) {
    return path === '' ? name : `${path}/${name}`;
}
/** What stands before an ending that files of a detection may have, in any letter case. */
function nameIn(entry) {
    return entry.replace(/(?:_(?:sigma|tests))?\.(?:json|ya?ml)$/i, '');
}
/** The folder and those above it, of which none may be a file or a link. */
function placesOn(path) {
    const segments = path === '' ? [] : path.split('/');
    return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}
function noFolder(written) {
    return new ImportError('no-folder', `no line of the input \`detections\` takes new files: ${written.join(', ')}`, 'Name a plain folder, such as `detections`, in its first line.');
}
function inTheWay(place) {
    return new ImportError('folder-in-the-way', `new files belong below ${place}, which is no folder but a file, a link or a submodule`, 'Name another folder in the first line of the input `detections`.');
}

;// CONCATENATED MODULE: ./src/import-target.ts










/**
 * Reads the community's own rules in one listing; those that have files are not asked for.
 *
 * @throws SekoiaError when the list cannot be read to its end.
 */
async function readCommunity({ sekoia }, { claims }) {
    const isClaimed = (uuid) => claims.has(uuid);
    return communityOf(await sekoia.survey((rows) => rulesToRead(rows, isClaimed)), isClaimed);
}
/** What the files below the roots say of rules. @param waiting what is on its way to the branch. */
async function readFiles({ roots, target }, source, waiting) {
    const { byUuid, byName } = await (0,detections_claims/* readClaims */.Ip)({ source, roots, target });
    const having = new Set([...byUuid.values(), ...waiting.values()].flat());
    const nameless = new Map([...byName].flatMap(([name, paths]) => {
        const without = paths.filter((path) => !having.has(path));
        return without.length === 0 ? [] : [[name, without]];
    }));
    return { claims: new Map([...waiting, ...byUuid]), nameless };
}
/**
 * Pairs of files for the rules that the source has none for. Nothing that is there is written over, and what is made does
 * not depend on the order of the rules.
 *
 * @throws ImportError when there is no folder for new files.
 */
async function makeImports(from, community, on) {
    const files = await readFiles(from, on.source, on.waiting);
    const { rules, others } = withoutFiles(community, files);
    const left = [...community.others, ...others];
    if (rules.length === 0)
        return { pairs: [], others: left, claims: files.claims };
    const folder = await folderForNew(from.roots, on.source);
    const names = fileNames(rules.map(({ uuid, write: { name } }) => ({ uuid, name })), folder.taken);
    const pairs = [];
    for (const rule of rules) {
        const stem = stemIn(folder, names.get(rule.uuid) ?? rule.uuid);
        const readBack = (pair) => readPairBack(from, pair);
        const made = await makePair(rule, stem, { target: from.target, readBack });
        if (made.kind === 'pair')
            pairs.push(made.pair);
        else
            left.push(made.rule);
    }
    return { pairs, others: left, claims: files.claims };
}
async function folderForNew(lines, source) {
    const roots = (0,detections_roots/* parseRoots */.T)(lines);
    const path = roots.written
        .flatMap((line) => (0,detections_roots/* parseRoots */.T)([line]).folders)
        .find((each) => roots.includes([stemIn({ path: each, taken: new Set() }, 'name.json')]));
    if (path === undefined)
        throw noFolder(roots.written);
    const [place] = await source.find(placesOn(path));
    if (place !== undefined)
        throw inTheWay(place.path);
    const files = await source.list([path]);
    return folderOf(path, files.map((file) => file.path));
}
/** As a run that looks at everything would read and plan it. Whether detections have to have tests is for people to see to. */
async function readPairBack({ roots, target, checks }, pair) {
    const { rule } = pair;
    if ((0,decode_text/* decodeText */.g)(pair.pattern).text !== withoutByteOrderMark(rule.write.payload) &&
        !rule.write.payload.includes('\0')) {
        const reason = 'its pattern holds half a character (a lone surrogate), which no text file can';
        return { kind: 'different', reason, help: 'Correct the pattern in Sekoia, and run the import again.' };
    }
    const read = await (0,read_detections/* readDetections */.h)({
        source: sourceOf(pair),
        roots,
        checks,
        changes: import_target_EVERYTHING,
        target,
        targets: target === null ? null : [target],
    });
    const [only] = read.detections;
    if (only === undefined) {
        const reason = `the input \`detections\` takes ${pair.path} out`;
        return { kind: 'different', reason, help: 'Change its lines with `!`, or write the files elsewhere by hand.' };
    }
    return only.kind === 'faulty' ? { kind: 'errors', errors: only.errors } : planned(read, rule);
}
function planned({ detections, claims }, rule) {
    const [operation] = (0,make_plan/* makePlan */.Cs)({ detections, claims, removed: [], formerNames: new Map(), returned: new Set(), policy: POLICY }, { byUuid: new Map([[rule.uuid, { kind: 'found', value: rule }]]), byName: new Map() }).operations;
    if (operation?.kind === 'unchanged')
        return { kind: 'unchanged' };
    const obstacle = operation?.kind === 'blocked' ? operation.obstacle : null;
    if (obstacle !== null)
        return { kind: 'different', reason: obstacle.message, help: obstacle.help };
    const fields = operation?.kind === 'update' ? (0,plan_compare/* differences */.t)(rule.write, operation.body) : [];
    const named = fields.map(({ field }) => (field === 'payload' ? 'its pattern' : `\`${field}\``)).join(', ');
    const reason = `files cannot say the same of ${named === '' ? 'it' : named}`;
    return { kind: 'different', reason, help: 'Correct it in Sekoia and run the import again.' };
}
const import_target_EVERYTHING = { scope: 'all', reason: 'mode is import', since: null };
const POLICY = { adopt: 'never', onMissing: 'fail', onRemoved: 'keep', maxRemovals: 0 };
function withoutByteOrderMark(text) {
    return text.replace(/^\ufeff/, '');
}
/** Two files that are nowhere yet. */
function sourceOf({ path, metadata, patternPath, pattern }) {
    const contents = new Map([
        [path, metadata],
        [patternPath, pattern],
    ]);
    const files = Array.from(contents, ([each, { length }]) => ({ path: each, kind: 'file', size: length }));
    return {
        list: () => Promise.resolve(files),
        find: (paths) => Promise.resolve(files.filter((file) => paths.includes(file.path))),
        read: (wanted) => Promise.resolve(new Map([...contents].filter(([each]) => wanted.some((file) => file.path === each)))),
    };
}

;// CONCATENATED MODULE: ./src/import/write-pairs.ts





/**
 * Writes the files into the work tree. Nothing that is there is written over, and no link is gone through: folders are
 * real ones below the root, and files are new ones (races with another process aside). A pair comes whole or not at all.
 *
 * @param root absolute path of the repository's root.
 * @throws ImportError when a folder or a file cannot be made; what was written before stays.
 */
async function writePairs(root, pairs) {
    const written = [];
    const others = [];
    const folders = new Set(pairs.map((pair) => external_node_path_default().posix.dirname(pair.path)));
    for (const folder of folders)
        await makeFolder(root, folder === '.' ? '' : folder);
    for (const pair of pairs) {
        const taken = await writePair(root, pair);
        if (taken === null)
            written.push(pair);
        else
            others.push(notImported(pair.rule, `there is a file ${taken} by now`, 'Run the import again.'));
    }
    return { pairs: written, others };
}
async function makeFolder(root, folder) {
    const segments = folder === '' ? [] : folder.split('/');
    for (const [index] of segments.entries()) {
        const place = segments.slice(0, index + 1).join('/');
        const at = external_node_path_default().join(root, place);
        const stat = await (0,promises_.lstat)(at).catch(absent);
        if (stat === null)
            await trying(place, () => (0,promises_.mkdir)(at));
        else if (!stat.isDirectory())
            throw inTheWay(place);
    }
    // Junctions of Windows may pass for folders.
    const real = await (0,promises_.realpath)(external_node_path_default().join(root, folder));
    if (real !== external_node_path_default().join(await (0,promises_.realpath)(root), folder))
        throw inTheWay(folder);
}
/** The pattern first: metadata alone would be a detection without its pattern. Gives the path that is taken, or null. */
async function writePair(root, { path: metadataPath, metadata, patternPath, pattern }) {
    if (!(await write_pairs_isNew(root, patternPath, pattern)))
        return patternPath;
    if (await write_pairs_isNew(root, metadataPath, metadata))
        return null;
    await (0,promises_.unlink)(external_node_path_default().join(root, patternPath));
    return metadataPath;
}
/** `wx`: a file that is there, or a link, makes it fail. */
async function write_pairs_isNew(root, place, content) {
    return trying(place, async () => {
        try {
            await (0,promises_.writeFile)(external_node_path_default().join(root, place), content, { flag: 'wx' });
            return true;
        }
        catch (error) {
            if (write_pairs_codeOf(error) === 'EEXIST')
                return false;
            throw error;
        }
    });
}
async function trying(place, work) {
    try {
        return await work();
    }
    catch (error) {
        throw new ImportError('not-written', `${place} could not be written: ${(0,errors/* messageOf */.b)(error)}`, 'Check the rights and the room of the work tree, and run the import again: what is written is left alone.', { cause: error });
    }
}
function absent(error) {
    if (write_pairs_codeOf(error) === 'ENOENT')
        return null;
    throw error;
}
function write_pairs_codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

;// CONCATENATED MODULE: ./src/report/import-text.ts


/** GitHub takes 65,536 characters. */
const import_text_LONGEST = 60_000;
/** What people read in the pull request that brings rules into files. */
function importBody(branch, { pairs, others }) {
    const left = others.length === 0
        ? ''
        : ` ${(0,src_text/* count */.U9)(others.length, 'rule')} could not be brought into files: the summary of the run says why.`;
    const head = [
        `These rules are in Sekoia, and ${(0,markdown/* code */.aY)(branch)} has no files for them. This pull request adds a pair of files for each, and changes no other file. The files say what the rules are, so merging it changes nothing in Sekoia.${left}`,
        '',
        (0,markdown/* tableHead */.PP)(['Rule', 'File']),
    ].join('\n');
    const lines = pairs.map(({ rule, path, eased }) => (0,markdown/* tableRow */.jD)([
        `${(0,markdown/* plain */.pj)(rule.write.name, 200)}<br>${(0,markdown/* code */.aY)(rule.uuid)}`,
        [(0,markdown/* code */.aY)(path), ...(eased.length === 0 ? [] : [`checks made warnings: ${(0,markdown/* plain */.pj)(eased.join(', '))}`])].join('<br>'),
    ]));
    let room = import_text_LONGEST - head.length;
    const shown = lines.filter((line) => (room -= line.length + 1) > 0);
    const more = lines.length - shown.length;
    return [head, ...shown, ...(more > 0 ? ['', `And ${more} more, all in the summary of the run.`] : [])].join('\n');
}

;// CONCATENATED MODULE: ./src/modes/import.ts















/** Brings the community's own rules that no file has into pairs of files; with targets, of one after the other. */
async function importRules(run) {
    const imported = await oneByOne(begin((0,target_runs/* targetRunsOf */.P)(run)), (step) => next(step, importFor));
    return (0,publish/* publish */.m)(reportOf(imported), run.world);
}
async function importFor({ run, told }) {
    const { settings, target } = run;
    const begun = performance.now();
    const sekoia = (0,src_target/* openTarget */.Ap)(run);
    const ended = (more) => {
        const spent = { requests: sekoia.statistics.requests, elapsedMs: performance.now() - begun };
        return { kind: 'ended', run, told: { ...told, scope: import_SCOPE, ...more, spent } };
    };
    try {
        await (0,src_target/* requireCommunity */.F_)(sekoia, target);
        const from = { sekoia, target: target.key, roots: settings.detections, checks: settings.checks };
        return ended(await bringIn(run, from));
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        const { message, help } = error;
        return ended({ stopped: { message, help } });
    }
    finally {
        await sekoia.close();
    }
}
async function bringIn(run, from) {
    const isToWorkspace = run.settings.importTo === 'workspace';
    const waiting = await waitingClaims(run);
    const source = isToWorkspace ? (0,work_tree_source/* workTreeSource */.$)(run.repository.root) : (0,commit_source/* commitSource */.n)(run.repository, await tipOf(run));
    const community = await readCommunity(from, await readFiles(from, source, waiting));
    return isToWorkspace
        ? toWorkspace(run, from, community, { source, waiting })
        : toPullRequest(run, from, community, waiting);
}
/** The newest commit of the branch: what came to it since the checkout has its files already. */
async function tipOf({ repository, event: { branch, head } }) {
    return (branch === null ? null : await repository.fetchTip(branch)) ?? head;
}
/** The rules of UUIDs that wait in a pull request: their files are on the branch. */
async function waitingClaims(run) {
    const { repository, settings, event } = run;
    const pending = event.branch === null ? null : await run.pendingUuids(event.branch);
    if (pending === null)
        return new Map();
    if (!(await bringCommit(repository, pending.commit)))
        return new Map();
    const source = (0,commit_source/* commitSource */.n)(repository, pending.commit);
    return (await readFiles({ roots: settings.detections, target: run.target.key }, source, new Map())).claims;
}
async function toWorkspace({ repository }, from, community, on) {
    const { pairs, others } = await makeImports(from, community, on);
    const written = await writePairs(repository.root, pairs);
    return import_told(written.pairs, [...others, ...written.others], community, 'in the work tree');
}
async function toPullRequest(run, from, community, waiting) {
    const { repository, forge, event, world } = run;
    const base = event.branch ?? '';
    let last = null;
    let first = null;
    const edit = async (commit) => {
        last = await makeImports(from, community, { source: (0,commit_source/* commitSource */.n)(repository, commit), waiting });
        first ??= last;
        return last.pairs.flatMap(filesOf);
    };
    const shown = () => placed(first, last);
    try {
        const pullRequest = await forge.proposeImport({
            metadata: metadataFiles,
            base,
            defaultBranch: event.defaultBranch,
            target: from.target?.name ?? null,
            title: 'Import detection rules from Sekoia',
            edit,
            body: () => importBody(base, shown()),
            random: Math.random,
            sleep: (ms) => pause(ms, world.signal),
        });
        const { pairs, others } = shown();
        const where = pullRequest === null ? '' : `in the pull request ${pullRequest.url}`;
        return { ...import_told(pairs, others, community, where), waiting: pullRequest };
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        const { message, help } = error;
        const stopped = { message: `the pull request could not be made: ${message}`, help };
        return { ...import_told([], shown().others, community, ''), stopped };
    }
}
function filesOf({ path, metadata, patternPath, pattern }) {
    return [
        { path, mode: '100644', content: metadata },
        { path: patternPath, mode: '100644', content: pattern },
    ];
}
/** What the base lacks, under the names that it has in the pull request where people have committed to it. */
function placed(first, last) {
    const now = new Map(last?.pairs.map((pair) => [pair.rule.uuid, pair]));
    const pairs = (first?.pairs ?? []).map((pair) => {
        const [path] = last?.claims.get(pair.rule.uuid) ?? [];
        return now.get(pair.rule.uuid) ?? (path === undefined ? pair : { ...pair, path });
    });
    return { pairs, others: first?.others ?? [] };
}
function import_told(pairs, others, { unread }, reason) {
    const imports = pairs.map(({ rule, path, patternPath, eased }) => ({
        path,
        patternPath,
        name: rule.write.name,
        uuid: rule.uuid,
        reason: eased.length === 0 ? reason : `${reason}; ${easedInWords(eased)}`,
    }));
    return { imports, notImported: [...others, ...unread], stopped: import_stopFor(unread), notes: notesOn(pairs) };
}
function easedInWords(codes) {
    return `the ${codes.length === 1 ? 'check' : 'checks'} ${codes.join(', ')} made a warning in the file`;
}
function notesOn(pairs) {
    const eased = pairs.filter((pair) => pair.eased.length > 0).length;
    if (eased === 0)
        return [];
    return [
        `${(0,src_text/* count */.U9)(eased, 'imported pattern has', 'imported patterns have')} errors by the checks: the member \`checks\` of the metadata makes them warnings there, so that they do not hold the rule back. Correct the pattern, and take the member out.`,
    ];
}
/** Rules that could not be read this time turn the run red; the others are imported all the same. */
function import_stopFor(unread) {
    const [first] = unread;
    if (first === undefined)
        return null;
    return { message: `${(0,src_text/* count */.U9)(unread.length, 'rule')} could not be read: ${first.reason}`, help: first.help };
}
const import_SCOPE = 'Compared the rules of the community’s own with the files of the branch.';

;// CONCATENATED MODULE: ./src/changes/merge-base.ts

/**
 * Where the comparison starts for what is to be merged: at the commit that it goes upon, so that what the other branch
 * did meanwhile counts as nothing that was removed here. A pull request runs on GitHub's merge commit, whose first parent
 * that is (the payload's `base.sha` may be older); a branch that was pushed has its merge base, and so has a merge request
 * of a host that does not tell it. Without an answer the event's own start stands.
 *
 * @throws GitError when the head cannot be fetched.
 */
async function merge_base_startOfMerge(of) {
    const { repository, event } = of;
    const { name, head, into, branch, start } = event;
    if (start.kind === 'all' && start.fallback !== true && name !== 'workflow_dispatch')
        return start;
    if (name === 'pull_request') {
        if (!(await bringCommit(repository, head)))
            return start;
        const [first, second] = await repository.parentsOf(head);
        return first === undefined || second === undefined ? start : merge_base_at(first, 'the pull request is merged upon it');
    }
    const isBaseMissing = name === 'merge-request' && start.kind === 'all';
    if (into === null || branch === into || (branch === null && !isBaseMissing))
        return start;
    const base = await of.mergeBase(into, head);
    return base === null ? start : merge_base_at(base, `it is where this branch left ${into}`);
}
function merge_base_at(commit, reason) {
    return { kind: 'commit', commit, forced: false, reason };
}

;// CONCATENATED MODULE: ./src/plan/attention.ts

/** By the path of the metadata file; operations that need no second look are left out. */
function attentionIn({ operations }) {
    const twins = namesOfTwins(operations);
    return new Map(operations.flatMap((operation) => {
        const points = pointsOf(operation, twins);
        return points.length === 0 ? [] : [[(0,plan_types/* metadataPathOf */._)(operation), points]];
    }));
}
function pointsOf(operation, twins) {
    switch (operation.kind) {
        case 'create':
            return twins.has(operation.detection.name) ? [ambiguous('another new detection has the same name')] : [];
        case 'adopt':
        case 'update':
            return [...operation.changes.flatMap(attention_changed), ...attention_edited(operation)];
        case 'disable':
            return [{ code: 'removal', message: 'the detection leaves the branch, and its rule stops detecting' }];
        case 'delete':
            return [{ code: 'removal', message: 'the detection leaves the branch, and its rule is deleted for good' }];
        case 'blocked':
            return held(operation.obstacle?.code ?? null, operation.obstacle?.message ?? '');
        case 'unchanged':
        case 'none':
            return [];
    }
}
function attention_changed({ field, from, to }) {
    switch (field) {
        case 'enabled':
            return to === true
                ? [{ code: 'turned-on', message: 'the rule is turned on' }]
                : [{ code: 'turned-off', message: 'the rule is turned off' }];
        case 'severity':
            return [{ code: 'severity-changed', message: `the severity changes from ${String(from)} to ${String(to)}` }];
        case 'type':
            return [{ code: 'type-changed', message: `the type changes from ${String(from)} to ${String(to)}` }];
        default:
            return [];
    }
}
/** Our own writes are made with an API key, so a person's hand in the last write is news since then (§3.2). */
function attention_edited({ rule, changes }) {
    if (rule.updatedByType !== 'avatar' || changes.length === 0)
        return [];
    const who = rule.updatedBy === null ? 'a person' : `a person (${rule.updatedBy})`;
    const when = rule.updatedAt === null ? '' : ` at ${rule.updatedAt}`;
    return [
        { code: 'edited-on-platform', message: `${who} edited the rule on the platform${when}, and this writes over it` },
    ];
}
function held(code, message) {
    if (code === 'rule-type')
        return [{ code: 'type-changed', message }];
    return code === 'adopt-ambiguous' || code === 'adopt-foreign' ? [ambiguous(message)] : [];
}
function ambiguous(message) {
    return { code: 'ambiguous-to-adopt', message };
}
/** Names that several detections without a rule have: after a lost answer nobody could tell their rules apart. */
function namesOfTwins(operations) {
    const names = operations.flatMap((operation) => (operation.kind === 'create' ? [operation.detection.name] : []));
    return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/report/comment.ts



/** GitHub takes 65,536 characters; as many bytes are never more. The rest is for what stands around the plan. */
const COMMENT_LIMIT = 65_000;
/**
 * The first line of the comment, by which it is found again; it is not shown. Plans of other communities or other
 * folders for the same pull request have comments of their own.
 *
 * @param about what tells the plan from others, such as the address of the community and the folders.
 */
function commentMarker(about) {
    const key = (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 16);
    return `<!-- sekoia-detections-action plan ${key} -->`;
}
/** The plan as a comment on its pull request: what the summary says, short enough for GitHub, with a link to the run. */
function comment(report, marker, limit = COMMENT_LIMIT) {
    const link = report.runUrl === null
        ? []
        : [fixed(`[Run, with the whole summary and the log](${report.runUrl}). This comment is kept up to date.`)];
    const room = limit - Buffer.byteLength(marker) - 1;
    return `${marker}\n${fit([...partsOf(report, room), ...link], room, 'the summary of the run has all')}`;
}
/** Whether a pull request that has no comment yet needs one: none where a plan has nothing to tell. */
function isWorthAComment({ rows, findings, stopped, targets = [] }) {
    return rows.length + findings.length > 0 || stopped !== null || targets.some((target) => target.stopped !== null);
}

;// CONCATENATED MODULE: ./src/modes/comment-on.ts


/**
 * Puts a plan into its one comment on the pull request. What goes wrong is a notice: the summary says the same, and a
 * token that may not comment is nothing to fail a plan for.
 */
async function commentOn(report, { world, settings, event, forge }) {
    if (!settings.comment || event.pullRequest === null || world.signal.aborted)
        return;
    const marker = commentMarker(aboutOf(settings));
    try {
        const done = await forge.keepComment({
            pullRequest: event.pullRequest,
            marker,
            body: comment(report, marker),
            create: isWorthAComment(report),
        });
        world.log.debug(`The comment on the pull request: ${done}`);
    }
    catch (error) {
        const words = (0,errors/* messageOf */.b)(error);
        if (!(error instanceof errors/* ActionError */.l))
            throw error;
        world.log.notice(`The plan is in the summary alone, since it could not be put on the pull request: ${words}. ` +
            'If the token lacks the right, add `pull-requests: write` to the `permissions` of the job, or set `comment: false`; runs for forks never have it.');
    }
}
/** What tells this plan from others for the same pull request, such as that of another job's share of the targets. */
function aboutOf({ apiUrl, detections, share }) {
    return share === null ? [apiUrl, ...detections] : ['targets', ...share.map(({ name }) => name)];
}

;// CONCATENATED MODULE: ./src/modes/plan.ts




















/** Shows what a deployment would do: the same checks, reads and planning, and not one write. */
async function plan(run) {
    const runs = (0,target_runs/* targetRunsOf */.P)(run);
    const refs = refsReader(runs, run.event.into ?? run.event.branch ?? '');
    const read = await oneByOne(begin(runs), (step) => next(step, ({ run }) => plan_readFor(run, refs)));
    const planned = await sideBySide(read, (step) => next(step, planFor));
    return (0,publish/* publish */.m)(reportOf(planned), { ...run.world, comment: (told) => commentOn(told, run) });
}
async function plan_readFor(run, refs) {
    const { target } = run;
    const begun = performance.now();
    const { standing, changes, event } = await rangeOf(run, refs);
    const source = run.sourceAt(event.head);
    const read = await readAsked(run, { source, changes });
    const branch = event.into ?? event.branch;
    const pending = branch === null ? null : await (0,modes_pending/* pendingFor */.R)({ ...run, branch, changes, read });
    const desired = await readDesired({ ...run, event, source, standing, changes, read, pending, target: target.key });
    const told = {
        ...nothingFor(event),
        scope: (0,words/* scopeInWords */.x6)(changes),
        read: { ...read, detections: desired.detections },
        notes: read.notes,
    };
    return { kind: 'going', run, told, work: { changes, read, desired, begun } };
}
async function planFor({ run, told, work }) {
    const { world, event, repository, target } = run;
    const { changes, read, desired, begun } = work;
    const sekoia = (0,src_target/* openTarget */.Ap)(run);
    const spent = () => ({ requests: sekoia.statistics.requests, elapsedMs: performance.now() - begun });
    try {
        if ((0,src_target/* looksAtSomething */.o8)(desired))
            await (0,src_target/* requireCommunity */.F_)(sekoia, target);
        const planned = await (0,src_target/* planWith */.ap)(sekoia, desired);
        const all = {
            ...told,
            outcomes: showAll(planned).map(announceStates),
            attention: attentionIn(planned),
            notes: [...read.notes, CANNOT_TELL, ...(planned.operations.some(setsStates) ? [CANNOT_COMPARE] : [])],
            authors: await readAuthors({ repository, event, changes, read, signal: world.signal, log: world.log }),
            spent: spent(),
        };
        return { kind: 'going', run, told: all, work: null };
    }
    catch (thrown) {
        if (target.key === null)
            throw thrown;
        return { kind: 'ended', run, told: { ...told, stopped: stopOf(thrown, world.log), spent: spent() } };
    }
    finally {
        await sekoia.close();
    }
}
function setsStates(operation) {
    return statesOf(operation).length > 0;
}
/** On the branch that deploys: what the next deployment has to do. Elsewhere: what merging brings to it. */
async function rangeOf(run, refs) {
    const { world, event, repository, forge, target } = run;
    const { log } = world;
    const branch = event.into ?? event.branch;
    const place = { repository: refs, target: target.name, after: (0,src_target/* targetBefore */.Pi)(target), log };
    const standing = branch === null ? NOWHERE : await readPlace({ ...place, branch });
    if (event.branch !== null && event.branch === event.into) {
        const { deployed } = standing;
        const start = standings_startOf(run, standing);
        return { standing, event, changes: await findChanges({ repository, event: { ...event, start }, deployed, log }) };
    }
    const start = await merge_base_startOfMerge({ repository, mergeBase: forge.mergeBase, event });
    // What is deployed has no part in what the merge changes, and what came and went in it was never on the branch.
    const merged = { ...event, start: isNew(run, standing) ? NEVER_DEPLOYED : start };
    const changes = await findChanges({ repository, event: merged, log });
    return { standing: { ...standing, deployed: null }, event: merged, changes };
}
const NOWHERE = { ref: '', deployed: null, tip: null, isReadable: false, overtaken: null };
const CANNOT_TELL = 'A plan cannot tell whether Sekoia compiles a new pattern, nor whether the key may write: that shows when it is deployed.';
const CANNOT_COMPARE = 'Nor can it tell whether rules run in sub-communities: a deployment sets each state that `subcommunities` names, also of rules that are unchanged otherwise.';

;// CONCATENATED MODULE: ./src/modes/validate.ts









/** Checks the files of the work tree as every target sees them; no key, no request. */
async function validate(run) {
    const { world, settings, event, repository } = run;
    const changes = await findChanges({ repository, event, log: world.log });
    const source = (0,work_tree_source/* workTreeSource */.$)(repository.root);
    const parts = [];
    for (const one of (0,target_runs/* targetsOf */.Q)(settings)) {
        const told = { ...nothingFor(event), scope: (0,words/* scopeInWords */.x6)(changes) };
        const read = await readOne(run, one, told, () => readAsked(one, { source, changes }));
        parts.push({ run: one, told: read });
    }
    return (0,publish/* publish */.m)(reportOf(parts), world);
}
/** Folders that one target names and that are not there are no other target's fault. */
async function readOne({ world }, { target }, told, read) {
    try {
        const found = await read();
        return { ...told, read: found, notes: found.notes };
    }
    catch (thrown) {
        if (target.key === null)
            throw thrown;
        return { ...told, stopped: stopOf(thrown, world.log) };
    }
}

// EXTERNAL MODULE: ./src/sekoia/pace.ts
var pace = __webpack_require__(1521);
// EXTERNAL MODULE: ./src/settings-file.ts
var settings_file = __webpack_require__(8553);
;// CONCATENATED MODULE: ./src/run.ts














/**
 * One run of the action: event -> changes -> detections -> plan -> outcomes -> write-back -> report. How far along that
 * line it goes is its mode, and each mode is a file that reads like the line.
 *
 * @returns the exit code: 0 when everything asked for is in place.
 * @throws ActionError where the run cannot begin: settings, event, or repository.
 */
async function run(world) {
    const { env, log, host } = world;
    const settings = (0,inputs/* readInputs */.K)(await (0,settings_file/* withSettingsFile */.wq)(env, host.workspace));
    hideSecrets(settings, world);
    const event = withoutKey(await host.readEvent(settings), settings);
    log.info(`Mode ${event.mode}: ${event.modeReason}`);
    if (settings.share !== null)
        log.info(`Targets: ${settings.share.map(({ name }) => name).join(', ')}`);
    if (event.nothingToDo !== null)
        return (0,publish/* publish */.m)((0,make_report/* makeReport */.dO)({ ...nothingFor(event), scope: event.nothingToDo }), world);
    const { mode } = event;
    if (mode !== 'validate')
        requireKey(settings);
    const pacers = (0,pace/* createPacers */.JC)({ clock: pace/* systemClock */.ml, requestsPerSecond: settings.requestsPerSecond });
    // They are the platform's alone: no file is looked at, so no checkout is needed.
    if (mode === 'alert-types')
        return alertTypes({ world, settings, event, pacers });
    const repository = await openRepository({
        workspace: host.workspace,
        serverUrl: host.serverUrl,
        repository: event.repository,
        token: settings.githubToken,
        user: host.tokenUser,
        env,
        signal: world.deadline,
        log,
    });
    const start = { world, settings, event, repository };
    return mode === 'validate'
        ? validate(start)
        : withForge(start, (forge) => {
            const talking = { ...start, forge, compare: forge.compare, pacers };
            return { plan: plan, drift: drift, deploy: deploy, import: importRules }[mode](talking);
        });
}
async function withForge({ world, settings, event, repository }, work) {
    const { forge: kind } = world.host;
    const forge = openForge(kind, { world, repository, name: event.repository, token: settings.githubToken });
    try {
        return await work(forge);
    }
    finally {
        await forge.close();
    }
}
/** Forks and Dependabot get no secrets: their pull requests are checked all the same. */
function withoutKey(event, settings) {
    const { share } = settings;
    const hasKey = share === null ? settings.apiKey !== null : share.some(({ apiKey }) => apiKey !== null);
    if (event.mode !== 'plan' || hasKey)
        return event;
    return {
        ...event,
        mode: 'validate',
        modeReason: `a plan needs api-key, which is empty here (forks and Dependabot get no secrets), so the files alone are checked (${event.modeReason})`,
    };
}
function hideSecrets({ apiKey, githubToken, targets }, { mask, host }) {
    for (const key of [apiKey, ...(targets ?? []).map((target) => target.apiKey)])
        if (key !== null)
            mask(key);
    if (githubToken === '')
        return;
    mask(githubToken);
    // As it stands in the header that git sends.
    mask(Buffer.from(`${host.tokenUser}:${githubToken}`).toString('base64'));
}
/** With targets an empty key ends the work on its own target, and on no other. */
function requireKey({ apiKey, share }) {
    if (apiKey !== null || share !== null)
        return;
    throw new inputs/* InputError */.d('missing-key', 'The input `api-key` is empty, and this run is to talk to Sekoia.', 'Set `api-key: ${{ secrets.SEKOIA_API_KEY }}` and add that secret to the repository or its organisation; runs of forks and of Dependabot get no secrets.');
}

;// CONCATENATED MODULE: ./src/terminal/masked.ts
/** A terminal that never shows a secret: few systems hide those that a job has. */
function maskedTerminal(terminal) {
    const secrets = new Set();
    const clean = (text) => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    return {
        terminal: {
            ...terminal,
            out: (line) => {
                terminal.out(clean(line));
            },
            note: (line) => {
                terminal.note(clean(line));
            },
            passing: (text) => {
                terminal.passing(clean(text));
            },
        },
        mask: (secret) => {
            if (secret.trim() !== '')
                secrets.add(secret);
        },
    };
}

;// CONCATENATED MODULE: ./src/terminal/terminal-log.ts

/** The log of a run as lines on standard error: what was asked for has standard output for itself. */
function terminalLog(terminal, { quiet }) {
    const info = (line) => {
        if (!quiet)
            terminal.note((0,src_text/* printable */.g$)(line));
    };
    return {
        info,
        debug: () => undefined,
        notice: (message) => {
            info(message);
        },
        warning: (message) => {
            terminal.note(`${terminal.paint.yellow('warning:')} ${(0,src_text/* printable */.g$)(message)}`);
        },
        group: (title, body) => {
            info(title);
            return body();
        },
    };
}

// EXTERNAL MODULE: ./src/cli/desk.ts
var cli_desk = __webpack_require__(2109);
// EXTERNAL MODULE: ./src/cli/report-files.ts
var report_files = __webpack_require__(7480);
// EXTERNAL MODULE: ./src/cli/usage-error.ts
var usage_error = __webpack_require__(4226);
;// CONCATENATED MODULE: ./src/cli/asking-desk.ts





/**
 * Where the platform is asked about the commit that is checked out.
 *
 * @throws UsageError without a key
 */
function askingDesk(desk, { command, json, quiet, reports }, mode) {
    const { place, env, terminal, signal } = desk;
    if (['SEKOIA_API_KEY', 'SEKOIA_TARGETS'].every((name) => (env[name] ?? '').trim() === '')) {
        const help = 'Set SEKOIA_API_KEY; a key that may read rules is enough. Options are no place for it.';
        throw new usage_error/* UsageError */.e('missing-key', `\`${command}\` talks to Sekoia, and there is no API key.`, help);
    }
    const source = (0,work_tree_source/* workTreeSource */.$)(place.root);
    const files = (0,report_files/* reportFilesOf */.V)(place, reports);
    const { root, show } = place;
    return (0,hosts_desk/* deskHost */.C)({ root, env, terminal, show, source, signal, mode, json, quiet, files });
}
/** What is under way passes by; what the reader should know stays. */
function deskLog({ note, passing, paint }, quiet) {
    const keep = (line) => {
        if (!quiet)
            note(paint.dim((0,src_text/* printable */.g$)(line)));
    };
    return {
        info: (line) => {
            if (!quiet)
                passing((0,src_text/* printable */.g$)(line));
        },
        debug: () => undefined,
        notice: keep,
        warning: (line) => {
            note(paint.yellow((0,src_text/* printable */.g$)(line)));
        },
        group: (_title, body) => body(),
    };
}

;// CONCATENATED MODULE: ./src/cli/run-mode.ts















/** Does what the action does: in a job of any CI system, by git alone, or for a person at the desk. */
async function runMode(desk, invocation) {
    const isAtDesk = (0,choose_host/* chooseHost */.w)(desk.env, invocation.host) === 'desk';
    return isAtDesk && invocation.command === 'deploy' ? deployAtDesk(desk, invocation) : runOn(desk, invocation);
}
/** Shows the plan, asks, and deploys as from any clone. */
async function deployAtDesk(desk, invocation) {
    await requireCommitted(desk);
    const { yes, json, quiet } = invocation;
    if (!yes && json)
        throw noAnswer();
    const planned = await runOn(json ? { ...desk, terminal: silentOut(desk.terminal) } : desk, {
        ...invocation,
        command: 'plan',
        json: false,
        reports: {},
    });
    if (planned !== 0) {
        desk.terminal.note('Nothing was deployed: the plan above has failures.');
        return planned;
    }
    if (!yes) {
        const answer = await desk.ask('Deploy this to Sekoia? [y/N] ');
        if (answer === null)
            throw noAnswer();
        if (!/^\s*y(?:es)?\s*$/i.test(answer)) {
            if (!quiet)
                desk.terminal.note('Nothing was deployed.');
            return 1;
        }
    }
    return runOn(desk, { ...invocation, host: 'git' });
}
async function requireCommitted({ place, env, signal }) {
    const tree = await (0,work_tree/* openWorkTree */.w)({ root: place.root, env, signal, log: log/* silentLog */.a });
    const [first, ...others] = await tree.uncommitted();
    if (first === undefined)
        return requirePushed(tree);
    const more = others.length === 0 ? '' : ` and ${(0,src_text/* count */.U9)(others.length, 'other file')}`;
    throw new usage_error/* UsageError */.e('not-committed', `${(0,src_text/* printable */.g$)(place.show(first))}${more} ${others.length === 0 ? 'is' : 'are'} not committed, and a deployment is of a commit.`, 'Commit it, put it away with `git stash`, or let git ignore it.');
}
/** The UUIDs of new rules go onto the branch of the server, on top of what is there. */
async function requirePushed(tree) {
    const [head, fork] = await Promise.all([tree.head(), tree.fork()]);
    if (head !== null && fork?.commit === head)
        return;
    throw new usage_error/* UsageError */.e('not-pushed', 'The commit that is checked out is not on the branch of the server yet, and what is there is what is deployed.', 'Push it first; a branch that has no upstream gets one with `git push --set-upstream origin BRANCH`.');
}
function noAnswer() {
    return new usage_error/* UsageError */.e('no-answer', '`deploy` asks before it deploys, and nobody is there to answer.', 'Add `--yes`, or `--host git` in a job.');
}
/** With --json there is one thing on standard output: the report of the deployment. */
function silentOut(terminal) {
    return { ...terminal, out: terminal.note };
}
async function runOn(desk, invocation) {
    const { terminal, mask } = maskedTerminal(desk.terminal);
    const given = { ...invocation.inputs, mode: MODES[invocation.command], 'github-token': desk.env['SEKOIA_GIT_TOKEN'] };
    const env = (0,cli_desk/* inputsOf */.V)(desk.env, given);
    // Before anything can tell of them.
    for (const name of ['api-key', 'github-token'])
        mask((env[(0,input_table/* inputVariable */.LO)(name)] ?? '').trim());
    const name = (0,choose_host/* chooseHost */.w)(desk.env, invocation.host);
    return run({
        env,
        log: name === 'desk' ? deskLog(terminal, invocation.quiet) : terminalLog(terminal, invocation),
        host: await hostOf(name, { ...desk, terminal }, invocation),
        signal: desk.signal,
        deadline: desk.deadline,
        mask,
    });
}
const MODES = {
    run: 'auto',
    plan: 'plan',
    deploy: 'deploy',
    drift: 'drift',
    import: 'import',
    'alert-types': 'alert-types',
};
async function hostOf(name, desk, invocation) {
    const { env, terminal, place, signal } = desk;
    const { command, json, quiet, reports } = invocation;
    if (name === 'github')
        return { ...githubHost(env), workspace: place.root };
    if (name === 'desk') {
        if (command !== 'run' && command !== 'deploy')
            return askingDesk(desk, invocation, MODES[command]);
        throw noCi(command);
    }
    const source = (0,work_tree_source/* workTreeSource */.$)(place.root);
    const files = (0,report_files/* reportFilesOf */.V)(place, reports);
    const { root, show } = place;
    return openCiHost(name, { root, env, terminal, show, source, signal, mode: 'validate', json, quiet, files });
}
function noCi(command) {
    return new usage_error/* UsageError */.e('no-ci', `\`${command}\` is for jobs of CI systems, and nothing tells that this is one.`, 'To run it from this clone all the same, add `--host git`.');
}


/***/ })

};
