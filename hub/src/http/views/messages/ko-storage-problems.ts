import type { STORAGE_PROBLEMS } from '../../../domain/problems/storage-problems.ts';
import type { WordsOf } from './problem-words.ts';

/** 볼륨, 이미지, 저장한 환경에 관한 문제. */
export const koStorageProblems: WordsOf<typeof STORAGE_PROBLEMS> = {
  'VOLUME-001': { title: '사용 중인 볼륨입니다', user: '{detail}' },
  'VOLUME-002': {
    title: '이 파일들로 다른 작업을 하고 있습니다',
    user: '파일을 처리하는 중입니다 ({doing}). 끝난 뒤에 다시 시도하십시오.',
  },
  'VOLUME-003': {
    title: '이미 파일이 있습니다',
    user: '{volume} 볼륨이 비어 있지 않습니다. 있던 파일을 바꾸어도 되는지 확인해 주십시오. 바꾸면 있던 파일은 사라집니다.',
  },
  'VOLUME-004': {
    title: '복원할 수 있는 압축 파일이 아닙니다',
    user: '{detail} 볼륨의 파일은 그대로입니다.',
  },
  'VOLUME-005': {
    title: '파일을 제자리에 옮기지 못했습니다',
    user: '관리자에게 알려 주십시오. 올린 파일은 모두 {kept} 볼륨에 보관되어 있습니다.',
  },
  'STORAGE-001': {
    title: '파일이 허용된 용량을 넘었습니다',
    user: '파일이 {used}를 차지하며, 허용된 용량은 {quota}입니다. 파일을 줄여야 서버를 시작할 수 있습니다. 관리자에게 도움을 요청하거나, 필요한 파일을 내려받은 다음 “내 파일” 페이지에서 볼륨을 삭제하십시오.',
  },
  'STORAGE-002': {
    title: '디스크 한도를 지킬 수 없습니다',
    user: '파일을 둘 볼륨을 만들지 못했습니다. 관리자에게 알려 주십시오.',
  },
  'STORAGE-003': {
    title: '볼륨을 읽을 이미지가 없습니다',
    user: '지금은 파일을 읽거나 쓸 수 없습니다. 관리자에게 알려 주십시오.',
  },
  'IMAGE-001': {
    title: '여기에서 아무도 쓰지 않는 이미지입니다',
    user: '{image} 이미지는 어느 프로필이나 설정에도 없습니다. 목록에 있는 이미지를 고르십시오.',
  },
  'ENV-001': {
    title: '환경을 저장할 권한이 없습니다',
    user: '이 계정은 환경을 저장할 수 없습니다. 관리자에게 문의하십시오.',
  },
  'ENV-002': {
    title: '저장할 수 있는 환경을 모두 사용했습니다',
    user: '{limit}개 중 {have}개를 저장했습니다. 더 이상 필요 없는 환경을 삭제하십시오.',
  },
  'ENV-003': { title: '환경을 저장할 수 없습니다', user: '{detail}' },
  'ENV-004': {
    title: '환경을 저장하지 못했습니다',
    user: '서버의 비밀 값을 이미지에서 지우지 못해 이미지를 버렸습니다. 관리자에게 알려 주십시오.',
  },
  'ENV-005': {
    title: '사용 중인 환경입니다',
    user: '이 환경으로 실행 중인 서버가 있습니다. 먼저 그 서버를 중지하십시오.',
  },
};
