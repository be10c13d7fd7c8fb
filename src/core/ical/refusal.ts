import { SyncError } from '../errors.ts'

/** How much of a text is looked at to say what it is. */
const glance = 65_536

/**
 * Names what a text without a calendar is, for the sentence that refuses it: `an HTML page titled 'Sign in'`.
 * Nothing of the text but a page's title is repeated.
 */
function nameWhatCame(text: string): string {
  const start = text.slice(0, glance).trimStart()
  const lower = start.slice(0, 512).toLowerCase()
  if (start === '') return 'an empty answer'
  if (isMarkup(start)) {
    if (lower.startsWith('<?xml') && !lower.includes('<html')) return 'an XML document'
    const title = titleOf(start)
    return title === '' ? 'an HTML page' : `an HTML page titled '${title}'`
  }
  if (start.startsWith('{') || start.startsWith('[')) return 'JSON data'
  if (lower.startsWith('%pdf')) return 'a PDF file'
  if (lower.startsWith('begin:vcard')) return 'a vCard (contacts)'
  const fragment = /^begin:([a-z-]{1,30})\s*$/m.exec(lower)
  if (fragment !== null) return `a bare ${(fragment[1] ?? '').toUpperCase()} without VCALENDAR around it`
  return 'something that is no calendar'
}

export function isMarkup(text: string): boolean {
  return /^\uFEFF?\s*<[!?a-z]/i.test(text.slice(0, 4096))
}

function titleOf(page: string): string {
  const lower = page.toLowerCase()
  const open = lower.indexOf('<title')
  const start = open === -1 ? -1 : lower.indexOf('>', open)
  if (start === -1) return ''
  const end = lower.indexOf('<', start)
  const title = page
    .slice(start + 1, end === -1 ? start + 200 : end)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return title.slice(0, 80)
}

export function noCalendar(text: string): SyncError {
  return new SyncError(
    'protocol',
    `This is not a calendar: ${nameWhatCame(text)} came instead. Check that the address leads to the calendar itself.`,
  )
}
