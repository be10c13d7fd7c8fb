/**
 * Every text of the dashboard. A translation replaces this file and nothing else; `language` decides how relative
 * times read, since they stand inside sentences. Exact times follow the reader's own settings.
 */
export const language = 'en'

export const relativeTime = { justNow: 'just now', inAMoment: 'in a moment' }

export const appName = 'CalDAV/ICS Sync'

export const nav = {
  label: 'Main',
  overview: 'Overview',
  sources: 'Sources',
  destinations: 'Destinations',
  links: 'Links',
  calendar: 'Calendar',
  review: 'Review',
  settings: 'Settings',
  above: 'Pages above',
  apiSpec: 'API Spec',
  openMenu: 'Open navigation',
  closeMenu: 'Close navigation',
  collapse: 'Collapse navigation',
  expand: 'Expand navigation',
  opensInNewTab: '(opens in a new tab)',
  skipToContent: 'Skip to content',
}

export const theme = { label: 'Theme', light: 'Light', dark: 'Dark', system: 'System' }

export const health = {
  checking: 'Checking...',
  up: (uptime: string) => `Up ${uptime}`,
  degraded: 'Degraded',
  healthyHint: 'Server healthy',
  degradedHint: 'Server degraded',
  silentHint: 'Server does not answer',
}

export const alerts = { region: 'Notifications', dismiss: 'Dismiss' }

export const tabTitle = (failures: number) => (failures > 0 ? `(${failures}) ${appName}` : appName)

export const sources = {
  heading: 'Sources (CalDAV to ICS)',
  intro: 'Each source reads a CalDAV account and serves its events as one ICS feed.',
  add: 'Add Source',
  guide: 'Guided set-up',
  teach:
    'A source is a calendar account you have: Nextcloud, iCloud, Radicale and others. Its events become one address that phones, Google and Outlook can subscribe to.',
  begin: 'Set up a source step by step',
  empty: 'No sources configured. Click "Add Source" to get started.',
  loading: 'Loading sources',
  loadFailed: 'The sources could not be loaded.',
}

export const destinations = {
  heading: 'Destinations (ICS to CalDAV)',
  intro: 'Each destination reads an ICS feed and writes its events into a CalDAV calendar.',
  add: 'Add Destination',
  guide: 'Guided set-up',
  teach:
    'A destination takes a calendar that somebody publishes (a school, a club, a holiday list) and writes its events into a calendar of yours. You see what would happen before anything does.',
  begin: 'Set up a destination step by step',
  empty: 'No destinations configured. Click "Add Destination" to get started.',
  loading: 'Loading destinations',
  loadFailed: 'The destinations could not be loaded.',
}

export const list = {
  search: { source: 'Search sources', destination: 'Search destinations' },
  filter: 'Show',
  filters: {
    all: 'All',
    held: 'Waiting for you',
    error: 'Failed',
    ok: 'Synced',
    never: 'Not synced',
    paused: 'Paused',
  },
  order: 'Order',
  orders: { added: 'As added', name: 'By name', state: 'By state', last: 'By last run', next: 'By next run' },
  nothingFound: 'Nothing fits the search and the filter.',
  retry: 'Try again',
  stale: (since: string) => `The server does not answer. This is what was known ${since}. Trying again…`,
}

export const state = {
  never: { word: 'Not synced', hint: 'Not synced yet' },
  ok: { word: 'Synced', hint: 'Last sync successful' },
  error: { word: 'Failed', hint: 'Last sync failed' },
  syncing: { word: 'Syncing', hint: 'A sync is running' },
  paused: { word: 'Paused', hint: 'Runs only when you press Sync Now' },
  held: { word: 'Waiting for you', hint: 'Deletions wait for your answer' },
  nextRun: 'next',
  dueNow: 'due now',
  failuresInARow: (count: number) => `${count} runs in a row failed.`,
}

export const details = {
  caldavUrl: 'CalDAV URL',
  username: 'Username',
  interval: 'Sync Interval',
  manualOnly: 'Manual only',
  lastSynced: 'Last Synced',
  lastAttempt: 'Last Attempt',
  nextSync: 'Next Sync',
  never: 'Never',
  notScheduled: 'Not scheduled',
  error: (text: string) => `Error: ${text}`,
  icsUrl: 'ICS URL',
  publicIcsUrl: 'Public ICS URL',
  sameAsIcsUrl: 'Same as ICS URL (no auth required)',
  icsSource: 'ICS Source',
  calendar: 'Calendar',
  syncAll: 'Sync All',
  syncAllYes: 'Yes (past + future)',
  syncAllNo: 'Future only',
  keepLocal: 'Keep Local',
  keepLocalYes: 'Yes (preserve CalDAV events)',
  keepLocalNo: 'No (mirror ICS exactly)',
}

export const actions = {
  syncNow: 'Sync Now',
  syncing: 'Syncing...',
  edit: 'Edit',
  delete: 'Delete',
  cancel: 'Cancel',
  create: 'Create',
  update: 'Update',
  saving: 'Saving...',
  save: 'Save',
  pause: 'Pause',
  resume: 'Resume',
  duplicate: 'Duplicate',
  open: 'Details',
  undo: 'Undo',
  close: 'Close',
  pausedNow: (name: string) => `${name} is paused: it runs only when you press Sync Now`,
  resumed: (name: string) => `${name} runs by itself again`,
  named: (action: string, name: string) => `${action}: ${name}`,
}

export const copy = {
  copy: 'Copy',
  copied: 'Copied!',
  failed: 'Not copied',
  failedHint: 'The browser did not allow it. Select the address and copy it by hand.',
  what: (label: string) => `Copy ${label}`,
}

export const form = {
  copyOf: (name: string) => `${name} copy`,
  newSource: 'New Source',
  editSource: 'Edit Source',
  newDestination: 'New Destination',
  editDestination: 'Edit Destination',
  name: 'Name',
  caldavUrl: 'CalDAV URL',
  caldavUrlHint: 'The address of the server, the account or one calendar.',
  username: 'Username',
  password: 'Password',
  keepPassword: '(leave empty to keep current)',
  keepPasswordPlaceholder: 'Unchanged if empty',
  passwordForNewServer: 'The server changed, so the password is asked for again.',
  icsPath: 'ICS Path',
  icsPathHint: '(e.g. my-calendar)',
  interval: 'Sync Interval',
  intervalHint: '(all zero = manual only)',
  hours: 'Hours',
  minutes: 'Minutes',
  seconds: 'Seconds',
  makePublic: "Make ICS URL public (for services like Google Calendar that don't support HTTP Basic Auth)",
  publicPath: 'Custom public path',
  publicPathHint: '(leave empty to make standard URL public)',
  icsUrl: 'ICS Source URL',
  serverUrl: 'CalDAV Server URL',
  calendarName: 'Calendar Name',
  calendarNameHint: 'As the server shows it, or the last part of its address.',
  caldavUsername: 'CalDAV Username',
  caldavPassword: 'CalDAV Password',
  syncAll: 'Sync all events (including past)',
  keepLocal: 'Keep local CalDAV events not in ICS',
  unsaved: 'Nothing was saved yet. Press Cancel to discard what you typed.',
  notANumber: 'Whole numbers from 0 up',
  empty: (label: string) => `${label} cannot be empty`,
}

export const upload = {
  upload: 'Upload a file',
  uploading: 'Uploading...',
  choose: 'Calendar file',
  hint: 'Instead of an address: a calendar file (.ics). Files in the import folder of the data folder work too, as import:name.ics.',
}

export const confirmDelete = {
  title: 'Confirm Delete',
  question: (name: string) => `Delete ${name}? This cannot be undone.`,
  source: 'Its feed and its links stop at once. For ten minutes after it, Undo can still bring everything back.',
  destination:
    'What it wrote stays in the calendar. For ten minutes after it, Undo can still bring it back with its history.',
  deleting: 'Deleting...',
}

export const overlap = {
  title: 'Duplicate Calendar Target',
  intro: (count: number) =>
    count === 1
      ? 'Another destination writes to the same calendar:'
      : `${count} other destinations write to the same calendar:`,
  options: (syncAll: boolean, keepLocal: boolean) =>
    `sync_all: ${syncAll ? 'on' : 'off'}, keep_local: ${keepLocal ? 'on' : 'off'}`,
  warning:
    'A destination with keep_local off mirrors its feed: it may delete events that another destination has written.',
  proceed: 'Continue Anyway',
}

export const failure = {
  unreachable: 'The server does not answer. Check that the service is running and that you are connected.',
  timeout: 'The server took too long to answer. Try again.',
  login: 'The login was refused. Reload the page to sign in again.',
  unexpected: (status: number) => `The server answered with status ${status}. Try again, or look at its log.`,
  pageTitle: 'This page stopped working',
  page: 'Something in the dashboard failed. Your sources and destinations are not affected.',
  reload: 'Reload',
  notFoundTitle: 'This page does not exist',
  notFound: 'The address may be mistyped, or the page has moved.',
  goHome: 'Go to the overview',
}

export const attention = {
  heading: 'Needs you',
  nothing: 'Nothing needs you.',
  held: (count: number) =>
    `${count === 1 ? 'One deletion waits' : `${count} deletions wait`} for your answer, because so many at once may be an accident.`,
  waiting: (count: number) =>
    count === 1
      ? 'A destination waits for your answer about deletions.'
      : `${count} destinations wait for your answer about deletions.`,
  review: 'Review deletions',
  signIn: 'Sign in again',
  tryAgain: 'Try again',
  show: 'Show what happened',
  showLink: 'Show the link',
  openSettings: 'Open settings',
  setup: 'Set-up',
  stopped: (client: string) =>
    `${client} used to read this feed and has stayed away. Perhaps its subscription was removed.`,
}

export const strip = {
  summary: (runs: number, failed: number) =>
    runs === 0 ? 'No runs yet' : `The last ${runs} runs: ${failed === 0 ? 'none failed' : `${failed} failed`}`,
}

export const plot = {
  summary: (ok: number, attention: number, error: number) =>
    `Runs of the last 14 days: ${ok} went well, ${attention} need a look, ${error} failed`,
  day: (day: string, ok: number, attention: number, error: number) =>
    `${day}: ${ok} went well, ${attention} need a look, ${error} failed`,
  legend: { ok: 'Went well', attention: 'Needs a look', error: 'Failed' },
  durations: (runs: number, middle: string, longest: string) =>
    `The last ${runs} runs: half of them within ${middle}, the longest ${longest}`,
}

export const live = { reconnecting: 'Reconnecting… What you see may be old.' }

export const overview = {
  heading: 'Overview',
  intro: 'How your calendars are doing, and what waits for you.',
  loading: 'Loading the overview',
  loadFailed: 'The overview could not be loaded.',
  states: 'Now',
  activity: 'Runs of the last 14 days',
  nextRuns: 'Next runs',
  noNextRuns: 'Nothing is scheduled.',
  welcomeSource: 'Publish a calendar of yours',
  welcomeDestination: 'Bring a published calendar into yours',
}

export const page = {
  noIdTitle: 'Nothing was chosen',
  noId: 'The address of this page lacks the number of what it should show. Choose it in the list.',
}

export const item = {
  gone: { source: 'This source does not exist', destination: 'This destination does not exist' },
  goneText: 'It may have been deleted, here or in another window.',
}

export const server = {
  title: 'Server',
  about: 'What was learnt of it while working with it.',
  origin: 'Address',
  software: 'Software',
  syncCollection: 'Tells changes only (sync-collection)',
  dataInSync: 'Sends events along with the changes',
  batch: 'Events asked for at once',
  writers: 'Writes under way at once',
  unknown: 'Not known yet',
  yes: 'Yes',
  no: 'No',
}

export const signIn = {
  submit: 'Sign in',
  hint: 'Where the server has two-factor login, make an app password there and enter it here.',
  saved: (name: string) => `${name}: the login was saved and is being tried`,
}

export const run = {
  history: 'Runs',
  loading: 'Loading the runs',
  loadFailed: 'The runs could not be loaded.',
  none: 'It has not run yet.',
  columns: { when: 'Began', result: 'Result', took: 'Took', why: 'Why', what: 'What it did' },
  trigger: {
    start: 'start of the service',
    timer: 'schedule',
    manual: 'Sync Now',
    change: 'settings changed',
    approve: 'deletions approved',
    undo: 'undo',
    reader: 'a reader asked',
  },
  status: {
    running: 'under way',
    ok: 'went well',
    partial: 'went well in part',
    held: 'waits for you',
    error: 'failed',
    interrupted: 'was cut off',
  },
  phase: (phase: string | null) => phases[phase ?? ''] ?? 'Beginning',
}

const phases: Readonly<Record<string, string>> = {
  download: 'Downloading the feed',
  discover: 'Looking for the calendars',
  list: 'Asking what changed',
  fetch: 'Reading events',
  plan: 'Working out what to do',
  write: 'Writing events',
  delete: 'Removing events',
  publish: 'Making the feed',
}

export const operation = {
  kind: { create: 'Add', update: 'Change', delete: 'Remove' },
  result: {
    done: 'Done',
    'lost-race': 'Changed by somebody else meanwhile',
    failed: 'Failed',
    held: 'Waits for you',
    'refused-before': 'Refused by the server before',
    'left-alone': 'Left alone',
  },
  changes: (count: number) => (count === 1 ? 'One property' : `${count} properties`),
  before: (value: string) => `Before: ${value}`,
  after: (value: string) => `After: ${value}`,
  showAll: (count: number) => `Show all ${count}`,
}

export const problem = {
  repaired: 'It was mended.',
  was: (text: string) => `Before: ${text}`,
  is: (text: string) => `Now: ${text}`,
}

export const subscribe = {
  loading: 'Loading the address',
  loadFailed: 'The address could not be loaded.',
  needsLogin:
    'This address asks for the login of this service. Google and Outlook cannot give one: make the address public for them.',
  onlyHere:
    'This address is known on this computer only. Open the dashboard under the address that other devices use, or set PUBLIC_URL.',
  scan: 'Point the camera of a phone at the code: it opens a page with the steps for each calendar program.',
  qr: (page: string) => `QR code of ${page}`,
  address: 'Address',
  webcal: 'For calendar programs',
  page: 'Page with the steps',
  unusable: 'This program needs an address that is open without login.',
}
