/** A refusal of the REST API, in JupyterHub's words: clients match on them. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.headers = headers;
  }
}

/** Nothing at this address, or nothing that may be seen: the two are not told apart. */
export function notFound(message = 'Not Found'): Refusal {
  return new Refusal(404, message);
}
