/** Name of a file for a volume's backup, without its ending: `jupyterhub-user-ana-2026-11-21`. */
export function volumeFileName(volume: string, at: number): string {
  return `${volume.replace(/[^A-Za-z0-9_.-]/g, '-')}-${new Date(at).toISOString().slice(0, 10)}`;
}
