# The least of a `jupyterhub-singleuser` that a hub has to do with, in the perl that Debian's smallest image brings:
# starts in a moment and takes little memory, so that hundreds run on one machine. It has no kernels and no pages.
#
# What it does as the genuine one, which test/integration/stand-in-notebook.test.ts holds it to:
# - listens where JUPYTERHUB_SERVICE_URL says, answers only under JUPYTERHUB_SERVICE_PREFIX;
# - asks the hub for its version before it opens, tells it of its activity, with its own token;
# - /api answers everybody; other calls of the API want a token that the hub knows and that may come in here;
# - a page leads a stranger to the hub's OAuth;
# - ends on SIGTERM, and when it is told to shut down.
# With SLOW_START=6 it says a line each second for six seconds before it opens.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = $SIG{INT} = sub { exit 0 };

my ($port) = ($ENV{JUPYTERHUB_SERVICE_URL} // '') =~ m{^http://[^:/]+:(\d+)/} or die "no JUPYTERHUB_SERVICE_URL\n";
my $prefix = $ENV{JUPYTERHUB_SERVICE_PREFIX} or die "no JUPYTERHUB_SERVICE_PREFIX\n";
my $hub = $ENV{JUPYTERHUB_API_URL} or die "no JUPYTERHUB_API_URL\n";
my $own = $ENV{JUPYTERHUB_API_TOKEN} or die "no JUPYTERHUB_API_TOKEN\n";
my $since = moment();
my $used = $since;

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
  read $guest, my $body, $length < 65536 ? $length : 65536 if $length > 0;
  my ($path, $query) = split /\?/, $target // '/', 2;
  return reply($guest, 404, '{"message": "Not found"}') if index($path, $prefix) != 0;
  my $name = substr $path, length $prefix;
  return reply($guest, 200, '{"version": "0.0.0"}') if $name eq 'api';
  return lead_to_hub($guest) if $name !~ m{^api/} && !$head{authorization};
  my ($token) = ($head{authorization} // '') =~ /^(?:token|bearer)\s+(\S+)$/i;
  return reply($guest, 403, '{"message": "Forbidden"}') unless defined $token && may_enter($token);
  $used = moment() unless ($query // '') =~ /no_track_activity/;
  return reply($guest, 200, '[]') if $name eq 'api/kernels' || $name eq 'api/terminals';
  return reply($guest, 200, qq({"started": "$since", "last_activity": "$used", "connections": 0, "kernels": 0}))
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
  my ($guest) = @_;
  my $where = ($ENV{JUPYTERHUB_HOST} // '') . ($ENV{JUPYTERHUB_BASE_URL} // '/') . 'hub/api/oauth2/authorize';
  my $back = $ENV{JUPYTERHUB_OAUTH_CALLBACK_URL} // '';
  s{([^A-Za-z0-9._-])}{sprintf '%%%02X', ord $1}ge for $back;
  my $state = join '', map { ('a' .. 'z')[rand 26] } 1 .. 22;
  my $question = "client_id=$ENV{JUPYTERHUB_CLIENT_ID}&redirect_uri=$back&response_type=code&state=$state";
  reply($guest, 302, '', "Location: $where?$question\r\n");
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
  my ($method, $url, $token, $body) = @_;
  my ($host, $where, $path) = $url =~ m{^http://([^:/]+)(?::(\d+))?(/.*)$} or return 0;
  my $line = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $where // 80, Timeout => 5) or return 0;
  print $line "$method $path HTTP/1.0\r\nHost: $host\r\n", $token ? "Authorization: token $token\r\n" : '',
    defined $body ? "Content-Type: application/json\r\nContent-Length: " . length($body) . "\r\n" : '',
    "\r\n", $body // '';
  my $answer = eval {
    local $SIG{ALRM} = sub { die "late\n" };
    alarm 5;
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
