import type { ScopeName } from '../../../domain/scope-names.ts';

/** What each scope allows, in a few words. A missing scope does not compile. */
export type ScopeWords = Readonly<Record<ScopeName, string>>;
