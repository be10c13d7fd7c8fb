/** Small calendars for tests. */

/** A VCALENDAR around these lines. */
export function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

/** A VEVENT with a UID, a DTSTAMP, one hour on 2026-03-01, and these lines; a line replaces the default of its name. */
export function event(uid: string, ...lines: readonly string[]): string {
  const defaults = [`UID:${uid}`, 'DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z']
  const given = new Set(lines.map((line) => line.replace(/[;:].*$/s, '')))
  const kept = defaults.filter((line) => !given.has(line.replace(/[;:].*$/s, '')))
  return ['BEGIN:VEVENT', ...kept, ...lines, 'END:VEVENT'].join('\r\n')
}

/** A VTIMEZONE of one observance with a fixed offset such as `+0100`. */
export function zone(tzid: string, offset: string, ...lines: readonly string[]): string {
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...lines,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n')
}
