import { describe, expect, it } from '@jest/globals';
import { symptomOf, wordsOf } from '../../src/git/errors.js';

describe('symptomOf', () => {
  it.each([
    ["fatal: detected dubious ownership in repository at '/w'", 'dubious-ownership'],
    ["fatal: unsafe repository ('/w' is owned by someone else)", 'dubious-ownership'],
    ['fatal: not a git repository (or any of the parent directories): .git', 'not-a-repository'],
    ['fatal: remote error: upload-pack: not our ref 0123', 'unknown-commit'],
    ['error: Server does not allow request for unadvertised object 0123', 'unknown-commit'],
    ["fatal: couldn't find remote ref 0123", 'unknown-commit'],
    ['fetch first', 'branch-moved'],
    ['non-fast-forward', 'branch-moved'],
    ["cannot lock ref 'refs/heads/main': is at 1 but expected 2", 'branch-moved'],
    ['failed to update ref', 'branch-moved'],
    ['stale info', 'branch-moved'],
    ['incorrect old value provided', 'branch-moved'],
    ['protected branch hook declined', 'protected-branch'],
    ['push declined due to repository rule violations', 'protected-branch'],
    ["fatal: unable to access 'https://h/': The requested URL returned error: 403", 'not-permitted'],
    ['remote: Write access to repository not granted.', 'not-permitted'],
    ['remote: This repository was archived so it is read-only.', 'not-permitted'],
    ["fatal: Authentication failed for 'https://h/'", 'not-authenticated'],
    ["fatal: could not read Username for 'https://h': terminal prompts disabled", 'not-authenticated'],
    ['git@h: Permission denied (publickey).', 'not-authenticated'],
    ["fatal: repository 'https://h/o/r/' not found", 'no-such-repository'],
    ['ERROR: Repository not found.', 'no-such-repository'],
    ['fatal: unable to access: Could not resolve host: h', 'network'],
    ["fatal: unable to access 'https://h/': The requested URL returned error: 503", 'network'],
    ['error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502', 'network'],
    ["fatal: unable to access 'https://h/': Recv failure: Connection reset by peer", 'network'],
    ["fatal: unable to access 'https://h/': SSL certificate problem: self-signed certificate", 'network'],
    ["fatal: unable to access 'https://h/': gnutls_handshake() failed: Error in the pull function.", 'network'],
    ['fetch-pack: unexpected disconnect while reading sideband packet', 'network'],
    ['fatal: the remote end hung up unexpectedly', 'network'],
    ["fatal: expected 'acknowledgments'", 'network'],
    ['ssh: connect to host h port 22: Connection timed out', 'network'],
    ['fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output', 'no-space'],
    ['fatal: error processing shallow info: 4', 'nothing-between'],
    ["cannot lock ref 'refs/a/b': 'refs/a' exists; cannot create 'refs/a/b'", 'name-taken'],
    ['directory file conflict', 'name-taken'],
    ["cannot lock ref 'refs/a': Unable to create '/s/refs/a.lock': File exists.", 'locked'],
    ['pre-receive hook declined', 'hook-declined'],
    ["fatal: unable to access '/w/.git/config': Permission denied", 'other'],
    ["fatal: couldn't find remote ref refs/heads/no", 'unknown-commit'],
  ])('makes out %j', (text, symptom) => {
    expect(symptomOf(text)).toBe(symptom);
  });
});

describe('wordsOf', () => {
  it("prefers the server's words, leaves hints out, and is one short line", () => {
    expect(wordsOf('remote: error: GH006\nremote: \nTo https://h\nhint: try\nerror: failed')).toBe('error: GH006');
    expect(wordsOf('hint: x\nfatal: a\r\nerror: b\n')).toBe('fatal: a error: b');
    expect(wordsOf('')).toBe('git said nothing');
    expect(Array.from(wordsOf('x'.repeat(10_000)))).toHaveLength(1_500);
  });
});
