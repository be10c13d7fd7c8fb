/** Feeds by their address, as a reader finds them. */

import type { StoredFeed } from '../src/store/served-types.ts'
import type { Store } from '../src/store/types.ts'

type Stores = Pick<Store, 'feeds' | 'links'>

/** The source's feed served at `/ics/{path}`, or at `/ics/public/{path}`. */
export function feedAt({ feeds, links }: Stores, path: string, isPublic = false): StoredFeed | undefined {
  const [sourceId] = links.at(path, isPublic)?.sourceIds ?? []
  return sourceId === undefined ? undefined : feeds.ofSource(sourceId)
}

/** True where `/ics/{path}` is open without login. */
export function isOpenAt({ links }: Stores, path: string): boolean {
  return links.at(path, false)?.isOpen === true
}
