import { containersContract } from './containers-contract.ts';
import { openSwarmHouse } from './swarm-house.ts';

containersContract('Docker Swarm, two machines', () => openSwarmHouse('engines'));
