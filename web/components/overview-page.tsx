'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { useDestinations, useOverview, useSources } from '../lib/queries.ts'
import type { ListedItem } from '../lib/types.ts'
import { overview as texts } from '../texts.ts'
import { ActivityPlot } from './activity-plot.tsx'
import { breakpointOfTwo } from './breakpoints.ts'
import { Card, Sections } from './card.tsx'
import { ConcernList } from './concern-list.tsx'
import { NextRuns } from './next-runs.tsx'
import { PageTitle } from './page-title.tsx'
import { QueryView } from './query-view.tsx'
import { StateCounts } from './state-counts.tsx'
import { Welcome } from './welcome.tsx'

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    [breakpointOfTwo]: { gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)', alignItems: 'stretch' },
  },
})

/** Everything at a glance: how many are in which state, what waits for a person, what happened, what comes next. */
export function OverviewPage() {
  const styles = useStyles()
  const sources = useSources()
  const destinations = useDestinations()
  const overview = useOverview()
  const items: readonly ListedItem[] = [
    ...(sources.data ?? []).map((item) => ({ ...item, kind: 'source' as const })),
    ...(destinations.data ?? []).map((item) => ({ ...item, kind: 'destination' as const })),
  ]
  const isNew = sources.data?.length === 0 && destinations.data?.length === 0
  return (
    <>
      <PageTitle title={texts.heading} intro={isNew ? texts.introNew : texts.intro} />
      {isNew ? (
        <Welcome />
      ) : (
        <QueryView query={sources} loading={texts.loading} loadFailed={texts.loadFailed}>
          {() => (
            <QueryView query={destinations} loading={texts.loading} loadFailed={texts.loadFailed}>
              {() => (
                <Sections>
                  <StateCounts items={items} />
                  <ConcernList />
                  <div className={styles.pair}>
                    <Card title={texts.activity}>
                      <QueryView query={overview} loading={texts.loading} loadFailed={texts.loadFailed}>
                        {({ activity }) => <ActivityPlot activity={activity} />}
                      </QueryView>
                    </Card>
                    <Card title={texts.nextRuns}>
                      <NextRuns items={items} />
                    </Card>
                  </div>
                </Sections>
              )}
            </QueryView>
          )}
        </QueryView>
      )}
    </>
  )
}
