/** Forms of a counted thing; `#` stands for the number. A language that knows no singular needs none. */
interface Forms {
  readonly one?: string;
  readonly other: string;
}

/** How a language counts: `1 Person`, `1.234 Personen`. Rules and digits are Unicode's, by `Intl`. */
export function countingIn(lang: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);
  return (n, { one, other }) => {
    const form = rules.select(n) === 'one' ? (one ?? other) : other;
    return form.replace('#', numbers.format(n));
  };
}
