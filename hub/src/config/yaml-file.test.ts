import { expect, test, vi } from 'vitest';
import { readYaml } from './yaml-file.ts';

// Found by the fuzzer (test/fuzz): what is wrong with a file goes to the log, and a file holds passwords.
test.each([
  ['a value that begins with *', 'password: *s3cret', /begins with \*/],
  ['a mark that is not closed', 'password: "s3cret', /closing "quote/],
  ['a mapping as a name', '{hub: {password: s3cret}: 1}', /./],
  ['a list as a name', '? [s3cret]\n: 1', /stands where a name should/],
  ['a template that was not filled in', 'password: {{s3cret}}', /stands where a name should/],
  ['what follows the end', 'a: 1\n...\ns3cret: [', /not YAML/],
])('%s is told without quoting it', (_, text, reason) => {
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const read = readYaml(text, 'config.yaml');
  const told = 'faults' in read ? read.faults.map((fault) => fault.reason).join('\n') : '';
  expect(told).toMatch(reason);
  expect(told).not.toContain('s3cret');
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

test('a fault of a very long line is short', () => {
  const read = readYaml(`hub:${' '.repeat(30_000)}"a" ${'b'.repeat(30_000)}: [`, 'config.yaml');
  expect(JSON.stringify(read).length).toBeLessThan(1000);
});
