import type { enAnnouncements } from './en-announcements.ts';

/** 공지: 페이지에 보이는 글과, 관리자가 공지를 만드는 곳. */
export const koAnnouncements: typeof enAnnouncements = {
  announcements: {
    label: '공지',
    title: '공지',
    lead: '모든 사용자가 페이지 위쪽에서 읽는 글입니다. 일반 글만 쓸 수 있으며 주소는 링크가 됩니다.',
    levels: { info: '알림', warning: '주의', urgent: '긴급' },
    makeTitle: '공지하기',
    text: '내용',
    textHint: (most) => `${most}자까지 쓸 수 있습니다. https://… 같은 주소는 링크가 됩니다.`,
    level: '중요도',
    place: '표시할 곳',
    places: {
      everywhere: '모든 페이지',
      login: '로그인 페이지',
      home: '홈',
      spawn: '서버를 시작하는 페이지',
      logout: '로그아웃한 뒤의 페이지',
    },
    ends: '표시 기간',
    terms: {
      '': '지울 때까지',
      '3600': '1시간',
      '14400': '4시간',
      '86400': '하루',
      '604800': '1주일',
    },
    make: '공지',
    madeTitle: '지금 표시되는 공지',
    none: '공지가 없습니다.',
    by: (name) => `작성: ${name}`,
    endsAt: '끝나는 때:',
    noEnd: '지울 때까지',
    clear: '지우기',
    clearNamed: (text) => `지우기: ${text}`,
    fixedTitle: '설정에 있는 공지',
    fixedLead: '설정(ANNOUNCEMENT, JupyterHub.template_vars)에 있는 공지이며, 설정을 바꾸면 함께 바뀝니다.',
    made: '공지했습니다.',
    cleared: '공지를 지웠습니다.',
  },
};
