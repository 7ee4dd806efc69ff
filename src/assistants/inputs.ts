/** Parses the input of tools. VS Code does not compare it with the schemas in package.json. */
import * as z from 'zod/mini';
import { isId } from '../api/http/document';
import { parseWith } from '../base/parseWith';
import { ruleIds } from '../changes/checks/finding';
import { fieldNames } from '../contacts/model/contact';

/** The most changes of one call. */
export const maxChanges = 100;
/** The most characters of a query, and of an ID. */
const maxLength = { query: 200, id: 200 } as const;

/** The fields of a contact that may leave this computer. Everything else of a contact stays here. */
const contactFieldNames = [
  'name',
  'first_name',
  'last_name',
  'email',
  'telephone',
  'salutation',
  'association',
] as const;
export type ContactFieldName = (typeof contactFieldNames)[number];

/** The fields of a search result. */
const foundFieldNames = ['name', 'email', 'telephone'] as const;

const filled = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((text) => text.trim() !== ''),
  );
/** The log has the path of each request. A model may give a name or an address in place of an ID. */
const isPlainId = (text: string) => isId(text) && /^[!-?A-~]+$/.test(text);
const id = () => filled(maxLength.id).check(z.refine(isPlainId));
const offset = () => z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(10_000_000)));
const chosen = <T extends string>(names: readonly [T, ...T[]]) =>
  z.optional(z.array(z.enum(names)).check(z.maxLength(20)));

const findInput = z.lazy(() =>
  z.object({
    query: filled(maxLength.query),
    organisation: z.optional(id()),
    fields: chosen(foundFieldNames),
    offset: offset(),
  }),
);
const getInput = z.lazy(() =>
  z.object({
    organisation: id(),
    id: id(),
    fields: chosen(contactFieldNames),
  }),
);
const checkInput = z.lazy(() =>
  z.object({ organisation: id(), kind: z.optional(z.enum(ruleIds)), offset: offset() }),
);
const proposeInput = z.lazy(() =>
  z.object({
    organisation: id(),
    // Each change is parsed alone, so that one that is wrong does not refuse the others.
    changes: z.array(z.unknown()).check(z.minLength(1), z.maxLength(maxChanges)),
  }),
);
const changeInput = z.lazy(() => z.object({ id: id(), field: z.enum(fieldNames), value: z.string() }));

export const parseFind = (input: unknown) => parseWith(findInput, input);
export const parseGet = (input: unknown) => parseWith(getInput, input);
export const parseCheck = (input: unknown) => parseWith(checkInput, input);
export const parsePropose = (input: unknown) => parseWith(proposeInput, input);
export const parseChange = (input: unknown) => parseWith(changeInput, input);

export type FindInput = NonNullable<ReturnType<typeof parseFind>>;
export type GetInput = NonNullable<ReturnType<typeof parseGet>>;
export type CheckInput = NonNullable<ReturnType<typeof parseCheck>>;
export type ProposeInput = NonNullable<ReturnType<typeof parsePropose>>;
export type ChangeInput = NonNullable<ReturnType<typeof parseChange>>;

/** Returns each field once. A search shows names unless the model asks for something else. */
export const fieldsOf = <T extends string>(fields: readonly T[] | undefined): readonly (T | 'name')[] => [
  ...new Set(['name' as const, ...(fields ?? [])]),
];
