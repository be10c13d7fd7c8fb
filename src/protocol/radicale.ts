import type { ServerProfile } from '../core/server-profile.ts'

/**
 * Radicale makes a sync token, and once more a ctag, out of the history of every event: each takes it about as long as
 * sending the whole calendar, and a sync-collection that asks for everything twice as long. Its Server header names the
 * library under it, or a proxy; its tokens name itself.
 */
const NAME = 'Radicale'
const TOKENS = 'http://radicale.org/ns/sync/'

export function isRadicaleToken(syncToken: string | null): boolean {
  return syncToken?.startsWith(TOKENS) ?? false
}

/** Whether the server was recognised as Radicale. */
export function isRadicale(profile: ServerProfile | undefined): boolean {
  return profile?.software === NAME
}

/** Learns what a server is by its Server header, and by a token it gave; null: it gave none. */
export function learnSoftware(profile: ServerProfile, header: string | null, syncToken: string | null): void {
  if (isRadicaleToken(syncToken)) profile.software = NAME
  else if (syncToken !== null || !isRadicale(profile)) profile.software = header ?? profile.software
}
