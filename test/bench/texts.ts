/** The cost of a text of 1,000 contacts: to be opened, and at each pause after a keystroke. */
import { type CheckedContact, Checker } from '../../src/changes/checks/check';
import { ContactText } from '../../src/changes/document/contactText';
import { writeContacts } from '../../src/changes/text/write';
import { keyOf } from '../../src/contacts/model/contact';
import { toInternational } from '../../src/telephones/telephones';

const rounds = 25;
const hex = (n: number) => ((n * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0');
const contacts = Array.from({ length: 1_000 }, (_, n) => ({
  ref: { organisationId: 'o', contactId: `${hex(n + 1)}-5a6e-4c0f-9a4f-${hex(n + 7)}0000` },
  title: `First ${n} Last ${n}`,
  values: {
    first_name: `First ${n}`,
    last_name: `Last ${n}`,
    email: `first.last.${n}@example.com`,
    telephone: `+44 7700 ${900_000 + n}`,
  },
}));

const timed = (work: () => void): number => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};
const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

function open(): ContactText {
  const seen = new Map(contacts.map((one) => [keyOf(one.ref), one.values]));
  const text = new ContactText({
    origin: 'https://api.test',
    contacts,
    text: writeContacts(['Contacts'], contacts),
    seen,
    bases: seen,
  });
  return text;
}
const opening = Array.from({ length: rounds }, () => timed(() => void open().parsed));
const text = open();
const checker = new Checker();
const turns: number[] = [];
const check = (list: readonly CheckedContact[]) =>
  checker.check(list, { off: new Set(), isAccepted: () => false, all: [], toInternational });
check(contacts);
for (let n = 0; n < rounds; n++) {
  const typed = text.text.replace('first.last.3@example.com', `typed.${n}@example.com`);
  const reading = timed(() => void text.read(typed).blocks);
  const list = contacts.map((one, at) =>
    at === 3 ? { ...one, values: { ...one.values, email: `typed.${n}@example.com` } } : one,
  );
  // Each is a turn of its own.
  turns.push(
    Math.max(
      reading,
      timed(() => void check(list)),
    ),
  );
}
process.stdout.write(`${JSON.stringify({ open: median(opening), turn: median(turns) })}\n`);
