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

export const shortcuts = {
  title: 'Keyboard shortcuts',
  about: 'They work everywhere but in fields and dialogs.',
  search: 'Search the list',
  help: 'Show these shortcuts',
  go: (page: string) => `Go to ${page}`,
  on: 'Single keys do something',
}

/** `page`: null where it has no name of its own. */
export const tabTitle = (failures: number, page: string | null) =>
  `${failures > 0 ? `(${failures}) ` : ''}${page === null ? '' : `${page} - `}${appName}`

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
  showAll: 'Show all',
  retry: 'Try again',
  /** `refusal`: what a server said that did answer. */
  stale: (refusal: string | null, at: string) =>
    `${refusal ?? 'The server does not answer.'} This is what was known at ${at}. Trying again…`,
}

export const state = {
  label: 'State',
  never: { word: 'Not synced', hint: 'Not synced yet' },
  ok: { word: 'Synced', hint: 'Last sync successful' },
  error: { word: 'Failed', hint: 'Last sync failed' },
  syncing: { word: 'Syncing', hint: 'A sync is running' },
  paused: { word: 'Paused', hint: 'Runs only when you press Sync Now' },
  held: { word: 'Waiting for you', hint: 'Deletions wait for your answer' },
  mayBeOld: (word: string) => `Last known: ${word}`,
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
  copyLacksConnection:
    'Headers, certificates and tokens are not copied, because they are secrets. They are set through the API (connection).',
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

export const wizard = {
  steps: 'Steps',
  stepOf: (step: number, count: number) => `Step ${step} of ${count}`,
  doneStep: '(done)',
  loading: 'Loading the guide',
  back: 'Back',
  stop: 'Stop',
  restored: 'What you typed before is here again, except for the password.',
  startOver: 'Start over',
  events: (count: number | null) =>
    count === null ? 'not counted' : count === 1 ? '1 event' : `${count.toLocaleString(language)} events`,
  firstRun: { waiting: 'Waiting for the first run to begin', failed: 'The first run failed.' },
}

export const account = {
  title: 'Account',
  heading: { source: 'Which account holds your calendar?', destination: 'Which account should the events go to?' },
  intro: {
    source: 'Enter the same login as in the calendar program on your phone or computer. Nothing is changed there.',
    destination: 'Enter the login of the account whose calendar is to be filled. Nothing is written before you say so.',
  },
  service: 'Where is it?',
  url: 'Server address',
  replace: (part: string) => `Replace ${part} with the name of your own server.`,
  stillExample: (part: string) => `This is only an example. Replace ${part} with the name of your own server.`,
  username: 'Username',
  password: 'Password',
  check: 'Check account',
  checking: 'Checking the account…',
  next: 'Choose calendars',
  nextTarget: 'Choose the calendar',
  result: 'What the server says',
  found: (count: number) => (count === 1 ? 'One calendar was found.' : `${count} calendars were found.`),
  noCalendarYet: 'The account has no calendar yet. One can be made in the next step.',
  toDestination: 'Set up a destination instead',
}

export const serverPresets = {
  nextcloud: {
    name: 'Nextcloud',
    hint: 'With two-factor login, or to be able to lock out this service alone, make an app password in Nextcloud: Settings, Security, Devices & sessions.',
  },
  icloud: {
    name: 'iCloud',
    hint: 'The username is the e-mail address of your Apple Account. Your usual password is not taken: make one at account.apple.com under Sign-In and Security, App-Specific Passwords.',
  },
  fastmail: {
    name: 'Fastmail',
    hint: 'The username is your full Fastmail address. Your usual password is not taken: make one under Settings, Privacy & Security, App passwords, with access to calendars.',
  },
  mailbox: {
    name: 'mailbox.org',
    hint: 'The username is your mailbox.org address. With two-factor login, make an app password in the settings of mailbox.org first.',
  },
  baikal: {
    name: 'Baïkal',
    hint: 'Username and password are those of the user in the admin pages of Baïkal; there are no app passwords.',
  },
  radicale: {
    name: 'Radicale',
    hint: 'Username and password are those of the users file of Radicale. Replace localhost where Radicale runs on another computer, or this service runs in a container.',
  },
  google: {
    name: 'Google Calendar',
    hint: 'Google lets other programs in only with a sign-in of its own (OAuth), which this service does not speak, so a Google calendar cannot be a source. But each has a secret address, from which a destination can copy it into another calendar. On a computer, open the settings of the calendar: Integrate calendar, Secret address in iCal format.',
  },
  other: {
    name: 'Another server',
    hint: 'Any server that speaks CalDAV. The address of the server, of the account or of one calendar will do. If there is two-factor login, use an app password.',
  },
}

export const diagnosis = {
  stages: {
    address: 'Server',
    tls: 'Encryption',
    login: 'Login',
    principal: 'Account',
    home: 'Place of the calendars',
    calendars: 'Calendars',
    read: 'Reading events',
    write: 'Writing events',
  },
  states: { ok: 'Done', failed: 'Failed', skipped: 'Note' },
}

export const addSource = {
  title: 'Set up a source',
  intro: 'A source turns calendars of an account into one address that others can subscribe to.',
  calendars: {
    title: 'Calendars',
    heading: 'Which calendars go into the feed?',
    intro: 'Their events come together in one feed.',
    all: 'All calendars, also those made later',
    list: 'Calendars of the account',
    none: 'Tick at least one calendar.',
    next: 'Name the feed',
  },
  details: {
    title: 'Name and address',
    heading: 'What is the feed called, and who may read it?',
    nameHint: 'For you, and for those who subscribe.',
    path: 'Address of the feed',
    pathHint: (address: string) => `Served at ${address}`,
    readers: 'Who may read it?',
    withLogin: 'Only those with the login of this service',
    withLoginAbout: 'For your own devices. Google and Outlook on the web cannot enter a login.',
    anyone: 'Everybody who knows the address',
    anyoneAbout:
      'Needed for Google and Outlook on the web, and to share it. The address is made so that nobody can guess it.',
    publicPath: 'Public address',
    next: 'Create source',
    creating: 'Creating the source…',
  },
  subscribe: {
    title: 'Subscribe',
    running: 'Reading your calendars for the first time',
    heading: (name: string) => `${name} is ready to subscribe to`,
    noLink: 'Looking up the address',
    show: 'Show source',
    calendar: 'Show calendar',
  },
}

export const addDestination = {
  title: 'Set up a destination',
  intro: 'A destination writes the events of a published calendar into a calendar of yours, and keeps them up to date.',
  feed: {
    title: 'Feed',
    heading: 'Which calendar should be written into yours?',
    way: 'Where does it come from?',
    ways: {
      address: { title: 'An address', about: 'Somebody publishes it: a school, a club, Google, Outlook.' },
      file: { title: 'A file', about: 'You have a calendar file (.ics) on this device.' },
      source: { title: 'One of your sources', about: 'This service reads it already.' },
    },
    address: 'Address of the feed',
    addressHint: 'Begins with https:// or webcal:// and often ends in .ics.',
    where: 'Where to find the address',
    places: [
      {
        name: 'Google Calendar',
        steps: 'On a computer: Settings of the calendar, Integrate calendar, Secret address in iCal format.',
      },
      {
        name: 'Outlook',
        steps: 'On the web: Settings, Calendar, Shared calendars, Publish a calendar. Copy the ICS link.',
      },
      { name: 'iCloud', steps: 'Share the calendar, turn on Public Calendar and copy the link.' },
    ],
    file: (name: string) => `Chosen: ${name}`,
    noFile: 'Upload a calendar file first.',
    source: 'Source',
    chooseSource: 'Choose a source',
    noSource: 'Choose the source to be written.',
    noSources: 'There is no source yet.',
    next: 'Look at the feed',
    looking: 'Reading the feed…',
  },
  contents: {
    title: 'Contents',
    heading: 'This is what the feed holds',
    loading: 'Reading the feed',
    loadFailed: 'The feed could not be read.',
    name: 'Name',
    events: 'Events',
    recurring: (count: number) => `${count} ${count === 1 ? 'repeats' : 'repeat'}`,
    allDay: (count: number) => `${count} all day`,
    cancelled: (count: number) => `${count} cancelled`,
    withGuests: (count: number) => `${count} with guests`,
    unreadable: (count: number) => `${count} could not be read and ${count === 1 ? 'is' : 'are'} left out`,
    span: 'Time span',
    spanOf: (first: string, last: string) => `${first} to ${last}`,
    spanFrom: (first: string) => `from ${first}, without an end`,
    zones: 'Time zones',
    zoneUnknown: (name: string) => `${name} (not understood)`,
    empty: 'The feed holds no events at the moment. You can go on; they are written once there are some.',
    preview: 'Next events',
    previewPast: 'Last events',
    allDayMark: 'all day',
    repeats: 'repeats',
    noTitle: 'Without a title',
    findings: (count: number) => (count === 1 ? 'One thing was noticed' : `${count} things were noticed`),
    findingsAbout: 'What is not as it should be in the feed, and what is done about it.',
    next: 'Choose the account',
  },
  target: {
    title: 'Calendar',
    heading: 'Which calendar should be filled?',
    intro: 'Best is a calendar of its own: then nothing of yours stands between these events.',
    list: 'Calendars of the account',
    fresh: 'A new calendar',
    freshAbout: 'It is made by the first run.',
    newName: 'Name of the new calendar',
    newNameTaken: 'The account has a calendar of this name already. Choose it above, or take another name.',
    none: 'Choose a calendar.',
    readOnly: (count: number) =>
      count === 1
        ? 'One calendar is not shown, because this account may only read it.'
        : `${count} calendars are not shown, because this account may only read them.`,
    name: 'Name of the destination',
    nameHint: 'What it is called in this dashboard.',
    next: 'Choose what to remove',
    looking: 'Comparing the feed with the calendar…',
  },
  removal: {
    title: 'Removing',
    heading: 'What may be removed from the calendar?',
    intro:
      'Events come and go. Adding and changing goes by itself; this is about events that are no longer in the feed.',
    question: 'What to remove',
    dropped: {
      title: 'What this destination added, once it leaves the feed',
      about: 'An event that is called off disappears again. Your own events, and events that are over, stay.',
      now: 'Now: nothing is removed, because it has not added anything yet.',
    },
    nothing: {
      title: 'Nothing',
      about: 'Events are added and changed only. What is called off stays until you remove it by hand.',
      now: 'Now: nothing is removed.',
    },
    mirror: {
      title: 'Everything that is not in the feed',
      about: 'The calendar becomes an exact copy of the feed. Events of your own in it are removed.',
      now: (count: number, examples: readonly string[]) => {
        if (count === 0) return 'Now: nothing is removed, because the calendar holds nothing else.'
        const more = count > examples.length ? ` and ${count - examples.length} more` : ''
        return `Now: ${count === 1 ? '1 event of this calendar is' : `${count} events of this calendar are`} removed: ${examples.join(', ')}${more}.`
      },
      fresh: 'Now: nothing is removed, because the calendar is new.',
      held: 'As these are many at once, they wait for your yes.',
    },
    next: 'Show the plan',
  },
  plan: {
    title: 'Plan',
    heading: 'This is what the first run will do',
    loading: 'Working out the plan',
    loadFailed: 'The plan could not be made.',
    counts: {
      create: 'to add',
      update: 'to change',
      delete: 'to remove',
      held: 'wait for your yes',
      unchanged: 'stay',
    },
    nothing: 'The calendar is up to date: there is nothing to do right now.',
    events: 'Event by event',
    problems: (count: number) => (count === 1 ? 'One thing to know' : `${count} things to know`),
    problemsAbout: 'Nothing here keeps you from going on.',
    again: 'Plan again',
    next: 'Create destination',
    creating: 'Creating the destination…',
  },
  finish: {
    title: 'First run',
    running: 'Writing the events for the first time',
    heading: (name: string) => `${name} is set up`,
    run: 'Show what was done',
    show: 'Show destination',
    calendar: 'Show calendar',
  },
}

export const confirmDelete = {
  title: 'Confirm Delete',
  question: (name: string) => `Delete ${name}? This cannot be undone.`,
  source:
    'Its feed and its links stop at once. Only in the first ten minutes there is a way back: Undo then returns everything.',
  destination:
    'What it wrote stays in the calendar. Only in the first ten minutes there is a way back: Undo then returns it with its history.',
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
  nothingAbout: 'No login was refused, no server is silent, no deletion waits, and every reader still comes.',
  held: (count: number) =>
    `${count === 1 ? 'One deletion waits' : `${count} deletions wait`} for your answer, because so many at once may be an accident.`,
  waiting: (count: number) =>
    count === 1
      ? 'A destination waits for your answer about deletions.'
      : `${count} destinations wait for your answer about deletions.`,
  review: 'Review deletions',
  signIn: 'Sign in again',
  tryAgain: 'Try again',
  trying: 'Trying...',
  cause: {
    held: 'Waiting for you',
    login: 'Login refused',
    unreachable: 'Server does not answer',
    failed: 'Failed',
    reader: 'Reader stays away',
    setup: 'Set-up',
  },
  nextTry: 'Next try',
  show: 'Show what happened',
  showLink: 'Show the link',
  openSettings: 'Open settings',
  setup: 'This service',
  linkAt: (path: string) => `Link ${path}`,
  stopped: (client: string) =>
    `${client} used to read this feed and has stayed away. Perhaps its subscription was removed.`,
}

export const strip = {
  summary: (runs: number, failed: number) =>
    runs === 0
      ? 'No runs yet'
      : runs === 1
        ? `One run: it ${failed === 0 ? 'did not fail' : 'failed'}`
        : `The last ${runs} runs: ${failed === 0 ? 'none failed' : `${failed} failed`}`,
}

const needALook = (count: number) => `${count} ${count === 1 ? 'needs' : 'need'} a look`

export const plot = {
  summary: (ok: number, attention: number, error: number) =>
    `Runs of the last 14 days: ${ok} went well, ${needALook(attention)}, ${error} failed`,
  day: (day: string, ok: number, attention: number, error: number) =>
    `${day}: ${ok} went well, ${needALook(attention)}, ${error} failed`,
  legend: { ok: 'Went well', attention: 'Needs a look', error: 'Failed' },
  durations: (runs: number, middle: string, longest: string) =>
    `The last ${runs} runs: half of them within ${middle}, the longest ${longest}`,
}

export const live = { reconnecting: 'Reconnecting… What you see may be old.' }

export const calendar = {
  heading: 'Calendar',
  intro: 'The events as a subscriber sees them. Choose one to see where it came from.',
  choose: 'What to show',
  groups: { source: 'Sources', link: 'Links', destination: 'Destinations' },
  loadingList: 'Loading what there is to show',
  listFailed: 'What there is to show could not be loaded.',
  nothing: 'There is no calendar to show yet. It appears here once a source or a destination is set up.',
  begin: 'Go to the sources',
  gone: 'What this address names does not exist; it may have been deleted. Choose another calendar above.',
  loading: 'Loading events',
  loadFailed: 'The events could not be loaded.',
  views: 'View',
  view: { month: 'Month', week: 'Week', list: 'List' },
  today: 'Today',
  previous: { month: 'Previous month', week: 'Previous week', list: 'Previous month' },
  next: { month: 'Next month', week: 'Next week', list: 'Next month' },
  empty: { month: 'No events in this month.', week: 'No events in this week.', list: 'No events in this month.' },
  truncated: 'There are more events than can be shown at once. Choose the week to see all of them.',
  unsure: (count: number, names: string) =>
    count === 1
      ? `This event repeats in a way that could not be worked out in time, so dates of it may be missing: ${names}`
      : `These ${count} events repeat in a way that could not be worked out in time, so dates of them may be missing: ${names}`,
  more: (count: number) => `+${count} more`,
  moreHint: (count: number) => `Show ${count} more events of this day`,
  allDay: 'All day',
  timed: 'With a time',
  events: 'Events',
  status: { CANCELLED: 'cancelled', TENTATIVE: 'tentative' },
}

export const event = {
  untitled: '(no title)',
  loading: 'Loading the event',
  loadFailed: 'The event could not be loaded.',
  when: 'When',
  here: 'Your time',
  zone: (when: string, zone: string) => `${when} (${zone})`,
  sameHour: (when: string) => `${when}, the same hour in every time zone`,
  repeats: 'Repeats',
  repeatsUnknown: 'On several dates',
  where: 'Where',
  description: 'Description',
  web: 'Web page',
  categories: 'Categories',
  guests: 'Guests',
  status: 'Status',
  calendar: 'Calendar',
  calendarUnknown: 'Not known',
  source: 'Source',
  origin: 'Came from',
  written: 'This destination wrote it.',
  notWritten: 'This destination did not write it: it was entered in the calendar by somebody else.',
  raw: 'As it stands in the calendar file',
  rawAbout: 'For whoever looks into a problem',
}

/** A rule of repetition in plain words: its parts, put together in this order. */
export const repeat = {
  every: {
    DAILY: (count: number) => (count === 1 ? 'Every day' : `Every ${count} days`),
    WEEKLY: (count: number) => (count === 1 ? 'Every week' : `Every ${count} weeks`),
    MONTHLY: (count: number) => (count === 1 ? 'Every month' : `Every ${count} months`),
    YEARLY: (count: number) => (count === 1 ? 'Every year' : `Every ${count} years`),
  },
  weekdays: 'Every weekday, Monday to Friday',
  on: (days: string) => `on ${days}`,
  onDay: (days: string) => `on day ${days}`,
  lastDay: 'on the last day of the month',
  the: (days: string) => `on the ${days}`,
  places: { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', '-1': 'last', '-2': 'second to last' },
  placed: (place: string, day: string) => `${place} ${day}`,
  weekday: 'weekday, Monday to Friday',
  in: (months: string) => `in ${months}`,
  until: (day: string) => `until ${day}`,
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
}

export const review = {
  heading: 'Review',
  intro: 'Events that left a feed and wait for your answer before they are removed from your calendar.',
  loading: 'Loading what waits for you',
  loadFailed: 'What waits for you could not be loaded.',
  nothing: 'Nothing waits for you.',
  purpose:
    'When a feed suddenly lacks many of its events, a destination asks here before it removes them from your calendar, because it may be an accident: an empty file, a broken export.',
  all: 'Review everything that waits',
  what: (count: number, calendar: string) =>
    count === 1
      ? `The feed no longer holds one event that is in the calendar ${calendar}. So that an accident costs nothing, it waits for your answer.`
      : `The feed no longer holds ${count} events that are in the calendar ${calendar}. So many at once may be an accident, so they wait for your answer.`,
  lastRun: (text: string) => `The last run: ${text}`,
  events: 'Events that wait',
  missing: 'First missing',
  asked: (times: number) => (times === 1 ? 'asked for once' : `asked for ${times} times`),
  approved: 'You said: remove',
  showAll: (count: number) => `Show all ${count} events`,
  remove: 'Remove these events',
  removing: 'Removing...',
  keep: 'Keep these events',
  limit: 'Raise the limit',
  named: (action: string, name: string) => `${action}: ${name}`,
  without: 'If you do nothing:',
  drains:
    'an event that three runs in a row find missing, over at least 24 hours, is removed without asking again. If the feed gets it back before that, it simply stays.',
  drainsNot: 'it runs only when you press Sync Now, so everything stays as it is until then.',
  kept: 'Kept, because you said so',
  keptAbout: 'They stay for as long as the feed lacks them.',
  confirm: 'Remove events',
  question: (count: number, calendar: string) =>
    count === 1
      ? `Remove one event from the calendar ${calendar}?`
      : `Remove ${count} events from the calendar ${calendar}?`,
  undo: 'What is removed is put down first: the page of the run can bring it back for as long as the service keeps it, usually 30 days.',
  removed: (name: string, count: number) =>
    `${name}: ${count === 1 ? 'one event was removed' : `${count} events were removed`}`,
  stands: (reason: string) => `${reason} Your answer stands: the next run that works removes them.`,
  limitTitle: (name: string) => `Limit of ${name}`,
  limitLabel: 'Deletions of one run that need no answer',
  limitHint:
    'Up to so many events are removed without asking you. Empty: as usual, where a run asks if it would remove more than five events and more than a fifth of what it wrote, or if the feed lost more than half of its events. An empty feed always asks.',
  limitWaiting: (count: number) =>
    count === 1
      ? 'One deletion waits now. With a limit of 1 or more the next run carries it out.'
      : `${count} deletions wait now. With a limit of ${count} or more the next run carries them out.`,
  limitRange: 'A whole number from 1 to 1,000,000, or nothing',
  limitSave: 'Save the limit',
  limitNow: (limit: number) => `Limit now: ${limit} deletions of one run`,
  meetings: 'Meetings left alone',
  meetingsAbout:
    'These have guests, your account organizes them, and this service did not write them: a change could send mail to the guests.',
  destination: 'Open the destination',
}

export const settings = {
  heading: 'Settings',
  intro: 'How this service is set up. Most of it comes from its environment and changes with a restart.',
  loading: 'Loading the settings',
  loadFailed: 'The settings could not be loaded.',
  access: 'Access and appearance',
  login: 'Login',
  loginOn: (name: string | null) => (name === null ? 'On' : `On, as ${name}`),
  loginOff: 'Off',
  loginAbout: {
    on: 'Whoever opens the dashboard or a feed that is not public is asked for it.',
    off: 'Everybody who reaches this address can read and change everything.',
  },
  theme: 'Theme',
  themeAbout: 'Kept in this browser. System follows what the computer or phone is set to.',
  service: 'Service',
  version: (version: string) => `Version ${version}`,
  started: 'Running since',
  database: 'Database',
  journal: 'Journal',
  journalAbout: (entries: number, days: number) =>
    `What runs replaced or removed, kept for ${days === 1 ? 'one day' : `${days} days`} so that they can be undone: ${
      entries === 1 ? 'one entry' : `${entries} entries`
    }`,
  memory: 'Memory',
  memoryAbout: (heap: string) => `Of this, ${heap} hold objects of the program.`,
  environment: 'Environment',
  environmentAbout: 'The variables as they were read at the start. Secrets are never shown.',
  variable: 'Variable',
  value: 'Value',
  notSet: 'Not set',
  secret: '*** (set, hidden)',
  move: 'Move and keep',
  export: 'Export',
  exportAbout:
    'All sources, destinations and links as one file, to keep or to move to another computer. Passwords are never in it.',
  exportButton: 'Download settings',
  import: 'Import',
  importAbout:
    'Adds what such a file holds; what is there already is left as it is. Since the file has no passwords, what is added is paused and asks for its password.',
  importButton: 'Import settings',
  importing: 'Importing...',
  importChoose: 'Settings file',
  importNotJson: 'This file is no settings file: it cannot be read as JSON. Choose one that was downloaded here.',
  importForeign: 'This file was not exported by this service. Choose one that was downloaded here.',
  importResults: 'What became of each entry',
  importEmpty: 'The file holds no source, no destination and no link.',
  kind: { source: 'Source', destination: 'Destination', link: 'Link' },
  result: { created: 'Added', exists: 'Exists', refused: 'Refused' },
  files: 'Calendar files',
  filesAbout: 'Files that were uploaded as the feed of a destination.',
  filesLoading: 'Loading the calendar files',
  filesFailed: 'The calendar files could not be loaded.',
  filesNone: 'No calendar file is stored. One can be uploaded in the form of a destination.',
  fileAbout: (size: string, users: string) => `${size}, feed of ${users}`,
  fileUnused: (size: string) => `${size}, not used`,
  fileChanged: 'changed',
  fileUsed: 'In use',
  fileDelete: (name: string) => `Delete ${name}`,
  fileConfirm: 'Delete calendar file',
  fileConfirmed: 'Delete file',
  fileQuestion: (name: string) => `Delete ${name} from this service? No destination uses it.`,
  fileDeleting: 'Deleting...',
  develop: 'API',
  docs: 'API documentation',
  docsAbout: 'Every call of this service, to read and to try.',
  docsOff: 'Switched off by SWAGGER_UI.',
  docsButton: 'Open documentation',
  openapi: 'OpenAPI document',
  openapiAbout: 'The same for programs.',
  openapiButton: 'Open document',
}

export const overview = {
  heading: 'Overview',
  intro: 'How your calendars are doing, and what waits for you.',
  introNew: 'Nothing is set up yet. Begin with what you want to do:',
  loading: 'Loading the overview',
  loadFailed: 'The overview could not be loaded.',
  activity: 'Runs of the last 14 days',
  nextRuns: 'Next runs',
  noNextRuns: 'Nothing is scheduled.',
  noActivity: 'Nothing has run yet.',
  none: { source: 'No sources yet.', destination: 'No destinations yet.' },
  kind: { source: 'Source', destination: 'Destination' },
  begin: { source: 'Set up a source', destination: 'Set up a destination' },
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
  lastRun: 'last run',
  neverRan: 'It has not run yet.',
  change: 'Change',
  automatic: 'Sync by itself',
  automaticOn: (interval: string) => `Every ${interval}`,
  automaticOff: 'Paused: it runs only when you press Sync Now.',
  automaticNone: 'No interval is set, so it runs only when you press Sync Now.',
  on: 'On',
  off: 'Off',
  saving: 'Saving…',
  saved: 'Saved',
  notSaved: (why: string) => `Not saved. ${why}`,
  interval: 'Time between two runs',
  account: 'Address and login',
  feed: 'Feed',
  view: 'Events',
  viewAbout: 'What stands in it, as a calendar.',
  openCalendar: 'Open calendar',
}

export const connection = {
  title: { server: 'How the server is reached', feed: 'How the feed is fetched' },
  usual: 'As usual: user name and password, no extra headers or certificates.',
  usualFeed: 'As usual: no extra headers or certificates.',
  set: (parts: readonly string[]) => `Set: ${parts.join(', ')}`,
  hint: 'This is set through the API (connection, feed_connection). Secrets are shown as ***.',
  method: 'Login',
  methods: { password: 'User name and password', bearer: 'The password is a token (Bearer)' },
  userAgent: 'Name given to the server (User-Agent)',
  headers: 'Extra headers',
  authority: 'Trusted certificate',
  certificate: 'Certificate shown to the server',
  present: 'Set',
}

export const sourcePage = {
  address: 'Calendar account',
  login: 'User name',
  feedPath: 'Address of the feed',
  publicFeed: 'Who can read the feed',
  publicYes: 'Everybody who knows the address, without login.',
  publicOwn: 'Everybody who knows the public address, without login:',
  publicNo: 'Only with the login of this service, where one is set.',
  links: 'Links',
  linksLoading: 'Loading the links',
  linksFailed: 'The links could not be loaded.',
  linksNone: 'No link shows this source.',
  linkOwn: { main: 'Address of the feed', public: 'Public address', path: 'Further address', own: 'Link' },
  linkState: { active: 'Open', paused: 'Paused', expired: 'Expired', empty: 'Without a source' },
  linkPublic: 'without login',
  readBy: (clients: readonly string[]) => `read by ${clients.join(', ')}`,
  unread: 'not read yet',
  findings: 'Remarks about its events',
  findingsAbout: (count: number) =>
    count === 1 ? 'One event has something to be said about.' : `${count} things to be said about its events.`,
  findingsNone: 'Nothing to be said: every event is in order.',
  findingsLoading: 'Loading the remarks',
  findingsFailed: 'The remarks could not be loaded.',
}

export const calendarChoice = {
  title: 'Calendars in the feed',
  all: 'All calendars, also those made later',
  some: 'Only those ticked below',
  chosen: (count: number) => (count === 1 ? 'One calendar is chosen' : `${count} calendars are chosen`),
  which: 'Which calendars go into the feed',
  list: 'Calendars of the account',
  events: (count: number | null) => (count === null ? '' : count === 1 ? '1 event' : `${count} events`),
  gone: 'not on the server any more',
  look: 'Look for calendars',
  looking: 'Looking…',
  lookHint: 'Only chosen calendars are read. Press "Look for calendars" to see all that the account has now.',
  none: 'No calendar is known yet. Press "Look for calendars".',
  lookFailed: 'The account could not be looked at.',
  found: (count: number) => (count === 1 ? 'One calendar found.' : `${count} calendars found.`),
  tickOne: 'Tick at least one calendar.',
  save: 'Save choice',
  reset: 'Discard changes',
  saved: (name: string) => `${name}: the choice was saved, and the feed is being made anew`,
  loading: 'Loading the calendars',
  loadFailed: 'The calendars could not be loaded.',
}

export const destinationPage = {
  from: 'From: the feed',
  feed: 'Feed',
  feedOfSource: (name: string) => `The feed of the source ${name}`,
  feedFile: (name: string) => `The uploaded file ${name}`,
  openSource: 'Open source',
  to: 'Into: the calendar',
  calendar: 'Calendar',
  account: 'Calendar account',
  login: 'User name',
  createCalendar: 'Make the calendar',
  createCalendarAbout:
    'Where the account has no calendar of this name, make one. One that was deleted is not made again.',
  what: 'What is written',
  syncAll: 'Past events too',
  syncAllAbout: 'Off: only events that end in the future. A series counts until its last date.',
  rules: 'Rules',
  rulesAbout: (count: number) =>
    count === 0
      ? 'None: every event is written as it is. Rules leave events out or change them.'
      : count === 1
        ? 'One rule leaves events out or changes them.'
        : `${count} rules leave events out or change them.`,
  openRules: 'Open rules',
  removal: 'What is removed',
  removals: {
    nothing: {
      label: 'Keep everything',
      about: 'Nothing is ever removed from the calendar, also when it leaves the feed.',
    },
    own: {
      label: 'Remove what this destination added, once it leaves the feed',
      about: 'What you entered yourself stays. Past events stay too.',
    },
    mirror: {
      label: 'Mirror the feed exactly',
      about: 'Whatever is not in the feed is removed, also what you entered yourself.',
    },
  },
  mirrorTitle: 'Mirror the feed?',
  mirrorQuestion: (calendar: string) =>
    `From the next run on, everything in the calendar ${calendar} that is not in the feed is removed: also events you entered yourself, and those of other programs.`,
  mirrorOthers: (names: readonly string[]) =>
    `These destinations write to the same calendar, and would lose their events: ${names.join(', ')}.`,
  mirrorUndo: 'A run that removed something can be undone for as long as the service keeps it, usually 30 days.',
  mirrorYes: 'Mirror feed',
  localEdits: 'Events edited in the calendar',
  localEditsAbout: 'An event of the feed that somebody changed in the calendar.',
  localEditsChoices: { overwrite: 'The feed wins', keep: 'Leave the edit' },
  guests: 'Guests',
  guestsAbout: {
    silent: 'Guests are written, and the server is told to send them no mail.',
    text: 'Guests are named in the description only, so no server can invite them.',
    keep: 'As in the feed. The server may send invitations.',
  },
  guestsChoices: { silent: 'Write silently', text: 'Name in description', keep: 'As in the feed' },
  safety: 'Safety',
  deleteLimit: 'Deletions without asking',
  deleteLimitAbout:
    'A run that would remove more than five events and a fifth of all asks you first. A number allows that many without asking.',
  deleteLimitLabel: 'Events per run',
  deleteLimitUsual: 'as usual',
  deleteLimitWrong: 'A whole number from 1 to 1000000, or nothing',
  save: 'Save',
  held: 'Deletions that wait',
  heldNone: 'None waits for your answer.',
  heldSome: (count: number) => (count === 1 ? 'One waits for your answer.' : `${count} wait for your answer.`),
  review: 'Review deletions',
  plan: 'What a run would do now',
  planAbout: 'Reads the feed and the calendar, and shows every change. Nothing is written.',
  showPlan: 'Show plan',
  planning: 'Working it out…',
  planReady: 'The plan is ready, further below.',
  planNothing: 'A run would change nothing.',
  planProblems: 'Remarks',
  planFailed: 'The plan could not be made.',
}

export const runPage = {
  title: (id: number) => `Run ${id}`,
  loading: 'Loading the run',
  loadFailed: 'The run could not be loaded.',
  gone: 'This run does not exist',
  goneText: 'Runs are kept for a while; it may be too old, or its source or destination was deleted.',
  home: 'Go to the overview',
  took: 'Took',
  why: 'Why',
  ended: {
    running: 'Under way',
    ok: 'Went well',
    partial: 'Went well in part',
    held: 'Waits for you',
    error: 'Failed',
    interrupted: 'Was cut off',
  },
  takesBack: 'Takes back',
  takenBackBy: 'Taken back by',
  runLink: (id: number) => `Run ${id}`,
  steps: 'Steps',
  stepCount: (done: number, total: number) => (done === total ? `${total}` : `${done} of ${total}`),
  operations: 'Events',
  operationsOf: (shown: number, all: number) => (shown === all ? `${all} events` : `${shown} of ${all} events`),
  operationsMore: (kept: number, all: number) => `Only the first ${kept} of ${all} events are kept.`,
  search: 'Search events',
  kind: 'What',
  allKinds: 'Added, changed and removed',
  kinds: { create: 'Added', update: 'Changed', delete: 'Removed' },
  result: 'Result',
  allResults: 'Every result',
  nothingFound: 'No event fits the search and the filter.',
  noOperations: 'It changed no event.',
  problems: 'Remarks',
  undo: 'Undo run',
  undoAbout: 'What this run replaced or removed comes back, and what it added goes.',
  undoTitle: (id: number) => `Undo run ${id}`,
  undoWill: {
    create: (count: number) =>
      count === 1 ? 'One event that it added is removed again.' : `${count} events that it added are removed again.`,
    update: (count: number) =>
      count === 1
        ? 'One event that it changed is as before again.'
        : `${count} events that it changed are as before again.`,
    delete: (count: number) =>
      count === 1 ? 'One event that it removed comes back.' : `${count} events that it removed come back.`,
  },
  undoAfter: 'The undone changes are not made again before the feed changes these events. An undo can be undone, too.',
  undoEdited: 'Also events that somebody changed since',
  undoEditedAbout: 'Otherwise those are left alone and named.',
  undoing: 'Undoing…',
  undone: 'Show the undo',
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
  changes: 'Events changed per run',
  changesOf: (runs: number, changed: number) =>
    `The last ${runs} runs changed ${changed === 1 ? 'one event' : `${changed} events`}`,
  count: {
    created: 'added',
    updated: 'changed',
    written: 'written',
    deleted: 'removed',
    unchanged: 'unchanged',
    undone: 'taken back',
    events: 'in the feed',
    calendars: ['calendar', 'calendars'],
    fetched: 'read anew',
    failed: 'failed',
    held: ['waits for you', 'wait for you'],
    refused: 'refused by the server',
    guarded: ['meeting left alone', 'meetings left alone'],
    edited: ['edit left alone', 'edits left alone'],
    declined: 'not sent again',
    dismissed: 'kept on your word',
    past: 'past, left out',
    archived: 'past, kept',
    foreign: 'not of this destination',
  },
  /** `words`: one for all numbers, or one for 1 and one for the others. */
  countWord: (count: number, words: string | readonly string[]) =>
    typeof words === 'string' ? words : (words[count === 1 ? 0 : 1] ?? ''),
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
  property: (name: string) => (properties[name] === undefined ? name : `${properties[name]} (${name})`),
  before: (value: string) => `Before: ${value}`,
  after: (value: string) => `After: ${value}`,
  showAll: (count: number) => `Show all ${count}`,
}

const properties: Readonly<Record<string, string>> = {
  SUMMARY: 'Title',
  DTSTART: 'Begin',
  DTEND: 'End',
  DURATION: 'Duration',
  LOCATION: 'Place',
  DESCRIPTION: 'Description',
  RRULE: 'Repeats',
  EXDATE: 'Dates left out',
  RDATE: 'Further dates',
  STATUS: 'Status',
  CATEGORIES: 'Categories',
  ATTENDEE: 'Guests',
  ORGANIZER: 'Organizer',
  URL: 'Web address',
  CLASS: 'Visibility',
  TRANSP: 'Free or busy',
  TRIGGER: 'Time of the alarm',
  ACTION: 'Kind of alarm',
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

export const links = {
  heading: 'Links',
  intro: 'A link is the address of a feed. With one for each reader, you can end it for them alone.',
  add: 'Add link',
  loading: 'Loading links',
  loadFailed: 'The links could not be loaded.',
  empty: 'No links yet. Every source has one of its own, and you can make more for other people.',
  noSources: 'Add a source first: a link shows the events of one or more of them.',
  addSource: 'Go to the sources',
  search: 'Search links',
  nothingFound: 'Nothing fits the search.',
  state: {
    active: { word: 'Active', hint: 'Readers get the feed' },
    paused: { word: 'Paused', hint: 'Readers are told to come back later, and keep what they have' },
    expired: { word: 'Expired', hint: 'Its time is over: readers are told that it has ended' },
    empty: { word: 'Empty', hint: 'Its sources were deleted: there is nothing to show' },
  },
  kind: {
    main: "A source's own address",
    public: "A source's public address",
    path: "A source's further address",
    own: 'Made by you',
  },
  shows: (names: string) => `shows ${names}`,
  missingSource: (id: number) => `source ${id}`,
  open: 'open without login',
  noReaders: 'Not read yet',
  readers: (count: number) => (count === 1 ? 'One reader' : `${count} readers`),
  lastRead: 'last read',
  stopped: (clients: string) => `Stopped coming: ${clients}`,
  copyFeed: 'Copy feed link',
  copyWebcal: 'Copy webcal link',
  webcal: 'webcal',
  qr: 'QR code',
  qrTitle: (name: string) => `Subscribe to ${name}`,
}

export const linkForm = {
  newTitle: 'Add link',
  create: 'Create link',
  label: 'For whom',
  labelHint: 'For you only: Grandma, the team, the phone. Readers never see it.',
  name: 'Name of the calendar',
  nameHint: 'What readers see. Empty: the names of its sources.',
  sources: 'Sources it shows',
  sourcesMissing: 'Tick at least one source',
  open: 'Open without login',
  openHint: 'Whoever knows the address can read it. Google and Outlook.com need this.',
  path: 'Path',
  pathHint: 'Empty: a random one that nobody can guess.',
  pathOpen: 'Anyone who guesses this path can read the feed. Leave it empty for one that nobody can guess.',
  expires: 'Ends after',
  expiresHint: 'The last day on which it works. Empty: it never ends.',
  expiresPast: 'Choose a day that is not over yet',
  expiresNoDate: 'This is no date',
  endsAfter: (day: string) => `Ends after ${day}`,
  endsAt: (moment: string) => `Ends ${moment}`,
  freshness: 'At most this old',
  freshnessHint: 'A reader who comes later waits until the sources were read anew. Empty: as often as they sync.',
  freshnessUnit: 'Unit',
  freshnessBad: 'A whole number, from one minute to a year',
  units: { seconds: 'seconds', minutes: 'minutes', hours: 'hours', days: 'days' },
  mark: 'Mark events with their source',
  markHint: 'So that readers can tell apart what comes from where.',
  marks: { none: 'No mark', category: 'As one more category', prefix: 'In front of the title' },
  preset: 'What readers see',
  noPreset: 'Everything',
  presetHint: 'You can change this later, rule by rule.',
}

export const linkPage = {
  gone: 'This link does not exist',
  goneText: 'It may have been deleted, here or in another window.',
  share: 'Subscribe',
  paused: 'Pause',
  pausedAbout: 'Readers are told to come back later, and keep the events they have.',
  foreign: 'The path, the sources and whether a login is asked belong to the source. Change them there:',
  names: 'Names',
  noLabel: 'No label',
  time: 'End and freshness',
  never: 'Never ends',
  asSynced: 'as fresh as its sources',
  fresh: (time: string) => `at most ${time} old`,
  rotate: 'New address',
  rotateAbout: 'Gives this link another random address, for when the old one got into wrong hands.',
  rotateTitle: 'Give this link a new address?',
  rotateText: 'The old address ends at once, and everyone who subscribed must subscribe again.',
  rotateSource: 'This address belongs to a source. It changes there as well.',
  rotating: 'Changing...',
  rotateDo: 'Change address',
  remove: 'Delete link',
  removeAbout: 'Its address ends for good: readers are told so (answer 410, gone).',
  removeTitle: 'Delete this link?',
  removeText: (name: string) => `${name} ends at once, for everyone who subscribed. This cannot be undone.`,
  removing: 'Deleting...',
  belongs: 'It goes when its source is deleted, or made private there.',
  findings: 'Found while it was made',
  rulesAbout: 'What readers of this link see.',
  rulesSource: 'This is the own address of a source: rules here change what everyone sees who uses it.',
}

export const trail = {
  title: 'Who reads it',
  loading: 'Loading the readers',
  loadFailed: 'The readers could not be loaded.',
  none: 'Nobody has read it yet. Programs that subscribe come by themselves, every few minutes to once a day.',
  about: 'Kinds of programs, never people: no addresses are kept.',
  readers: 'Readers',
  reads: 'Last reads',
  columns: {
    client: 'Program',
    first: 'First',
    last: 'Last',
    reads: 'Reads',
    state: 'State',
    when: 'When',
    status: 'Answer',
    bytes: 'Size',
  },
  comes: 'Comes',
  stopped: 'Stopped',
  status: (code: number) => statuses[code] ?? `Status ${code}`,
}

const statuses: Readonly<Record<number, string>> = {
  200: 'Sent',
  304: 'Unchanged, nothing sent',
  401: 'Login asked',
  404: 'Nothing there yet',
  410: 'Has ended',
  503: 'Paused, come back later',
}

export const rules = {
  title: 'Rules',
  order: 'Rules run from top to bottom. An event that one of them leaves out is not seen by those below.',
  none: 'No rules: everything is passed on as it is.',
  loading: 'Loading the rule editor',
  add: 'Add rule',
  preset: 'Start from a preset',
  presetsFailed: 'The presets could not be loaded.',
  number: (place: number) => `Rule ${place}`,
  name: (place: number) => `Name of rule ${place}`,
  namePlaceholder: 'Name (optional)',
  up: (place: number) => `Move rule ${place} up`,
  down: (place: number) => `Move rule ${place} down`,
  remove: (place: number) => `Remove rule ${place}`,
  hits: (count: number) => (count === 1 ? 'Fits one event' : `Fits ${count} events`),
  when: 'When',
  everyEvent: 'No condition: this holds for every event.',
  match: 'How the conditions count',
  matches: { all: 'all of these hold', any: 'one of these holds' },
  addCondition: 'Add condition',
  removeCondition: (place: number) => `Remove condition ${place}`,
  condition: 'Condition',
  turned: 'If or if not',
  turnedWords: { yes: 'If', no: 'If not' },
  thenWord: 'Then',
  addAction: 'Add action',
  removeAction: (place: number) => `Remove action ${place}`,
  action: 'Action',
  conditions: {
    text: ['Text of a field', 'Looks for words in the title, the place or another field.'],
    category: ['Category', 'The event carries this category.'],
    calendar: ['Calendar', 'The event lies in the calendar of this name.'],
    window: ['Time span', 'The event happens within this time, seen from now.'],
    weekday: ['Day of the week', 'It begins on one of these days.'],
    hours: ['Time of day', 'It begins between these times, on its own clock. All-day events never do.'],
    duration: ['Length', 'How long the event lasts.'],
    'all-day': ['All-day event', 'It has a date, and no time of day.'],
    status: ['Status', 'Confirmed, tentative or cancelled.'],
    participation: ['My answer', 'What you answered to the invitation.'],
    transparency: ['Shown as', 'Whether the event makes you busy.'],
    class: ['Privacy', 'How private its author marked it.'],
  },
  actions: {
    drop: ['Leave it out', 'The event is not passed on.'],
    keep: ['Keep only these', 'All events that do not fit are left out.'],
    busy: ['Show as busy only', 'Only the times are left: no title, place or guests.'],
    'strip-alarms': ['Remove reminders', 'Its reminders are not passed on.'],
    'add-alarm': ['Add a reminder', 'Readers are reminded of the event.'],
    set: ['Write a field', 'Puts this text in place of what stands there.'],
    prefix: ['Put text in front', 'Puts this text before what stands there.'],
    template: ['Compose a field', 'Fills in names in braces, such as {SUMMARY}, {LOCATION} and {CALENDAR}.'],
    remove: ['Remove a field', 'The field is not passed on.'],
    'shift-zone': ['Use another time zone', 'Writes its times in this zone; the moments stay the same.'],
  },
  field: 'Field',
  fieldName: 'Name of the field',
  fields: {
    SUMMARY: 'Title',
    DESCRIPTION: 'Description',
    LOCATION: 'Place',
    CATEGORIES: 'Categories',
    ORGANIZER: 'Organizer',
    ATTENDEE: 'Guests',
    ATTACH: 'Attachments',
    URL: 'Web address',
    COMMENT: 'Comment',
    CONTACT: 'Contact',
    COLOR: 'Colour',
    STATUS: 'Status',
    CLASS: 'Privacy',
    TRANSP: 'Shown as',
  },
  otherField: 'Another field…',
  compare: 'Comparison',
  comparisons: { contains: 'contains', equals: 'is exactly', matches: 'fits the pattern (RE2)' },
  text: 'Text',
  pattern: 'Pattern',
  newText: 'New text',
  textBefore: 'Text in front',
  template: 'Template',
  category: 'Name of the category',
  calendar: 'Name of the calendar',
  from: 'From',
  to: 'To',
  atLeast: 'At least',
  atMost: 'At most',
  days: 'Days',
  dayNames: {
    MO: 'Monday',
    TU: 'Tuesday',
    WE: 'Wednesday',
    TH: 'Thursday',
    FR: 'Friday',
    SA: 'Saturday',
    SU: 'Sunday',
  },
  status: 'Status',
  statuses: { CONFIRMED: 'Confirmed', TENTATIVE: 'Tentative', CANCELLED: 'Cancelled' },
  answer: 'Answer',
  answers: {
    accepted: 'Accepted',
    declined: 'Declined',
    tentative: 'Perhaps',
    'needs-action': 'Not answered yet',
  },
  me: 'My addresses',
  meHint: 'Divided by commas. Empty: the user name of the source.',
  transparency: 'Shown as',
  transparencies: { OPAQUE: 'Busy', TRANSPARENT: 'Free' },
  class: 'Privacy',
  classes: { PUBLIC: 'Public', PRIVATE: 'Private', CONFIDENTIAL: 'Confidential' },
  busyText: 'Title to show',
  busyPlaceholder: 'Busy',
  before: 'When',
  zone: 'Time zone',
  zonePlaceholder: 'Europe/Berlin',
  unit: (label: string) => `${label}: unit`,
  noLimit: 'no limit',
  durationText: 'As it is stored (ISO 8601)',
  length: { minutes: 'minutes', hours: 'hours', days: 'days', weeks: 'weeks' },
  ahead: { minutes: 'minutes from now', hours: 'hours from now', days: 'days from now', weeks: 'weeks from now' },
  ago: { minutes: 'minutes ago', hours: 'hours ago', days: 'days ago', weeks: 'weeks ago' },
  alarmBefore: { minutes: 'minutes before', hours: 'hours before', days: 'days before', weeks: 'weeks before' },
  alarmAfter: { minutes: 'minutes after', hours: 'hours after', days: 'days after', weeks: 'weeks after' },
  /** The beginning of a sentence of the API: `is empty; write the text to look for.` */
  places: { list: 'The list', rule: 'This rule', condition: 'This condition', action: 'This action', field: 'This' },
  preview: 'Preview',
  previewing: 'Trying the rules…',
  previewWaits: 'There is no preview until this is put right.',
  previewFailed: (reason: string) => `There is no preview: ${reason}`,
  hitsOf: (shown: number, all: number) =>
    shown < all ? `The first ${shown} of ${all} events that come out differently:` : 'What comes out differently:',
  noHits: 'No event comes out differently.',
  result: { changed: 'Changes', dropped: 'Left out' },
  untitled: 'Event without a title',
  beforeLine: 'Before:',
  afterLine: 'After:',
  save: 'Save rules',
  discard: 'Discard changes',
  unsaved: 'Not saved yet.',
  kept: 'These changes were kept here, and are not saved yet.',
}

export const destinationRules = {
  open: 'Edit rules',
  about: 'What of the feed is written, and how.',
  title: (name: string) => `Rules of ${name}`,
  intro: 'They say which events of the feed are written into the calendar, and what is changed in them on the way.',
  count: (rules: number) => (rules === 0 ? 'No rules' : rules === 1 ? 'One rule' : `${rules} rules`),
}
