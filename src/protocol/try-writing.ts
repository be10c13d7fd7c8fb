import { randomUUID } from 'node:crypto'
import { SyncError, toSyncError } from '../core/errors.ts'
import type { OpenCollection } from './collection.ts'
import { createResource, removeResource } from './write.ts'

const TITLE = 'CalDAV/ICS Sync: write test'

/**
 * Puts one event without guests or alarms into a calendar and removes it, whatever happens in between, also where the
 * caller has gone by then. Throws SyncError where either was refused; where the event may still lie there, its name is
 * told.
 */
export async function tryWriting(collection: OpenCollection, signal: AbortSignal): Promise<void> {
  const id = randomUUID()
  const name = `${id}.ics`
  const unheard = new AbortController().signal
  let ref: Awaited<ReturnType<typeof createResource>>
  try {
    ref = await createResource(collection, name, eventText(id, collection.http.clock.now()), signal)
  } catch (thrown) {
    const error = toSyncError(thrown)
    // Without an answer the event may have been stored all the same.
    if (error.details.status === undefined) {
      const href = new URL(name, collection.url).pathname as Awaited<ReturnType<typeof createResource>>['href']
      await removeResource(collection, { href, etag: null }, unheard).catch(() => undefined)
    }
    throw error
  }
  try {
    // Some servers rewrite what they store, and give it another ETag at once; nobody else knows this event.
    await removeResource(collection, { ...ref, etag: null }, unheard)
  } catch (thrown) {
    const { message, kind, details } = toSyncError(thrown)
    const told = `The event "${TITLE}" was stored but could not be removed; delete it by hand. ${message}`
    throw new SyncError(kind, told, details)
  }
}

function eventText(id: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//CalDAV/ICS Sync//EN',
    'BEGIN:VEVENT',
    `UID:${id}`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${stamp}`,
    'DURATION:PT1M',
    `SUMMARY:${TITLE}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}
