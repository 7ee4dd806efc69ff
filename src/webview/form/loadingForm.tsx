/** A placeholder with the size of the form, so that nothing moves when the form appears. */
export function LoadingForm() {
  return (
    <div class="column" aria-hidden="true">
      {[0, 1, 2, 3].map((key) => (
        <div class="field" key={key}>
          <div class="field-head">
            <span class="bone bone-label" />
          </div>
          <div class="bone bone-input" />
        </div>
      ))}
    </div>
  );
}
