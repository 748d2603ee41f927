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
