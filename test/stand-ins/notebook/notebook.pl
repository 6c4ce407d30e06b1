# The least of a `jupyterhub-singleuser` that a hub has to do with, in the perl that Debian's smallest image brings:
# starts in a moment and takes little memory, so that hundreds run on one machine. Its one page is a word; its kernels are
# in kernel.pl, its files in files.pl.
#
# What it does as the genuine one, which test/integration/stand-in-notebook.test.ts holds it to:
# - listens where JUPYTERHUB_SERVICE_URL says, answers only under JUPYTERHUB_SERVICE_PREFIX;
# - asks the hub for its version before it opens, tells it of its activity, with its own token;
# - /api answers everybody; other calls of the API want a token that the hub knows and that may come in here;
# - a page leads a stranger to the hub's OAuth, and takes them in when they come back with its code: with a cookie, whose
#   token the hub is asked about again after five minutes, and which writes nothing without the word of `_xsrf`;
# - ends on SIGTERM, and when it is told to shut down.
# With SLOW_START=6 it says a line each second for six seconds before it opens.
use strict;
use warnings;
use IO::Socket::INET;

require '/usr/local/lib/notebook/kernel.pl';
require '/usr/local/lib/notebook/files.pl';

$| = 1;
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';
$SIG{TERM} = $SIG{INT} = sub { exit 0 };

my ($port) = ($ENV{JUPYTERHUB_SERVICE_URL} // '') =~ m{^http://[^:/]+:(\d+)/} or die "no JUPYTERHUB_SERVICE_URL\n";
my $prefix = $ENV{JUPYTERHUB_SERVICE_PREFIX} or die "no JUPYTERHUB_SERVICE_PREFIX\n";
my $hub = $ENV{JUPYTERHUB_API_URL} or die "no JUPYTERHUB_API_URL\n";
my $own = $ENV{JUPYTERHUB_API_TOKEN} or die "no JUPYTERHUB_API_TOKEN\n";
my $session_cookie = ($ENV{JUPYTERHUB_CLIENT_ID} // 'notebook') . '-session';
my $since = moment();
my $used = $since;
# Whoever came in: cookie => [token, when the hub was asked]; and the kernels that they made.
my (%sessions, @kernels);

my ($status) = ask('GET', $hub . '/');
print $status == 200 ? "the hub is there\n" : "the hub does not answer\n";
for my $second (1 .. ($ENV{SLOW_START} // 0)) {
  print "getting ready, second $second, with $own\n";
  sleep 1;
}
my $door = IO::Socket::INET->new(LocalPort => $port, Listen => 50, ReuseAddr => 1) or die "cannot listen: $!\n";
print "listening on $port at $prefix\n";
tell_activity();
my $told = time;

while (1) {
  my $ready = '';
  vec($ready, fileno($door), 1) = 1;
  if (select($ready, undef, undef, 60) > 0) {
    my $guest = $door->accept or next;
    # One who says nothing holds up nobody else for long.
    eval { local $SIG{ALRM} = sub { die "late\n" }; alarm 5; serve($guest); };
    alarm 0;
    close $guest;
  }
  next if time - $told < 300;
  $told = time;
  tell_activity();
}

sub serve {
  my ($guest) = @_;
  my ($method, $target) = split ' ', <$guest> // return;
  my %head;
  while (defined(my $line = <$guest>)) {
    last if $line =~ /^\r?\n$/;
    $head{lc $1} = $2 if $line =~ /^([^:]+):\s*(.*?)\r?\n$/;
  }
  my $length = $head{'content-length'} // 0;
  read $guest, my $body, $length < 1 << 20 ? $length : 1 << 20 if $length > 0;
  # All is said; what follows may ask the hub, whose name alone takes seconds on a crowded machine.
  alarm 60;
  my ($path, $query) = split /\?/, $target // '/', 2;
  return reply($guest, 404, '{"message": "Not found"}') if index($path, $prefix) != 0;
  my $name = substr $path, length $prefix;
  return reply($guest, 200, '{"version": "0.0.0"}') if $name eq 'api';
  my ($token) = ($head{authorization} // '') =~ /^(?:token|bearer)\s+(\S+)$/i;
  my %cookies = map { /^\s*([^=]+)=(.*)$/ ? ($1, $2) : () } split /;/, $head{cookie} // '';
  return take_in($guest, $query // '', \%cookies) if $name eq 'oauth_callback';
  my $known = defined $token ? may_enter($token) : may_stay($cookies{$session_cookie} // '');
  return lead_to_hub($guest, $target) if !$known && $name !~ m{^api/} && !defined $token;
  return reply($guest, 403, '{"message": "Forbidden"}') unless $known;
  my $asked = ($query // '') =~ /(?:^|&)_xsrf=([^&]*)/ ? $1 : $head{'x-xsrftoken'} // '';
  my $writes = $method ne 'GET' || $name =~ m{/channels$};
  return reply($guest, 403, '{"message": "\'_xsrf\' argument missing"}')
    if $writes && !defined $token && ($asked eq '' || $asked ne ($cookies{_xsrf} // ''));
  $used = moment() unless ($query // '') =~ /no_track_activity/;
  return reply($guest, 200, '[]') if $name eq 'api/terminals';
  return answer_kernels($guest, $method) if $name eq 'api/kernels';
  if ($method eq 'DELETE' && $name =~ m{^api/kernels/([\w-]+)$}) {
    @kernels = grep { $_ ne $1 } @kernels;
    return reply($guest, 204, '');
  }
  return open_channels($guest, $1, $head{'sec-websocket-key'} // '') if $name =~ m{^api/kernels/([\w-]+)/channels$};
  return reply($guest, put_file($1, $body // '')) if $method eq 'PUT' && $name =~ m{^api/contents/([A-Za-z0-9][\w.-]*)$};
  return reply($guest, get_file($1)) if $name =~ m{^api/contents/([A-Za-z0-9][\w.-]*)$};
  return reply($guest, 200, '{"page": "a stand-in"}') if $name =~ m{^(?:lab|tree)?$};
  my $kernels = @kernels;
  return reply($guest, 200,
    qq({"started": "$since", "last_activity": "$used", "connections": 0, "kernels": $kernels}))
    if $name eq 'api/status';
  if ($name eq 'api/shutdown' && $method eq 'POST') {
    reply($guest, 200, '""');
    close $guest;
    exit 0;
  }
  return reply($guest, 404, '{"message": "Not found"}');
}

sub reply {
  my ($guest, $code, $text, $more) = @_;
  print $guest "HTTP/1.1 $code Answer\r\nConnection: close\r\nContent-Type: application/json\r\n",
    'Content-Length: ', length $text, "\r\n", $more // '', "\r\n", $text;
}

sub lead_to_hub {
  my ($guest, $target) = @_;
  my $where = ($ENV{JUPYTERHUB_HOST} // '') . ($ENV{JUPYTERHUB_BASE_URL} // '/') . 'hub/api/oauth2/authorize';
  my $state = join '', map { ('a' .. 'z')[rand 26] } 1 .. 22;
  my $question = "client_id=$ENV{JUPYTERHUB_CLIENT_ID}&redirect_uri=" . escaped($ENV{JUPYTERHUB_OAUTH_CALLBACK_URL} // '')
    . "&response_type=code&state=$state";
  # Back to where they wanted to go, and nowhere else.
  my $next = $target =~ m{^\Q$prefix\E[\w/.?=&%-]*$} ? $target : $prefix;
  reply($guest, 302, '', "Location: $where?$question\r\nSet-Cookie: oauth-state-$state="
      . escaped($next) . "; Path=$prefix; HttpOnly\r\n");
}

# They come back from the hub with a code, which is changed for a token of theirs.
sub take_in {
  my ($guest, $query, $cookies) = @_;
  my ($state) = $query =~ /(?:^|&)state=([a-z]{22})(?:&|$)/;
  my ($code) = $query =~ /(?:^|&)code=([^&]+)/;
  # A cookie for each, as two tabs of one browser may be on their way at once.
  my $next = defined $state ? $cookies->{"oauth-state-$state"} : undef;
  return reply($guest, 403, '{"message": "OAuth state does not match"}') unless defined $next && defined $code;
  my $form = "client_id=$ENV{JUPYTERHUB_CLIENT_ID}&client_secret=$own&grant_type=authorization_code&code=$code"
    . '&redirect_uri=' . escaped($ENV{JUPYTERHUB_OAUTH_CALLBACK_URL} // '');
  my ($status, $answer) = ask('POST', "$hub/oauth2/token", undef, $form, 'application/x-www-form-urlencoded');
  my ($token) = ($answer // '') =~ /"access_token"\s*:\s*"([^"]+)"/;
  return reply($guest, 403, '{"message": "The hub gave no token"}')
    unless $status == 200 && defined $token && may_enter($token);
  my ($session, $xsrf) = map { join '', map { ('a' .. 'z')[rand 26] } 1 .. 32 } 1 .. 2;
  $sessions{$session} = [$token, time];
  $next =~ s/%([0-9A-F]{2})/chr hex $1/ge;
  reply($guest, 302, '', "Location: $next\r\nSet-Cookie: $session_cookie=$session; Path=$prefix; HttpOnly\r\n"
      . "Set-Cookie: _xsrf=$xsrf; Path=$prefix\r\nSet-Cookie: oauth-state-$state=; Path=$prefix; Max-Age=0\r\n");
}

# As the genuine one, which remembers for five minutes what the hub said.
sub may_stay {
  my ($session) = @_;
  my $kept = $sessions{$session} or return 0;
  return 1 if time - $kept->[1] < 300;
  $kept->[1] = time;
  return 1 if may_enter($kept->[0]);
  delete $sessions{$session};
  return 0;
}

sub answer_kernels {
  my ($guest, $method) = @_;
  if ($method eq 'POST') {
    my $id = join '-', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    push @kernels, $id;
    return reply($guest, 201, kernel_model($id));
  }
  return reply($guest, 200, '[' . join(', ', map { kernel_model($_) } @kernels) . ']');
}

sub kernel_model {
  my ($id) = @_;
  return qq({"id": "$id", "name": "python3", "last_activity": "$used", "execution_state": "idle", "connections": 0});
}

sub open_channels {
  my ($guest, $kernel, $key) = @_;
  return reply($guest, 404, '{"message": "No such kernel"}') unless grep { $_ eq $kernel } @kernels;
  return reply($guest, 400, '{"message": "Not a WebSocket"}') if $key eq '';
  my $child = fork;
  return reply($guest, 503, '{"message": "No more processes"}') unless defined $child;
  return if $child != 0;
  alarm 0;
  close $door;
  # What it was told to do at the end is its parent's business.
  $SIG{TERM} = 'DEFAULT';
  serve_channels($guest, $key);
  close $guest;
  exit 0;
}

sub escaped {
  my ($text) = @_;
  $text =~ s{([^A-Za-z0-9._-])}{sprintf '%%%02X', ord $1}ge;
  return $text;
}

# The hub says who has the token, and with which scopes; one of those that let people in here must be among them.
sub may_enter {
  my ($token) = @_;
  my ($code, $person) = ask('GET', "$hub/user", $token);
  return 0 unless $code == 200;
  my @doors = ('access:servers', ($ENV{JUPYTERHUB_OAUTH_ACCESS_SCOPES} // '') =~ /"([^"]+)"/g);
  return grep { index($person, qq("$_")) >= 0 } @doors;
}

sub tell_activity {
  return unless $ENV{JUPYTERHUB_ACTIVITY_URL};
  my $server = $ENV{JUPYTERHUB_SERVER_NAME} // '';
  my $news = qq({"servers": {"$server": {"last_activity": "$used"}}, "last_activity": "$used"});
  my ($code) = ask('POST', $ENV{JUPYTERHUB_ACTIVITY_URL}, $own, $news);
  print "the hub answers $code to news of activity\n" if $code != 200;
}

# Status and body; status 0 when nobody answers.
sub ask {
  my ($method, $url, $token, $body, $kind) = @_;
  $kind //= 'application/json';
  my ($host, $where, $path) = $url =~ m{^http://([^:/]+)(?::(\d+))?(/.*)$} or return 0;
  my $line = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $where // 80, Timeout => 15) or return 0;
  print $line "$method $path HTTP/1.0\r\nHost: $host\r\n", $token ? "Authorization: token $token\r\n" : '',
    defined $body ? "Content-Type: $kind\r\nContent-Length: " . length($body) . "\r\n" : '',
    "\r\n", $body // '';
  my $answer = eval {
    local $SIG{ALRM} = sub { die "late\n" };
    alarm 30;
    local $/;
    <$line>;
  };
  alarm 0;
  my ($code, $rest) = ($answer // '') =~ m{^HTTP/1\.\d (\d{3}).*?\r?\n\r?\n(.*)$}s or return 0;
  return ($code, $rest);
}

sub moment {
  my ($second, $minute, $hour, $day, $month, $year) = gmtime;
  return sprintf '%04d-%02d-%02dT%02d:%02d:%02d.000000Z', $year + 1900, $month + 1, $day, $hour, $minute, $second;
}
