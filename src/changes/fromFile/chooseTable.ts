/** Lets the user choose a file, and confirm how it is read: columns, delimiter, encoding, and empty cells. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { askPick } from '../../platform/dialogs/steps';
import { fieldLabels, namesOf } from '../../platform/text/labels';
import { plain } from '../../platform/text/plain';
import { formatNumber, plural } from '../../platform/text/plural';
import { textOfCell } from '../file/cells';
import { changingFields, columnsOf, keyOfColumns, withUse } from '../file/columns';
import {
  type Column,
  type ColumnUse,
  delimiters,
  type Encoding,
  encodings,
  type FileForm,
} from '../file/fileUpdate';
import { readTable, type TableProblem } from '../file/table';
import { type OpenFile, openTable, problemText } from './openTable';

const { t } = vscode.l10n;

export interface ChosenTable {
  /** The name of the file, as one line. */
  readonly name: string;
  /** All rows, including the header. */
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly Column[];
  readonly emptyMeansEmpty: boolean;
  /** The values of the column that names the organisation, each once; empty if there is none. */
  readonly organisationIds: readonly string[];
}

/** @returns undefined if the user cancels */
export async function chooseTable(title: string): Promise<ChosenTable | undefined> {
  let last: vscode.Uri | undefined;
  for (;;) {
    const file = await openTable(title, last);
    if (file === undefined) return undefined;
    last = file.uri;
    const chosen = await confirm(file, title);
    if (chosen !== 'back') return chosen;
  }
}

/** How the file is read so far. */
interface TableForm {
  readonly form: FileForm;
  readonly rows: readonly (readonly string[])[] | TableProblem;
  readonly columns: readonly Column[];
  readonly emptyMeansEmpty: boolean;
}

type Line = vscode.QuickPickItem & { readonly change?: 'go' | 'delimiter' | 'encoding' | 'empty' | number };

async function confirm(file: OpenFile, title: string): Promise<ChosenTable | 'back' | undefined> {
  let table = readAs(file, file.form, false);
  let active: Line['change'];
  for (;;) {
    const items = linesOf(table);
    const uncertain = items.find(({ label }) => label.startsWith(warning));
    const line = await askPick({
      title: `${title}: ${plain(file.name)}`,
      canGoBack: true,
      placeholder: t('Check how the file is read. Select a line to change it.'),
      items,
      active: active === undefined ? uncertain : items.find(({ change }) => change === active),
    });
    if (line === 'back') return 'back';
    if (line === 'cancelled') return undefined;
    const next = await change(file, table, line.change, title);
    if (next === 'cancelled') return undefined;
    if ('name' in next) return next;
    table = next;
    active = line.change;
  }
}

function readAs({ bytes }: Pick<OpenFile, 'bytes'>, form: FileForm, emptyMeansEmpty: boolean): TableForm {
  const rows = readTable(bytes, form);
  return { form, rows, columns: typeof rows === 'string' ? [] : columnsOf(rows[0] ?? []), emptyMeansEmpty };
}

async function change(
  file: OpenFile,
  table: TableForm,
  what: Line['change'],
  title: string,
): Promise<TableForm | ChosenTable | 'cancelled'> {
  const { form, rows, columns, emptyMeansEmpty } = table;
  switch (what) {
    case undefined:
      return table;
    case 'go':
      return typeof rows === 'string' || complaint(table) !== undefined
        ? table
        : {
            name: file.name,
            rows,
            columns,
            emptyMeansEmpty,
            organisationIds: organisationsOf(rows, columns),
          };
    case 'empty':
      return { ...table, emptyMeansEmpty: !emptyMeansEmpty };
    case 'delimiter':
    case 'encoding': {
      const labels: Readonly<Record<string, string>> =
        what === 'delimiter' ? delimiterLabels() : encodingLabels();
      const all = what === 'delimiter' ? delimiters : encodings;
      const value = await choose(
        all,
        labels,
        form[what],
        title,
        what === 'delimiter' ? t('Delimiter') : t('Encoding'),
      );
      if (value === 'cancelled' || value === 'back') return value === 'back' ? table : value;
      const doubtful = form.doubtful.filter((part) => part !== what);
      return readAs(file, { ...form, [what]: value, doubtful }, emptyMeansEmpty);
    }
    default: {
      const { header, use, couldBe } = columns[what] ?? { header: '', use: 'ignored' };
      const question = t('What is in the column {0}?', headerText(header, what));
      const value = await choose(uses, useLabels(), use, title, question, couldBe);
      if (value === 'cancelled' || value === 'back') return value === 'back' ? table : value;
      return { ...table, columns: withUse(columns, what, value) };
    }
  }
}

async function choose<T extends string>(
  values: readonly T[],
  labels: Readonly<Record<string, string>>,
  now: string,
  title: string,
  placeholder: string,
  likely: string = now,
): Promise<T | 'back' | 'cancelled'> {
  const items = values.map((value) => ({
    value,
    label: labels[value] ?? value,
    ...(value === now && { description: t('now') }),
  }));
  const active = items.find(({ value }) => value === likely);
  const chosen = await askPick({ title, canGoBack: true, placeholder, items, active });
  return typeof chosen === 'string' ? chosen : chosen.value;
}

const uses: readonly ColumnUse[] = [
  'id',
  'email',
  'first_name',
  'last_name',
  'telephone',
  'organisationId',
  'ignored',
];

const useLabels = (): Readonly<Record<ColumnUse, string>> => ({
  ...fieldLabels(),
  id: t('ID'),
  organisationId: t('Organisation ID'),
  ignored: t('not used'),
});

const delimiterLabels = () => ({
  ',': t('comma'),
  ';': t('semicolon'),
  '\t': t('tab'),
  '|': t('vertical bar'),
});

const encodingLabels = (): Readonly<Record<Encoding, string>> => ({
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': `Windows-1252 · ${t('Western Europe')}`,
  'windows-1250': `Windows-1250 · ${t('Central Europe')}`,
  'windows-1251': `Windows-1251 · ${t('Cyrillic')}`,
  'windows-1253': `Windows-1253 · ${t('Greek')}`,
  'windows-1254': `Windows-1254 · ${t('Turkish')}`,
  'windows-1255': `Windows-1255 · ${t('Hebrew')}`,
  'windows-1256': `Windows-1256 · ${t('Arabic')}`,
  'windows-1257': `Windows-1257 · ${t('Baltic')}`,
  macintosh: 'Mac OS Roman',
  ibm437: 'MS-DOS 437',
  ibm850: `MS-DOS 850 · ${t('Western Europe')}`,
  ibm852: `MS-DOS 852 · ${t('Central Europe')}`,
});

const warning = '$(warning) ';
const separator = (label: string): Line => ({ label, kind: vscode.QuickPickItemKind.Separator });

function linesOf(table: TableForm): readonly Line[] {
  const { form, columns, emptyMeansEmpty } = table;
  const found = (part: 'delimiter' | 'encoding') =>
    form.doubtful.includes(part)
      ? t('uncertain: compare the values of the columns')
      : t('as detected or chosen');
  const mark = (part: 'delimiter' | 'encoding') => (form.doubtful.includes(part) ? warning : '');
  return [
    goLine(table),
    separator(t('File')),
    {
      label: `${mark('delimiter')}${t('Delimiter')}: ${delimiterLabels()[form.delimiter]}`,
      description: found('delimiter'),
      change: 'delimiter',
    },
    {
      label: `${mark('encoding')}${t('Encoding')}: ${encodingLabels()[form.encoding]}`,
      description: found('encoding'),
      change: 'encoding',
    },
    {
      label: emptyMeansEmpty ? t('Empty cells empty the field') : t('Empty cells leave the field as it is'),
      change: 'empty',
    },
    separator(t('Columns')),
    ...columns.map((column, n) => columnLine(table, column, n)),
  ];
}

/** Returns the reason why the table cannot be used. */
function complaint({ rows, columns }: TableForm): string | undefined {
  if (typeof rows === 'string') return problemText(rows);
  if (keyOfColumns(columns) === undefined)
    return t('No column tells whose row it is: choose the one with the ID or the email address.');
  return changingFields(columns).length === 0
    ? t('No column has values to change: choose one for a field.')
    : undefined;
}

function goLine(table: TableForm): Line {
  const { rows, columns } = table;
  const problem = complaint(table);
  if (typeof rows === 'string' || problem !== undefined)
    return { label: `${warning}${t('Continue')}`, detail: problem ?? '', change: 'go' };
  const count = rows.slice(1).filter((cells) => cells.some((cell) => cell.trim() !== '')).length;
  const key = keyOfColumns(columns) ?? 'id';
  return {
    label: `$(check) ${t('Continue')}`,
    description: plural(t('one: 1 row | other: {0} rows', formatNumber(count)), count),
    detail: t('Finds contacts by {0}. May change {1}.', useLabels()[key], namesOf(changingFields(columns))),
    change: 'go',
  };
}

/** The number of values of a column that are shown, their length, and the number of rows that are looked at. */
const examples = { values: 3, length: 40, rows: 200 } as const;

function columnLine({ rows, columns }: TableForm, { header, use, couldBe }: Column, n: number): Line {
  const labels = useLabels();
  const values = new Set<string>();
  if (typeof rows !== 'string')
    for (const cells of rows.slice(1, examples.rows)) {
      const text = toLine(cells[n] ?? '', examples.length);
      if (text !== '') values.add(text);
      if (values.size === examples.values) break;
    }
  const mark = couldBe ? warning : '';
  const description = couldBe
    ? t('several columns could be {0}: choose one', labels[couldBe])
    : use === keyOfColumns(columns)
      ? t('tells whose row it is')
      : '';
  return {
    label: `${mark}${headerText(header, n)} → ${labels[use]}`,
    description,
    detail: plain([...values].join(' · ')),
    change: n,
  };
}

const headerText = (header: string, n: number) =>
  plain(toLine(header, examples.length) || t('Column {0}', formatNumber(n + 1)));

function organisationsOf(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
): readonly string[] {
  const at = columns.findIndex(({ use }) => use === 'organisationId');
  if (at < 0) return [];
  return [...new Set(rows.slice(1).map((cells) => textOfCell(cells[at] ?? '').trim()))].filter(
    (id) => id !== '',
  );
}
