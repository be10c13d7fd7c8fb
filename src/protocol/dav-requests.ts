const XML = '<?xml version="1.0" encoding="utf-8"?>\n'
const D = 'xmlns:d="DAV:"'
const C = 'xmlns:c="urn:ietf:params:xml:ns:caldav"'

/** VEVENT is always named: SOGo and iCloud answer nothing else (pitfall R8). */
const EVENT_FILTER =
  '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'

/** PROPFIND: what a collection is, and who we are there. */
export const COLLECTION_PROPS = `${XML}<d:propfind ${D} ${C} xmlns:a="http://apple.com/ns/ical/"><d:prop><d:resourcetype/><d:displayname/><d:current-user-principal/><c:calendar-home-set/><c:supported-calendar-component-set/><a:calendar-color/></d:prop></d:propfind>`

/** PROPFIND: every member with its ETag. */
export const MEMBER_ETAGS = `${XML}<d:propfind ${D}><d:prop><d:resourcetype/><d:getetag/></d:prop></d:propfind>`

/** REPORT sync-collection (RFC 6578 section 3.2); an empty token asks for everything. */
export function syncCollection(token: string): string {
  return `${XML}<d:sync-collection ${D}><d:sync-token>${escapeXml(token)}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`
}

/** REPORT calendar-query for all events (RFC 4791 section 7.8), with or without their text. */
export function calendarQuery(withData: boolean): string {
  const data = withData ? '<c:calendar-data/>' : ''
  return `${XML}<c:calendar-query ${D} ${C}><d:prop><d:getetag/>${data}</d:prop>${EVENT_FILTER}</c:calendar-query>`
}

/** REPORT calendar-multiget (RFC 4791 section 7.9). */
export function calendarMultiget(hrefs: readonly string[]): string {
  const list = hrefs.map((href) => `<d:href>${escapeXml(href)}</d:href>`).join('')
  return `${XML}<c:calendar-multiget ${D} ${C}><d:prop><d:getetag/><c:calendar-data/></d:prop>${list}</c:calendar-multiget>`
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
}
