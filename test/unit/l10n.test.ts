import assert from 'node:assert/strict';
import { bundleFile, languages, manifestFile, read, stringsOfCode } from '../../scripts/lib/strings.mjs';

/** Returns the parts that a translation must keep: placeholders, commands and addresses. */
const fixed = (text: string) => [
  ...new Set(text.match(/\{\d+\}|\(command:[^)]*\)|https?:\/\/[\w./#-]*\w|`[^`]*`|ctrlHub\.\w+/g)),
];
/** Returns the plural forms with their names, as `plural` parses them. */
const formsOf = (text: string) =>
  text.split(' | ').map((form) => {
    const colon = form.indexOf(': ');
    return [form.slice(0, colon), form.slice(colon + 2)] as const;
  });
const namesOf = (text: string) =>
  formsOf(text)
    .map(([name]) => name)
    .toSorted();
const places = (text: string) => (text.match(/\{\d+\}/g) ?? []).toSorted();
const isPlural = (text: string) => text.startsWith('one: ');

describe('the translations', () => {
  const strings = stringsOfCode();

  it('begin from every string of the code', () => {
    assert.ok(strings.length > 200);
    assert.deepEqual(Object.keys(read(bundleFile())).toSorted(), strings.toSorted());
  });

  for (const language of languages) {
    it(`${language}: say everything, and nothing else`, () => {
      assert.deepEqual(Object.keys(read(bundleFile(language))).toSorted(), strings.toSorted());
      const english: Record<string, string> = read(manifestFile());
      const manifest: Record<string, string> = read(manifestFile(language));
      assert.deepEqual(Object.keys(manifest), Object.keys(english));
    });

    it(`${language}: keep every value, command and address, and leave nothing empty or as it was`, () => {
      const bundle: Record<string, string> = read(bundleFile(language));
      const english: Record<string, string> = read(manifestFile());
      const manifest: Record<string, string> = read(manifestFile(language));
      const pairs = [
        ...Object.entries(bundle),
        ...Object.entries(english).map(([key, text]) => [text, manifest[key] ?? ''] as const),
      ];
      for (const [original, translated] of pairs) {
        assert.notEqual(translated.trim(), '', original);
        assert.deepEqual(fixed(translated).toSorted(), fixed(original).toSorted(), original);
        // Short texts may be equal in two languages; sentences are not.
        if (original.length > 24) assert.notEqual(translated, original);
      }
    });

    it(`${language}: have each form that the language counts in`, () => {
      const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
      const bundle: Record<string, string> = read(bundleFile(language));
      const plurals = Object.entries(bundle).filter(([original]) => isPlural(original));
      assert.ok(plurals.length > 5);
      for (const [original, translated] of plurals) assert.deepEqual(namesOf(translated), wanted, original);
    });

    it(`${language}: say 0 of nothing, or no number`, () => {
      const category = new Intl.PluralRules(language).select(0);
      const bundle: Record<string, string> = read(bundleFile(language));
      for (const [original, translated] of Object.entries(bundle)) {
        if (!isPlural(original)) continue;
        const forms = new Map(formsOf(translated));
        const other = forms.get('other') ?? '';
        const said = forms.get(category) ?? other;
        assert.doesNotMatch(said.replace(/\{\d+\}/g, '0'), /[1-9]/, translated);
        // A form that is not only for 1 must contain the number; a number word would be wrong, too.
        if (category === 'one') assert.deepEqual(places(said), places(other), translated);
      }
    });
  }
});
