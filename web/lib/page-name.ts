import { useEffect, useSyncExternalStore } from 'react'
import { nav } from '../texts.ts'

const names: readonly (readonly [path: string, name: string])[] = [
  ['/sources', nav.sources],
  ['/destinations', nav.destinations],
  ['/links', nav.links],
  ['/calendar', nav.calendar],
  ['/review', nav.review],
  ['/settings', nav.settings],
]

/** What the part of the dashboard at this path is called; null: it is no part of it. */
export function partName(pathname: string): string | null {
  if (pathname === '/') return nav.overview
  return names.find(([path]) => pathname === path || pathname.startsWith(`${path}/`))?.[1] ?? null
}

let ownName: string | null = null
const listeners = new Set<() => void>()

function setOwnName(name: string | null): void {
  ownName = name
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** While the caller is on the page, the page is called this. */
export function useNamesPage(name: string): void {
  useEffect(() => {
    setOwnName(name)
    return () => setOwnName(null)
  }, [name])
}

/** What the page is called: by itself, or after the part of the dashboard it belongs to. */
export function usePageName(pathname: string): string | null {
  const own = useSyncExternalStore(
    subscribe,
    () => ownName,
    () => null,
  )
  return own ?? partName(pathname)
}
