import { countingIn } from './counting.ts';
import type { Messages } from './en.ts';
import type { enAdmin } from './en-admin.ts';

const count = countingIn('ko');

/** 관리자가 읽는 글. */
export const koAdmin = {
  access: {
    title: (label: string) => `${label} 열기`,
    lead: (client: string) => `${client}에서 사용자가 누구인지, 무엇을 할 수 있는지 묻습니다.`,
    asYou: (user: string, owner: string) =>
      `${owner} 님의 서버에서 ${user} 계정으로 작업하게 됩니다. 그곳에서 열고 바꾸는 것은 ${owner} 님의 파일입니다.`,
    may: '허용할 권한',
    allow: '허용하고 열기',
    cancel: '취소',
  },
  admin: {
    title: '사용자와 서버',
    summary: (people: number, running: number) =>
      `${count(people, { other: '사용자 #명' })}, ${count(running, { other: '실행 중인 서버 #개' })}`,
    search: '이름 검색',
    show: '표시할 사용자',
    filters: {
      all: '모두',
      running: '서버가 실행 중인 사용자',
      admins: '관리자',
      failed: '시작에 실패한 사용자',
    },
    apply: '적용',
    columns: {
      name: '이름',
      server: '서버',
      activity: '마지막 활동',
      actions: '작업',
    },
    sortBy: (column: string) => `${column} 순으로 정렬`,
    administrator: '관리자',
    you: '나',
    none: '해당하는 사용자가 없습니다. 검색어를 바꾸거나 모두 표시하십시오.',
    clear: '모두 표시',
    pages: '페이지',
    previous: '이전',
    next: '다음',
    range: (from: number, to: number, of: number) => `전체 ${of} 중 ${from}–${to}`,
    remove: '삭제',
    invite: '로그인 링크',
    inviteNamed: (user: string) => `${user} 님의 로그인 링크 만들기`,
    removeNamed: (user: string) => `${user} 삭제`,
    dropSecondStep: '2단계 인증',
    dropSecondStepNamed: (user: string) => `${user} 님의 2단계 인증`,
    dropSecondStepQuestion: '해제하시겠습니까?',
    dropSecondStepLoses: (user: string) =>
      `해제하면 ${user} 님은 비밀번호만으로 로그인합니다. 인증 앱과 복구 코드를 모두 잃어버렸고, 요청한 사람이 본인임을 확인했을 때만 해제하십시오.`,
    dropSecondStepConfirm: '예, 해제합니다',
    addTitle: '사용자 추가',
    addLead: '한 줄에 이름 하나씩 적으십시오. 추가하면 바로 로그인할 수 있습니다.',
    names: '이름',
    asAdmin: '관리자로 추가',
    add: '추가',
    tooMany: '한 번에 1000명까지 추가할 수 있습니다. 아무도 추가하지 않았습니다.',
    badNames: (names: string) => `사용자 이름으로 쓸 수 없습니다: ${names}. 아무도 추가하지 않았습니다.`,
    noneNew: '새로운 이름이 없어 아무도 추가하지 않았습니다.',
    rooms: {
      label: '관리',
      people: '사용자와 서버',
      departed: '떠난 사람',
      audit: '감사 로그',
    },
    actionsNamed: (user: string) => `작업: ${user}`,
    sessions: '세션',
    sessionsNamed: (user: string) => `${user} 님의 세션`,
    notice: {
      added: (names: string) => `추가했습니다: ${names}.`,
      removed: (name: string) => `${name} 님을 삭제했습니다. 파일은 그대로 보관됩니다.`,
      approved: (name: string) => `이제 ${name} 님이 로그인할 수 있습니다.`,
      rejected: (name: string) => `${name} 님의 신청을 거절했습니다.`,
      dropped: (name: string) => `${name} 님의 2단계 인증을 해제했습니다.`,
    },
  },
  invitation: {
    title: (user: string) => `${user} 님의 로그인 링크`,
    lead: (user: string, days: number) =>
      `이 링크로 ${user} 님이 비밀번호를 정하고 로그인합니다. ${days}일 안에 한 번만 쓸 수 있으며, 지금 한 번만 표시됩니다. 이전에 만든 링크는 더 이상 쓸 수 없습니다.`,
    careful: '먼저 여는 사람이 이 허브에서 그 사용자가 됩니다. 다른 사람에게는 보내지 마십시오.',
    back: '목록으로 돌아가기',
  },
  removeUser: {
    title: (user: string) => `${user} 님을 삭제하시겠습니까?`,
    lead: '바로 삭제되며 되돌릴 수 없습니다.',
    servers: (n: number) =>
      n === 0
        ? '실행 중인 서버가 없습니다.'
        : `실행 중인 서버 ${n}개가 중지됩니다. 메모리에만 있는 내용은 사라집니다.`,
    sessions: '모든 곳에서 로그아웃되고 토큰을 더 이상 쓸 수 없습니다.',
    files: '파일은 보관됩니다. 볼륨은 이 컴퓨터에 남아 있으며, 같은 이름을 다시 추가하면 다시 연결됩니다.',
    userlist: 'userlist 파일에 있는 이름은 다시 로그인할 수 있습니다. 그 파일에서도 지우십시오.',
    confirm: (user: string) => `${user} 삭제`,
    cancel: '취소',
  },
} satisfies Pick<Messages, keyof typeof enAdmin>;
