const key = 'WinAppShortcuts'

/** Whether single keys do something; people who speak their text, or tremble, switch them off. */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(key) !== 'off'
  } catch {
    return true
  }
}

export function switchShortcuts(on: boolean): void {
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // Storage is forbidden: they stay on.
  }
}
