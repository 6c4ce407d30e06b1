# The contents API for plain files in the person's folder: written whole, on the disk before it is acknowledged.
use strict;
use warnings;
use IO::Handle;

my $folder = $ENV{JUPYTERHUB_ROOT_DIR} // '/home/jovyan/work';

# Status and JSON.
sub put_file {
  my ($name, $body) = @_;
  return (400, '{"message": "What should it hold?"}') unless $body =~ /"content"\s*:\s*"((?:[^"\\]|\\.)*)"/s;
  my $text = $1;
  $text =~ s/\\(.)/$1 eq 'n' ? "\n" : $1 eq 't' ? "\t" : $1/ge;
  my $new = "$folder/.$name.new";
  my $file;
  my $well = open($file, '>', $new) && print({$file} $text) && $file->flush && $file->sync && close($file)
    && rename($new, "$folder/$name");
  return (201, qq({"name": "$name", "path": "$name", "type": "file"})) if $well;
  my $why = "$!";
  unlink $new;
  return (500, qq({"message": "Unexpected error while saving file: $name $why"}));
}

sub get_file {
  my ($name) = @_;
  open my $file, '<', "$folder/$name" or return (404, '{"message": "No such file"}');
  local $/;
  my $text = <$file> // '';
  $text =~ s/(["\\])/\\$1/g;
  $text =~ s/\n/\\n/g;
  return (200, qq({"name": "$name", "path": "$name", "type": "file", "format": "text", "content": "$text"}));
}

1;
