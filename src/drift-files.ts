import type { Buffer } from 'node:buffer';
import { putPattern, putValue } from './detections/edit-values.js';
import type { ValueEditing } from './detections/edit-values.js';
import { membersFor, resolvedValues } from './detections/friendly-members.js';
import type { MembersFor } from './detections/friendly-members.js';
import { identityOf } from './detections/identity.js';
import { readMetadataText } from './detections/read-metadata-text.js';
import type { Detection, FileFields } from './detections/types.js';
import type { Repository } from './git/repository.js';
import type { CommitSha, TreeFile } from './git/types.js';
import { differences } from './plan/compare.js';
import { overlay } from './plan/desired.js';
import type { FieldChange } from './plan/types.js';
import type { AlertType } from './sekoia/alert-types.js';
import type { Rule } from './sekoia/types.js';
import { decodeText } from './sigma/decode-text.js';
import type { EditedFile } from './writeback/branch.js';

/** A rule that was changed on the platform, and the detection whose files are to say the same. */
export interface Drifted {
  readonly detection: Detection;
  readonly rule: Rule;
  /** From the file's value to the platform's. */
  readonly changes: readonly FieldChange[];
}

export interface DriftEdits {
  /** Those that change, whole. */
  readonly files: readonly EditedFile[];
  /** What could not be brought in, by metadata path. */
  readonly left: ReadonlyMap<string, string>;
}

/**
 * The files of a commit with the platform's values in them, byte for byte as they were otherwise. Each detection is read
 * again and compared by meaning afterwards; what differs still is told.
 *
 * @param alertTypes those of the platform; they may be left out where no detection names its own.
 */
export async function editDrifted(
  repository: Pick<Repository, 'findFiles' | 'readBlobs'>,
  commit: CommitSha,
  drifted: readonly Drifted[],
  alertTypes: readonly AlertType[],
): Promise<DriftEdits> {
  const paths = [...new Set(drifted.flatMap(({ detection }) => [detection.path, detection.patternPath]))];
  const found = await repository.findFiles(commit, paths);
  const contents = await repository.readBlobs([...new Set(found.map(({ object }) => object))]);
  const here = new Map(found.map((file) => [file.path, { file, content: contents.get(file.object) }]));
  const files: EditedFile[] = [];
  const left = new Map<string, string>();
  for (const one of drifted) {
    const edited = editOne(one, here, alertTypes);
    if (edited.left !== null) left.set(one.detection.path, edited.left);
    files.push(...edited.files);
  }
  return { files, left };
}

type Files = ReadonlyMap<string, { readonly file: TreeFile; readonly content: Buffer | undefined }>;

function editOne(
  { detection, rule, changes }: Drifted,
  here: Files,
  alertTypes: readonly AlertType[],
): { readonly files: readonly EditedFile[]; readonly left: string | null } {
  const { path, patternPath } = detection;
  const [metadata, pattern] = [regular(here, path), regular(here, patternPath)];
  if (metadata === null) return { files: [], left: `${path} is no regular file on the branch (any more)` };
  const now = readMetadataText(path, metadata.content);
  if (now.kind === 'unreadable' || identityOf(now.value, null).uuid !== rule.uuid)
    return { files: [], left: `${path} has another UUID on the branch by now` };

  const refusals = new Map<string, string>();
  let content = metadata.content;
  let patternContent = pattern?.content;
  for (const { field, to } of changes) {
    if (field === 'payload') {
      const edit =
        patternContent === undefined
          ? { kind: 'not-editable' as const, reason: `${patternPath} is no regular file` }
          : putPattern({ path: patternPath, content: patternContent }, String(to));
      if (edit.kind === 'edited') patternContent = edit.content;
      else refusals.set(field, edit.reason);
    } else if (field in detection.fields) {
      const edit = putField({ path, content }, membersFor(now.value, field, to, alertTypes));
      if (edit.kind === 'edited') content = edit.content;
      else refusals.set(field, edit.reason);
    }
  }
  const files = [
    ...(content.equals(metadata.content) ? [] : [{ ...metadata, content }]),
    ...(pattern === null || patternContent === undefined || patternContent.equals(pattern.content)
      ? []
      : [{ ...pattern, content: patternContent }]),
  ];
  const after = readMetadataText(path, content);
  if (after.kind === 'unreadable') return { files, left: after.reason };
  const values = resolvedValues(after.value, alertTypes);
  return { files, left: whatDiffers({ detection, rule }, values, patternContent, refusals) };
}

/** One field may stand in several members of the file, or in one of another name. */
function putField(file: Parameters<typeof putValue>[0], wanted: MembersFor): ValueEditing {
  if (wanted.kind === 'none') return { kind: 'not-editable', reason: wanted.reason };
  let { content } = file;
  for (const [name, value] of wanted.members) {
    const edit = putValue({ path: file.path, content }, name, value);
    if (edit.kind === 'not-editable') return edit;
    content = edit.content;
  }
  return { kind: 'edited', content };
}

/** Of the files as they will be; null when they say what the platform has. */
function whatDiffers(
  { detection, rule }: Pick<Drifted, 'detection' | 'rule'>,
  values: Readonly<Record<string, unknown>>,
  pattern: Buffer | undefined,
  refusals: ReadonlyMap<string, string>,
): string | null {
  const fields = Object.fromEntries(Object.entries(values).filter(([key]) => key in detection.fields)) as FileFields;
  const text = pattern === undefined ? detection.pattern : decodeText(pattern).text;
  const after = overlay(rule.write, { ...detection, fields, pattern: text });
  const still = differences(after, rule.write).map(({ field }) => field);
  if (still.length === 0) return null;
  return still
    .map((field) => `\`${field}\` (${refusals.get(field) ?? 'it follows from other fields of the file'})`)
    .join(', ');
}

function regular(here: Files, path: string): (EditedFile & { readonly content: Buffer }) | null {
  const { file, content } = here.get(path) ?? {};
  if (file === undefined || content === undefined) return null;
  return file.mode === '100644' || file.mode === '100755' ? { path, mode: file.mode, content } : null;
}
