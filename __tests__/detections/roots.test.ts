import { describe, expect, it } from '@jest/globals';
import { DetectionsError } from '../../src/detections/errors.js';
import { parseRoots } from '../../src/detections/roots.js';

function includes(lines: readonly string[], path: string): boolean {
  const roots = parseRoots(lines);
  return roots.matching(path).length > 0 && !roots.excludes(path);
}

describe('the roots', () => {
  it.each<[lines: string[], path: string, included: boolean]>([
    [['detections'], 'detections/a.json', true],
    [['detections'], 'detections/x/y/a.json', true],
    [['detections'], 'detections2/a.json', false],
    [['./detections/'], 'detections/a.json', true],
    [['rules//windows/./'], 'rules/windows/a.json', true],
    [['customers/*/rules'], 'customers/a/rules/x/a.json', true],
    [['customers/*/rules'], 'customers/a/b/rules/a.json', false],
    [['**/windows'], 'a/b/windows/c/d.json', true],
    [['**/*.json'], 'a/.hidden/b.json', true],
    [['**/*.json'], '.github/b.json', false],
    [['.github/rules'], '.github/rules/b.json', true],
    [['{a,b}'], 'b/x.json', true],
    [['rules (old)'], 'rules (old)/x.json', true],
    [['[x]'], '[x]/x.json', true],
    [['.'], 'a.json', true],
    [['.'], '.github/a.json', false],
    [['.'], '.git/a.json', false],
    [['.'], '.gitlab/a.json', true],
    [['detections', '!detections/old'], 'detections/old/a.json', false],
    [['detections', '!detections/old'], 'detections/older/a.json', true],
    [['detections', '! **/templates'], 'detections/x/templates/a.json', false],
    [['!**/x', '# detections', '', 'detections'], 'detections/x/a.json', false],
    [['detections/a.json'], 'detections/a.json', true],
    [['detections/a.json'], 'detections/b.json', false],
  ])('%j and %s: %s', (lines, path, included) => {
    expect(includes(lines, path)).toBe(included);
  });

  it.each<[lines: string[], folders: string[]]>([
    [
      ['detections', 'detections/x', 'rules/*/x'],
      ['detections', 'rules'],
    ],
    [['**/x', 'a'], ['']],
    [['.'], ['']],
    [
      ['a/b.json', 'c/d?'],
      ['a', 'c'],
    ],
  ])('%j are listed by their fixed parts %j', (lines, folders) => {
    expect(parseRoots(lines).folders).toEqual(folders);
  });

  it.each<[lines: string[], code: string]>([
    [['/detections'], 'root-absolute'],
    [['C:/detections'], 'root-absolute'],
    [['detections', '!/x'], 'root-absolute'],
    [['../x'], 'root-outside'],
    [['a/../../x'], 'root-outside'],
    [['detections\\windows'], 'root-backslash'],
    [[], 'roots-empty'],
    [['# x', '!a'], 'roots-empty'],
  ])('%j are refused as %s', (lines, code) => {
    let thrown: unknown;
    try {
      parseRoots(lines);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DetectionsError);
    expect(thrown).toMatchObject({ code, help: expect.stringMatching(/\S/) });
  });
});
