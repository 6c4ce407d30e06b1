import { expect } from 'vitest';
import type { Kernel } from './jupyter-kernel.ts';

/** The genuine jupyterhub-singleuser of Debian. */
export const GENUINE = { DOCKER_NOTEBOOK_IMAGE: 'berth-notebook-minimal', HTTP_TIMEOUT: '120' };
/** What log and dry run say of a kernel that was found to execute. */
export const EXECUTES = 'a kernel executes, although Jupyter calls it idle';

/** A cell that waits without computing while Jupyter calls its kernel idle. */
export async function waitWronglyIdle(kernel: Kernel): Promise<void> {
  await kernel.executeUnwatched('import time; time.sleep(900)');
  await expect.poll(() => kernel.word()).toBe('busy');
  await kernel.askOverControl();
  // The mistake itself: were this not so, the test would show nothing.
  await expect.poll(() => kernel.word()).toBe('idle');
}
