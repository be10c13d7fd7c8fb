'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { areShortcutsOn } from '../lib/shortcut-switch.ts'
import { createShortcutReader, isTaken } from '../lib/shortcuts.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { searchId } from './list-tools.tsx'

const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog.tsx').then((module) => module.ShortcutsDialog), {
  ssr: false,
})

/** Listens for single keys on every page; `shown` is the list of them, opened by `?` or `showHelp`. */
export function useShortcuts(): { readonly shown: ReactNode; readonly showHelp: () => void } {
  const router = useRouter()
  const help = useDialog<null>()
  const showHelp = () => help.show(null)
  const latest = useRef({ router, showHelp })
  latest.current = { router, showHelp }

  useEffect(() => {
    const read = createShortcutReader()
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event) || !areShortcutsOn()) return
      const shortcut = read({ key: event.key, at: event.timeStamp })
      if (shortcut === null) return
      if (shortcut.does === 'go') latest.current.router.push(shortcut.href)
      if (shortcut.does === 'help') latest.current.showHelp()
      if (shortcut.does === 'search') document.getElementById(searchId)?.focus()
      // Or the key would be typed into what has the focus now.
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const { shown } = help
  return {
    shown: shown && <ShortcutsDialog key={shown.key} open={shown.open} onClose={help.close} />,
    showHelp,
  }
}
