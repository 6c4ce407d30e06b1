import type { enLimits } from './en-limits.ts';

/** 실행 중인 서버의 제한, 그리고 시작을 기다리는 동안 서버가 출력하는 내용. */
export const koLimits: typeof enLimits = {
  limits: {
    title: (label) => `${label}: 제한`,
    link: '제한',
    linkNamed: (label) => `${label}: 제한`,
    lead: '바로 적용되며 서버는 계속 실행됩니다. 다음 시작부터는 다시 프로필의 제한을 따릅니다.',
    memory: '메모리',
    memoryHint: '예: 512M 또는 4G. 지금 사용 중인 양보다 작으면 거부됩니다.',
    cpus: '코어',
    cpusHint: '예: 0.5 또는 2.',
    now: (value) => `현재: ${value}`,
    none: '제한 없음',
    submit: '제한 변경',
    changed: '제한을 변경했습니다.',
    refused: '제한이 그대로입니다',
    badMemory: '메모리는 512M 또는 4G와 같은 크기여야 하며, 최소 64 MiB입니다.',
    badCpus: '코어는 0.01에서 1024 사이의 수여야 합니다.',
    nothing: '메모리도 코어도 입력되지 않았습니다.',
    back: '사용자 목록으로 돌아가기',
  },
  startLog: { title: '서버 출력' },
};
