import { de } from './de.ts';
import { en, type Messages } from './en.ts';
import { ko } from './ko.ts';

/** All languages of the pages, in the order in which they are offered. The first is for everybody else. */
export const LANGUAGES: readonly [Messages, ...Messages[]] = [en, ko, de];
