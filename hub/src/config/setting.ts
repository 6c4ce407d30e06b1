import { z } from 'zod';

/** One setting: this description gives its type, its default, its page in the reference and its checks. */
export interface Setting<T> {
  /** Name in `.env` and in the environment. */
  readonly env: string;
  /** JupyterHub's, DockerSpawner's or OAuthenticator's name for the same thing, where there is one. */
  readonly trait?: string;
  readonly doc: string;
  readonly type: z.ZodType<T, string | undefined>;
  /** As it would be written in `.env`; undefined: the setting may be left out. */
  readonly fallback?: string;
  readonly secret?: boolean;
}

/** Keeps the type of what a setting is read to. */
export function setting<T>(described: Setting<T>): Setting<T> {
  return described;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** `2G`, `512M`, `1073741824`, as JupyterHub's ByteSpecification writes it; `none` or absent: no limit. */
export const bytes = z
  .string()
  .optional()
  .transform((text, context): number | null => {
    if (text === undefined || text === 'none') return null;
    const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(text.trim());
    const size = Number(match?.[1]) * (UNITS[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN);
    if (Number.isFinite(size) && size > 0) return Math.round(size);
    context.addIssue({ code: 'custom', message: 'should be a size such as 512M or 2G' });
    return z.NEVER;
  });

/** A number within bounds. */
export function number(least: number, most: number): z.ZodType<number, string | undefined> {
  return z
    .string()
    .optional()
    .transform((text, context): number => {
      const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
      if (value >= least && value <= most) return value;
      context.addIssue({ code: 'custom', message: `should be a number from ${least} to ${most}` });
      return z.NEVER;
    });
}

/** A number within bounds, or null when it is empty or absent. */
export function optionalNumber(least: number, most: number): z.ZodType<number | null, string | undefined> {
  const required = number(least, most);
  return z
    .string()
    .optional()
    .transform((text, context): number | null => {
      if (text === undefined || text.trim() === '') return null;
      const parsed = required.safeParse(text);
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: `should be a number from ${least} to ${most}` });
      return z.NEVER;
    });
}

/** `true`, `1`, `yes`, `on` and their opposites. */
export const flag = z
  .string()
  .optional()
  .transform((text, context): boolean => {
    const word = (text ?? '').trim().toLowerCase();
    if (['1', 'true', 'yes', 'on'].includes(word)) return true;
    if (['0', 'false', 'no', 'off', ''].includes(word)) return false;
    context.addIssue({ code: 'custom', message: 'should be true or false' });
    return z.NEVER;
  });

/** Text, or null when it is empty or absent. */
export const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? null : text.trim()));

/** Text that must be there. */
export const text = z.string().trim().min(1, 'should not be empty');

/** An absolute http or https address without name and password, or null. */
export const optionalUrl = z
  .string()
  .optional()
  .transform((value, context): string | null => {
    if (value === undefined || value.trim() === '') return null;
    const url = URL.parse(value.trim());
    if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return value.trim();
    context.addIssue({ code: 'custom', message: 'should be an address such as https://hub.example' });
    return z.NEVER;
  });

/** Words with blanks or commas between them. */
export const list = z
  .string()
  .optional()
  .transform((value) => (value ?? '').split(/[\s,]+/).filter((word) => word !== ''));

/** A path with one slash at each end: `jhub`, `/jhub` and `/jhub/` are the same. */
export const basePath = z
  .string()
  .optional()
  .transform((value, context): string => {
    const inner = (value ?? '').trim().replace(/^\/+|\/+$/g, '');
    if (
      /^[A-Za-z0-9._~/-]*$/.test(inner) &&
      !inner.split('/').some((part) => part === '.' || part === '..')
    ) {
      return inner === '' ? '/' : `/${inner}/`;
    }
    context.addIssue({ code: 'custom', message: 'should be a path such as /jhub/' });
    return z.NEVER;
  });
