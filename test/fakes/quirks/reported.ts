/** Servers that could not be measured, as public reports have them (servers.md section 8). */
import type { ServerKind } from './kind.ts'
import { ordinary, sabre } from './measured.ts'
import { page, plain, refusing, sabreRefusal } from './refusals.ts'
import { likeExchange, likeIcalendar } from './storing.ts'

const uidTaken = 'Calendar object with uid already exists in this calendar collection.'

const nextcloud: ServerKind = {
  ...sabre,
  name: 'nextcloud',
  uid: {
    scope: 'calendar',
    refuses: () => sabreRefusal(400, 'BadRequest', uidTaken),
    bin: sabreRefusal(
      400,
      'BadRequest',
      'Deleted calendar object with uid already exists in this calendar collection.',
    ),
  },
}

const icloud: ServerKind = {
  ...ordinary,
  name: 'icloud',
  dialect: 'default-namespace',
  hrefs: encodeURIComponent,
  uid: { scope: 'account', refuses: () => plain(412, 'Precondition Failed') },
  refuses: () => plain(404, 'Not Found'),
  checks: refusing(plain(404, 'Not Found'), 'noEnd', 'noEndAfterStart'),
}

/** The login is Basic here: tokens are tested elsewhere. */
const google: ServerKind = {
  ...ordinary,
  name: 'google',
  dialect: 'default-namespace',
  putEtag: 'never',
  honours: { ifNoneMatch: false, ifMatchOnDelete: true, ifMatchOnMissing: true },
  sync: {
    token: (calendar, changes) => `https://apidata.googleusercontent.com/caldav/v2/sync/${calendar}-${changes}`,
    invalid: 'forbidden',
    repeats: 'no',
    namesUnseen: true,
    namesOldDeletions: false,
  },
  store: likeIcalendar,
  uid: { scope: 'calendar', refuses: () => plain(409, 'Conflict') },
  refuses: () => plain(403, 'Forbidden'),
}

const zoho: ServerKind = {
  ...ordinary,
  name: 'zoho',
  enter: 'calendar',
  wellKnown: 501,
  root: 501,
  refuses: () => page(400, 'Bad request'),
  multiget: { ...ordinary.multiget, most: 100 },
}

const openXchange: ServerKind = {
  ...ordinary,
  name: 'ox',
  etag: 'url',
  ctag: null,
  window: Date.UTC(2026, 0, 1),
  refuses: () => plain(403, 'Forbidden'),
}

const lark: ServerKind = {
  ...ordinary,
  name: 'lark',
  enter: 'home',
  wellKnown: 404,
  root: 404,
  ctag: null,
  readOnly: true,
  refuses: () => plain(409, 'Conflict'),
  multiget: { ...ordinary.multiget, denies: true },
}

const davmail: ServerKind = {
  ...ordinary,
  name: 'davmail',
  hrefs: (name) => encodeURIComponent(name.replace(/\.ics$/, '.EML')),
  etag: 'timestamp',
  store: likeExchange,
  refuses: () => plain(500, 'Internal Server Error'),
}

export const reported: readonly ServerKind[] = [nextcloud, icloud, google, zoho, openXchange, lark, davmail]
