'use client'

import { CheckmarkCircleRegular } from '@fluentui/react-icons'
import { useSearchParams } from 'next/navigation'
import { Suspense, useState } from 'react'
import { useDestinations } from '../lib/queries.ts'
import type { Destination } from '../lib/types.ts'
import { meetingsOf, useHeldRuns } from '../lib/use-held-runs.ts'
import { item as itemTexts, nav, review as texts } from '../texts.ts'
import { Sections } from './card.tsx'
import { KeptCard } from './kept-card.tsx'
import { LinkButton } from './link-button.tsx'
import { PageTitle } from './page-title.tsx'
import { PlainMessage } from './plain-message.tsx'
import { Empty, QueryView } from './query-view.tsx'
import { ReviewCard } from './review-card.tsx'

/** Deletions that wait for a person: of all destinations, or of the one the address names. */
export function ReviewPage() {
  return (
    <Suspense fallback={<PageTitle title={texts.heading} intro={texts.intro} />}>
      <Found />
    </Suspense>
  )
}

const above = { href: '/review', label: nav.review }

function Found() {
  const given = useSearchParams().get('id')
  const destinations = useDestinations()
  if (given === null) {
    return (
      <>
        <PageTitle title={texts.heading} intro={texts.intro} />
        <QueryView query={destinations} loading={texts.loading} loadFailed={texts.loadFailed}>
          {(all) => <Waiting destinations={all} only={false} />}
        </QueryView>
      </>
    )
  }
  return (
    <QueryView query={destinations} loading={texts.loading} loadFailed={texts.loadFailed}>
      {(all) => {
        const destination = all.find(({ id }) => String(id) === given)
        if (destination === undefined) {
          return <PlainMessage title={itemTexts.gone.destination} text={itemTexts.goneText} link={above} />
        }
        return (
          <>
            <PageTitle title={destination.name} intro={texts.intro} above={[above]} />
            <Waiting destinations={[destination]} only />
          </>
        )
      }}
    </QueryView>
  )
}

interface WaitingProps {
  readonly destinations: readonly Destination[]
  /** One destination alone, which also shows what was answered before. */
  readonly only: boolean
}

function Waiting({ destinations, only }: WaitingProps) {
  const heldRuns = useHeldRuns(destinations)
  // While an answer is carried out its card stays, although nothing waits any more: it shows how far that is.
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set())
  const mark = (id: number, isBusy: boolean) =>
    setBusy((before) => new Set(isBusy ? [...before, id] : [...before].filter((each) => each !== id)))
  const shown = destinations.filter(
    ({ id, held }) => held > 0 || busy.has(id) || meetingsOf(heldRuns.get(id)).length > 0,
  )
  return (
    <Sections>
      {shown.map((destination) => (
        <ReviewCard
          key={destination.id}
          destination={destination}
          lastRun={heldRuns.get(destination.id)}
          titled={!only}
          onBusy={(isBusy) => mark(destination.id, isBusy)}
        />
      ))}
      {shown.length === 0 && (
        <Empty icon={<CheckmarkCircleRegular />} title={texts.nothing} text={texts.purpose}>
          {only && <LinkButton href="/review">{texts.all}</LinkButton>}
        </Empty>
      )}
      {only && destinations.map((destination) => <KeptCard key={destination.id} id={destination.id} />)}
    </Sections>
  )
}
