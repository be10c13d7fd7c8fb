/**
 * Characters no iCalendar text may hold: the controls of RFC 5545 section 3.1 but tab and the line ends, DEL, lone
 * surrogates, and U+FFFE and U+FFFF, which XML 1.0 forbids: one of them makes a whole CalDAV report unreadable.
 */
const controls = /[[\p{Cc}--[\t\n\r\u0080-\u009F]]\uFFFE\uFFFF]/v
const allControls = /[[\p{Cc}--[\t\n\r\u0080-\u009F]]\uFFFE\uFFFF]/gv
const loneSurrogates = /\p{Surrogate}/gu

export function hasForbidden(text: string): boolean {
  return controls.test(text) || !text.isWellFormed()
}

/** The text without forbidden characters; CR and LF stay. The same string where there is nothing to remove. */
export function withoutForbidden(text: string): string {
  const clean = controls.test(text) ? text.replace(allControls, '') : text
  return clean.isWellFormed() ? clean : clean.replace(loneSurrogates, '')
}

/** The different forbidden characters of a text, the first few by their code points: `U+0007, U+D800`. */
export function forbiddenIn(text: string): string {
  const found = new Set(
    [...text.matchAll(allControls), ...text.matchAll(loneSurrogates)].map(([character]) => character),
  )
  const points = [...found].map((character) => character.codePointAt(0) ?? 0)
  return points
    .slice(0, 8)
    .map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`)
    .join(', ')
}
