/** One contact of a review, with a line for each changed field. */
import { Component } from 'preact';
import type { ReviewMark, ReviewRow, ReviewStrings } from '../../protocol/review';
import { fill } from '../shared/text';

export interface RowActions {
  setIncluded(rows: readonly number[], isIncluded: boolean): void;
  open(row: number): void;
}

interface RowProps {
  readonly at: number;
  readonly row: ReviewRow;
  readonly mark: ReviewMark;
  readonly isShown: boolean;
  /** True while rows can be excluded and included. */
  readonly canInclude: boolean;
  readonly strings: ReviewStrings;
  readonly actions: RowActions;
}

/** Renders only if a property changed, because there can be a thousand rows. */
export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { row, mark, isShown, canInclude } = this.props;
    return (
      row !== next.row || mark !== next.mark || isShown !== next.isShown || canInclude !== next.canInclude
    );
  }

  override render({ at, row, mark, isShown, canInclude, strings, actions }: RowProps) {
    const { name, where, changes } = row;
    const span = Math.max(1, changes.length);
    return (
      <tbody hidden={!isShown}>
        {changes.map(({ field, before, after, notes }, n) => (
          <tr key={field}>
            {n === 0 && (
              <>
                <td rowSpan={span}>
                  {mark.canInclude && (
                    <input
                      type="checkbox"
                      aria-label={fill(strings.include, name)}
                      checked={mark.isIncluded}
                      disabled={!canInclude}
                      onChange={({ currentTarget }) => actions.setIncluded([at], currentTarget.checked)}
                    />
                  )}
                </td>
                <th rowSpan={span} scope="rowgroup">
                  <button type="button" class="link name" onClick={() => actions.open(at)}>
                    <bdi>{name}</bdi>
                  </button>
                  {where !== '' && <bdi class="sub">{where}</bdi>}
                </th>
              </>
            )}
            <td>{field}</td>
            <Value text={before} empty={strings.empty} />
            <Value text={after} empty={strings.empty} notes={notes} />
            {n === 0 && (
              <td rowSpan={span} class={mark.result?.kind}>
                {mark.result && <bdi>{mark.result.text}</bdi>}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    );
  }
}

interface ValueProps {
  readonly text: string;
  readonly empty: string;
  readonly notes?: readonly string[];
}

function Value({ text, empty, notes = [] }: ValueProps) {
  return (
    <td class="value">
      {text === '' ? <span class="none">{empty}</span> : <bdi>{text}</bdi>}
      {notes.map((note) => (
        <span key={note} class="sub">
          {note}
        </span>
      ))}
    </td>
  );
}
