/**
 * Mends of the product that can be taken out one by one, to see that the model-based test finds what they mend.
 * Each stands for a way to lose, double or misreport something that was found in the product once.
 */
import type { PromiseName } from '../brokenPromise';

export interface Replacement {
  /** Below src/. */
  readonly file: string;
  /** Matches once, or the patch no longer fits. */
  readonly from: RegExp;
  readonly to: string;
}

export interface Patch {
  readonly name: string;
  /** What the patch takes out. */
  readonly mend: string;
  readonly replacements: readonly Replacement[];
  /** The profiles that are to find it, one after the other. */
  readonly profiles: readonly string[];
  /** The promises that break, if it is not just any of them. */
  readonly breaks: readonly PromiseName[];
}

const drafts = 'contacts/drafts';
const saving = 'contacts/saving';
const storage = 'platform/storage';

/** A lock is one again by its age alone, with no mark of its owner: nobody notices that a turn was lost. */
const lockByAge: readonly Replacement[] = [
  {
    file: `${storage}/draftFiles.ts`,
    from: /if \(!\(await held\.lock\.isHeld\(\)\)\) throw new TurnLost\(\);/,
    to: 'return;',
  },
  {
    file: `${storage}/draftFiles.ts`,
    from: /this\.#disk\.remove\(join\(this\.folder, `\$\{name\}\.\$\{createMark\(owner\)\}`\)\),/,
    to: 'Promise.resolve(),',
  },
  {
    file: `${storage}/fileLock.ts`,
    from: /if \(\(await ownerOf\(file, disk\)\) === owner\) await take\(file, owner, disk\);/,
    to: 'await disk.remove(file);',
  },
];

export const patches: readonly Patch[] = [
  {
    name: 'A1',
    mend: 'a form that is only begun counts as empty, and what another window had is kept whole',
    replacements: [
      {
        file: `${drafts}/interactionDraftJoin.ts`,
        from: /draft && typedIn\(draft\)\.length > 0 \? (JSON\.stringify\(.*\)) : undefined;/,
        to: 'draft ? $1 : undefined;',
      },
      {
        file: `${drafts}/interactionDraftJoin.ts`,
        from: /return withOthers\(draft, lost\.reduce\(withOther, others\)\);/,
        to: 'void lost; return withOthers(draft, others);',
      },
    ],
    profiles: ['two forms'],
    breaks: ['kept'],
  },
  {
    name: 'A2',
    mend: 'taking a revert back keeps what was typed since, here or in another window',
    replacements: [
      {
        file: 'panel/editing.ts',
        from: /withReverted\(\s*draft \?\? \{.*?\},\s*reverted,\s*\);/s,
        to: '{ left: { ...reverted, revision: draft?.revision ?? 0 }, others: [] };',
      },
    ],
    profiles: ['typing'],
    breaks: ['kept'],
  },
  {
    name: 'A3',
    mend: 'a value counts as tidied only where it is another one than before',
    replacements: [
      {
        file: `${saving}/putMerged.ts`,
        from: /\(now\[name\] !== before\[name\] && (sameFieldValue\(kindOf\(name\), mine, now\[name\]\))\)/,
        to: '$1',
      },
    ],
    profiles: ['lost answers'],
    breaks: ['true', 'kept'],
  },
  {
    name: 'A4',
    mend: 'a text that equals the value that its edit began with is an edit over a newer one',
    replacements: [
      {
        file: `${saving}/merge.ts`,
        from: /mine === undefined \|\| mine === theirs\)/,
        to: 'mine === undefined || mine === theirs || mine === before)',
      },
      {
        file: `${drafts}/draft.ts`,
        from: /(fieldNames\.filter\(\(field\) => draft\.edits\[field\] === now\[field\])\)/,
        to: '$1 || draft.edits[field] === draft.base[field])',
      },
    ],
    profiles: ['typing back'],
    breaks: ['kept', 'true'],
  },
  {
    name: 'A5',
    mend: 'how long another window has had an interaction on its way is measured by the monotonic clock',
    replacements: [
      {
        file: `${saving}/sendingMarks.ts`,
        from: /if \(this\.#clock\.monotonic\(\) - at > longestSending\) return draft;/,
        to: 'const age = this.#clock.now() - (draft.sent.since ?? at); if (age < 0 || age > longestSending) return draft;',
      },
    ],
    profiles: ['clocks'],
    breaks: ['once', 'true'],
  },
  {
    name: 'A6a',
    mend: 'related records are told apart by type and ID, and one that cannot be compared is no proof',
    replacements: [
      {
        file: `${saving}/findInteraction.ts`,
        from: /included\.map\(\(one\) => \[identityOf\(one\), one\]\)/,
        to: 'included.map((one) => [one.id, one])',
      },
      {
        file: `${saving}/findInteraction.ts`,
        from: /came\.get\(identityOf\(link\)\)/,
        to: 'came.get(link.id)',
      },
      {
        file: `${saving}/findInteraction.ts`,
        from: /if \(match === 'alike' && .*\) alike\.push\(one\);/,
        to: '',
      },
    ],
    profiles: ['looking'],
    breaks: ['true', 'once'],
  },
  {
    name: 'A6b',
    mend: 'an interaction that the API tidied is the one that was sent, or may be it',
    replacements: [
      {
        file: `${saving}/interactionMatch.ts`,
        from: /const tidy = \(text: string\) => .*;/,
        to: 'const tidy = (text: string) => text.trim();',
      },
      {
        file: `${saving}/findInteraction.ts`,
        from: /if \(match === 'alike' && .*\) alike\.push\(one\);/,
        to: '',
      },
    ],
    profiles: ['looking'],
    breaks: ['true', 'once'],
  },
  {
    name: 'A7',
    mend: 'an interaction that cannot be read any more does not keep others from being found',
    replacements: [
      {
        file: `${saving}/findInteraction.ts`,
        from: /const old = new Set\(before\);/,
        to: 'const old = new Set<string>(); void before;',
      },
      {
        file: `${saving}/findInteraction.ts`,
        from: /else if \(!ApiError\.is\(answer\.error, 'notFound'\)\)/,
        to: 'else',
      },
    ],
    profiles: ['looking'],
    breaks: ['calm'],
  },
  {
    name: 'A8',
    mend: 'an attribute whose value is refused is never left out',
    replacements: [
      {
        file: `${saving}/putMerged.ts`,
        from: /const attributes = refusedAttributes\(error, outgoing\);/,
        to: `const attributes = refusedAttributes(error, outgoing);
      const guessed = error.problems.flatMap(({ field }) =>
        field && field in outgoing.update.attributes && !(field in outgoing.edits)
          ? [{ name: field, value: outgoing.update.attributes[field] }]
          : [],
      );
      if (guessed.length > 0 && round < maxRounds) {
        request = { ...request, without: guessed };
        continue;
      }`,
      },
    ],
    profiles: ['saving'],
    breaks: ['theirs'],
  },
  {
    name: 'A9 429',
    mend: 'a save that was asked to wait goes on with what was there when Save was pressed',
    replacements: [
      {
        file: `${saving}/saves.ts`,
        from: /void this\.resume\(\{ ref, request \}\);/,
        to: 'void this.save(ref);',
      },
    ],
    profiles: ['waiting'],
    breaks: ['asked'],
  },
  {
    name: 'A9 401',
    mend: 'a save that the end of the session stopped goes on with what was there when Save was pressed',
    replacements: [
      {
        file: 'contacts/accountStores.ts',
        from: /for \(const save of waiting\) if \(isCurrent\(\)\) await now\.resume\(save\);/,
        to: 'for (const save of waiting) if (isCurrent()) await now.save(save.ref);',
      },
    ],
    profiles: ['waiting'],
    breaks: ['asked'],
  },
  {
    name: 'A9 person',
    mend: 'only the same person goes on with a save',
    replacements: [
      {
        file: 'contacts/accountStores.ts',
        from: /return before\.label !== undefined && before\.label === now\.label;/,
        to: 'return before.label === undefined || now.label === undefined || before.label === now.label;',
      },
    ],
    profiles: ['waiting'],
    breaks: ['asked'],
  },
  {
    name: 'A10',
    mend: 'what is typed without a pause reaches the disk',
    replacements: [
      {
        file: `${drafts}/storedDrafts.ts`,
        from: /const left = Math\.min\(delay\.usual, .*\);/,
        to: 'const left = delay.usual;',
      },
    ],
    profiles: ['typing', 'two forms'],
    breaks: ['stored'],
  },
  {
    name: 'A11',
    mend: 'a lock has its owner’s mark, and who lost its turn changes nothing',
    replacements: lockByAge,
    profiles: ['standing still'],
    breaks: ['kept', 'stored', 'once'],
  },
  {
    name: 'A12',
    mend: 'the age of a lock is measured by the clock of the one who watches it',
    replacements: [
      {
        file: `${storage}/fileLock.ts`,
        from: /if \(watched < life\)/,
        to: 'if (!(clock.now() - (await disk.modified(file).catch(() => clock.now())) > life))',
      },
    ],
    profiles: ['left behind'],
    breaks: ['stored'],
  },
  {
    name: 'A13',
    mend: 'a draft that is set aside replaces none that was set aside before',
    replacements: [
      { file: `${storage}/draftFiles.ts`, from: /const isTaken = .*;/, to: 'const isTaken = false;' },
    ],
    profiles: ['files'],
    breaks: ['aside'],
  },
  {
    name: 'A14',
    mend: 'a text that is newer than what another window saved stays',
    replacements: [
      {
        file: `${drafts}/draftJoin.ts`,
        from: /const isOurs = touchedHere && \(ours !== undefined \|\| !touchedThere\);/,
        to: 'const isOurs = touchedHere && !(touchedThere && other === undefined);',
      },
      {
        file: `${drafts}/draftJoin.ts`,
        from: /if \(isOurs && touchedThere\)/,
        to: 'if (isOurs && touchedThere && ours !== undefined)',
      },
    ],
    profiles: ['two windows'],
    breaks: ['kept'],
  },
  {
    name: 'A15 aside',
    mend: 'a draft is set aside in its turn, and only if it still cannot be read',
    replacements: [
      {
        file: `${drafts}/storedDrafts.ts`,
        from: /await this\.#storage\.exclusively\(name, async \(\) => \{\s*if \(await isUnreadable\(\)\) await this\.#setAside\(name\);\s*\}\);/,
        to: 'await this.#setAside(name);',
      },
      {
        file: `${storage}/draftFiles.ts`,
        from: /const seen = this\.#held\.get\(name\)\?\.seen;\s*const from = join\(seen \? this\.folder : this\.#endings, name\);/,
        to: 'const seen = undefined as Buffer | undefined; const from = join(this.folder, name);',
      },
      {
        file: `${storage}/draftFiles.ts`,
        from: /await this\.#check\(name\);\s*await this\.#disk\.rename\(from, to\);\s*const moved/,
        to: 'await this.#disk.rename(from, to);\n    const moved',
      },
      {
        file: `${drafts}/storedDrafts.ts`,
        from: /if \(there\) this\.#join\(known, there\.draft, there\.line\);\s*\/\/ Nobody/,
        to: 'this.#join(known, there?.draft, there?.line ?? known.line);\n    // Nobody',
      },
    ],
    profiles: ['files'],
    breaks: ['kept', 'stored'],
  },
  {
    name: 'A15 vanish',
    mend: 'a file that vanishes empties no form',
    replacements: [
      {
        file: `${drafts}/storedDrafts.ts`,
        from: /if \(there\) this\.#join\(known, there\.draft, there\.line\);\s*\/\/ Nobody/,
        to: 'this.#join(known, there?.draft, there?.line ?? known.line);\n    // Nobody',
      },
    ],
    profiles: ['files'],
    breaks: ['kept', 'stored'],
  },
  {
    name: 'B5',
    mend: 'a value of ours that the API tidied is not a colleague’s',
    replacements: [
      {
        file: `${saving}/merge.ts`,
        from: /ours === undefined \|\| !sameFieldValue\(kindOf\(field\), ours, theirs\)/,
        to: 'ours === undefined || ours !== theirs',
      },
      {
        file: `${drafts}/draft.ts`,
        from: /return now !== base\[field\] && isSame\(.*\);/,
        to: 'return now !== base[field] && ours === now;',
      },
    ],
    profiles: ['lost answers'],
    breaks: ['true'],
  },
  {
    name: 'D1',
    mend: 'an interaction is logged where the answer shows it, whatever the status says',
    replacements: [
      {
        file: `${saving}/interactionSaves.ts`,
        from: /return this\.#verify\(ref, marked, failure\);/,
        to: 'void failure; return this.#conclude(ref, marked, { kind: "there", one: contact });',
      },
    ],
    profiles: ['notes'],
    breaks: ['true', 'kept'],
  },
  {
    name: 'D3',
    mend: 'a window that stands still in its write does not send what another one sends',
    replacements: [
      ...lockByAge,
      {
        file: `${saving}/sendingMarks.ts`,
        from: /const isClaimed = await this\.#claim\(key, right, sent\);/,
        to: 'const isClaimed = true as boolean | undefined;',
      },
      {
        file: `${saving}/interactionSaves.ts`,
        from: /const confirm = \(\) => this\.#marks\.confirm\(.*\);/,
        to: 'const confirm = async () => undefined;',
      },
    ],
    profiles: ['both send'],
    breaks: ['once'],
  },
  {
    name: 'D6',
    mend: 'a value that may have arrived is still ours once more is typed',
    replacements: [
      {
        file: `${saving}/merge.ts`,
        from: /const ours = sent\?\.\[field\];/,
        to: 'const ours = sent?.[field] === mine ? mine : undefined;',
      },
      {
        file: `${drafts}/draft.ts`,
        from: /const ours = sent\?\.\[field\];\s*if \(ours === undefined \|\| now === undefined\) return false;/,
        to: 'const ours = sent?.[field]; if (ours !== undefined) return false; if (now === undefined || ours === undefined) return false;',
      },
    ],
    profiles: ['lost answers'],
    breaks: ['true'],
  },
  {
    name: 'choice',
    mend: 'typing into a field ends what was chosen for it earlier',
    replacements: [
      {
        file: `${drafts}/choices.ts`,
        from: /if \(choice === undefined\) return draft;/,
        to: 'if (choice !== null) return draft;',
      },
    ],
    profiles: ['choosing'],
    breaks: ['kept', 'asked', 'true'],
  },
  {
    name: 'draftLine',
    mend: 'a draft that begins anew on the disk takes away nothing that another window remembers',
    replacements: [
      {
        file: `${drafts}/storedDrafts.ts`,
        from: /const isSuccessor = line === entry\.line;/,
        to: 'const isSuccessor = true;',
      },
    ],
    profiles: ['files'],
    breaks: ['kept', 'stored'],
  },
];
