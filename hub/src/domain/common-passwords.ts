// Words that lists of guesses begin with, without the digits and marks that people hang on them.
const WORDS = new Set(
  `
  abcabc abcdef abcdefgh abcdefghij abcdefghijkl access admin administration administrator amanda anaconda
  andrew angel anthony april arsenal asdf asdfasdf asdfghjkl ashley august autumn azerty azertyuiop babygirl
  banana barcelona baseball basketball batman battery berth blessed butterfly changeit changeme
  changemeplease charlie cheese chelsea chocolate cluster computer contrasena cookie correct correcthorse
  correcthorsebatterystaple corvette daniel datascience december default demo demodemo dragon elizabeth
  facebook family february ferrari flower football forever freedom friends goodbye google guest harley hello
  helloo helloworld horse hunter ilovejesus iloveyou internet january jennifer jessica jesus jesuschrist
  jordan joshua july june jupyter jupyterhub jupyterlab laboratory labpassword letmein letmeinplease
  linkedin liverpool lovely loveme march master matrix matthew mercedes michael michelle monday monkey
  motdepasse mustang mypassword mysecret nicole notebook notebooks nothing november october opensesame
  orange p@ssw0rd p@ssword passw0rd password password1password passwort pokemon princess professor purple
  python python3 qazwsx qazwsxedc qwerty qwertyui qwertyuiop qwertyuiopasdfghjkl qwertz qwertzuiop
  realmadrid research robert root samantha science secret september shadow spring staple starwars student
  students summer sunday sunshine superman supersecret teacher temporary temppass test tester testing
  testtest thisisapassword thomas topsecret trustno university user welcome welcomehome whatever winter
  yourpassword zaqwsx zaqxsw zxcvbnm
`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '01234567890',
  '1qaz2wsx3edc4rfv5tgb',
];

/**
 * Whether a password is among the first that anybody would try: a common word, also twice or with digits and
 * marks around it, digits alone in order, or a row of the keyboard. Not a dictionary: that is what length is for.
 */
export function isCommonPassword(password: string): boolean {
  const small = password.toLowerCase();
  const bare = small.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const plain = bare
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')
    .replaceAll('$', 's')
    .replaceAll('@', 'a');
  if ([small, bare, plain, once(bare), once(small)].some((word) => WORDS.has(word))) return true;
  return [small, once(small)].some(isRow);
}

/** `monkeymonkey` → `monkey`. */
function once(word: string): string {
  return /^(.+?)\1+$/.exec(word)?.[1] ?? word;
}

function isRow(word: string): boolean {
  if (word.length < 4) return true;
  const backwards = [...word].reverse().join('');
  return ROWS.some((row) => {
    const round = row.repeat(4);
    return round.includes(word) || round.includes(backwards);
  });
}
