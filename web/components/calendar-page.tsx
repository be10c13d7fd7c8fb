'use client'

import { Skeleton, SkeletonItem } from '@fluentui/react-components'
import { CalendarEmptyRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { type CalendarView, type Chosen, chosenOf, viewOf } from '../lib/calendar-view.ts'
import { useDestinations, useLinks, useSources } from '../lib/queries.ts'
import { calendar as texts } from '../texts.ts'
import { LinkButton } from './link-button.tsx'
import { PageTitle } from './page-title.tsx'
import { Empty, ProblemBar, QueryView } from './query-view.tsx'
import { ShownSelect } from './shown-select.tsx'

const EventCalendar = dynamic(() => import('./event-calendar.tsx').then((module) => module.EventCalendar), {
  ssr: false,
  loading: () => (
    <Skeleton aria-label={texts.loading}>
      <SkeletonItem style={{ height: '480px' }} />
    </Skeleton>
  ),
})

/** The events of one source, link or destination as a calendar. What is shown stands in the address. */
export function CalendarPage() {
  return (
    <Suspense fallback={<PageTitle title={texts.heading} intro={texts.intro} />}>
      <Found />
    </Suspense>
  )
}

function Found() {
  const given = useSearchParams()
  const sources = useSources()
  const links = useLinks()
  const destinations = useDestinations()
  const firstSource = sources.data?.[0]
  const firstDestination = destinations.data?.[0]
  const first: Chosen | null =
    firstSource !== undefined
      ? { kind: 'source', id: firstSource.id }
      : firstDestination !== undefined
        ? { kind: 'destination', id: firstDestination.id }
        : null
  const named = given.get('kind') !== null || given.get('id') !== null
  const chosen = named ? chosenOf(given.get('kind'), given.get('id')) : first
  const view = viewOf(given.get('view'))
  const items = { source: sources.data, link: links.data, destination: destinations.data }
  const known = chosen === null ? undefined : items[chosen.kind]
  const gone = chosen === null || (known !== undefined && !known.some(({ id }) => id === chosen.id))

  const show = (next: Chosen, nextView: CalendarView | null) => {
    const query = new URLSearchParams({ kind: next.kind, id: String(next.id) })
    if (nextView !== null) query.set('view', nextView)
    window.history.replaceState(null, '', `?${query}`)
  }

  return (
    <>
      <PageTitle title={texts.heading} intro={texts.intro}>
        {first !== null && (
          <ShownSelect
            sources={sources.data ?? []}
            links={links.data ?? []}
            destinations={destinations.data ?? []}
            chosen={gone ? null : chosen}
            onChoose={(next) => show(next, view)}
          />
        )}
      </PageTitle>
      <QueryView query={sources} loading={texts.loadingList} loadFailed={texts.listFailed}>
        {() => (
          <QueryView query={destinations} loading={texts.loadingList} loadFailed={texts.listFailed}>
            {() =>
              first === null ? (
                <Empty icon={<CalendarEmptyRegular />} text={texts.nothing}>
                  <LinkButton href="/sources" primary>
                    {texts.begin}
                  </LinkButton>
                </Empty>
              ) : gone ? (
                <ProblemBar intent="warning" text={texts.gone} />
              ) : (
                <EventCalendar chosen={chosen} view={view} onView={(next) => show(chosen, next)} />
              )
            }
          </QueryView>
        )}
      </QueryView>
    </>
  )
}
