/** Colours of a text; each gives it back unchanged where there are none. */
export type Paint = Readonly<Record<Colour, (text: string) => string>>;

type Colour = keyof typeof CODES;

/** ECMA-48 "select graphic rendition": what begins and what ends it. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export function painter(hasColours: boolean): Paint {
  const paint = ([begin, end]: readonly [number, number]) => {
    return (text: string) => (hasColours ? `\u001b[${begin}m${text}\u001b[${end}m` : text);
  };
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    red: paint(CODES.red),
    green: paint(CODES.green),
    yellow: paint(CODES.yellow),
    cyan: paint(CODES.cyan),
  };
}
