/** Texts that attack their readers, by the kind of attack. */
const million = 1_000_000;

export const hostileStrings: Readonly<Record<string, string>> = {
  script: '<script>window.hacked = true</script>',
  handler: '<img src=x onerror="window.hacked = true">',
  attribute: `" autofocus onfocus="window.hacked = true" x="`,
  svg: '<svg onload="window.hacked = true"><a href="javascript:window.hacked=true">x</a></svg>',
  style: '</title></style><style>* { display: none }</style>',
  frame: '<iframe srcdoc="<script>parent.hacked = true</script>"></iframe>',
  form: '<form action="https://evil.example"><button>Sign in</button></form>',
  entity: '&lt;script&gt; &#60;b&#62; &amp;',
  link: '[Sign in again](https://evil.example)',
  image: '![](https://evil.example/pixel.png)',
  command: '[Retry](command:workbench.action.terminal.new)',
  commandUri: 'command:workbench.action.terminal.new?%5B%5D',
  script_uri: 'javascript:window.hacked=true',
  icon: '$(trash) $(sync~spin) \\$(bug) \\\\$(error)',
  template: '{0} {1} {{constructor}} %s %o',
  bidi: 'admin\u202Egro.elpmaxe\u202C \u2066x\u2069',
  ansi: '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007 \u009b1m',
  control: 'a\u0000b\u0007c\bd\re\u0085f\u2028g\u2029h\uFEFFi',
  lines: 'one\n2026-01-01 00:00:00.000 [error] a line of its own\r\n\tthree',
  high: 'lone \uD83D half',
  low: '\uDE00 lone',
  __proto__key: '__proto__',
  constructor_: 'constructor',
  toString_: 'toString',
  long: `Long${'x'.repeat(million)}`,
  wide: `Wide${'\uFDFA'.repeat(million / 4)}`,
  spaces: `${' '.repeat(million)}Spaces`,
  dots: `a@${'a.'.repeat(million / 2)}@`,
  digits: `${'1'.repeat(million)}x`,
};

/** Names for attributes, relationships and the like. `JSON.parse` makes an own property of each. */
export const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  'then',
  'length',
  '',
  '<b>key</b>',
  '$(trash)',
  'a\u202Eb',
  '\uD800',
  `key${'k'.repeat(million)}`,
];

/** The JSON text of a contact that holds all of these texts and names in all places. */
export function hostileContact(id: string, fields: Readonly<Record<string, string>> = {}): string {
  const strings = Object.values(hostileStrings);
  const text = (n: number) => JSON.stringify(strings[n % strings.length]);
  const pairs = (value: (n: number) => string) =>
    hostileKeys.map((key, n) => `${JSON.stringify(key)}:${value(n)}`).join(',');
  const own = Object.entries(fields).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`,
  );
  const nested = (n: number) => `{"__proto__":{"polluted":true},"constructor":{"prototype":${text(n)}}}`;
  return [
    `{"id":${JSON.stringify(id)},"type":"contacts","attributes":{${own.join('')}`,
    `${strings.map((_, n) => `"s${n}":${text(n)}`).join(',')},${pairs(nested)}},`,
    `"meta":{"created_at":${text(0)},"modified_at":${text(5)},${pairs(text)}},`,
    `"relationships":{"author":{"data":{"id":"x","type":${text(0)}}},`,
    `${pairs((n) => `{"data":[{"id":"y${n}","type":${text(n)}}]}`)}}}`,
  ].join('');
}
