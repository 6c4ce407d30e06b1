/** Plain numbers that the metrics listener reads when it is asked; counting costs an addition. */
export class Counts {
  web = 0;
  webSockets = 0;
  openWebSockets = 0;
  clientAborts = 0;
  uncaught = 0;
  apiRouteGet = 0;
  apiRouteAdd = 0;
  apiRouteDelete = 0;
  bytesToClients = 0;
  bytesToServers = 0;
  /** Status → number of answers. */
  readonly proxied = new Map<number, number>();
  readonly api = new Map<number, number>();
  /** Called with seconds when the metrics listener is on. */
  observeFind: ((seconds: number) => void) | undefined;

  countProxied(status: number): void {
    this.proxied.set(status, (this.proxied.get(status) ?? 0) + 1);
  }

  countApi(status: number): void {
    this.api.set(status, (this.api.get(status) ?? 0) + 1);
  }
}
