/** What the doctor found of one component. */
export interface Finding {
  component: string;
  /** `absent` is optional; `doubtful` works, with a limit; only `broken` is a failure. */
  state: "good" | "absent" | "doubtful" | "broken";
  version?: string;
  /** One line: where it is, what it did, or what is wrong. */
  says: string;
  /** What mends it, a command where one does. */
  cure?: string;
}
