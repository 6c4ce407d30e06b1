import type { Messages } from './en.ts';
import type { enRecords } from './en-records.ts';

/** 지난 일을 보여 주는 페이지: 세션, 떠난 사람, 감사 로그. */
export const koRecords = {
  sessions: {
    title: '로그인한 곳',
    titleOf: (user: string) => `${user} 님이 로그인한 곳`,
    lead: '브라우저마다 한 줄입니다. 모르는 브라우저가 있으면 로그아웃시키고 비밀번호를 바꾸십시오.',
    leadOf: (user: string) =>
      `로그아웃시키면 ${user} 님이 그 브라우저에서 연 화면을 더 이상 쓸 수 없습니다. 서버는 계속 실행됩니다.`,
    count: (n: number) => (n === 0 ? '로그인한 곳이 없습니다' : `브라우저 ${n}개`),
    unknownBrowser: '알 수 없는 브라우저',
    browserOn: (browser: string, system: string) => `${browser} (${system})`,
    thisOne: '현재 브라우저',
    from: '주소',
    by: '방법',
    since: '로그인',
    seen: '마지막 사용',
    end: '로그아웃',
    endNamed: (browser: string, address: string) => `${address}의 ${browser} 로그아웃`,
    endTitle: '지금 로그아웃시키시겠습니까?',
    endLoses: '그 브라우저에서 열어 둔 노트북은 다시 로그인해야 합니다. 서버는 계속 실행됩니다.',
    endConfirm: '예, 로그아웃합니다',
    endAll: '모든 곳에서 로그아웃',
    endAllNamed: (of: string | null) =>
      of === null ? '모든 곳에서 로그아웃' : `모든 곳에서 로그아웃: ${of}`,
    endAllTitle: '지금 모든 곳에서 로그아웃하시겠습니까?',
    endAllLoses: '목록에 있으면 이 브라우저도 로그아웃됩니다. 서버와 스크립트용 토큰은 그대로 남습니다.',
    endAllConfirm: '예, 모든 곳에서 로그아웃합니다',
    ended: '로그아웃시켰습니다.',
  },

  departed: {
    title: '떠난 사람',
    lead: '더 이상 들어올 수 없는 사람과, 그 사람이 남긴 파일이 들어 있는 볼륨입니다.',
    none: '남은 것이 없습니다.',
    columns: { name: '이름', left: '떠난 때', why: '이유', volumes: '볼륨' },
    why: {
      lists: '어느 목록에도 없음',
      provider: '로그인 제공자가 더 이상 허용하지 않음',
      removed: '관리자가 삭제함',
    },
    how: '허브는 이 목록의 볼륨을 스스로 지우지 않습니다. 서버 컴퓨터에서 볼륨 이름으로 `docker volume rm`을 실행하면 완전히 삭제됩니다.',
  },

  audit: {
    title: '감사 로그',
    lead: (n: number) =>
      `최근의 로그인과 관리자 작업 ${n}건입니다. 더 오래된 기록은 허브 데이터의 audit.log 파일에 있습니다.`,
    who: '이름에 포함된 글자',
    what: '표시할 항목',
    everything: '모두',
    none: '해당하는 기록이 없습니다.',
    kinds: {
      'signed-in': '로그인',
      refused: '거부됨',
      'signed-out': '로그아웃',
      'second-step': '2단계 인증',
      account: '계정',
      userlist: '사용자 목록',
      act: '작업',
    },
    columns: { when: '시각', what: '항목', by: '실행한 사람', on: '대상', detail: '내용', address: '주소' },
  },
} satisfies Pick<Messages, keyof typeof enRecords>;
