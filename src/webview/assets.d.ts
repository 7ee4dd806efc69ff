declare module '*.css';

/** A picture's source, as text. */
declare module '*.svg' {
  const source: string;

  export { source as default };
}
