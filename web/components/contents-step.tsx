'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { InfoRegular } from '@fluentui/react-icons'
import type { Inspected } from '../lib/types.ts'
import { useInspection } from '../lib/wizard-queries.ts'
import { addDestination, wizard } from '../texts.ts'
import { Expander } from './card.tsx'
import { Detail, DetailList } from './details.tsx'
import { PreviewList } from './preview-list.tsx'
import { ProblemList } from './problem-list.tsx'
import { ProblemBar, QueryView } from './query-view.tsx'
import { StepForm } from './step-form.tsx'

const texts = addDestination.contents

const useStyles = makeStyles({ root: { display: 'grid', gap: tokens.spacingVerticalL, minWidth: 0 } })

interface ContentsStepProps {
  readonly feedUrl: string
  readonly onNext: () => void
}

/** What the feed holds, before anything is done with it. */
export function ContentsStep({ feedUrl, onNext }: ContentsStepProps) {
  const query = useInspection(feedUrl)
  return (
    <StepForm
      heading={texts.heading}
      next={{ label: texts.next, disabled: query.data === undefined }}
      onNext={() => onNext()}
    >
      <QueryView query={query} loading={texts.loading} loadFailed={texts.loadFailed}>
        {(feed) => <Contents feed={feed} />}
      </QueryView>
    </StepForm>
  )
}

function Contents({ feed }: { readonly feed: Inspected }) {
  const styles = useStyles()
  const { name, counts, zones, findings, preview } = feed
  const count = (key: string) => counts[key] ?? 0
  const parts = [
    ['recurring', texts.recurring],
    ['all_day', texts.allDay],
    ['cancelled', texts.cancelled],
    ['with_guests', texts.withGuests],
    ['unreadable', texts.unreadable],
  ] as const
  const told = parts.flatMap(([key, words]) => (count(key) > 0 ? [words(count(key))] : []))
  const span = spanOf(feed)
  return (
    <div className={styles.root}>
      {count('objects') === 0 && <ProblemBar intent="warning" text={texts.empty} />}
      <DetailList>
        {name !== null && <Detail term={texts.name}>{name}</Detail>}
        <Detail term={texts.events}>
          {wizard.events(count('objects'))}
          {told.length > 0 && ` (${told.join(', ')})`}
        </Detail>
        {span !== null && <Detail term={texts.span}>{span}</Detail>}
        {zones.length > 0 && (
          <Detail term={texts.zones}>
            {zones
              .map(({ tzid, by, zone }) => (by === 'nothing' ? texts.zoneUnknown(tzid) : (zone ?? tzid)))
              .filter((zone, place, all) => all.indexOf(zone) === place)
              .join(', ')}
          </Detail>
        )}
      </DetailList>
      {preview.length > 0 && <PreviewList preview={preview} />}
      {findings.length > 0 && (
        <Expander icon={<InfoRegular />} title={texts.findings(count('findings'))} about={texts.findingsAbout}>
          <ProblemList problems={findings} />
        </Expander>
      )}
    </div>
  )
}

const dayOfDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
const dayOfMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

function spanOf({ first_day, last_end, counts }: Inspected): string | null {
  if (first_day === null) return null
  const first = dayOfDate.format(Date.parse(first_day))
  if (last_end === null) return (counts.recurring ?? 0) > 0 ? texts.spanFrom(first) : first
  // The end is the moment after the last event: of an all-day one the midnight that follows it.
  const last = dayOfMoment.format(Date.parse(last_end) - 1)
  return first === last ? first : texts.spanOf(first, last)
}
