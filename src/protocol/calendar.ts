import type { Account, RemoteCalendar } from '../core/remote.ts'
import { newProfile } from '../core/server-profile.ts'
import { credentialsOf } from './dav.ts'
import type { Http } from './http.ts'
import { listChanges, listResources } from './list.ts'
import { fetchResources } from './multiget.ts'
import { createResource, removeResource, updateResource } from './write.ts'

/** Opens a calendar collection by its absolute URL. No request is made until a method is called. */
export function openCalendar(http: Http, account: Account, url: string): RemoteCalendar {
  const profile = account.profile ?? newProfile()
  const collection = { http, url, credentials: credentialsOf(account), profile }
  let listed = Number.POSITIVE_INFINITY
  return {
    url,
    profile,
    async list(signal, wants) {
      const listing = await listResources(collection, signal, wants)
      listed = listing.resources.length
      return listing
    },
    async changes(syncToken, withTexts, signal) {
      const changes = await listChanges(collection, syncToken, withTexts, signal)
      listed = Number.POSITIVE_INFINITY
      return changes
    },
    fetch: (hrefs, signal, options) => fetchResources(collection, hrefs, listed, signal, options),
    create: (name, text, signal) => createResource(collection, name, text, signal),
    update: (ref, text, signal) => updateResource(collection, ref, text, signal),
    remove: (ref, signal) => removeResource(collection, ref, signal),
  }
}
