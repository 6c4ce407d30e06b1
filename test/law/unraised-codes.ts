/** Codes of the catalogue that stand in no file of the product but the catalogue's own: nobody is ever told of them. */
export function unraisedCodes(
  codes: readonly string[],
  sources: ReadonlyMap<string, string>,
): readonly string[] {
  const said = [...sources]
    .filter(([path]) => !/\.test\.tsx?$|\/domain\/problems\/|\/views\/messages\//.test(path))
    .map(([, text]) => text)
    .join('\n');
  return codes.filter((code) => !said.includes(`'${code}'`));
}
