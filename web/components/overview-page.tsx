'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, WarningRegular } from '@fluentui/react-icons'
import { parseMoment } from '../lib/format.ts'
import { useDestinations, useOverview, useSources } from '../lib/queries.ts'
import { stateOf, states } from '../lib/state.ts'
import type { Item, Kind } from '../lib/types.ts'
import { useConcerns } from '../lib/use-concerns.ts'
import { attention, state as stateTexts, overview as texts } from '../texts.ts'
import { ActivityPlot } from './activity-plot.tsx'
import { Card, Sections, SettingCard, Stack } from './card.tsx'
import { ConcernFix, useSignIn } from './concern-fix.tsx'
import { DueTime } from './due-time.tsx'
import { PageTitle } from './page-title.tsx'
import { QueryView } from './query-view.tsx'
import { StateMark } from './state-mark.tsx'
import { TextLink } from './text-link.tsx'
import { Welcome } from './welcome.tsx'

const useStyles = makeStyles({
  counts: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  count: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: '150px' },
  number: { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600 },
  next: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalS },
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '0 16px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** Everything at a glance: how many are in which state, what waits for a person, what happened, what comes next. */
export function OverviewPage() {
  const sources = useSources()
  const destinations = useDestinations()
  const overview = useOverview()
  const waiting = useConcerns()
  const signIn = useSignIn()
  const items: readonly (Item & { readonly kind: Kind })[] = [
    ...(sources.data ?? []).map((item) => ({ ...item, kind: 'source' as const })),
    ...(destinations.data ?? []).map((item) => ({ ...item, kind: 'destination' as const })),
  ]
  const isNew = sources.data?.length === 0 && destinations.data?.length === 0
  return (
    <>
      <PageTitle title={texts.heading} intro={texts.intro} />
      {isNew ? (
        <Welcome />
      ) : (
        <QueryView query={sources} loading={texts.loading} loadFailed={texts.loadFailed}>
          {() => (
            <Sections>
              <Counts items={items} />
              <section aria-label={attention.heading}>
                <Stack>
                  {waiting.length === 0 && <SettingCard icon={<CheckmarkCircleRegular />} title={attention.nothing} />}
                  {waiting.map((concern) => (
                    <SettingCard key={concern.key} icon={<WarningRegular />} title={concern.title} about={concern.text}>
                      <ConcernFix concern={concern} onSignIn={signIn.show} />
                    </SettingCard>
                  ))}
                </Stack>
              </section>
              <Card title={texts.activity}>
                <QueryView query={overview} loading={texts.loading} loadFailed={texts.loadFailed}>
                  {({ activity }) => <ActivityPlot activity={activity} />}
                </QueryView>
              </Card>
              <Card title={texts.nextRuns}>
                <NextRuns items={items} />
              </Card>
            </Sections>
          )}
        </QueryView>
      )}
      {signIn.shown}
    </>
  )
}

function Counts({ items }: { readonly items: readonly Item[] }) {
  const styles = useStyles()
  const counted = states
    .map((state) => ({ state, count: items.filter((item) => stateOf(item, false) === state).length }))
    .filter(({ count }) => count > 0)
  return (
    <Card title={texts.states}>
      <div className={styles.counts}>
        {counted.map(({ state, count }) => (
          <div key={state} className={styles.count}>
            <StateMark state={state} error={null} />
            <span className={styles.number}>{count}</span>
            <span>{stateTexts[state].word}</span>
          </div>
        ))}
      </div>
    </Card>
  )
}

const shownNext = 8

function NextRuns({ items }: { readonly items: readonly (Item & { readonly kind: Kind })[] }) {
  const styles = useStyles()
  const coming = items
    .flatMap((item) => {
      const at = parseMoment(item.next_run_at)
      return at === null ? [] : [{ item, at }]
    })
    .toSorted((a, b) => a.at - b.at)
    .slice(0, shownNext)
  if (coming.length === 0) return <p className={styles.quiet}>{texts.noNextRuns}</p>
  return (
    <ul className={styles.next}>
      {coming.map(({ item, at }) => (
        <li key={`${item.kind} ${item.id}`} className={styles.row}>
          <TextLink href={`/${item.kind}s/view?id=${item.id}`}>{item.name}</TextLink>
          <span className={styles.quiet}>
            <DueTime at={at} />
          </span>
        </li>
      ))}
    </ul>
  )
}
