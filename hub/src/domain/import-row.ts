/** One line of the account that is given of an import. */
export interface ImportRow {
  readonly kind: 'user' | 'group' | 'role' | 'service' | 'token' | 'volume' | 'container' | 'password';
  readonly name: string;
  readonly what: 'new' | 'changed' | 'there' | 'found' | 'left out' | 'in the way';
  readonly detail: string;
}
