/**
 * When a server that schedules writes to people (RFC 6638; servers.md section 7 "Scheduling side effects"). It knows
 * nothing of the code under test: lines are read by hand.
 */
import { ADDRESS } from './kind.ts'

type Mail = 'REQUEST' | 'CANCEL' | 'REPLY'

export interface SentMail {
  readonly kind: Mail
  readonly to: string
}

interface Meeting {
  readonly organizer: Party | null
  readonly guests: readonly Party[]
}

interface Party {
  readonly address: string
  readonly agent: string
}

function meetingOf(text: string): Meeting {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const party = (line: string): Party => ({
    address: /mailto:(.*)$/i.exec(line)?.[1]?.trim().toLowerCase() ?? line,
    agent: /;SCHEDULE-AGENT="?(\w+)/i.exec(line)?.[1]?.toUpperCase() ?? 'SERVER',
  })
  const all = (name: string) => lines.filter((line) => new RegExp(`^${name}[;:]`, 'i').test(line)).map(party)
  return { organizer: all('ORGANIZER')[0] ?? null, guests: all('ATTENDEE') }
}

function toldGuests({ organizer, guests }: Meeting, honoursNone: boolean): string[] {
  if (organizer?.address !== ADDRESS) return []
  const told = guests.filter(
    ({ address, agent }) => address !== ADDRESS && agent !== 'CLIENT' && !(honoursNone && agent === 'NONE'),
  )
  return [...new Set(told.map(({ address }) => address))]
}

/** Mail for a PUT: invitations, and cancellations to those who are no longer invited. */
export function mailForPut(before: string | undefined, after: string, honoursNone: boolean): SentMail[] {
  const now = toldGuests(meetingOf(after), honoursNone)
  const earlier = before === undefined ? [] : toldGuests(meetingOf(before), honoursNone)
  const present = new Set(meetingOf(after).guests.map(({ address }) => address))
  return [
    ...now.map((to) => ({ kind: 'REQUEST' as const, to })),
    ...earlier.filter((to) => !present.has(to)).map((to) => ({ kind: 'CANCEL' as const, to })),
  ]
}

/** Mail for a DELETE, of an event or of the calendar it lies in. */
export function mailForDelete(text: string, honoursNone: boolean, scheduleReply: string | undefined): SentMail[] {
  if (scheduleReply?.toUpperCase() === 'F') return []
  const meeting = meetingOf(text)
  const { organizer, guests } = meeting
  if (organizer?.address === ADDRESS) return toldGuests(meeting, honoursNone).map((to) => ({ kind: 'CANCEL', to }))
  const isGuest = organizer && organizer.agent !== 'CLIENT' && guests.some(({ address }) => address === ADDRESS)
  return isGuest ? [{ kind: 'REPLY', to: organizer.address }] : []
}
