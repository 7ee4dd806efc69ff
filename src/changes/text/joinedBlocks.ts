/**
 * Finds blocks whose lines belong to another contact, because the user did not type them: a deletion joined two blocks, or
 * the line with an id was moved into another block or exchanged with another one.
 */
import type { ContactRef } from '../../api/contacts';
import type { ByField } from '../../contacts/model/byField';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import type { Block, LineRange, ParsedText } from './parsedText';
import type { SeenValues } from './typedEdits';

/** A sound block with at least one value that is not the contact's. */
interface ChangedBlock {
  readonly block: Block;
  readonly ref: ContactRef;
  readonly typed: ByField<string>;
  readonly own: ByField<string>;
}

/**
 * Marks such blocks as errors, so that they change nothing.
 * @param contacts the document's scope, in the order in which the text was written
 * @param seen the last values in the text
 */
export function withoutJoined(
  parsed: ParsedText,
  contacts: readonly ContactRef[],
  seen: SeenValues,
): ParsedText {
  const changed = parsed.blocks.flatMap((block) => changedBlock(block, seen) ?? []);
  const swapped = swappedBlocks(changed, parsed, contacts, seen);
  const missingBelow = missingBlocks(parsed.missing, contacts);
  const isJoined = (one: ChangedBlock) =>
    swapped.has(one) ||
    isBelowAnotherBlock(one, parsed, seen) ||
    missingBelow(one.ref).some((next) => hasFieldsOf(one.typed, one.own, seen.get(keyOf(next)) ?? {}));
  const joined = new Set(changed.filter(isJoined).map(({ block }) => block));
  const lines = changed.flatMap((one) => joinedLines(one).map((range) => ({ block: one.block, range })));
  if (joined.size + lines.length === 0) return parsed;
  const errors = [
    ...Array.from(joined, ({ idRange }) => ({ code: 'joinedBlocks' as const, range: idRange })),
    ...lines.map(({ range }) => ({ code: 'unknownLine' as const, range })),
  ];
  for (const { block } of lines) joined.add(block);
  return {
    ...parsed,
    blocks: parsed.blocks.map((block) => (joined.has(block) ? { ...block, isSound: false } : block)),
    errors: [...parsed.errors, ...errors].sort((a, b) => a.range.line - b.range.line),
  };
}

function changedBlock(block: Block, seen: SeenValues): ChangedBlock | undefined {
  const { ref, isSound, fields } = block;
  const own = ref && seen.get(keyOf(ref));
  if (ref === undefined || own === undefined || !isSound) return undefined;
  const values = Object.values(fields);
  if (values.every(({ field, value }) => own[field] === value)) return undefined;
  return { block, ref, own, typed: Object.fromEntries(values.map(({ field, value }) => [field, value])) };
}

/** Finds typed values that hold another field of the block, whose own line is missing: a line break was deleted. */
function joinedLines({ block, own }: ChangedBlock): readonly LineRange[] {
  const missing = fieldNames.filter((field) => block.fields[field] === undefined);
  return Object.values(block.fields).flatMap(({ field, value, range }) =>
    value !== own[field] && missing.some((name) => value.includes(`${name}:`)) ? [range] : [],
  );
}

/** Returns the contacts whose blocks are missing directly below the block of a contact, in the order of the scope. */
function missingBlocks(missing: readonly ContactRef[], contacts: readonly ContactRef[]) {
  if (missing.length === 0) return () => [];
  const places = new Map(contacts.map((ref, n) => [ref, n]));
  const gone = new Set(missing);
  return (ref: ContactRef) => {
    const below = contacts.slice((places.get(ref) ?? contacts.length) + 1);
    const next = below.findIndex((one) => !gone.has(one));
    return next < 0 ? below : below.slice(0, next);
  };
}

/** Returns true if the id stands among the lines of the block above, so that its fields are below the id. */
function isBelowAnotherBlock({ block, typed, own }: ChangedBlock, { blocks }: ParsedText, seen: SeenValues) {
  const above = blocks[blocks.indexOf(block) - 1];
  const values = above?.ref && seen.get(keyOf(above.ref));
  if (values === undefined) return false;
  const left = fieldNames.filter((field) => above?.fields[field] === undefined);
  // A block with lines of its own is where it was: the line above was removed, and its value typed here.
  return (
    fieldNames.every((field) => typed[field] === undefined || left.includes(field)) &&
    hasFieldsOf(typed, own, Object.fromEntries(left.map((field) => [field, values[field]])))
  );
}

/**
 * Returns true if the user did not type a changed value, because it is another contact's. The lines after it are that
 * contact's, too, unless the user went on typing; the email address of another contact is enough.
 */
function hasFieldsOf(typed: ByField<string>, own: ByField<string>, other: ByField<string>): boolean {
  const isOfOther = (field: FieldName) => typed[field] === other[field];
  return fieldNames.some(
    (field, n) =>
      typed[field] !== undefined &&
      isOfOther(field) &&
      typed[field] !== own[field] &&
      typed[field] !== '' &&
      (field === 'email' || fieldNames.slice(n + 1).every(isOfOther)),
  );
}

/**
 * Finds blocks that have all values of another contact, whose own block is missing, in error, or has those of a third
 * one. A copy of a block into another one is typed: the other contact still has its values.
 */
function swappedBlocks(
  changed: readonly ChangedBlock[],
  { blocks, missing }: ParsedText,
  contacts: readonly ContactRef[],
  seen: SeenValues,
): ReadonlySet<ChangedBlock> {
  // A block in error does not show whose values it has.
  const broken = blocks.flatMap(({ ref, isSound }) => (ref && !isSound ? [ref] : []));
  const gone = new Set([...missing, ...broken]);
  if (changed.length + gone.size < 2) return new Set();
  const whole = (values: ByField<string> = {}) =>
    JSON.stringify(fieldNames.map((field) => values[field] ?? null));
  const refs = [...changed.map(({ ref }) => ref), ...gone];
  const owners = new Map(refs.map((ref) => [whole(seen.get(keyOf(ref))), ref]));
  const found = new Map<ContactRef, { readonly one: ChangedBlock; readonly owner: ContactRef }>();
  const lost = [...gone].map((ref) => ({ ref, own: seen.get(keyOf(ref)) ?? {} }));
  const likelyOwner = likelyOwners(changed, lost);
  for (const one of changed) {
    const owner = owners.get(whole(one.typed)) ?? likelyOwner(one);
    if (owner && owner !== one.ref) found.set(one.ref, { one, owner });
  }
  if (found.size === 0) return new Set();
  // Ids that were exchanged are a ring. Numbers that were counted on end with a value that no contact had.
  const isRing = (first: ContactRef) => {
    let at: ContactRef | undefined = first;
    for (let n = 0; n < found.size && at; n++) at = found.get(at)?.owner;
    return at !== undefined;
  };
  // An id that was moved to the lines of another contact is out of its order. In its order, the values were typed.
  const places = new Map(contacts.map((ref, n) => [ref, n]));
  const order = blocks.flatMap(({ ref }) => (ref ? (places.get(ref) ?? []) : []));
  const moved = new Set(
    order.filter((place, n) => place < (order[n - 1] ?? -1) || place > (order[n + 1] ?? contacts.length)),
  );
  const isMoved = (ref: ContactRef) => moved.has(places.get(ref) ?? -1);
  const taken = [...found.values()].filter(
    ({ one, owner }) => (gone.has(owner) && isMoved(one.ref)) || isRing(owner),
  );
  return new Set(taken.map(({ one }) => one));
}

/** A contact with its last values in the text. */
type Owner = Pick<ChangedBlock, 'ref' | 'own'>;

/**
 * Returns a function that finds the contact whose values a block has, where the user has also typed some: two of its
 * values or more, and none by which the block's own contact differs from it.
 * @param lost the contacts whose blocks are missing or in error
 */
function likelyOwners(changed: readonly ChangedBlock[], lost: readonly Owner[]) {
  const strange = changed.filter(({ typed, own }) => newFields(typed, own).length > 1);
  const candidates: readonly Owner[] = [...strange, ...lost];
  if (candidates.length < 2) return () => undefined;
  const byPair = new Map<string, Owner[]>();
  for (const one of candidates)
    for (const pair of pairsOf(one.own, fieldNames)) {
      const there = byPair.get(pair);
      if (there) there.push(one);
      else byPair.set(pair, [one]);
    }
  return ({ ref, typed, own }: ChangedBlock): ContactRef | undefined => {
    const found = pairsOf(typed, newFields(typed, own)).flatMap((pair) => byPair.get(pair) ?? []);
    return found.find(
      (other) =>
        other.ref !== ref &&
        fieldNames.every((field) => own[field] === other.own[field] || typed[field] !== own[field]),
    )?.ref;
  };
}

const newFields = (typed: ByField<string>, own: ByField<string>) =>
  fieldNames.filter((field) => (typed[field] ?? '') !== '' && typed[field] !== own[field]);

/** Two values that are not empty, in all ways. */
const pairsOf = (values: ByField<string>, fields: readonly FieldName[]): readonly string[] =>
  fields.flatMap((one, n) =>
    fields.slice(n + 1).flatMap((other) => {
      const pair = [values[one] ?? '', values[other] ?? ''];
      return pair.includes('') ? [] : [JSON.stringify([one, other, ...pair])];
    }),
  );
