import type { enHealth } from './en-health.ts';

/** 상태 점검 페이지. */
export const koHealth: typeof enHealth = {
  health: {
    title: '상태 점검',
    lead: './berth doctor와 같은 내용입니다. 이 허브와 컴퓨터를 안팎에서 점검한 결과입니다.',
    looked: '점검 시각',
    again: '다시 점검',
    all: (n: number) => `${n}개 항목이 모두 정상입니다.`,
    some: (failures: number, warnings: number) => `오류 ${failures}건, 경고 ${warnings}건.`,
    levels: { ok: '정상', warn: '경고', fail: '오류' },
    columns: { code: '코드', what: '항목', found: '점검 결과', state: '상태' },
  },
};
