import type { Phrases } from './said.ts';

/** 페이지 밖에서 만들어지는 문장: 진행 단계, 까닭, 거절. */
export const koSaid: Phrases = [
  // 시작 진행
  ['Server requested', '서버를 요청했습니다'],
  ['Looking for {image}', '{image} 이미지를 찾는 중'],
  ['Looking for the image', '이미지를 찾는 중'],
  ['Downloading {image}: {done} of {total}', '{image} 내려받는 중: {total} 중 {done}'],
  ['Downloading {image}', '{image} 내려받는 중'],
  ['Making the container', '컨테이너를 만드는 중'],
  ['Starting the container', '컨테이너를 시작하는 중'],
  ['Waiting for the notebook to answer', '노트북의 응답을 기다리는 중'],
  ['Waiting for the application to answer', '애플리케이션의 응답을 기다리는 중'],
  ['Waiting for room on the machine. {place}', '컴퓨터에 자리가 나기를 기다리는 중. {place}'],
  ['Waiting for one of the machines', '컴퓨터가 정해지기를 기다리는 중'],
  ['Waiting for room on one of the machines: {words}', '컴퓨터 중 하나에 자리가 나기를 기다리는 중: {words}'],
  ['The machine {name} fetches what the server needs', '컴퓨터 {name}에서 서버에 필요한 것을 가져오는 중'],
  ['You are next', '다음 차례입니다'],
  ['You are {place} in line', '대기 순서: {place}'],
  ['Server ready at {path}', '서버 준비 완료: {path}'],
  ['Server ready', '서버 준비 완료'],
  ['Stopping', '중지하는 중'],
  ['Not running', '실행 중이 아님'],

  // 서버가 멈춘 까닭
  ['the machine {name} went away', '컴퓨터 {name}에 연결이 끊김'],
  ['the machine {name} was emptied', '컴퓨터 {name}이(가) 비워짐'],
  ['freezing a server', '서버 일시 정지'],
  ['changing the limits of a running server', '실행 중인 서버의 한도 변경'],
  ['measuring what a server uses', '서버 사용량 측정'],
  ['saving a running server as an environment', '실행 중인 서버를 환경으로 저장'],
  ['leading to programs that listen inside of a server only', '서버 안에서만 대기하는 프로그램에 연결'],
  ['looking into volumes', '볼륨 들여다보기'],
  [
    'Servers still use files of that machine. Stop them first.',
    '서버가 아직 그 컴퓨터의 파일을 사용합니다. 먼저 중지하십시오.',
  ],
  ['idle for {span}', '{span} 동안 사용하지 않음'],
  ['{n} second', '{n}초'],
  ['{n} seconds', '{n}초'],
  ['{n} minute', '{n}분'],
  ['{n} minutes', '{n}분'],
  ['{n} hour', '{n}시간'],
  ['{n} hours', '{n}시간'],
  ['it was shut down from within', '서버 안에서 종료함'],
  ['its container was removed on the machine, not by the hub', '허브가 아닌 곳에서 컨테이너를 삭제함'],
  ['the hub was shut down', '허브가 종료됨'],
  ['the hub was restarted while it stopped', '중지하는 동안 허브가 다시 시작됨'],
  ['the account was removed', '계정이 삭제됨'],
  ['its owner may not come in any more', '서버 주인의 사용 권한이 없어짐'],
  ['stopped by {who}', '{who} 님이 중지함'],

  // 이름과 비밀번호
  [
    'A name is 1 to {most} small letters, digits, dots, dashes, underscores or @, and begins and ends with a letter or digit.',
    '이름은 영문 소문자, 숫자, 마침표, 붙임표, 밑줄, @ 로 이루어진 1~{most}자이며, 처음과 끝은 영문자나 숫자여야 합니다.',
  ],
  ['The password needs at least {least} characters.', '비밀번호는 {least}자 이상이어야 합니다.'],
  ['The password is too long.', '비밀번호가 너무 깁니다.'],
  ['This password is among the first that anybody would guess.', '누구나 먼저 떠올릴 만한 비밀번호입니다.'],
  ['The password must not be made of the name.', '비밀번호를 사용자 이름으로 만들 수 없습니다.'],
  ['The new password is the old one.', '새 비밀번호가 현재 비밀번호와 같습니다.'],
  ['The two passwords are not the same.', '두 비밀번호가 서로 다릅니다.'],
  ['This name cannot be had here. Choose another one.', '쓸 수 없는 이름입니다. 다른 이름을 고르십시오.'],
  [
    '{name} stands in the userlist without the word admin. Write it there, or choose another name.',
    'userlist 파일의 {name} 줄에 admin이라는 말이 없습니다. 그 말을 적거나 다른 이름을 고르십시오.',
  ],
  ['A name and a password were expected.', '사용자 이름과 비밀번호가 필요합니다.'],
  ['That cannot be a user name.', '사용자 이름으로 쓸 수 없습니다.'],
  ['There is no such user.', '그런 사용자가 없습니다.'],
  ['There is no such server.', '그런 서버가 없습니다.'],
  ['It does not run, and left no words.', '실행 중이 아니며 남은 출력이 없습니다.'],
  ['Nobody can remove their own account.', '자신의 계정은 삭제할 수 없습니다.'],

  // 서버에 할 수 없는 일
  ['No image may be chosen here.', '여기에서는 이미지를 고를 수 없습니다.'],
  ['Servers may not run as root here.', '여기에서는 서버를 root로 실행할 수 없습니다.'],
  [
    'There is no profile for you here. Ask the administrator for access.',
    '사용할 수 있는 프로필이 없습니다. 관리자에게 권한을 요청하십시오.',
  ],
  [
    'There is no profile {wanted} for you. Yours: {list}.',
    '{wanted} 프로필은 사용할 수 없습니다. 사용할 수 있는 프로필: {list}.',
  ],
  ['{option} takes no text of your own.', '{option} 항목에는 직접 입력할 수 없습니다.'],
  [
    '{option} cannot be {wanted}. Possible: {list}.',
    '{option} 항목에는 {wanted} 값을 쓸 수 없습니다. 쓸 수 있는 값: {list}.',
  ],
  ['{key} should be a text.', '{key} 값은 글이어야 합니다.'],
  [
    'The server is still stopping. Try again in a moment.',
    '서버가 아직 중지되고 있습니다. 잠시 뒤에 다시 시도하십시오.',
  ],
  ['The server has been started again.', '서버가 그사이 다시 시작되었습니다.'],
  ['The server is being started again and again by somebody.', '누군가 서버를 계속 다시 시작하고 있습니다.'],
  [
    "{name}'s server is in the process of starting, please wait.",
    '{name} 님의 서버가 시작되고 있습니다. 잠시 기다리십시오.',
  ],
  ['A port is a number from 1 to 65535.', '포트는 1부터 65535까지의 숫자입니다.'],
  [
    'At most {limit} named servers are allowed. Remove one first.',
    '이름 있는 서버는 {limit}개까지 만들 수 있습니다. 먼저 하나를 삭제하십시오.',
  ],
  [
    'Stop the servers of this account before you rename it.',
    '이름을 바꾸려면 먼저 이 계정의 서버를 중지하십시오.',
  ],
  ['User {name} already exists, username must be unique', '{name} 사용자가 이미 있습니다.'],
  [
    'Files of a former {name} are kept. Delete them first, or choose another name.',
    '이전 사용자 {name}의 파일이 보관되어 있습니다. 먼저 그 파일을 삭제하거나 다른 이름을 선택하십시오.',
  ],
  ['Limits can be changed while the server runs.', '한도는 서버가 실행 중일 때 바꿀 수 있습니다.'],
  ['It is promised {least} bytes of memory.', '이 서버에 보장한 메모리는 {least}바이트입니다.'],
  ['the whole machine', '컴퓨터 전체'],
  ['memory', '메모리'],

  // 그룹, 서비스, 토큰
  ['Group {name} already exists', '{name} 그룹이 이미 있습니다.'],
  ['Service {name} already exists', '{name} 서비스가 이미 있습니다.'],
  ['The OAuth client id {id} is taken', 'OAuth 클라이언트 ID {id}는 이미 쓰이고 있습니다.'],
  ['This api_token belongs to somebody else', '다른 곳에서 쓰는 api_token입니다.'],
  ['That is none of the terms that a token can have.', '토큰에 쓸 수 없는 유효 기간입니다.'],
  [
    'User {name} has {n} tokens: delete some first',
    '{name} 님의 토큰이 {n}개입니다. 먼저 몇 개를 폐기하십시오.',
  ],
  [
    'A token cannot be given more than the credentials it is requested with',
    '지금 로그인한 권한보다 많은 권한을 토큰에 줄 수 없습니다.',
  ],
  [
    'Not assigning requested scopes {scopes} not held by User {name}',
    '{name} 님에게 없는 권한입니다: {scopes}.',
  ],
  ['You do not have permission to access {client}', '{client}에 접근할 권한이 없습니다.'],

  // 요청
  ['Forms are taken without Content-Encoding only.', '양식은 Content-Encoding 없이 보내야 합니다.'],
  ['The Host header is missing or malformed.', 'Host 헤더가 없거나 올바르지 않습니다.'],
  ['The body broke off.', '전송이 중간에 끊어졌습니다.'],
  ['A form with one logout_token was expected.', 'logout_token 하나가 담긴 양식이 필요합니다.'],

  // 공지, 환경, 볼륨, 잠든 서버
  ['An announcement has 1 to {most} letters.', '공지는 1~{most}자여야 합니다.'],
  [
    'There are {most} announcements already: clear some first.',
    '공지가 이미 {most}개 있습니다. 먼저 몇 개를 지우십시오.',
  ],
  ['token expires_in: {wanted} must not exceed {most}', '유효 기간 {wanted}초는 허용된 {most}초보다 깁니다.'],
  ["Scope '{scope}' does not exist", '{scope} 권한은 없는 권한입니다.'],
  ['The server does not run: there is nothing to keep.', '서버가 실행되고 있지 않아 유지할 것이 없습니다.'],
  ['An environment is saved of a server that runs.', '환경은 실행 중인 서버에서만 저장할 수 있습니다.'],
  [
    'Its image has {layers} layers already: it was saved too often upon itself. Build an image instead.',
    '이미지의 계층이 이미 {layers}개입니다. 저장한 환경 위에 너무 여러 번 저장했습니다. 그 대신 이미지를 새로 만드십시오.',
  ],
  [
    'The server has written {written} outside of your files; {most} can be saved. Remove what you do not need.',
    '서버가 파일 볼륨 밖에 {written}만큼 썼으며, {most}까지만 저장할 수 있습니다. 필요 없는 것을 지우십시오.',
  ],
  ['The server is being started and stopped by somebody.', '누군가 서버를 시작하고 중지하는 중입니다.'],
  ['The body took too long.', '전송이 너무 오래 걸렸습니다.'],
  ['unused for {span}', '{span} 동안 쓰지 않음'],
  ['Stopped: {why}', '중지됨: {why}'],
  ['It is mounted in {containers}. Stop that first.', '{containers}에서 사용 중입니다. 먼저 중지하십시오.'],
  [
    '{server} of {owner} is not stopped. Stop it first.',
    '{owner} 님의 서버({server})가 중지되지 않았습니다. 먼저 중지하십시오.',
  ],
  ['The server', '기본 서버'],
  ['The server {name}', '{name} 서버'],
  ['The upload broke off.', '파일 전송이 중간에 끊어졌습니다.'],
  ['The upload broke off, or is no form.', '전송이 중간에 끊어졌거나 양식이 아닙니다.'],
];
