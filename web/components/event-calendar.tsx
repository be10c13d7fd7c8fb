'use client'

import '@fullcalendar/react/skeleton.css'
import '@fullcalendar/react/themes/forma/theme.css'
// Last: it changes what the theme says.
import './calendar-theme.css'
import { makeStyles, ProgressBar, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import FullCalendar, { useCalendarController } from '@fullcalendar/react'
import dayGridPlugin from '@fullcalendar/react/daygrid'
import listPlugin from '@fullcalendar/react/list'
import formaThemePlugin from '@fullcalendar/react/themes/forma'
import timeGridPlugin from '@fullcalendar/react/timegrid'
import dynamic from 'next/dynamic'
import { useEffect, useId, useMemo, useState } from 'react'
import { askedSpan, type CalendarView, type Chosen, drawn, firstDayOf, keyOf } from '../lib/calendar-view.ts'
import { useShownEvents } from '../lib/queries.ts'
import type { Instance } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { calendar as texts } from '../texts.ts'
import { CalendarToolbar } from './calendar-toolbar.tsx'
import { ProblemBar } from './query-view.tsx'

const EventDialog = dynamic(() => import('./event-dialog.tsx').then((module) => module.EventDialog), { ssr: false })

const useStyles = makeStyles({
  frame: {
    position: 'relative',
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    overflow: 'hidden',
  },
  progress: { position: 'absolute', insetInline: 0, top: 0, zIndex: 1 },
  empty: { margin: 0, padding: tokens.spacingVerticalM, textAlign: 'center', color: tokens.colorNeutralForeground3 },
})

const names = { month: 'dayGridMonth', week: 'timeGridWeek', list: 'listMonth' } as const
// Each is one object for good, or the calendar would take every drawing for a change of its settings.
const plugins = [dayGridPlugin, timeGridPlugin, listPlugin, formaThemePlugin]
const views = {
  dayGridMonth: {
    dayHeaderFormat: { weekday: 'short' },
    fixedWeekCount: false,
    // Classes of calendar-theme.css, beside those of the theme: what can be pressed is high enough for it.
    listItemEventClass: 'app-pressed',
    rowEventClass: 'app-pressed',
    rowMoreLinkClass: 'app-pressed app-centred',
    listItemEventTitleClass: 'app-cut',
    rowEventTitleClass: 'app-cut',
  },
  listMonth: {
    listDayFormat: { day: 'numeric', month: 'short' },
    listDayHeaderClass: 'app-list-day',
    listDayBodyClass: 'app-list-events',
    listItemEventInnerClass: 'app-list-event',
    listItemEventTimeClass: 'app-list-time',
    listItemEventTitleClass: 'app-wrapped',
  },
  timeGridWeek: {
    titleFormat: { day: 'numeric', month: 'short', year: 'numeric' },
    rowEventClass: 'app-pressed',
    rowEventTitleClass: 'app-cut',
    columnEventTitleClass: 'app-wrapped',
  },
} as const
const timeFormat = { hour: 'numeric', minute: '2-digit' } as const
const nothing: readonly Instance[] = []

const narrow = '(max-width: 639px)'
/** Of more events than these, a day of the month tells their number. */
const mostOfDay = 4

interface EventCalendarProps {
  readonly chosen: Chosen
  /** Null: what suits the screen, which is the list on a phone. */
  readonly view: CalendarView | null
  readonly onView: (view: CalendarView) => void
}

interface Visible {
  readonly start: Date
  readonly end: Date
}

/** Month, week and list of one source, link or destination; a click on an event opens it. */
export function EventCalendar({ chosen: { kind, id }, view: given, onView }: EventCalendarProps) {
  const styles = useStyles()
  const panelId = useId()
  const focusComesBack = useRestoreFocusTarget()
  const controller = useCalendarController()
  const [usual] = useState<CalendarView>(() => (window.matchMedia(narrow).matches ? 'list' : 'month'))
  const view = given ?? usual
  const [visible, setVisible] = useState<Visible | null>(null)
  const events = useShownEvents(kind, id, visible && askedSpan(visible.start, visible.end))
  const dialog = useDialog<Instance>()

  useEffect(() => controller.changeView(names[view]), [controller, view])

  const found = events.data?.events ?? nothing
  const drawnEvents = useMemo(() => found.map(drawn), [found])
  const isEmpty = events.data !== undefined && visible !== null && !found.some((one) => isWithin(one, visible))

  return (
    <>
      <CalendarToolbar controller={controller} view={view} panelId={panelId} onView={onView} />
      {events.error !== null && (
        <ProblemBar
          intent="error"
          text={`${texts.loadFailed} ${events.error.message}`}
          onRetry={() => events.refetch()}
        />
      )}
      {events.data?.truncated === true && <ProblemBar intent="warning" text={texts.truncated} />}
      {events.data !== undefined && events.data.unsure.length > 0 && (
        <ProblemBar intent="warning" text={texts.unsure(events.data.unsure.length, events.data.unsure.join(', '))} />
      )}
      <div className={styles.frame} id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${view}`}>
        {events.isFetching && <ProgressBar className={styles.progress ?? ''} aria-label={texts.loading} />}
        {isEmpty && view !== 'list' && (
          <p className={styles.empty} role="status">
            {texts.empty[view]}
          </p>
        )}
        <FullCalendar
          controller={controller}
          plugins={plugins}
          initialView={names[view]}
          headerToolbar={false}
          borderless
          locale={navigator.language}
          firstDay={firstDayOf(navigator.language)}
          height={view === 'week' ? 'clamp(420px, calc(100dvh - 280px), 900px)' : 'auto'}
          scrollTime="07:00:00"
          nowIndicator
          dayMaxEvents={mostOfDay}
          views={views}
          eventTimeFormat={timeFormat}
          slotHeaderFormat={timeFormat}
          eventMinHeight={24}
          popoverClass="app-popover"
          defaultTimedEventDuration="00:15"
          allDayText={texts.allDay}
          timedText={texts.timed}
          eventsHint={texts.events}
          noEventsText={events.data === undefined ? texts.loading : texts.empty.list}
          moreLinkText={texts.more}
          moreLinkHint={texts.moreHint}
          events={drawnEvents}
          datesSet={({ start, end }) => setVisible({ start, end })}
          eventDidMount={({ el }) => {
            for (const [name, value] of Object.entries(focusComesBack)) el.setAttribute(name, String(value))
          }}
          eventClick={({ event }) => {
            const instance = found.find((one) => keyOf(one) === event.id)
            if (instance !== undefined) dialog.show(instance)
          }}
        />
      </div>
      {dialog.shown && (
        <EventDialog
          key={dialog.shown.key}
          kind={kind}
          id={id}
          instance={dialog.shown.target}
          open={dialog.shown.open}
          onClose={dialog.close}
        />
      )}
    </>
  )
}

function isWithin({ starts_at, ends_at }: Instance, { start, end }: Visible): boolean {
  return (
    Date.parse(starts_at) < end.getTime() && Math.max(Date.parse(ends_at), Date.parse(starts_at) + 1) > start.getTime()
  )
}
