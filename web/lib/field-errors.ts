/**
 * The API refuses a form with one sentence that names the field. Here the sentence finds its field; null where it
 * belongs to none, and the form shows it as a whole.
 */
type Rule<Field extends string> = readonly [pattern: RegExp, field: Field]

export type SourceField = 'name' | 'caldav_url' | 'username' | 'password' | 'ics_path' | 'public_ics_path' | 'interval'
export type DestinationField =
  | 'name'
  | 'ics_url'
  | 'caldav_url'
  | 'calendar_name'
  | 'username'
  | 'password'
  | 'interval'

const common = [
  [/enter the password again/i, 'password'],
  [/^sync interval|\bsync_interval_secs\b/i, 'interval'],
  [/^caldav url|\bcaldav_url\b/i, 'caldav_url'],
  [/^username|\busername[:`]/i, 'username'],
  [/^password|\bpassword[:`]/i, 'password'],
  [/^name |(type: |; |`)name[:`]/i, 'name'],
] as const satisfies readonly Rule<SourceField & DestinationField>[]

const sourceRules: readonly Rule<SourceField>[] = [
  [/^(duplicate )?public (ics )?path|\bpublic_ics_path\b/i, 'public_ics_path'],
  [/^(duplicate )?ics path|\bics_path\b/i, 'ics_path'],
  ...common,
]

const destinationRules: readonly Rule<DestinationField>[] = [
  [/^ics url|\bics_url\b/i, 'ics_url'],
  [/^calendar name|\bcalendar_name\b/i, 'calendar_name'],
  ...common,
]

/** `icsPath` is what was sent: the sentence about the reserved word `public` is the same for both paths. */
export function sourceField(message: string, icsPath: string): SourceField | null {
  const field = firstMatch(sourceRules, message)
  const reserved = message.includes("cannot start with 'public'")
  return field === 'ics_path' && reserved && !/^\s*public(\/|\s*$)/.test(icsPath) ? 'public_ics_path' : field
}

export function destinationField(message: string): DestinationField | null {
  return firstMatch(destinationRules, message)
}

function firstMatch<Field extends string>(rules: readonly Rule<Field>[], message: string): Field | null {
  return rules.find(([pattern]) => pattern.test(message))?.[1] ?? null
}
