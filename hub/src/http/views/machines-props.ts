import type { MachineRow } from '../../usecases/machine-desk.ts';
import type { Shell } from './props.ts';

/** The page of administrators about many machines. */
export interface MachinesProps {
  readonly shell: Shell;
  readonly rows: readonly MachineRow[];
  /** Takes POST. */
  readonly move: string;
  readonly notice: string | null;
  readonly error: string | null;
}
