/**
 * Measures the openings of comment sentences. A sentence that opens with "What", "Whether" or "Nobody" hides its
 * subject, so that fewer than 3 % of all sentences may do so.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from './lib/paths.mjs';
import { giveUp, say } from './lib/say.mjs';

const folders = ['src', 'scripts', 'test'];
const openings = /^(?:what|where|who|whose|whether|of|nobody|somebody)\b/i;
const maxShare = 0.03;

const files = folders
  .flatMap((folder) =>
    fs.readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.join(folder, name)),
  )
  .filter((name) => /\.(?:[cm]?js|tsx?)$/.test(name))
  .sort();

/** The comments of a file as texts. Line comments that follow each other are one text. */
function commentsOf(file) {
  const source = fs.readFileSync(path.join(root, file), 'utf8');
  const { comments, errors } = parseSync(file, source);
  if (errors.length > 0) giveUp(`${file}: ${errors[0].message}`);
  const texts = [];
  let end;
  for (const { type, value, start, end: next } of comments) {
    const follows = end !== undefined && /^\n[\t ]*$/.test(source.slice(end, start));
    if (type === 'Line' && follows) texts.push(`${texts.pop()}\n${value}`);
    else texts.push(value);
    end = type === 'Line' ? next : undefined;
  }
  return texts;
}

/** Splits a comment at its tags, its empty lines and the ends of its sentences. */
function sentencesOf(comment) {
  return comment
    .replaceAll(/^[\t ]*\*+ ?/gm, '')
    .split(/\n\s*\n|\n\s*(?=@|- )|(?<=\.) (?=@)/)
    .map((part) =>
      part
        .replaceAll(/\s+/g, ' ')
        .replace(/^\s*(?:- |@param \S+ |@\w+ |biome-ignore \S+: )/, '')
        .trim(),
    )
    .flatMap((part) => part.split(/(?<=[.!?][)"']?) (?=["'`(]?[A-Z])/))
    .filter((sentence) => /\p{L}/u.test(sentence));
}

const counts = files.map((file) => {
  const sentences = commentsOf(file).flatMap(sentencesOf);
  return { file, total: sentences.length, found: sentences.filter((sentence) => openings.test(sentence)) };
});
const total = counts.reduce((sum, each) => sum + each.total, 0);
const found = counts.reduce((sum, each) => sum + each.found.length, 0);
const percent = ((found / total) * 100).toFixed(1);
const worst = counts.filter((each) => each.found.length > 0).sort((a, b) => b.found.length - a.found.length);
for (const { file, found: hits } of worst.slice(0, 10)) say(`  ${hits.length} in ${file}, e.g. "${hits[0]}"`);
say(`  ${found} of ${total} comment sentences (${percent} %) open with a word that hides their subject`);
if (found >= total * maxShare) giveUp(`Fewer than ${maxShare * 100} % are allowed`);
