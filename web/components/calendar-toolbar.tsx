'use client'

import { Button, makeStyles, Tab, TabList, Tooltip, tokens } from '@fluentui/react-components'
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons'
import type { CalendarController } from '@fullcalendar/react'
import { type CalendarView, calendarViews, viewOf } from '../lib/calendar-view.ts'
import { calendar as texts } from '../texts.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    marginBottom: tokens.spacingVerticalS,
  },
  moving: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  title: {
    margin: `0 0 0 ${tokens.spacingHorizontalS}`,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
})

interface CalendarToolbarProps {
  readonly controller: CalendarController
  readonly view: CalendarView
  /** What the tabs show. */
  readonly panelId: string
  readonly onView: (view: CalendarView) => void
}

/** Moves the calendar and chooses its view. The heading is read out when it changes. */
export function CalendarToolbar({ controller, view, panelId, onView }: CalendarToolbarProps) {
  const styles = useStyles()
  return (
    <div className={styles.bar}>
      <div className={styles.moving}>
        <Button onClick={() => controller.today()}>{texts.today}</Button>
        <Tooltip relationship="label" content={texts.previous[view]}>
          <Button appearance="subtle" icon={<ChevronLeftRegular />} onClick={() => controller.prev()} />
        </Tooltip>
        <Tooltip relationship="label" content={texts.next[view]}>
          <Button appearance="subtle" icon={<ChevronRightRegular />} onClick={() => controller.next()} />
        </Tooltip>
        <h2 className={styles.title} aria-live="polite">
          {controller.view?.title}
        </h2>
      </div>
      <TabList
        aria-label={texts.views}
        selectedValue={view}
        onTabSelect={(_, { value }) => {
          const next = viewOf(String(value))
          if (next !== null) onView(next)
        }}
      >
        {calendarViews.map((each) => (
          <Tab key={each} value={each} id={`${panelId}-${each}`} aria-controls={panelId}>
            {texts.view[each]}
          </Tab>
        ))}
      </TabList>
    </div>
  )
}
