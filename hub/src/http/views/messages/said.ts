/**
 * A sentence that is made away from the pages (a use case, the culler, a progress step) and reaches people:
 * its English as the code has it, and the same in the language of the catalogue. `{x}` stands for what is
 * filled in, which is looked up in turn. A test compares the list with the code.
 */
export type Phrase = readonly [english: string, own: string];

/** Why somebody's `{detail}` is shown as it was written: no catalogue of ours can know it. */
export type Phrases = readonly Phrase[];
