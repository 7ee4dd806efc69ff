/** Finds the strings that users read: the arguments of `t` in the code, and the strings of the manifest. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** The complete translations, by VS Code's names of the languages. */
export const languages = ['cy', 'de', 'es', 'fr'];
export const bundleFile = (language) =>
  path.join(root, 'l10n', language ? `bundle.l10n.${language}.json` : 'bundle.l10n.json');
export const manifestFile = (language) =>
  path.join(root, language ? `package.nls.${language}.json` : 'package.nls.json');

const call = /(?<![\w.#])(?:vscode\.l10n\.)?t\(\s*/g;
const literal = /^(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`)/;

/**
 * @returns every string that the code can show, sorted
 * @throws for a call whose text is not a literal
 */
export function stringsOfCode() {
  const found = new Set();
  for (const file of fs.readdirSync(path.join(root, 'src'), { recursive: true })) {
    if (!/\.ts$/.test(file)) continue;
    const source = fs.readFileSync(path.join(root, 'src', file), 'utf8');
    if (!source.includes('l10n')) continue;
    for (const { 0: begin, index } of source.matchAll(call)) {
      const rest = source.slice(index + begin.length);
      const [, single, double, back] = literal.exec(rest) ?? [];
      const text = single ?? double ?? back;
      if (text === undefined)
        throw new Error(`${file}: the text of a t() is no literal: ${rest.slice(0, 40)}`);
      found.add(
        JSON.parse(
          `"${text
            .replace(/\\'/g, "'")
            .replace(/\\`/g, '`')
            .replace(/(?<!\\)"/g, '\\"')}"`,
        ),
      );
    }
  }
  return [...found].toSorted();
}

export const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/** Replaces letters by similar foreign ones: plain text on screen is untranslated. */
export function toPseudo(text) {
  const plain = 'AEIOUYaeiouycdnrst';
  const odd = 'ÀÉÎÕÜÝàéîõüýçðñřšţ';
  const parts = text.split(
    /(\{\d+\}|\(command:[^)]*\)|`[^`]*`|\$\([a-z-]+\)|https?:\/\/\S+|^(?:zero|one|two|few|many|other): | \| (?:zero|one|two|few|many|other): )/,
  );
  return parts
    .map((part, n) =>
      n % 2 === 1 ? part : part.replace(/./g, (letter) => odd[plain.indexOf(letter)] ?? letter),
    )
    .join('');
}
