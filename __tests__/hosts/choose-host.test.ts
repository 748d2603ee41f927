import { describe, expect, it } from '@jest/globals';
import { chooseHost } from '../../src/hosts/choose-host.js';

describe('the host of a command', () => {
  it.each([
    [{}, 'desk'],
    [{ GITHUB_ACTIONS: 'true', CI: 'true' }, 'github'],
    [{ GITLAB_CI: 'true', CI: 'true' }, 'gitlab'],
    [{ BITBUCKET_BUILD_NUMBER: '7', CI: 'true' }, 'bitbucket'],
    [{ TF_BUILD: 'True' }, 'azure'],
    [{ JENKINS_URL: 'https://jenkins.example.org/' }, 'jenkins'],
    [{ CI: 'true' }, 'git'],
    [{ CI: '1' }, 'git'],
    [{ CI: 'false' }, 'desk'],
    [{ CI: '' }, 'desk'],
    [{ GITLAB_CI: '', JENKINS_URL: '  ' }, 'desk'],
    [{ GITLAB_CI: 'false' }, 'desk'],
    // An agent of Jenkins that hands down its variables to what it starts, or the other way round.
    [{ JENKINS_URL: 'https://jenkins.example.org/', GITLAB_CI: 'true' }, 'gitlab'],
  ])('is told by %j', (env, host) => {
    expect(chooseHost(env)).toBe(host);
  });

  it('is what was asked for, whatever the environment says', () => {
    expect(chooseHost({ GITHUB_ACTIONS: 'true' }, 'git')).toBe('git');
    expect(chooseHost({ CI: 'true' }, 'desk')).toBe('desk');
  });
});
