/** Windows takes command lines of 32,767 UTF-16 units; quoting can double what a path needs. */
const ARGUMENTS_LIMIT = 14_000;

/** Splits arguments into lists that fit one command line each. */
export function argumentLists(all: readonly string[]): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let room = 0;
  for (const argument of all) {
    const cost = Buffer.byteLength(argument) + 3;
    const list = lists.at(-1);
    if (list === undefined || cost > room) {
      lists.push([argument]);
      room = ARGUMENTS_LIMIT - cost;
    } else {
      list.push(argument);
      room -= cost;
    }
  }
  return lists;
}

/** The folders without trailing slashes, each once; null when the root is among them. */
export function foldersOf(folders: readonly string[]): readonly string[] | null {
  const named = [...new Set(folders.map((folder) => folder.replace(/\/+$/, '')))];
  return named.includes('') || named.includes('.') ? null : named;
}

/** The fields of `-z` output. Each is decoded by itself: a byte sequence that is not UTF-8 spoils its own path only. */
export function textFields(output: Buffer): readonly string[] {
  return byteFields(output).map((field) => field.toString('utf8'));
}

export function byteFields(output: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    const stop = end < 0 ? output.length : end;
    fields.push(output.subarray(start, stop));
    start = stop + 1;
  }
  return fields;
}
