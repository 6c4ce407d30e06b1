import { countingIn } from './counting.ts';
import type { Messages } from './en.ts';
import { koAdmin } from './ko-admin.ts';
import { koAnnouncements } from './ko-announcements.ts';
import { koGroups } from './ko-groups.ts';
import { koHealth } from './ko-health.ts';
import { koIdle } from './ko-idle.ts';
import { koLimits } from './ko-limits.ts';
import { koMachines } from './ko-machines.ts';
import { koPorts } from './ko-ports.ts';
import { koProblems } from './ko-problems.ts';
import { koRecords } from './ko-records.ts';
import { koSaid } from './ko-said.ts';
import { koScopes } from './ko-scopes.ts';
import { koShare } from './ko-share.ts';
import { koSignIn } from './ko-sign-in.ts';
import { koStorage } from './ko-storage.ts';
import { koTokens } from './ko-tokens.ts';
import { koUsage } from './ko-usage.ts';

const count = countingIn('ko');

/** 모든 페이지의 글, 한국어. 문장은 합쇼체로 쓴다. 용어는 `docs/explanation/words.md`를 따른다. */
export const ko: Messages = {
  ...koSignIn,
  ...koAdmin,
  ...koUsage,
  ...koShare,
  ...koStorage,
  ...koHealth,
  ...koMachines,
  ...koRecords,
  ...koTokens,
  ...koAnnouncements,
  ...koGroups,
  ...koIdle,
  ...koPorts,
  ...koLimits,
  problems: koProblems,
  scopes: koScopes,
  said: koSaid,
  lang: 'ko',
  language: '한국어',
  product: 'Berth',
  unknown: '알 수 없음',

  shell: {
    skip: '본문으로 건너뛰기',
    menu: '주 메뉴',
    home: '홈',
    tokens: '토큰',
    sessions: '세션',
    account: '계정',
    admin: '관리',
    signOut: '로그아웃',
    signedInAs: (name: string) => `${name} 계정으로 로그인됨`,
    theme: '화면 모드',
    themes: { system: '자동', light: '밝게', dark: '어둡게' },
    language: '언어',
    lost: '허브와 연결이 끊어졌습니다. 다시 연결하는 중 …',
    trialTitle: '안전하지 않음',
    trial: '시험용입니다. 비밀번호 하나로 이 허브의 모든 계정이 열립니다.',
  },

  units: {
    seconds: (n: number) => `${n}초`,
    minutes: (n: number) => `${n}분`,
    hours: (h: number, min: number) => (min === 0 ? `${h}시간` : `${h}시간 ${min}분`),
    days: (n: number) => count(n, { other: '#일' }),
    ago: (span: string) => `${span} 전`,
    justNow: '방금',
    never: '없음',
  },

  state: {
    stopped: '중지됨',
    queued: '대기 중',
    pulling: '이미지 내려받는 중',
    creating: '시작하는 중',
    starting: '시작하는 중',
    waiting: '시작하는 중',
    ready: '실행 중',
    frozen: '잠듦',
    stopping: '중지하는 중',
    failed: '실패',
  },

  server: {
    own: '내 서버',
    ownNamed: (name: string) => `내 서버 ${name}`,
    of: (user: string) => `${user} 님의 서버`,
    ofNamed: (user: string, name: string) => `${user} 님의 서버 ${name}`,
    image: '이미지',
    runningFor: '실행 시간',
    lastActive: '마지막 활동',
    idleStop: '쓰지 않으면 중지되는 시각',
    idleStopIn: (span: string) => `(${span} 뒤)`,
    start: '시작',
    startAgain: '다시 시작',
    open: '열기',
    stop: '중지',
    watch: '시작 과정 보기',
    stopNamed: (label: string) => `${label} 중지`,
    stopTitle: '지금 중지하시겠습니까?',
    stopLoses:
      '변수와 저장하지 않은 변경처럼 메모리에만 있는 내용은 사라집니다. 저장한 파일은 그대로 남습니다.',
    stopConfirm: '예, 중지합니다',
    stopped: {
      user: '직접 중지했습니다.',
      admin: '관리자가 중지했습니다.',
      idle: '자원을 아끼기 위해 중지되었습니다:',
      aged: '서버가 실행될 수 있는 시간을 다 써서 중지되었습니다:',
      schedule: '수업이 끝나 중지되었습니다:',
      died: '서버가 스스로 종료되었습니다:',
      removed: '컨테이너가 허브 밖에서 삭제되었습니다.',
      'user-removed': '계정이 목록에서 빠져 중지되었습니다.',
      hub: '허브가 중지했습니다.',
      away: '서버가 실행되던 컴퓨터가 더 이상 응답하지 않습니다:',
      drained: '서버가 실행되던 컴퓨터가 점검을 위해 비워졌습니다:',
    },
    stoppedAt: '중지:',
    filesSafe: '파일은 안전합니다.',
  },

  home: {
    title: (name: string) => `${name} 님, 안녕하십니까`,
    leadNone: '서버가 실행되고 있지 않습니다. 시작하는 데 잠시 걸리며, 파일은 그대로 있습니다.',
    leadRunning: '서버가 실행 중입니다. 열면 하던 작업을 이어서 할 수 있습니다.',
    leadStarting: '서버가 시작되고 있습니다.',
    leadStopping: '서버를 중지하고 있습니다.',
    leadFailed: '서버가 실행되고 있지 않습니다. 무슨 일이 있었는지 아래에 나와 있습니다.',
  },

  failure: {
    logTitle: (lines: number) => `서버가 마지막으로 출력한 ${lines}줄`,
    forAdmin: '관리자용',
    code: '코드',
    exitCode: '종료 코드',
    outOfMemory: '메모리가 모자라 커널이 종료함',
    engine: '엔진이 알린 내용',
    copyHint: '도움을 청할 때 이 코드와 시각을 알려 주십시오.',
  },

  progress: {
    title: (label: string) => `${label} 시작`,
    tabTitle: (percent: number) => `${percent}% · 시작하는 중`,
    lead: '서버가 응답하면 바로 이동합니다. 이 페이지를 닫아도 시작은 계속됩니다.',
    steps: {
      queued: '자리 기다리기',
      pulling: '이미지 가져오기',
      creating: '컨테이너 만들기',
      starting: '컨테이너 시작하기',
      waiting: '노트북의 응답 기다리기',
    },
    stepState: { done: '완료', now: '진행 중', todo: '남음' },
    elapsed: '걸린 시간',
    bar: '시작 진행률',
    cancel: '시작 취소',
    ready: '준비되었습니다. 이동하는 중 …',
    goNow: '지금 열기',
    stoppingTitle: (label: string) => `${label} 중지`,
    stoppingLead: '몇 초 걸립니다. 끝나면 페이지가 자동으로 넘어갑니다.',
    stoppingTab: '중지하는 중 …',
    failedTab: '시작 실패',
    notRunningTab: '실행 중이 아님',
  },

  spawn: {
    title: '서버 시작',
    heading: (label: string) => `${label} 시작`,
    lead: '서버의 종류를 고르십시오. 어느 것을 골라도 파일은 같습니다.',
    leadNone: '시작할 수 있는 서버가 없습니다. 관리자에게 권한을 요청하십시오.',
    legend: '서버 종류',
    refused: '시작할 수 없습니다',
    submit: '시작',
  },

  notRunning: {
    title: (label: string) => `${label}: 실행 중이 아닙니다`,
    lead: '시작하면 있던 곳으로 돌아갑니다.',
    failedTitle: (label: string) => `${label}: 시작하지 못했습니다`,
    endedTitle: (label: string) => `${label}: 종료되었습니다`,
    start: '시작',
    tryAgain: '다시 시도',
    home: '홈으로 돌아가기',
    target: '열려고 한 곳:',
  },

  error: {
    number: '번호',
    numberHint: '도움을 청할 때 관리자에게 이 번호를 알려 주십시오. 허브 로그에서 찾을 수 있습니다.',
    forAdmin: '관리자용',
    goHome: '홈으로 이동',
    signIn: '로그인 페이지로 이동',
    status: (status: number) => `오류 ${status}`,
  },
};
