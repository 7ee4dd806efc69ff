/** Patches to the code that sends data and reports the result. */
import { lockByAge } from './draftPatches';
import type { Patch } from './patch';

const drafts = 'contacts/drafts';
const saving = 'contacts/saving';

export const savingPatches: readonly Patch[] = [
  {
    name: 'A3',
    mend: 'a value counts as tidied only where it is another one than before',
    replacements: [
      {
        file: `${saving}/putMerged.ts`,
        from: /(holdsSent\(fields\.kindOf\(name\), edits\[name\] \?\? '', )before\[name\]/,
        to: '$1undefined',
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
        file: `${saving}/interactions/sendingMarks.ts`,
        from: /if \(this\.#clock\.monotonic\(\) - at > maxSendingTime\) return draft;/,
        to: 'const age = this.#clock.now() - (draft.sent.since ?? at); if (age < 0 || age > maxSendingTime) return draft;',
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
        file: `${saving}/interactions/findInteraction.ts`,
        from: /included\.map\(\(one\) => \[identityOf\(one\), one\]\)/,
        to: 'included.map((one) => [one.id, one])',
      },
      {
        file: `${saving}/interactions/findInteraction.ts`,
        from: /came\.get\(identityOf\(link\)\)/,
        to: 'came.get(link.id)',
      },
      {
        file: `${saving}/interactions/findInteraction.ts`,
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
        file: `${saving}/interactions/interactionMatch.ts`,
        from: /import \{ tidy \} from '.*';/,
        to: 'const tidy = (text: string) => text.trim();',
      },
      {
        file: `${saving}/interactions/findInteraction.ts`,
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
        file: `${saving}/interactions/findInteraction.ts`,
        from: /const old = new Set\(before\);/,
        to: 'const old = new Set<string>(); void before;',
      },
      {
        file: `${saving}/interactions/findInteraction.ts`,
        from: /if \(ApiError\.is\(error, 'notFound'\)\) continue;/,
        to: '',
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
        file: `${saving}/contactSaves.ts`,
        from: /void this\.resume\(save\);/,
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
        from: /return hasChangedTo\(.*\);/,
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
        file: `${saving}/interactions/newInteractions.ts`,
        from: /return this\.#verify\(key, marked, failure\);/,
        to: 'void failure; return this.#conclude(key, marked, { kind: "there", one: contact });',
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
        file: `${saving}/interactions/sendingMarks.ts`,
        from: /const isClaimed = await this\.#claim\(key, right, sent\);/,
        to: 'const isClaimed = true as boolean | undefined;',
      },
      {
        file: `${saving}/interactions/newInteractions.ts`,
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
];
