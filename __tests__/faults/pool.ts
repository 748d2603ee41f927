/** Runs `work` over the items, `width` at a time, results in the items' order. */
export async function inParallel<Item, Value>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const values: Value[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) values[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return values;
}
