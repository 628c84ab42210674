/** One value in several media types, as Jupyter sends it: text as strings, JSON types as JSON. */
export type MimeBundle = Record<string, unknown>;

/** What a formatter makes of a value. */
export interface Rendered {
  data: MimeBundle;
  metadata?: Record<string, unknown>;
}
