/** Every code a finding may have; docs/findings.md says what each means and what a person can do. */
export const FINDING_CODES = [
  // The text of a feed.
  'charset-converted',
  'charset-not-utf-8',
  'charset-unknown',
  'charset-utf-16',
  'control-characters',
  'folded-inside-character',
  'forbidden-characters',
  'lines-unreadable',
  'nul-characters',
  // Which event is which.
  'event-outside-calendar',
  'event-without-start',
  'instance-duplicate',
  'override-without-master',
  'series-without-start',
  'uid-duplicate',
  'uid-in-several-calendars',
  'uid-missing',
  'uid-shared',
  'unstable-uids',
  // Zones.
  'floating-time',
  'zone-clash',
  'zone-defined',
  'zone-replaced',
  'zone-unknown',
  // What was made fit to be written.
  'alarm-dropped',
  'alarm-without-action',
  'date-form',
  'date-unreadable',
  'duration-unusable',
  'end-form',
  'end-missing',
  'end-not-after-start',
  'end-twice',
  'property-empty',
  'property-repeated',
  'rule-mended',
  'rule-unreadable',
  'stamp-unreadable',
  // Calendars and resources.
  'calendar-gone',
  'calendar-unreadable',
  'resource-unreadable',
  'feed-refused',
  // What rules could not do.
  'rule-unsure',
  'zone-kept',
  // What a run did, or left alone.
  'create-failed',
  'delete-failed',
  'deletion-held',
  'edit-kept',
  'event-refused',
  'event-undone',
  'meeting-left-alone',
  'update-failed',
] as const

export type FindingCode = (typeof FINDING_CODES)[number]
