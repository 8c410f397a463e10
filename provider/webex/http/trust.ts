/**
 * Whether the server at a base URL has proved in this process to be the intended service. A 404 removes an object from
 * the state, so it is believed only from such a server: a wrong base URL, a captive portal or a proxy without a route
 * answers 404 to every request.
 */
export class Trust {
  /** Whether the server gave a valid answer of the API. */
  isProved = false;
  private proving: Promise<void> | undefined;

  /** @param ask a request that only the right service answers as expected; sent once at most while it succeeds */
  constructor(private readonly ask: () => Promise<unknown>) {}

  /** Notes that the server gave a valid answer of the API. */
  prove(): void {
    this.isProved = true;
  }

  /** Sends the request for the proof, unless there is one. @throws the error of that request */
  async demand(): Promise<void> {
    if (this.isProved) return;
    this.proving ??= this.ask()
      .then(() => this.prove())
      .finally(() => {
        this.proving = undefined;
      });
    await this.proving;
  }
}
