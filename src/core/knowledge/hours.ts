/** A part of a day, minutes since midnight in the agency's time zone; `to` is excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One dated exception, `date` as YYYY-MM-DD in the agency's time zone. */
export interface DatedHours {
  readonly date: string;
  /** Empty: closed all day. */
  readonly spans: readonly Span[];
  readonly name?: string;
}

/** How patient the desk is. All in ms. */
export interface Patience {
  /** Opening time without a claim after which the desk is reminded; after twice that the on-duty list is mentioned. */
  readonly unclaimed: number;
  /** Time without a reply of the consultant after which they are reminded. */
  readonly consultant: number;
  /** Time without a word of the visitor after which they are asked, and after which again the case is closed. */
  readonly visitor: number;
}

/** When the agency's consultants work (`hours.yaml`). */
export interface Hours {
  /** IANA name, such as Asia/Shanghai. */
  readonly timezone: string;
  /** What the time zone is called in a sentence ("Beijing time"). */
  readonly zone: { readonly en: string; readonly zh: string };
  /** Seven days from Sunday. */
  readonly weekly: readonly (readonly Span[])[];
  /** Closings, and openings on days that are otherwise closed; a date stands once. */
  readonly dated: readonly DatedHours[];
  readonly patience: Patience;
  /** Slack member ids that are mentioned when nobody claims. */
  readonly onDuty: readonly string[];
}
