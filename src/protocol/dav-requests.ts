const XML = '<?xml version="1.0" encoding="utf-8"?>\n'
const D = 'xmlns:d="DAV:"'
const C = 'xmlns:c="urn:ietf:params:xml:ns:caldav"'
const A = 'xmlns:a="http://apple.com/ns/ical/"'

/** VEVENT is always named: SOGo and iCloud answer nothing else (pitfall R8). */
const EVENT_FILTER =
  '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'

/** PROPFIND: what a collection is, and who we are there. */
export const COLLECTION_PROPS = collectionProps('<s:getctag/>')
export const COLLECTION_PROPS_WITHOUT_CTAG = collectionProps('')

/** PROPFIND: what may be done with a calendar. */
export const CAPABILITY_PROPS = `${XML}<d:propfind ${D}><d:prop><d:supported-report-set/><d:current-user-privilege-set/></d:prop></d:propfind>`

/** PROPFIND on a principal: under which addresses it is invited (RFC 6638 section 2.4.1). */
export const USER_ADDRESSES = `${XML}<d:propfind ${D} ${C}><d:prop><c:calendar-user-address-set/></d:prop></d:propfind>`

/** PROPFIND: every member with its ETag. */
export const MEMBER_ETAGS = `${XML}<d:propfind ${D}><d:prop><d:resourcetype/><d:getetag/></d:prop></d:propfind>`

/** REPORT sync-collection (RFC 6578 section 3.2), with or without texts; an empty token asks for everything. */
export function syncCollection(token: string, withData: boolean): string {
  const data = withData ? `<c:calendar-data ${C}/>` : ''
  return `${XML}<d:sync-collection ${D}><d:sync-token>${escapeXml(token)}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/>${data}</d:prop></d:sync-collection>`
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

/** MKCALENDAR (RFC 4791 section 5.3.1): a calendar for events, named and coloured. */
export function makeCalendar(name: string, color: string | null): string {
  return `${XML}<c:mkcalendar ${D} ${C} ${A}><d:set><d:prop>${calendarProps(name, color)}${EVENTS_ONLY}</d:prop></d:set></c:mkcalendar>`
}

/** Extended MKCOL (RFC 5689 section 3) for the same. */
export function makeCollection(name: string, color: string | null): string {
  const type = '<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>'
  return `${XML}<d:mkcol ${D} ${C} ${A}><d:set><d:prop>${type}${calendarProps(name, color)}${EVENTS_ONLY}</d:prop></d:set></d:mkcol>`
}

/** PROPPATCH: the name and colour of a calendar. */
export function setCalendarProps(name: string, color: string | null): string {
  return `${XML}<d:propertyupdate ${D} ${A}><d:set><d:prop>${calendarProps(name, color)}</d:prop></d:set></d:propertyupdate>`
}

const EVENTS_ONLY = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'

function calendarProps(name: string, color: string | null): string {
  const shade = color === null ? '' : `<a:calendar-color>${color}</a:calendar-color>`
  return `<d:displayname>${escapeXml(name)}</d:displayname>${shade}`
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
}

function collectionProps(more: string): string {
  return `${XML}<d:propfind ${D} ${C} ${A} xmlns:s="http://calendarserver.org/ns/"><d:prop><d:resourcetype/><d:displayname/><d:current-user-principal/><d:sync-token/>${more}<c:calendar-home-set/><c:supported-calendar-component-set/><a:calendar-color/></d:prop></d:propfind>`
}
