/** Patches to the code that keeps typed texts, in windows and on the disk. */
import type { Patch, Replacement } from './patch';

const drafts = 'contacts/drafts';
const storage = 'platform/storage';

/** Recognises a lock by its age alone, without a mark of its owner, so that a lost lock goes unnoticed. */
export const lockByAge: readonly Replacement[] = [
  {
    file: `${storage}/draftFiles.ts`,
    from: /if \(!\(await locked\.lock\.isHeld\(\)\)\) throw new TurnLost\(\);/,
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

export const draftPatches: readonly Patch[] = [
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
    name: 'A10',
    mend: 'what is typed without a pause reaches the disk',
    replacements: [
      {
        file: `${drafts}/draftEntry.ts`,
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
        file: `${drafts}/firstRead.ts`,
        from: /await storage\.exclusively\(name, async \(\) => \{\s*if \(await isUnreadable\(\)\) await this\.setAside\(name\);\s*\}\);/,
        to: 'await this.setAside(name);',
      },
      {
        file: `${storage}/draftFiles.ts`,
        from: /const seen = this\.#locked\.get\(name\)\?\.seen;\s*const from = join\(seen \? this\.folder : this\.#endings, name\);/,
        to: 'const seen = undefined as Buffer | undefined; const from = join(this.folder, name);',
      },
      {
        file: `${storage}/draftFiles.ts`,
        from: /await this\.#check\(name\);\s*await this\.#disk\.rename\(from, to\);\s*const moved/,
        to: 'await this.#disk.rename(from, to);\n    const moved',
      },
      {
        file: `${drafts}/storedDrafts.ts`,
        from: /if \(there\) this\.#join\(known, there\.draft, there\.lineage\);(?=\s*\/\/[^\n]*\n\s*const isVanished)/,
        to: 'this.#join(known, there?.draft, there?.lineage ?? known.lineage);',
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
        from: /if \(there\) this\.#join\(known, there\.draft, there\.lineage\);(?=\s*\/\/[^\n]*\n\s*const isVanished)/,
        to: 'this.#join(known, there?.draft, there?.lineage ?? known.lineage);',
      },
    ],
    profiles: ['files'],
    breaks: ['kept', 'stored'],
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
    name: 'draftLineage',
    mend: 'a draft that begins anew on the disk takes away nothing that another window remembers',
    replacements: [
      {
        file: `${drafts}/draftEntry.ts`,
        from: /const isSuccessor = lineage === this\.lineage;/,
        to: 'const isSuccessor = true;',
      },
    ],
    profiles: ['files'],
    breaks: ['kept', 'stored'],
  },
];
