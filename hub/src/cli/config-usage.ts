/** What `berth config` can do. */
export const CONFIG_USAGE = [
  'config check            Read the configuration and tell everything that is wrong with it; exit 2 if something is.',
  'config show             Every setting with its value and where it was said; secrets are hidden.',
  'config docs [NAME]      What a setting is for, and whether it takes a restart.',
  'config generate         A config.yaml with every setting as a remark.',
  'config import FILE      A jupyterhub_config.py as config.yaml (--write FILE); exit 3 if something is left to do.',
  'config reload           Let the running hub read its files now; exit 2 if they are refused.',
].join('\n');
