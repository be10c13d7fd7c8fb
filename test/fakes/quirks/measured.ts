/** The servers that were measured (servers.md sections 2 to 7). */
import type { ServerKind } from './kind.ts'
import { badRequest, cyrusConflict, cyrusRefusal, plain, refusing, sabreRefusal, xandikosRefusal } from './refusals.ts'
import { likeIcalendar, likeSogo, likeVobject, verbatim, withScheduleStatus } from './storing.ts'

/** What most of them do; each kind names where it differs. */
export const ordinary: ServerKind = {
  name: '',
  dialect: 'prefixed',
  enter: 'host',
  wellKnown: 301,
  root: 207,
  login: 'basic',
  cookies: false,
  oldHttp: false,
  hidesMissing: false,
  crowd: false,
  hrefs: encodeURIComponent,
  sync: null,
  ctag: 'counter',
  etag: 'content',
  putEtag: 'always',
  updateStatus: 204,
  honours: { ifNoneMatch: true, ifMatchOnDelete: true, ifMatchOnMissing: true },
  refusesPrecondition: () => plain(412, 'Precondition Failed'),
  uid: null,
  checks: [],
  refuses: () => plain(403, 'Forbidden'),
  store: verbatim,
  poison: 'raw',
  query: { offered: true, depthZero: 'all' },
  multiget: { missing: 'not-found', most: Number.POSITIVE_INFINITY, denies: false },
  window: null,
  readOnly: false,
  mails: null,
}

const atSign = (name: string) => encodeURIComponent(name).replaceAll('%40', '@')
const lowerHex = (name: string) => atSign(name).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())

export const radicale: ServerKind = {
  ...ordinary,
  name: 'radicale',
  dialect: 'default-namespace',
  oldHttp: true,
  ctag: 'content',
  updateStatus: 201,
  store: likeVobject,
  sync: {
    token: (calendar, changes) => `http://radicale.org/ns/sync/${calendar}f${changes}`,
    invalid: 'forbidden',
    repeats: 'no',
    namesUnseen: true,
    namesOldDeletions: true,
  },
  uid: {
    scope: 'calendar',
    refuses: () => ({
      status: 409,
      body: '<?xml version="1.0"?><error xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:no-uid-conflict /></error>',
    }),
  },
  refuses: () => badRequest,
  checks: refusing(
    badRequest,
    'emptyDate',
    'twice',
    'noStart',
    'noUid',
    'badFrequency',
    'endAndDuration',
    'impossibleDate',
    'twoMasters',
    'overrideAlone',
    'zoneWithoutRules',
    'lineWithoutColon',
    'byteOrderMark',
    'strangeLineEnds',
    'noCalendar',
  ),
}

export const xandikos: ServerKind = {
  ...ordinary,
  name: 'xandikos',
  dialect: 'numeric',
  wellKnown: 302,
  hidesMissing: true,
  ctag: 'content',
  store: likeIcalendar,
  sync: {
    token: (calendar, changes) => `${calendar}c0ffee${changes}`,
    invalid: 'fails',
    repeats: 'no',
    namesUnseen: false,
    namesOldDeletions: false,
  },
  refusesPrecondition: () => plain(412, 'Precondition Failed'),
  uid: {
    scope: 'calendar',
    refuses: (_holder, href) =>
      xandikosRefusal(href, '412 Precondition Failed', 'no-uid-conflict', 'UID already in use.'),
  },
  refuses: (href) => xandikosRefusal(href, '403 Forbidden', 'valid-calendar-data', 'Not a valid calendar file'),
  checks: [
    ...refusing(
      (href) => xandikosRefusal(href, '412 Precondition Failed', 'valid-calendar-data', 'Invalid'),
      'noCalendar',
      'byteOrderMark',
    ),
  ],
  query: { offered: true, depthZero: 'empty' },
}

export const davical: ServerKind = {
  ...ordinary,
  name: 'davical',
  sync: {
    token: (_calendar, changes) => `data:,${changes}`,
    invalid: 'full',
    repeats: 'last',
    namesUnseen: true,
    namesOldDeletions: false,
  },
  refusesPrecondition: () => ({
    status: 412,
    body: '<?xml version="1.0"?><error xmlns="DAV:"><if-none-match/>Existing resource matches "If-None-Match" header - not accepted.</error>',
  }),
  refuses: () => plain(500, 'DAViCal Fatal Error'),
  checks: [
    ...refusing(plain(500, 'DAViCal Fatal Error'), 'noStart', 'emptyPriority', 'impossibleDate', 'controls'),
    ...refusing({ status: 412, body: '<error xmlns="DAV:"/>' }, 'byteOrderMark', 'noCalendar'),
  ],
  poison: 'mended',
  multiget: { ...ordinary.multiget, missing: 'absent' },
  putEtag: 'verbatim',
}

export const cyrus: ServerKind = {
  ...ordinary,
  name: 'cyrus',
  dialect: 'cdata',
  crowd: true,
  hrefs: atSign,
  sync: {
    token: (calendar, changes) => `data:,${calendar}-${changes}`,
    invalid: 'forbidden',
    repeats: 'no',
    namesUnseen: true,
    namesOldDeletions: false,
  },
  putEtag: 'without-guests',
  store: withScheduleStatus,
  uid: { scope: 'account', refuses: cyrusConflict },
  refuses: () => cyrusRefusal('No value for SUMMARY property'),
  checks: [
    ...refusing(cyrusRefusal('DTEND must occur after DTSTART'), 'noEndAfterStart', 'endAndDuration'),
    ...refusing(cyrusRefusal('No value for X property'), 'emptyProperty', 'twice', 'noUid', 'badRule', 'countAndUntil'),
    ...refusing(cyrusRefusal('Invalid iCalendar data'), 'method', 'lineWithoutColon', 'controls', 'noCalendar'),
    ...refusing(
      {
        status: 403,
        body: '<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:supported-calendar-component/></D:error>',
      },
      'other',
    ),
  ],
  mails: { honoursNone: true },
}

export const sogo: ServerKind = {
  ...ordinary,
  name: 'sogo',
  dialect: 'redeclared',
  root: 405,
  crowd: true,
  hrefs: atSign,
  sync: {
    token: (_calendar, _changes, now) => String(Math.floor(now / 1000) - 1),
    invalid: 'full',
    repeats: 'same-second',
    namesUnseen: true,
    namesOldDeletions: false,
    rawHrefs: true,
  },
  ctag: 'seconds',
  etag: 'version',
  honours: { ifNoneMatch: false, ifMatchOnDelete: false, ifMatchOnMissing: false },
  store: likeSogo,
  uid: {
    scope: 'calendar',
    refuses: () => ({ status: 409, body: '<D:error xmlns:D="DAV">Event UID already in use. (uid)</D:error>' }),
  },
  refuses: () => plain(501, 'Not Implemented'),
  checks: [
    ...refusing(plain(501, 'Not Implemented'), 'alarmWithoutTrigger'),
    ...refusing(plain(404, 'Not Found'), 'noCalendar'),
    ...refusing(plain(500, 'Internal Server Error'), 'controls'),
  ],
  poison: 'references',
}

export const sabre: ServerKind = {
  ...ordinary,
  name: 'sabre',
  root: 405,
  crowd: true,
  hrefs: lowerHex,
  sync: {
    token: (_calendar, changes) => `http://sabre.io/ns/sync/${changes + 1}`,
    invalid: 'echo',
    repeats: 'no',
    namesUnseen: true,
    namesOldDeletions: false,
  },
  putEtag: 'verbatim',
  store: withScheduleStatus,
  refusesPrecondition: () =>
    sabreRefusal(
      412,
      'PreconditionFailed',
      'An If-Match header was specified, but none of the specified ETags matched.',
    ),
  refuses: () => sabreRefusal(415, 'UnsupportedMediaType', 'Validation error in iCalendar: A VEVENT is not acceptable'),
  checks: [
    ...refusing(
      sabreRefusal(415, 'UnsupportedMediaType', 'Validation error in iCalendar'),
      'method',
      'emptyDate',
      'twice',
      'noStart',
      'undeclaredDate',
      'alarmWithoutTrigger',
      'twoMasters',
      'lineWithoutColon',
      'noCalendar',
    ),
    ...refusing(plain(500, 'Sabre\\VObject\\InvalidDataException'), 'badRule'),
    ...refusing(
      {
        status: 403,
        body: '<d:error xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav"><cal:supported-calendar-component/></d:error>',
      },
      'other',
    ),
  ],
  query: { offered: true, depthZero: 'refused' },
  multiget: { ...ordinary.multiget, missing: 'absent' },
  mails: { honoursNone: false },
}

export const baikal: ServerKind = { ...sabre, name: 'baikal', wellKnown: 308, login: 'digest', cookies: true }
