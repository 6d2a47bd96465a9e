/** A parsed file of the knowledge, with the name under which its problems are reported. */
export interface Sourced<T> {
  readonly file: string;
  readonly value: T;
}

/** Something wrong in a file of the knowledge. `path` leads to the place (keys and positions), as zod writes it. */
export interface Finding {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  /** The words in question, where they stand inside a longer text. */
  readonly quote?: string;
  /** An error keeps the program from starting; a warning is only reported. */
  readonly level: 'error' | 'warning';
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly remedy: string;
}

/** A finding whose file is known from elsewhere. */
export type Fault = Omit<Finding, 'file'>;
