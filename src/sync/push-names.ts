import { createHash } from 'node:crypto'
import type { Destination } from '../core/items.ts'
import type { Href } from '../core/types.ts'

/** How one destination names what it creates. Stable over restarts and restored databases. */
export interface PushNames {
  /** `[a-z0-9-]+.ics`, never made of the UID's own characters (pitfall W2). */
  nameOf(uid: string): string
  /** A second UID for an object whose own UID the server keeps in another calendar (pitfall W7). */
  aliasOf(uid: string): string
  /** True where this destination would have created a resource with this UID at this href. */
  isOwn(uid: string, href: Href): boolean
}

export function pushNames(destination: Pick<Destination, 'id' | 'created_at'>): PushNames {
  const seed = `${destination.id}\n${destination.created_at}`
  const hash = (...parts: string[]) =>
    createHash('sha256')
      .update([seed, ...parts].join('\n'))
      .digest('hex')
      .slice(0, 32)
  const nameOf = (uid: string) => `${hash(uid)}.ics`
  return {
    nameOf,
    aliasOf: (uid) => `${hash('alias', uid)}@caldav-ics-sync`,
    isOwn: (uid, href) => href.replaceAll(/%2e/gi, '.').endsWith(`/${nameOf(uid)}`),
  }
}
