import type { enPorts } from './en-ports.ts';

/** 서버의 포트에 있는 프로그램. */
export const koPorts: typeof enPorts = {
  ports: {
    open: '포트 열기',
    openNamed: (label: string) => `포트 열기: ${label}`,
    port: '포트',
    hint: '서버에서 직접 시작한 프로그램의 포트입니다. 예: Flask나 Streamlit 앱. 127.0.0.1에서만 열려 있어도 됩니다.',
    go: '열기',
  },
};
