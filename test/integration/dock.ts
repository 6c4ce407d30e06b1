import { randomBytes } from 'node:crypto';
import Dockerode from 'dockerode';

/** The engine of this machine, and everything on it that one test has made: found again by label or name. */
export class Dock {
  readonly docker = new Dockerode({ socketPath: '/var/run/docker.sock' });
  /** Stands in every name. */
  readonly word = randomBytes(4).toString('hex');
  /** Name of the network, value of the hub label, and beginning of every volume's name. */
  readonly name = `itest-${this.word}`;

  static async open(): Promise<Dock> {
    const dock = new Dock();
    await dock.docker.createNetwork({ Name: dock.name, Driver: 'bridge', Labels: dock.labels });
    return dock;
  }

  get labels(): Record<string, string> {
    return { 'org.berth.hub': this.name };
  }

  containers() {
    return this.docker.listContainers({ all: true, filters: { label: [`org.berth.hub=${this.name}`] } });
  }

  /** Names of the volumes that the test has made. */
  async volumes(): Promise<string[]> {
    const { Volumes: volumes } = await this.docker.listVolumes({ filters: { name: [this.name] } });
    return volumes.map((volume) => volume.Name);
  }

  async close(): Promise<void> {
    for (const { Id } of await this.containers()) await this.#remove(Id);
    for (const name of await this.volumes()) await this.docker.getVolume(name).remove({ force: true });
    await this.docker.getNetwork(this.name).remove();
  }

  /** Also one that somebody else is removing: waits until it is gone. */
  async #remove(id: string): Promise<void> {
    const container = this.docker.getContainer(id);
    const leaving = (error: { statusCode?: number }) => {
      if (error.statusCode !== 404 && error.statusCode !== 409) throw error;
    };
    await container.remove({ force: true }).catch(leaving);
    await container.wait({ condition: 'removed' }).catch(leaving);
  }
}
