import type { enMachines } from './en-machines.ts';

/** 여러 컴퓨터에서 실행되는 서버. */
export const koMachines: typeof enMachines = {
  machines: {
    title: '컴퓨터',
    lead: '서버가 실행되는 컴퓨터입니다. 어느 컴퓨터가 서버를 받을지는 Docker Swarm이 정하며, 마지막으로 알려 온 상태를 보여 줍니다.',
    columns: {
      machine: '컴퓨터',
      state: '상태',
      servers: '실행 중인 서버',
      room: '보장된 자원',
      volumes: '볼륨',
    },
    states: {
      ready: '서버를 받음',
      paused: '새 서버를 받지 않음',
      draining: '비우는 중',
      away: '응답 없음',
      gone: 'Swarm을 떠남',
    },
    manager: '관리 노드',
    room: (memory, memoryOf, cores, coresOf) => `${memoryOf} 중 ${memory}, 코어 ${coresOf}개 중 ${cores}개`,
    emptiedIn: (time) => `${time} 후 이 컴퓨터의 서버가 종료됩니다.`,
    none: 'Swarm이 아직 컴퓨터를 알려 오지 않았습니다.',
    howTo:
      '컴퓨터를 점검하려면 새 서버를 받지 않게 하십시오: docker node update --availability pause. 사용자에게 알림이 표시되고, 유예 시간이 지나면 비워집니다.',
    homesTitle: (machine) => `${machine}에 있는 파일`,
    homesLead: (volumes) =>
      `볼륨 ${volumes}개가 이 컴퓨터에 있으며, 소유자의 서버는 다른 곳에서 시작되지 않습니다. 파일을 다른 컴퓨터로 옮겼거나 포기했다면 여기에서 알려 주십시오.`,
    homesLose:
      '다음 시작부터 지정한 곳의 볼륨을 사용하며, 그곳에 없으면 빈 볼륨으로 시작합니다. 이전 컴퓨터의 파일은 삭제되지 않지만 더 이상 찾지 않습니다.',
    target: '지금 파일이 있는 곳',
    nowhere: '없음: 아무 컴퓨터에서나 빈 볼륨으로 시작',
    on: (machine) => `${machine}에 있음`,
    confirm: '확인을 위해 컴퓨터 이름을 입력하십시오',
    notConfirmed: '이름이 일치하지 않아 아무것도 바꾸지 않았습니다.',
    submit: '이제부터 그곳에서 파일 찾기',
    changed: '이제부터 그곳에서 파일을 찾습니다.',
    machine: '컴퓨터',
    moved: {
      away: (from) => `컴퓨터 ${from}의 응답이 끊겨 이곳으로 옮겨졌습니다`,
      drained: (from) => `컴퓨터 ${from}의 점검 때문에 이곳으로 옮겨졌습니다`,
    },
    movedLoses: '서버가 새로 시작되어 메모리에만 있던 내용은 사라졌습니다. 파일은 그대로입니다.',
    closing: (label, machine, time) =>
      `${label}: ${time} 후 점검에 들어가는 컴퓨터 ${machine}에서 실행 중입니다`,
    closingMoves: '작업을 저장하십시오. 그때 서버가 중지되고 다른 컴퓨터에서 다시 시작됩니다.',
    closingStops:
      '작업을 저장하십시오. 그때 서버가 중지되며, 파일이 그 컴퓨터에 있으므로 점검이 끝난 뒤에 다시 시작할 수 있습니다.',
    lacks: {
      pause: '서버가 여러 컴퓨터에서 실행되어 일시 정지할 수 없습니다. 쓰지 않는 서버는 중지됩니다.',
      limit:
        '서버가 여러 컴퓨터에서 실행되어 실행 중인 서버의 한도를 바꿀 수 없습니다. 다음 시작에는 프로필의 한도가 적용됩니다.',
      usage: '서버가 여러 컴퓨터에서 실행되어 서버마다 사용량을 측정하지 않습니다.',
      save: '서버가 여러 컴퓨터에서 실행되어 환경으로 저장할 수 없습니다. 대신 이미지를 만드십시오.',
      ports:
        '서버가 여러 컴퓨터에서 실행되어 이미지에 jupyter-server-proxy가 있을 때만 프로그램에 연결됩니다.',
      volumes:
        '파일이 여러 컴퓨터에 있어 허브가 들여다볼 수 없습니다. 해당 컴퓨터나 파일 서버에서 복사하고 복원하십시오.',
    },
    perMachine: '컴퓨터별 상태',
    pull: {
      waiting: '대기 중',
      fetching: '가져오는 중',
      there: '있음',
      failed: '실패',
      skipped: '제외됨',
    },
  },
};
