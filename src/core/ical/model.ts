/**
 * The iCalendar stream as a tree that keeps every byte that matters (RFC 5545 section 3.1): a property keeps the
 * unfolded text it came from, so writing it again gives the same content line.
 */
export interface Property {
  /** Upper case, without the group prefix; empty for a line that is no content line. */
  readonly name: string
  /** Unfolded content line as read: `DTSTART;TZID=Europe/Berlin:20260301T090000`. No line end. */
  readonly line: string
}

export interface Parameter {
  /** Upper case. */
  readonly name: string
  /** Values without their quotes, RFC 6868 `^` escapes decoded. */
  readonly values: readonly string[]
}

export interface Component {
  /** Upper case: VCALENDAR, VEVENT, VTIMEZONE, STANDARD … */
  readonly name: string
  readonly properties: readonly Property[]
  readonly components: readonly Component[]
}

/**
 * All components of one calendar that share a UID, and the zones they name
 * (RFC 4791 section 4.1, "calendar object resource"). Identity is the UID.
 */
export interface CalendarObject {
  /** Text of the UID property, unescaped and trimmed. */
  readonly uid: string
  /** VEVENTs: the master first if there is one, then the overrides by RECURRENCE-ID. */
  readonly events: readonly Component[]
  /** The VTIMEZONEs these events refer to and the calendar defines, each once. */
  readonly zones: readonly Component[]
}
