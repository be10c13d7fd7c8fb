'use client'

import { makeStyles, OverlayDrawer } from '@fluentui/react-components'
import { nav } from '../texts.ts'
import { Sidebar } from './sidebar.tsx'

const useStyles = makeStyles({ drawer: { width: 'min(288px, 85vw)', background: 'var(--appPage)' } })

interface NavDrawerProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** The sidebar on narrow screens: slides over the page, closes by its button, Escape, a click outside, or a choice. */
export function NavDrawer({ open, onClose, onHelp }: NavDrawerProps) {
  const styles = useStyles()
  return (
    <OverlayDrawer
      className={styles.drawer ?? ''}
      open={open}
      role="dialog"
      aria-label={nav.label}
      onOpenChange={(_, data) => {
        if (!data.open) onClose()
      }}
    >
      <Sidebar onDone={onClose} onHelp={onHelp} />
    </OverlayDrawer>
  )
}
