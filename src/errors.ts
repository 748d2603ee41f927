/**
 * A failure that was foreseen: a stable code, what happened, and what to do about it. Every domain has a class of its
 * own with a closed union of codes; anything thrown that is not one of these is a fault of ours.
 */
export abstract class ActionError<Code extends string = string> extends Error {
  readonly code: Code;
  /** What the reader should do now, in one sentence. */
  readonly help: string;

  constructor(code: Code, message: string, help: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.help = help;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
