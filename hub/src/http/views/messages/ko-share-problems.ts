import type { SHARE_PROBLEMS } from '../../../domain/problems/share-problems.ts';
import type { WordsOf } from './problem-words.ts';

/** 서버를 공유할 때 생기는 문제. */
export const koShareProblems: WordsOf<typeof SHARE_PROBLEMS> = {
  'SHARE-001': {
    title: '공유가 이미 너무 많습니다',
    user: '이미 {count}개가 있어 더 보관하지 않습니다. 먼저 몇 개를 취소하십시오.',
  },
  'SHARE-002': {
    title: '이 링크로는 아무것도 열 수 없습니다',
    user: '기간이 끝났거나 취소되었습니다. 링크를 보낸 사람에게 새 링크를 요청하십시오.',
  },
  'SHARE-003': {
    title: '본인의 서버입니다',
    user: '이 링크는 다른 사람을 위한 것입니다. 본인의 서버는 홈 페이지에서 열 수 있습니다.',
  },
};
