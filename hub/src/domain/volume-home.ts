/** Which of many machines holds the files of a volume that cannot move: whoever has it starts there. */
export interface VolumeHome {
  readonly volume: string;
  /** Id and host name of the machine. */
  readonly machine: string;
  readonly machineName: string;
  readonly since: number;
}
