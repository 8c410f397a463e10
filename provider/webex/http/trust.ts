/**
 * Whether the server at a base URL has shown in this process to be the service that we mean. What is gone for good,
 * such as an object that a 404 says does not exist, is believed from such a server only: a wrong base URL, a captive
 * portal or a proxy without a route answers 404 to everything.
 */
export class Trust {
  #proved = false;
  #proving: Promise<void> | undefined;

  /** @param ask a request that only the right service answers as expected; sent once at most while it succeeds */
  constructor(readonly ask: () => Promise<unknown>) {}

  get isProved(): boolean {
    return this.#proved;
  }

  /** The server has given a valid answer of the API. */
  prove(): void {
    this.#proved = true;
  }

  /** Asks for the proof where there is none yet. @throws what the request failed with */
  async demand(): Promise<void> {
    if (this.#proved) return;
    this.#proving ??= this.ask()
      .then(() => this.prove())
      .finally(() => {
        this.#proving = undefined;
      });
    await this.#proving;
  }
}
