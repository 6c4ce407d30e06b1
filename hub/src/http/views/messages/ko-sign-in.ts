import type { Messages } from './en.ts';
import type { enSignIn } from './en-sign-in.ts';

/** 로그인과 로그아웃, 그리고 자신의 계정. */
export const koSignIn = {
  login: {
    title: '로그인',
    lead: '로그인하면 노트북 서버를 열 수 있습니다.',
    name: '사용자 이름',
    password: '비밀번호',
    show: '비밀번호 표시',
    caps: 'Caps Lock이 켜져 있습니다.',
    submit: '로그인',
    or: '또는',
    with: (label: string) => `${label} 계정으로 로그인`,
    insecure:
      '이 페이지는 암호화되지 않은 연결로 열렸습니다. 같은 네트워크에 있는 사람이 비밀번호를 볼 수 있습니다. 관리자에게 https 주소를 문의하십시오.',
    noMethods:
      '아직 로그인 방법이 설정되지 않았습니다. 관리자는 허브 로그에서 다음 단계를 확인할 수 있습니다.',
  },
  setup: {
    title: '환영합니다',
    lead: '이 허브의 첫 사용자입니다. 관리자의 사용자 이름과 비밀번호를 정하십시오. 이 링크는 한 번만 쓸 수 있습니다.',
    name: '사용자 이름',
    nameHint: '영문 소문자와 숫자를 쓰고, 그 사이에 . _ @ - 를 넣을 수 있습니다.',
    password: '비밀번호',
    passwordHint: (least: number) =>
      `${least}자 이상이어야 합니다. 서로 관련 없는 단어 몇 개를 이으면 외우기 쉽고 알아맞히기 어렵습니다.`,
    again: '비밀번호 확인',
    submit: '관리자 계정 만들기',
    leadFor: (name: string) => `${name} 님의 비밀번호를 정하십시오. 이 링크는 한 번만 쓸 수 있습니다.`,
    submitFor: '비밀번호를 정하고 로그인',
  },
  secondStep: {
    title: '한 단계 더 남았습니다',
    lead: '인증 앱에 표시된 이 허브의 코드를 입력하십시오.',
    code: '코드',
    codeHint: '30초마다 바뀌는 여섯 자리 숫자입니다. 복구 코드도 쓸 수 있습니다.',
    submit: '계속',
    back: '로그인 페이지로 돌아가기',
  },
  signUp: {
    ask: '계정 신청',
    title: '계정 신청',
    lead: '관리자가 승인하면 사용할 수 있습니다. 로그인할 때 쓸 사용자 이름과 비밀번호를 정하십시오.',
    leadOpen: '로그인할 때 쓸 사용자 이름과 비밀번호를 정하십시오.',
    submit: '신청',
    submitOpen: '계정 만들기',
    back: '로그인 페이지로 돌아가기',
    askedTitle: '계정 신청을 받았습니다',
    asked:
      '관리자가 신청을 확인하고 결정합니다. 다른 사람이 쓰지 않는 이름이라면 승인되는 대로 로그인할 수 있습니다.',
  },
  account: {
    title: '내 계정',
    lead: (name: string) => `${name} 계정의 로그인 방법입니다.`,
    passwordTitle: '비밀번호',
    passwordLead: '비밀번호를 바꾸면 다른 모든 곳에서 로그아웃되고 토큰을 더 이상 쓸 수 없습니다.',
    old: '현재 비밀번호',
    fresh: '새 비밀번호',
    again: '새 비밀번호 확인',
    change: '비밀번호 변경',
    changed: '비밀번호를 변경했습니다. 다른 모든 곳에서 로그아웃되었습니다.',
    secondTitle: '2단계 인증',
    secondOff:
      '휴대전화의 인증 앱을 함께 쓰면 비밀번호가 유출되어도 그것만으로는 로그인할 수 없습니다. 설정하는 데 1분이면 됩니다.',
    secondOn: '비밀번호를 입력한 뒤 인증 앱의 코드를 입력해야 합니다.',
    since: '설정한 때:',
    left: (n: number) =>
      n === 0
        ? '남은 복구 코드가 없습니다. 2단계 인증을 다시 설정하면 새로 받을 수 있습니다.'
        : `복구 코드가 ${n}개 남았습니다.`,
    confirm: '계속하려면 비밀번호를 입력하십시오',
    setUp: '2단계 인증 설정',
    remove: '2단계 인증 해제',
    removed: '2단계 인증을 해제했습니다. 이제 사용자 이름과 비밀번호만으로 로그인합니다.',
  },
  secondFactor: {
    title: '2단계 인증 설정',
    lead: '인증 앱으로 이 QR 코드를 스캔한 다음, 앱에 표시된 코드를 입력하십시오.',
    qr: '인증 앱에 등록할 비밀 키가 담긴 QR 코드',
    byHand: '또는 앱에 직접 입력하십시오:',
    code: '앱의 코드',
    codeHint: '여섯 자리 숫자입니다.',
    submit: '켜기',
    cancel: '취소',
  },
  recovery: {
    title: '이 코드를 보관하십시오',
    lead: '2단계 인증이 켜졌습니다. 휴대전화를 잃어버렸을 때 아래 코드를 앱의 코드 대신 각각 한 번씩 쓸 수 있습니다.',
    careful: '지금 한 번만 표시됩니다. 인쇄하거나 비밀번호를 두는 곳에 함께 보관하십시오.',
    done: '보관했습니다',
  },
  waiting: {
    title: (n: number) => `${n}명이 계정을 신청했습니다`,
    lead: '누구나 어떤 이름이든 적을 수 있습니다. 본인이 신청한 것이 확실한 사람만 승인하십시오.',
    from: (address: string) => `${address}에서 신청`,
    approve: '승인',
    approveNamed: (name: string) => `승인: ${name}`,
    reject: '거절',
    rejectNamed: (name: string) => `거절: ${name}`,
  },
  signedOut: {
    title: '로그아웃했습니다',
    lead: '실행 중이던 서버는 계속 실행됩니다.',
    again: '다시 로그인',
    goingOn: (label: string) =>
      `이 허브에서 로그아웃했습니다. 이제 ${label}에서도 로그아웃하도록 이동합니다.`,
    goOn: (label: string) => `${label} 로그아웃으로 이동`,
    still: (label: string) =>
      `이 브라우저는 ${label}에 아직 로그인되어 있을 수 있습니다. 여럿이 쓰는 컴퓨터라면 그곳에서도 로그아웃하십시오. 그러지 않으면 다음 사람이 내 계정으로 들어올 수 있습니다.`,
  },
} satisfies Pick<Messages, keyof typeof enSignIn>;
