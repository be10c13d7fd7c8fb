'use client'

import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import type { Choosable } from '../lib/calendar-choice.ts'
import { calendarChoice as texts } from '../texts.ts'

const useStyles = makeStyles({
  list: { margin: '0 0 0 -8px', padding: 0, listStyleType: 'none', display: 'grid', gap: '2px' },
  entry: { minWidth: 0 },
  label: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 8px', overflowWrap: 'anywhere' },
  swatch: {
    width: '12px',
    height: '12px',
    flexShrink: 0,
    alignSelf: 'center',
    borderRadius: '3px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  none: { margin: 0, color: tokens.colorNeutralForeground3 },
})

interface CalendarTicksProps {
  readonly offered: readonly Choosable[]
  readonly isTicked: (calendar: Choosable) => boolean
  readonly disabled: boolean
  readonly onTick: (url: string, ticked: boolean) => void
}

/** The calendars of an account to be ticked, with what each holds. */
export function CalendarTicks({ offered, isTicked, disabled, onTick }: CalendarTicksProps) {
  const styles = useStyles()
  if (offered.length === 0) return <p className={styles.none}>{texts.none}</p>
  return (
    <ul className={styles.list} aria-label={texts.list}>
      {offered.map((calendar) => (
        <li key={calendar.url} className={styles.entry}>
          <Checkbox
            checked={isTicked(calendar)}
            disabled={disabled}
            onChange={(_, data) => onTick(calendar.url, data.checked === true)}
            label={
              <span className={styles.label}>
                {calendar.color !== null && (
                  <span className={styles.swatch} style={{ background: calendar.color.slice(0, 7) }} aria-hidden />
                )}
                {calendar.name}
                <span className={styles.quiet}>{calendar.gone ? texts.gone : texts.events(calendar.events)}</span>
              </span>
            }
          />
        </li>
      ))}
    </ul>
  )
}
