/** What the API answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const DOCUMENTATION = 'https://docs.github.com/rest';

/** An answer in the shape of GitHub's REST errors. */
export function problem(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: DOCUMENTATION, status: String(status) } };
}

export const notFound: Answer = problem(404, 'Not Found');
export const readOnlyToken: Answer = problem(403, 'Resource not accessible by integration');
