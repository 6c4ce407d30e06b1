import type { enIdle } from './en-idle.ts';

/** 쉬는 서버: 잠듦, 예고, 유지. 그리고 서버를 시작하는 일정. */
export const koIdle: typeof enIdle = {
  idle: {
    leadFrozen: '서버가 잠들어 있습니다. 열면 메모리에 있던 것을 그대로 가지고 깨어납니다.',
    freezes: '쓰지 않으면 잠드는 시각',
    agedStop: '늦어도 중지되는 시각',
    kept: '유지 기한',
    keep: (span) => `${span} 동안 유지`,
    keepNamed: (span, label) => `${span} 동안 유지: ${label}`,
    warnIdle: (label, span) => `${label}: 쓰지 않고 있어 ${span} 뒤에 중지됩니다.`,
    warnAged: (label, span) => `${label}: 서버가 실행될 수 있는 시간을 다 써서 ${span} 뒤에 중지됩니다.`,
    warnLoses:
      '그때 메모리에만 있는 것(변수와 저장하지 않은 변경 사항)은 사라집니다. 저장한 파일은 남습니다.',
  },
  schedules: {
    title: '일정',
    lead: '수업 전에 저절로 시작되는 서버입니다. 설정의 schedules에 적혀 있습니다.',
    name: '일정',
    start: '시작',
    stop: '중지',
    whom: '대상',
    last: '지난번',
    never: '아직 없음',
    ran: (started, running, failed) =>
      `${started}대 시작, ${running}대는 이미 실행 중${failed === 0 ? '' : `, ${failed}대는 시작하지 못함`}`,
    next: '다음번',
    seldom: '1년 안에는 없음',
  },
};
