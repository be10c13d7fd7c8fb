import type { CalendarObject } from '../core/ical/model.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { atOnce, inSteps, type Steps } from '../core/steps.ts'
import type { Store } from '../store/types.ts'

/** The events of one calendar of a source, as they were last read. */
export interface CalendarObjects {
  readonly id: number
  readonly displayName: string
  readonly color: string | null
  readonly objects: readonly CalendarObject[]
}

/** The objects in these resources; `read` holds those of the resources that were read already. */
export function objectsIn<Held extends { readonly uid: string | null; readonly text: string }>(
  resources: Iterable<Held>,
  read?: ReadonlyMap<Held, readonly CalendarObject[]>,
): CalendarObject[] {
  return atOnce(objectsInSteps(resources, read))
}

/** The same of many resources, so that others may have their turn meanwhile. */
export function* objectsInSteps<Held extends { readonly uid: string | null; readonly text: string }>(
  resources: Iterable<Held>,
  read?: ReadonlyMap<Held, readonly CalendarObject[]>,
): Steps<CalendarObject[]> {
  const objects: CalendarObject[] = []
  yield* inSteps(resources, (resource) => {
    if (resource.uid !== null) objects.push(...(read?.get(resource) ?? readCalendar(resource.text).objects))
  })
  return objects
}

/**
 * What is stored of a source, calendar by calendar. Of one that the service before this one read last, nothing but its
 * feed is known; that then counts as its one calendar. Empty: it was never read.
 */
export function sourceObjects(sourceId: number, { remote, feeds }: Pick<Store, 'remote' | 'feeds'>): CalendarObjects[] {
  const calendars = remote.calendars('source', sourceId).filter(({ readAt }) => readAt !== null)
  if (calendars.length > 0) {
    return calendars.map(({ id, displayName, color }) => {
      return { id, displayName, color, objects: objectsIn(remote.resources(id)) }
    })
  }
  const feed = feeds.ofSource(sourceId)
  if (feed === undefined) return []
  const { objects } = readCalendar(new TextDecoder().decode(feed.body))
  return [{ id: 0, displayName: feed.sourceName, color: null, objects }]
}

/** The colour that all of them have; null where they have none, or several. */
export function commonColor(calendars: readonly { readonly color: string | null }[]): string | null {
  const colors = new Set(calendars.flatMap(({ color }) => (color === null ? [] : [color.trim().toLowerCase()])))
  const [color] = colors
  return colors.size === 1 && color !== undefined ? color : null
}
