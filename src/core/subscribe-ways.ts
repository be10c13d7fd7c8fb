/**
 * How people subscribe to a feed, program by program: shown by the dashboard and by the page that a QR code leads to.
 * `{address}` stands for the address of the feed.
 */

export interface SubscribeWay {
  readonly id: 'apple' | 'google' | 'outlook' | 'thunderbird' | 'android'
  readonly title: string
  readonly steps: readonly string[]
  /** What one press does, where the program can be opened from a page. */
  readonly press: { readonly label: string; readonly href: (address: string) => string } | null
  /** It is fetched by computers of Google or Microsoft, which reach neither a home network nor a login. */
  readonly fromOutside: boolean
}

const encoded = encodeURIComponent

/** The address for programs that subscribe. */
export function webcal(address: string): string {
  return address.replace(/^https?:/, 'webcal:')
}

export const SUBSCRIBE_WAYS: readonly SubscribeWay[] = [
  {
    id: 'apple',
    title: 'iPhone, iPad and Mac',
    steps: [
      'Press the button below and confirm with Subscribe.',
      'Or on an iPhone: Settings, Apps, Calendar, Calendar Accounts, Add Account, Other, Add Subscribed Calendar. On a Mac: File, New Calendar Subscription. Then paste the address.',
    ],
    press: { label: 'Open in Apple Calendar', href: webcal },
    fromOutside: false,
  },
  {
    id: 'google',
    title: 'Google Calendar',
    steps: [
      'On a computer, open calendar.google.com.',
      'Beside "Other calendars" press +, then From URL.',
      'Paste the address and press Add calendar. It appears on your phone by itself.',
      'Google looks for changes once or twice a day; nobody can make it look sooner.',
    ],
    press: {
      label: 'Open Google Calendar',
      href: (address) => `https://calendar.google.com/calendar/r?cid=${encoded(webcal(address))}`,
    },
    fromOutside: true,
  },
  {
    id: 'outlook',
    title: 'Outlook',
    steps: [
      'Open the calendar in Outlook or at outlook.com.',
      'Press Add calendar, then Subscribe from web.',
      'Paste the address, give it a name and press Import.',
      'Outlook looks for changes every few hours.',
    ],
    press: {
      label: 'Open Outlook',
      href: (address) => `https://outlook.live.com/calendar/0/addfromweb?url=${encoded(address)}`,
    },
    fromOutside: true,
  },
  {
    id: 'thunderbird',
    title: 'Thunderbird',
    steps: [
      'In the calendar, press + beside "Calendars", or File, New, Calendar.',
      'Choose On the Network and press Next.',
      'Paste the address as Location. Where this address asks for a login, enter it when Thunderbird asks.',
      'Press Find Calendars, then Subscribe.',
    ],
    press: null,
    fromOutside: false,
  },
  {
    id: 'android',
    title: 'Android',
    steps: [
      'Android itself cannot subscribe. Either add the calendar to Google Calendar on a computer, as said above; then it is on the phone as well.',
      'Or install ICSx⁵ (F-Droid or Play Store), press +, and paste the address. It also takes a login, and looks for changes as often as you tell it.',
    ],
    press: null,
    fromOutside: false,
  },
]
