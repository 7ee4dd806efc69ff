import { useLayoutEffect, useRef } from 'preact/hooks';
import { clip } from '../../base/text';
import type {
  InteractionField,
  InteractionFieldState,
  InteractionFormState,
  RelatedIntent,
} from '../../protocol/related';
import { typedNote } from '../page/typing';
import { Full, isFull } from '../parts/full';
import { OtherTexts } from '../parts/otherTexts';
import { usePanel } from '../parts/panelContext';
import { PartNotice } from '../parts/partNotice';
import { maxLength } from '../parts/text';
import { isWithControl } from '../shared/keys';
import { InteractionInput } from './interactionInput';

/** The form whose button the user selected: only this form takes the focus when it appears. */
let opened: string | undefined;
export function opening(interactionId: string): void {
  opened = interactionId;
}

type Act = Extract<RelatedIntent, { type: 'interactionDo' }>['act'];

interface FormProps {
  readonly form: InteractionFormState;
  /** The ID of the button that opened the form, for the focus after the form closes. */
  readonly opener: string;
}

/** The form of an interaction. The host receives each keystroke and keeps the draft until it is sent. */
export function InteractionForm({
  form: { interactionId, title, fields, account, send, sending, problem, others, next },
  opener,
}: FormProps) {
  const { strings, actions, typing } = usePanel();
  const place = useRef<HTMLFormElement>(null);
  const prefix = `interaction-${interactionId}`;
  const focused = useRef<HTMLElement | undefined>(undefined);
  const strayed = () => focused.current !== undefined && document.activeElement === document.body;
  useLayoutEffect(() => {
    if (sending) {
      // A disabled element loses the focus. It gets the focus back, or the focus moves on when the form
      // closes.
      const { activeElement } = document;
      focused.current =
        activeElement instanceof HTMLElement && place.current?.contains(activeElement)
          ? activeElement
          : undefined;
      return;
    }
    const first = place.current?.querySelector<HTMLElement>('.buttons button');
    if (strayed()) (focused.current?.isConnected ? focused.current : first)?.focus();
    focused.current = undefined;
  }, [sending]);
  useLayoutEffect(() => {
    const form = place.current;
    if (opened === interactionId) {
      const first = interactionId === '' ? `${prefix}-${fields[0]?.name}` : `${prefix}-notes`;
      document.getElementById(first)?.focus();
    }
    opened = undefined;
    return () => {
      if (form?.contains(document.activeElement) || strayed())
        setTimeout(() => document.getElementById(opener)?.focus());
    };
  }, []);
  const type = (field: InteractionField, value: string) => {
    const shown = fields.map((one) => [one.name, one.value]);
    actions.note({
      interactionId,
      field,
      value,
      before: { ...Object.fromEntries(shown), ...(account === undefined ? {} : { account }) },
    });
  };
  const act = (doing: Act) => actions.post({ type: 'interactionDo', interactionId, act: doing });
  const canSend = next === undefined && !sending;
  const sendValid = () => {
    if (place.current?.reportValidity()) act('send');
  };
  /**
   * Saves the notes by the key that saves a contact. VS Code does not get it: it would save the contact, which says
   * "Contact saved" and leaves these notes unsaved. A new interaction is only logged by its button.
   */
  const onKeyDown = (event: KeyboardEvent) => {
    if (interactionId === '' || !canSend || !isWithControl(event) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    event.stopPropagation();
    sendValid();
  };
  const button = (name: string, doing: Act, look = 'secondary') => (
    <button type="button" class={look} disabled={sending} onClick={() => act(doing)}>
      {name}
    </button>
  );
  return (
    <form
      ref={place}
      class="interaction-form"
      aria-label={title}
      aria-busy={sending}
      // Enter in a field does not send.
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
    >
      {fields.map((field) => (
        <Row
          key={field.name}
          id={`${prefix}-${field.name}`}
          field={field}
          value={typedNote(typing, interactionId, field.name) ?? field.value}
          locked={sending === true}
          onType={type}
        />
      ))}
      {problem !== undefined && <PartNotice problem={problem} />}
      {!sending && <OtherTexts others={others} />}
      <div class="buttons">
        {next === undefined && (
          <button type="button" class="primary" disabled={sending} onClick={sendValid}>
            {send}
          </button>
        )}
        {next === 'look' && button(strings.look, 'look', 'primary')}
        {next === 'choose' && button(strings.mine, 'mine')}
        {next === 'choose' && button(strings.theirs, 'theirs')}
        {next === 'signIn' && (
          <button type="button" class="primary" onClick={() => actions.post({ type: 'signIn' })}>
            {strings.signIn}
          </button>
        )}
        {next === 'signIn' && button(send, 'send')}
        {button(strings.discard, 'drop')}
        <span class="outcome" role="status">
          {sending ? strings.saving : ''}
        </span>
      </div>
    </form>
  );
}

interface RowProps {
  readonly id: string;
  readonly field: InteractionFieldState;
  readonly value: string;
  readonly locked: boolean;
  onType(field: InteractionField, value: string): void;
}

function Row({ id, field, value, locked, onType }: RowProps) {
  const { strings } = usePanel();
  const { name, label, theirs } = field;
  return (
    <div class={`interaction-row interaction-${field.kind}`}>
      <label for={id}>{label}</label>
      <InteractionInput
        id={id}
        field={field}
        value={value}
        locked={locked}
        describedBy={[isFull(value) && `${id}-full`, theirs !== undefined && `${id}-theirs`]
          .filter(Boolean)
          .join(' ')}
        onType={(text) => onType(name, text)}
      />
      <Full id={`${id}-full`} value={value} />
      {theirs !== undefined && (
        <p class="warning" id={`${id}-theirs`} dir="auto">
          {strings.theirs}: {theirs === '' ? <em>{strings.emptyValue}</em> : clip(theirs, maxLength.value)}
        </p>
      )}
    </div>
  );
}
