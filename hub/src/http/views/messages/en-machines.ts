/** Servers on many machines, and what such a cluster cannot do. Part of `en`. */
export const enMachines = {
  machines: {
    title: 'Machines',
    lead: 'On which servers run. Docker Swarm says which of them gets a server; here stands what it told last.',
    columns: { machine: 'Machine', state: 'State', servers: 'Servers', room: 'Promised', volumes: 'Volumes' },
    states: {
      ready: 'Takes servers',
      paused: 'Takes no new ones',
      draining: 'Is emptied',
      away: 'Does not answer',
      gone: 'Left the Swarm',
    },
    manager: 'manager',
    room: (memory: string, memoryOf: string, cores: string, coresOf: string) =>
      `${memory} of ${memoryOf}, ${cores} of ${coresOf} cores`,
    emptiedIn: (time: string) => `Its servers are ended in ${time}.`,
    none: 'The Swarm has told of no machine yet.',
    howTo:
      'To take a machine out of service, let it take no new servers: docker node update --availability pause. People on it are told; after the grace it is empty.',
    homesTitle: (machine: string) => `Files on ${machine}`,
    homesLead: (volumes: number) =>
      volumes === 1
        ? 'One volume lies on that machine, and its owner’s server starts nowhere else. If its files were brought to another machine, or are given up, say so here.'
        : `${volumes} volumes lie on that machine, and their owners’ servers start nowhere else. If these files were brought to another machine, or are given up, say so here.`,
    homesLose:
      'The next start takes the volume that lies where you say; if there is none, it is empty. Nothing on the old machine is deleted, and nobody looks for it there any more.',
    target: 'The files are now',
    nowhere: 'nowhere: begin with empty volumes on any machine',
    on: (machine: string) => `on ${machine}`,
    confirm: 'To confirm, write the name of the machine',
    notConfirmed: 'The name was not written as it is: nothing was changed.',
    submit: 'Look for the files there from now on',
    changed: 'From now on the files are looked for there.',
    machine: 'Machine',
    moved: {
      away: (from: string) => `Moved here because the machine ${from} stopped answering`,
      drained: (from: string) => `Moved here because the machine ${from} was emptied`,
    },
    movedLoses: 'It was started anew: what was only in memory is lost. Your files are the same.',
    closing: (label: string, machine: string, time: string) =>
      `${label} runs on ${machine}, which closes for maintenance in ${time}`,
    closingMoves: 'Save your work. The server is then stopped and started again on another machine.',
    closingStops:
      'Save your work. The server is then stopped; it starts again when the maintenance is over, because your files lie on that machine.',
    lacks: {
      pause: 'Servers run on several machines and cannot be frozen: idle ones are stopped.',
      limit:
        'Servers run on several machines: the limits of one that runs cannot be changed. The next start has those of its profile.',
      usage: 'Servers run on several machines: nobody measures what each of them uses.',
      save: 'Servers run on several machines and cannot be saved as environments. Build an image instead.',
      ports:
        'Servers run on several machines: programs are reached only where the image has jupyter-server-proxy.',
      volumes:
        'Files lie on several machines, and the hub looks into none of them: copy and restore them on the machine, or on the file server.',
    },
    perMachine: 'On each machine',
    pull: {
      waiting: 'waits',
      fetching: 'fetches it',
      there: 'has it',
      failed: 'failed',
      skipped: 'left out',
    },
  },
};
