/** The server's time in microseconds since 1970; no two readings are the same, later ones are later. */
export type ServerClock = () => number;

export function serverClock(offsetMs: () => number): ServerClock {
  let last = 0;
  return () => {
    const now = Math.round((Date.now() + offsetMs()) * 1000);
    last = now > last ? now : last + 1;
    return last;
  };
}

/** ISO 8601 with microseconds and `Z`. */
export function timeText(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds % 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}

/** The same time as communities show theirs (sekoia-api.md §3.2): a blank for the T, no zone. */
export function zoneless(time: string): string {
  return time.replace('T', ' ').replace('Z', '');
}
