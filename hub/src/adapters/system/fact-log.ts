import type { Fact } from '../../domain/fact.ts';
import type { Facts, Log } from '../../domain/ports.ts';

/** Who came, who was refused, who left, what the userlist said: one line each. Steps of starts are logged where they are made. */
export function logFacts(facts: Facts, log: Log): void {
  facts.listen((fact) => {
    const sentence = sentenceOf(fact);
    if (sentence !== null) log.info({ ...fact }, sentence);
  });
}

function sentenceOf(fact: Fact): string | null {
  switch (fact.kind) {
    case 'signed-in':
      return 'signed in';
    case 'sign-in-refused':
      return 'sign-in refused';
    case 'signed-out':
      return 'signed out';
    case 'second-step':
      return 'the second step of an account';
    case 'signed-up':
      return 'an account was asked for';
    case 'userlist-changed':
      return 'the userlist is in force';
    default:
      return null;
  }
}
