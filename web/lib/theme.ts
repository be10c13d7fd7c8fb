import { useSyncExternalStore } from 'react'
import { navKey, themeKey } from './head-script.ts'

export const themeChoices = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === themeKey) apply(toChoice(event.newValue))
  }
  listeners.add(listener)
  window.addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', onStorage)
  }
}

function toChoice(value: string | null | undefined): ThemeChoice {
  return value === 'light' || value === 'system' ? value : 'dark'
}

function apply(choice: ThemeChoice): void {
  document.documentElement.dataset.theme = choice
  for (const listener of listeners) listener()
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is forbidden: the choice holds for this page only.
  }
}

/** The chosen theme (dark where nothing was chosen) and the way to choose another; other tabs follow. */
export function useTheme(): readonly [ThemeChoice, (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore<ThemeChoice>(
    subscribe,
    () => toChoice(document.documentElement.dataset.theme),
    () => 'dark',
  )
  return [
    choice,
    (next) => {
      keep(themeKey, next)
      apply(next)
    },
  ]
}

function subscribeToNav(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Whether the sidebar shows icons only, and the switch for it. The style sheet reads the same mark. */
export function useCompactNav(): readonly [boolean, () => void] {
  const compact = useSyncExternalStore(
    subscribeToNav,
    () => document.documentElement.dataset.nav === 'compact',
    () => false,
  )
  return [
    compact,
    () => {
      keep(navKey, compact ? '0' : '1')
      if (compact) delete document.documentElement.dataset.nav
      else document.documentElement.dataset.nav = 'compact'
      for (const listener of listeners) listener()
    },
  ]
}
