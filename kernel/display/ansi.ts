type Paint = (text: string) => string;

const paint =
  (on: number, off: number): Paint =>
  (text) =>
    `\u001b[${on}m${text}\u001b[${off}m`;

// `util.styleText` looks at stdout and would leave a notebook without colours.
export const bold = paint(1, 22);
export const dim = paint(2, 22);
export const red = paint(31, 39);
export const yellow = paint(33, 39);
