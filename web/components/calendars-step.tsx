'use client'

import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { FoundCalendar } from '../lib/types.ts'
import { ticked } from '../lib/wizard-values.ts'
import { addSource } from '../texts.ts'
import { CalendarLabel } from './calendar-label.tsx'
import { StepForm } from './step-form.tsx'

const texts = addSource.calendars

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
  },
  entry: {
    ':not(:first-child)': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    '& > span': { display: 'flex' },
    '& > span > label': { flex: '1 1 auto', minWidth: 0 },
  },
  error: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    color: tokens.colorStatusDangerForeground1,
    fontSize: tokens.fontSizeBase200,
  },
  all: { background: 'var(--appCardHover)' },
})

interface CalendarsStepProps {
  readonly calendars: readonly FoundCalendar[]
  /** Null: all, those made later as well. */
  readonly chosen: readonly string[] | null
  readonly onChange: (chosen: readonly string[] | null) => void
  readonly onNext: () => void
}

/** Which calendars of an account go into the feed. */
export function CalendarsStep({ calendars, chosen, onChange, onNext }: CalendarsStepProps) {
  const styles = useStyles()
  const [asked, setAsked] = useState(false)
  const all = calendars.map(({ url }) => url)
  const none = chosen !== null && chosen.length === 0
  return (
    <StepForm
      heading={texts.heading}
      intro={texts.intro}
      next={{ label: texts.next }}
      onNext={() => (none ? setAsked(true) : onNext())}
    >
      <div>
        <ul className={styles.list} aria-label={texts.list}>
          <li className={styles.all}>
            <Checkbox
              label={texts.all}
              checked={chosen === null}
              onChange={(_, { checked }) => onChange(checked === true ? null : all)}
            />
          </li>
          {calendars.map((calendar) => (
            <li key={calendar.url} className={styles.entry}>
              <Checkbox
                label={<CalendarLabel calendar={calendar} />}
                checked={chosen === null || chosen.includes(calendar.url)}
                onChange={() => onChange(ticked(chosen, all, calendar.url))}
              />
            </li>
          ))}
        </ul>
        {none && asked && (
          <p role="alert" className={styles.error}>
            {texts.none}
          </p>
        )}
      </div>
    </StepForm>
  )
}
