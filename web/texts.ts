/**
 * Every text of the dashboard. A translation replaces this file and nothing else; `language` decides how relative
 * times read, since they stand inside sentences. Exact times follow the reader's own settings.
 */
export const language = 'en'

export const relativeTime = { justNow: 'just now', inAMoment: 'in a moment' }

export const appName = 'CalDAV/ICS Sync'

export const nav = {
  label: 'Main',
  sources: 'Sources',
  destinations: 'Destinations',
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
  empty: 'No sources configured. Click "Add Source" to get started.',
  loading: 'Loading sources',
  loadFailed: 'The sources could not be loaded.',
}

export const destinations = {
  heading: 'Destinations (ICS to CalDAV)',
  intro: 'Each destination reads an ICS feed and writes its events into a CalDAV calendar.',
  add: 'Add Destination',
  empty: 'No destinations configured. Click "Add Destination" to get started.',
  loading: 'Loading destinations',
  loadFailed: 'The destinations could not be loaded.',
}

export const list = {
  retry: 'Try again',
  stale: (since: string) => `The server does not answer. This is what was known ${since}. Trying again…`,
}

export const state = {
  never: { word: 'Not synced', hint: 'Not synced yet' },
  ok: { word: 'Synced', hint: 'Last sync successful' },
  error: { word: 'Failed', hint: 'Last sync failed' },
  syncing: { word: 'Syncing', hint: 'A sync is running' },
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
  goHome: 'Go to Sources',
}
