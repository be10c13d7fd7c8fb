const DAV = '{DAV:}'
const CALDAV = '{urn:ietf:params:xml:ns:caldav}'

/** Element names as the XML reader gives them. */
export const NAMES = {
  resourcetype: `${DAV}resourcetype`,
  collection: `${DAV}collection`,
  principal: `${DAV}principal`,
  displayname: `${DAV}displayname`,
  getetag: `${DAV}getetag`,
  href: `${DAV}href`,
  currentUserPrincipal: `${DAV}current-user-principal`,
  supportedReports: `${DAV}supported-report-set`,
  privileges: `${DAV}current-user-privilege-set`,
  calendar: `${CALDAV}calendar`,
  userAddresses: `${CALDAV}calendar-user-address-set`,
  calendarHomeSet: `${CALDAV}calendar-home-set`,
  calendarData: `${CALDAV}calendar-data`,
  componentSet: `${CALDAV}supported-calendar-component-set`,
  comp: `${CALDAV}comp`,
  scheduleInbox: `${CALDAV}schedule-inbox`,
  scheduleOutbox: `${CALDAV}schedule-outbox`,
  ctag: '{http://calendarserver.org/ns/}getctag',
  syncToken: `${DAV}sync-token`,
  calendarColor: '{http://apple.com/ns/ical/}calendar-color',
} as const
