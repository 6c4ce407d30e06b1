# A kernel that knows one word, and the WebSocket that a page talks to it over (RFC 6455). `print('x')` prints x; other
# code prints nothing. The messages are those of Jupyter's protocol 5.3 as JSON text, as far as a page waits for them.
use strict;
use warnings;

# Answers the handshake and speaks until the page goes; in a process of its own, so that it holds up nobody.
sub serve_channels {
  my ($guest, $key) = @_;
  print $guest "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
    'Sec-WebSocket-Accept: ', accept_word($key), "\r\n\r\n";
  $guest->flush;
  while (defined(my $frame = read_frame($guest))) {
    my ($kind, $text) = @$frame;
    return send_frame($guest, 8, $text) if $kind == 8;
    send_frame($guest, 10, $text) if $kind == 9;
    answer_message($guest, $text) if $kind == 1;
  }
}

sub answer_message {
  my ($guest, $text) = @_;
  my ($id) = $text =~ /"msg_id"\s*:\s*"([\w-]+)"/ or return;
  my ($type) = $text =~ /"msg_type"\s*:\s*"(\w+)"/ or return;
  my $say = sub {
    my ($channel, $what, $content) = @_;
    send_frame($guest, 1, qq({"channel":"$channel","msg_type":"$what","header":{"msg_type":"$what"},)
        . qq("parent_header":{"msg_id":"$id","msg_type":"$type"},"metadata":{},"content":$content}));
  };
  $say->('iopub', 'status', '{"execution_state":"busy"}');
  $say->('shell', 'kernel_info_reply', '{"status":"ok","protocol_version":"5.3"}') if $type eq 'kernel_info_request';
  if ($type eq 'execute_request') {
    my ($word) = $text =~ /"code"\s*:\s*"print\('([\w .-]*)'\)"/;
    $say->('iopub', 'stream', qq({"name":"stdout","text":"$word\\n"})) if defined $word;
    $say->('shell', 'execute_reply', '{"status":"ok","execution_count":1}');
  }
  $say->('iopub', 'status', '{"execution_state":"idle"}');
}

# Opcode and text of one frame; undef at the end. Frames of browsers are masked, and those of pages are not in pieces.
sub read_frame {
  my ($guest) = @_;
  my $head = read_bytes($guest, 2) // return;
  my ($first, $second) = unpack 'CC', $head;
  my $length = $second & 127;
  $length = unpack('n', read_bytes($guest, 2) // return) if $length == 126;
  $length = unpack('Q>', read_bytes($guest, 8) // return) if $length == 127;
  return if $length > 1 << 24;
  my $mask = $second & 128 ? read_bytes($guest, 4) // return : "\0\0\0\0";
  my $text = $length > 0 ? read_bytes($guest, $length) // return : '';
  $text ^= substr $mask x (int($length / 4) + 1), 0, $length;
  return [$first & 15, $text];
}

sub read_bytes {
  my ($guest, $wanted) = @_;
  my $all = '';
  while (length $all < $wanted) {
    my $count = read $guest, my $piece, $wanted - length $all;
    return undef unless $count;
    $all .= $piece;
  }
  return $all;
}

sub send_frame {
  my ($guest, $kind, $text) = @_;
  my $length = length $text;
  my $size = $length < 126 ? pack('C', $length) : $length < 65536 ? pack('Cn', 126, $length) : pack('CQ>', 127, $length);
  print $guest pack('C', 128 | $kind), $size, $text;
  $guest->flush;
}

sub accept_word {
  my ($key) = @_;
  my $word = pack 'u', sha1($key . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  # uuencoding with base64's alphabet: 20 bytes are one line, with its length before it.
  chomp $word;
  $word = substr $word, 1;
  $word =~ tr{`!-_}{A-Za-z0-9+/};
  return substr($word, 0, 27) . '=';
}

# FIPS 180-4; Debian's smallest perl brings none.
sub sha1 {
  my ($text) = @_;
  my @sum = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0);
  my $roll = sub { my ($value, $by) = @_; (($value << $by) | ($value >> (32 - $by))) & 0xFFFFFFFF };
  my $whole = $text . "\x80" . "\0" x ((55 - length $text) % 64) . pack 'Q>', 8 * length $text;
  for my $block (unpack '(a64)*', $whole) {
    my @w = unpack 'N16', $block;
    push @w, $roll->($w[-3] ^ $w[-8] ^ $w[-14] ^ $w[-16], 1) while @w < 80;
    my ($a, $b, $c, $d, $e) = @sum;
    for my $t (0 .. 79) {
      my ($f, $k) =
          $t < 20 ? (($b & $c) | (~$b & $d), 0x5A827999)
        : $t < 40 ? ($b ^ $c ^ $d, 0x6ED9EBA1)
        : $t < 60 ? (($b & $c) | ($b & $d) | ($c & $d), 0x8F1BBCDC)
        :           ($b ^ $c ^ $d, 0xCA62C1D6);
      my $next = ($roll->($a, 5) + ($f & 0xFFFFFFFF) + $e + $k + $w[$t]) & 0xFFFFFFFF;
      ($e, $d, $c, $b, $a) = ($d, $c, $roll->($b, 30), $a, $next);
    }
    my @add = ($a, $b, $c, $d, $e);
    $sum[$_] = ($sum[$_] + $add[$_]) & 0xFFFFFFFF for 0 .. 4;
  }
  return pack 'N5', @sum;
}

1;
