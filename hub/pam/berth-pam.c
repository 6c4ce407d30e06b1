/*
 * Asks PAM about one person, and ends. The hub starts one of these for each sign-in: what PAM's modules leak, lock
 * up or crash ends with it.
 *
 * Reads fields from standard input, each ended by a NUL, to the end of the file; nothing secret stands in arguments or
 * the environment. Fields, in this order:
 *   verb      "check" (is the service there?) or "authenticate"
 *   service   name of a file in confdir, or in /etc/pam.d or /usr/lib/pam.d when confdir is empty
 *   confdir   absolute path, or empty
 *   user      name
 *   password  answer to the first prompt
 *   otp       answer to the second; empty: there is none
 *   address   where the person comes from, for PAM's own log and rules (PAM_RHOST)
 *   account   "1": also asks whether the account may be used now (expired, locked)
 *   min-uid   accounts of the system with smaller numbers are refused before anything is asked
 *
 * Answers in lines. The first is the verdict: "in", "wrong" (name, password or code), "account" (may not be used now),
 * "system" (an account of the system) or "error". Then, as far as known: "detail TEXT", "name NAME", "uid NUMBER" and
 * a "group NAME" for each group. Exit code 0 whenever a verdict was written; nothing else ever means "in".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { VERB, SERVICE, CONFDIR, USER, PASSWORD, OTP, ADDRESS, ACCOUNT, MIN_UID, FIELDS };

#define INPUT_MAX 16384
#define GROUPS_MAX 1024
/* The hub gives up earlier; this is for the day on which the hub is not there any more. */
#define DEADLINE_SECONDS 20

static char input[INPUT_MAX];
static char *field[FIELDS];
static int prompts;

static void say(const char *verdict, const char *detail) {
  printf("%s\n", verdict);
  if (detail != NULL) {
    /* One line, whatever a module says. */
    fputs("detail ", stdout);
    for (const char *at = detail; *at != '\0' && at - detail < 200; at++) putchar(*at < ' ' && *at >= 0 ? ' ' : *at);
    putchar('\n');
  }
}

static int read_fields(void) {
  size_t length = 0;
  while (length < INPUT_MAX) {
    ssize_t got = read(STDIN_FILENO, input + length, INPUT_MAX - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return 0;
    if (got == 0) break;
    length += (size_t)got;
  }
  if (length == INPUT_MAX || length == 0 || input[length - 1] != '\0') return 0;
  int count = 0;
  for (char *at = input; at < input + length; at += strlen(at) + 1) {
    if (count == FIELDS) return 0;
    field[count++] = at;
  }
  return count == FIELDS;
}

/*
 * libpam takes "other" for a service that is not there, and on many systems "other" lets people in. It looks for the
 * name in small letters, whatever was asked for: a file in capitals is not there.
 */
static int has_service(void) {
  const char *folders[] = {"/etc/pam.d", "/usr/lib/pam.d"};
  char path[4096];
  if (field[SERVICE][0] == '\0' || strchr(field[SERVICE], '/') != NULL || field[SERVICE][0] == '.') return 0;
  for (const char *at = field[SERVICE]; *at != '\0'; at++) {
    if (*at >= 'A' && *at <= 'Z') return 0;
  }
  if (field[CONFDIR][0] != '\0') {
    if (snprintf(path, sizeof path, "%s/%s", field[CONFDIR], field[SERVICE]) >= (int)sizeof path) return 0;
    return access(path, R_OK) == 0;
  }
  for (size_t at = 0; at < sizeof folders / sizeof *folders; at++) {
    if (snprintf(path, sizeof path, "%s/%s", folders[at], field[SERVICE]) >= (int)sizeof path) return 0;
    if (access(path, R_OK) == 0) return 1;
  }
  return 0;
}

/* The first prompt gets the password, the second the code. A third, or a second without a code, ends the attempt. */
static int answer(int count, const struct pam_message **asked, struct pam_response **answers, void *unused) {
  (void)unused;
  if (count <= 0 || count > PAM_MAX_NUM_MSG) return PAM_CONV_ERR;
  struct pam_response *made = calloc((size_t)count, sizeof *made);
  if (made == NULL) return PAM_BUF_ERR;
  for (int at = 0; at < count; at++) {
    int style = asked[at]->msg_style;
    if (style == PAM_TEXT_INFO || style == PAM_ERROR_MSG) continue;
    const char *word = NULL;
    if (style == PAM_PROMPT_ECHO_OFF || style == PAM_PROMPT_ECHO_ON) {
      prompts++;
      if (prompts == 1) word = field[PASSWORD];
      else if (prompts == 2 && field[OTP][0] != '\0') word = field[OTP];
    }
    if (word == NULL || (made[at].resp = strdup(word)) == NULL) {
      for (int done = 0; done <= at; done++) free(made[done].resp);
      free(made);
      return PAM_CONV_ERR;
    }
  }
  *answers = made;
  return PAM_SUCCESS;
}

/* The hub slows guessing down itself; a wait in here would only keep a place in its line. */
static void no_delay(int status, unsigned int microseconds, void *unused) {
  (void)status;
  (void)microseconds;
  (void)unused;
}

static void tell_person(const char *name) {
  struct passwd *person = getpwnam(name);
  if (person == NULL) return;
  printf("name %s\nuid %lu\n", person->pw_name, (unsigned long)person->pw_uid);
  gid_t groups[GROUPS_MAX];
  int count = GROUPS_MAX;
  if (getgrouplist(person->pw_name, person->pw_gid, groups, &count) < 0) return;
  for (int at = 0; at < count; at++) {
    struct group *group = getgrgid(groups[at]);
    if (group != NULL && strchr(group->gr_name, '\n') == NULL) printf("group %s\n", group->gr_name);
  }
}

static int is_system_account(void) {
  char *end;
  unsigned long least = strtoul(field[MIN_UID], &end, 10);
  if (*field[MIN_UID] == '\0' || *end != '\0') return 1;
  struct passwd *person = getpwnam(field[USER]);
  return person != NULL && person->pw_uid < least;
}

static const char *verdict_of(int status) {
  switch (status) {
  case PAM_AUTH_ERR:
  case PAM_USER_UNKNOWN:
  case PAM_MAXTRIES:
  case PAM_CRED_INSUFFICIENT:
  case PAM_PERM_DENIED:
  case PAM_CONV_ERR:
    return "wrong";
  case PAM_ACCT_EXPIRED:
  case PAM_NEW_AUTHTOK_REQD:
  case PAM_AUTHTOK_EXPIRED:
    return "account";
  default:
    return "error";
  }
}

static void authenticate(void) {
  const struct pam_conv talk = {answer, NULL};
  pam_handle_t *pam = NULL;
  int status = field[CONFDIR][0] == '\0' ? pam_start(field[SERVICE], field[USER], &talk, &pam)
                                         : pam_start_confdir(field[SERVICE], field[USER], &talk, field[CONFDIR], &pam);
  if (status != PAM_SUCCESS) {
    say("error", "PAM could not be started");
    return;
  }
  pam_set_item(pam, PAM_FAIL_DELAY, (const void *)&no_delay);
  pam_set_item(pam, PAM_RHOST, field[ADDRESS]);
  pam_set_item(pam, PAM_TTY, "berth");
  int accounts = 0;
  status = pam_authenticate(pam, PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK);
  if (status == PAM_SUCCESS && strcmp(field[ACCOUNT], "1") == 0) {
    accounts = 1;
    status = pam_acct_mgmt(pam, PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK);
  }
  /* A module may have put another name in the place of the one that was asked for. */
  const void *now = NULL;
  if (status == PAM_SUCCESS &&
      (pam_get_item(pam, PAM_USER, &now) != PAM_SUCCESS || now == NULL || strcmp(now, field[USER]) != 0)) {
    say("error", "PAM answered for another name than it was asked for");
  } else if (status == PAM_SUCCESS) {
    say("in", NULL);
    tell_person(field[USER]);
  } else {
    const char *verdict = verdict_of(status);
    if (accounts && strcmp(verdict, "wrong") == 0) verdict = "account";
    say(verdict, pam_strerror(pam, status));
  }
  pam_end(pam, status);
}

int main(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  /* Nobody of the same user reads the password out of its memory. */
  prctl(PR_SET_DUMPABLE, 0);
  alarm(DEADLINE_SECONDS);
  if (!read_fields()) say("error", "the question was not understood");
  else if (!has_service()) say("error", "the PAM service has no file, and \"other\" is not taken in its place");
  else if (strcmp(field[VERB], "check") == 0) say("in", NULL);
  else if (strcmp(field[VERB], "authenticate") != 0) say("error", "the question was not understood");
  else if (is_system_account()) say("system", NULL);
  else authenticate();
  explicit_bzero(input, sizeof input);
  return fflush(stdout) == 0 ? 0 : 1;
}
