import type { SHARE_PROBLEMS } from '../../../domain/problems/share-problems.ts';
import type { WordsOf } from './problem-words.ts';

/** Störungen beim Freigeben von Servern. */
export const deShareProblems: WordsOf<typeof SHARE_PROBLEMS> = {
  'SHARE-001': {
    title: 'Es gibt schon zu viele Freigaben',
    user: 'Es gibt schon {count}, mehr werden nicht aufbewahrt. Nehmen Sie erst welche zurück.',
  },
  'SHARE-002': {
    title: 'Dieser Link öffnet nichts',
    user: 'Er ist abgelaufen oder wurde zurückgenommen. Bitten Sie die Person, von der Sie ihn haben, um einen neuen.',
  },
  'SHARE-003': {
    title: 'Das ist Ihr eigener Server',
    user: 'Der Link ist für andere: Ihren Server öffnen Sie von Ihrer Startseite aus.',
  },
};
