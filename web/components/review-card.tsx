'use client'

import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import dynamic from 'next/dynamic'
import { useHeld } from '../lib/queries.ts'
import type { Destination, RunDetails } from '../lib/types.ts'
import { useAnswer } from '../lib/use-answer.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { meetingsOf } from '../lib/use-held-runs.ts'
import { review as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { Card } from './card.tsx'
import { HeldEvents } from './held-events.tsx'
import { LinkButton } from './link-button.tsx'
import { ProblemList } from './problem-list.tsx'
import { ProgressLine } from './progress-line.tsx'
import { QueryView } from './query-view.tsx'

const RemoveDialog = dynamic(() => import('./remove-dialog.tsx').then((module) => module.RemoveDialog), { ssr: false })
const LimitDialog = dynamic(() => import('./limit-dialog.tsx').then((module) => module.LimitDialog), { ssr: false })

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  text: { margin: 0, maxWidth: '72ch', overflowWrap: 'anywhere' },
  quiet: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    maxWidth: '80ch',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
})

interface ReviewCardProps {
  readonly destination: Destination
  /** Its last run, where that left something for a person. */
  readonly lastRun: RunDetails | undefined
  /** Says whose card it is; not needed where the page is about one destination. */
  readonly titled: boolean
  readonly onBusy: (busy: boolean) => void
}

/** What one destination waits with, and the answers a person can give. */
export function ReviewCard({ destination, lastRun, titled, onBusy }: ReviewCardProps) {
  const styles = useStyles()
  const meetings = meetingsOf(lastRun)
  const Heading = titled ? 'h3' : 'h2'
  return (
    <Card {...(titled && { title: destination.name })}>
      <div className={styles.parts}>
        <Deletions destination={destination} lastRun={lastRun} onBusy={onBusy} />
        {meetings.length > 0 && (
          <section aria-label={texts.meetings} className={styles.parts}>
            <div>
              <Heading className={styles.heading}>{texts.meetings}</Heading>
              <p className={styles.quiet}>{texts.meetingsAbout}</p>
            </div>
            <ProblemList problems={meetings} />
          </section>
        )}
      </div>
    </Card>
  )
}

function Deletions({ destination, lastRun, onBusy }: Omit<ReviewCardProps, 'titled'>) {
  const styles = useStyles()
  const { id, name, held, calendar_name, delete_limit, paused, sync_interval_secs } = destination
  const alert = useAlert()
  const focusComesBack = useRestoreFocusTarget()
  const query = useHeld(id)
  const removal = useDialog<number>()
  const limit = useDialog<Destination>()
  const { remove, keep, removing, keeping } = useAnswer(destination, { alert, onBusy })
  const busy = removing || keeping
  const buttons = (
    <div className={styles.buttons}>
      <Button
        {...focusComesBack}
        aria-label={texts.named(texts.remove, name)}
        disabledFocusable={busy}
        onClick={() => {
          if (!busy) removal.show(held)
        }}
      >
        {removing ? texts.removing : texts.remove}
      </Button>
      <Button
        aria-label={texts.named(texts.keep, name)}
        disabledFocusable={busy}
        onClick={() => {
          if (!busy) keep()
        }}
      >
        {texts.keep}
      </Button>
      <Button
        {...focusComesBack}
        aria-label={texts.named(texts.limit, name)}
        disabledFocusable={busy}
        onClick={() => {
          if (!busy) limit.show(destination)
        }}
      >
        {texts.limit}
      </Button>
      <LinkButton href={`/destinations/view?id=${id}`} label={texts.named(texts.destination, name)}>
        {texts.destination}
      </LinkButton>
    </div>
  )
  return (
    <>
      {(held > 0 || busy) && (
        <>
          {held > 0 && (
            <div>
              <p className={styles.text}>{texts.what(held, calendar_name)}</p>
              {lastRun?.message != null && <p className={styles.quiet}>{texts.lastRun(lastRun.message)}</p>}
            </div>
          )}
          <ProgressLine kind="destination" id={id} />
          {buttons}
          <p className={styles.quiet}>
            {texts.without} {paused || sync_interval_secs === 0 ? texts.drainsNot : texts.drains}
            {delete_limit !== null && ` ${texts.limitNow(delete_limit)}`}
          </p>
          <QueryView query={query} loading={texts.loading} loadFailed={texts.loadFailed}>
            {(events) => (
              <HeldEvents label={texts.events} events={events.filter(({ answer }) => answer !== 'dismissed')} />
            )}
          </QueryView>
        </>
      )}
      {removal.shown && (
        <RemoveDialog
          key={removal.shown.key}
          // What is asked about is what would be removed now; while the dialog fades it keeps its words.
          count={removal.shown.open ? Math.max(held, 1) : removal.shown.target}
          calendar={calendar_name}
          open={removal.shown.open}
          onClose={removal.close}
          onConfirm={() => {
            removal.close()
            remove(held)
          }}
        />
      )}
      {limit.shown && (
        <LimitDialog
          key={limit.shown.key}
          destination={limit.shown.target}
          open={limit.shown.open}
          onClose={limit.close}
        />
      )}
    </>
  )
}
