/** Single keys that save the way to the mouse. */
export type Shortcut =
  | { readonly does: 'go'; readonly href: string }
  | { readonly does: 'search' }
  | { readonly does: 'help' }

/** The second key after `g`. */
export const places = {
  o: '/',
  s: '/sources',
  d: '/destinations',
  l: '/links',
  c: '/calendar',
  r: '/review',
  t: '/settings',
} as const

/** A second key that comes later than this is a key of its own. */
const togetherFor = 1500

export interface Press {
  readonly key: string
  /** Milliseconds of any clock. */
  readonly at: number
}

/** Reads presses one after the other; each gives a shortcut, or null. */
export function createShortcutReader(): (press: Press) => Shortcut | null {
  let gAt: number | null = null
  return ({ key, at }) => {
    const isSecond = gAt !== null && at - gAt <= togetherFor
    gAt = null
    const href = isSecond ? Object.entries(places).find(([letter]) => letter === key)?.[1] : undefined
    if (href !== undefined) return { does: 'go', href }
    if (key === 'g') gAt = at
    if (key === '/') return { does: 'search' }
    if (key === '?') return { does: 'help' }
    return null
  }
}

const keepsKeys =
  'input:not([type="radio"], [type="checkbox"], [type="button"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]'

/** Whether a press belongs to what has the focus, to the browser, or to a dialog, and so is no shortcut. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return true
  const { target } = event
  if (target instanceof Element && target.closest(keepsKeys) !== null) return true
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
