'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import type { FoundCalendar } from '../lib/types.ts'
import { wizard } from '../texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minWidth: 0 },
  swatch: {
    flexShrink: 0,
    width: '12px',
    height: '12px',
    borderRadius: '50%',
    // Also where the colour of the calendar is that of the page.
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralStrokeAccessible,
  },
  name: { flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' },
  count: { flexShrink: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Shown = Pick<FoundCalendar, 'display_name' | 'color' | 'events'>

/** A calendar of an account: its colour, its name, and how many events it holds. */
export function CalendarLabel({ calendar: { display_name, color, events } }: { readonly calendar: Shown }) {
  const styles = useStyles()
  return (
    <span className={styles.root}>
      <span className={styles.swatch} style={color === null ? undefined : { backgroundColor: color }} aria-hidden />
      <span className={styles.name}>{display_name}</span>
      <span className={styles.count}>{wizard.events(events)}</span>
    </span>
  )
}
