'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { formatExact } from '../lib/format.ts'
import { ApiError } from '../lib/http.ts'
import { useDestinations, useRun, useSources } from '../lib/queries.ts'
import type { RunDetails } from '../lib/types.ts'
import { nav, runPage as texts } from '../texts.ts'
import { Card, Sections } from './card.tsx'
import { FilteredOperations } from './filtered-operations.tsx'
import { PageTitle } from './page-title.tsx'
import { PlainMessage } from './plain-message.tsx'
import { ProblemList } from './problem-list.tsx'
import { QueryView } from './query-view.tsx'
import { RelativeTime } from './relative-time.tsx'
import { RunResult } from './run-result.tsx'
import { RunSteps } from './run-steps.tsx'
import { UndoSetting } from './undo-setting.tsx'
import { WithId } from './with-id.tsx'

const useStyles = makeStyles({ quiet: { margin: 0, color: tokens.colorNeutralForeground3 } })

const home = { href: '/', label: texts.home }

/** The page of one run: why and how it went, what it did to each event, and the way to take it back. */
export function RunPage() {
  return <WithId above={home}>{(id) => <Shown key={id} id={id} />}</WithId>
}

function Shown({ id }: { readonly id: number }) {
  const query = useRun(id)
  if (query.error instanceof ApiError && query.error.status === 404) {
    return <PlainMessage title={texts.gone} text={texts.goneText} link={home} />
  }
  return (
    <QueryView query={query} loading={texts.loading} loadFailed={texts.loadFailed}>
      {(run) => <Details run={run} />}
    </QueryView>
  )
}

function Details({ run }: { readonly run: RunDetails }) {
  const styles = useStyles()
  const { id, kind, item_id, started_at, operations, problems, counts, steps } = run
  const sources = useSources().data ?? []
  const destinations = useDestinations().data ?? []
  const item = (kind === 'source' ? sources : destinations).find((each) => each.id === item_id)
  const above = [
    { href: `/${kind}s`, label: nav[`${kind}s`] },
    ...(item === undefined ? [] : [{ href: `/${kind}s/view?id=${item_id}`, label: item.name }]),
  ]
  const began = Date.parse(started_at)
  const all = counts.operations ?? operations.length
  return (
    <>
      <PageTitle
        title={texts.title(id)}
        above={above}
        intro={
          <>
            {formatExact(began)} (<RelativeTime at={began} />)
          </>
        }
      />
      <Sections>
        <RunResult run={run} />
        <UndoSetting run={run} />
        {steps.length > 0 && (
          <Card title={texts.steps}>
            <RunSteps steps={steps} />
          </Card>
        )}
        {kind === 'destination' && run.finished_at !== null && (
          <Card title={texts.operations}>
            {operations.length === 0 ? (
              <p className={styles.quiet}>{texts.noOperations}</p>
            ) : (
              <FilteredOperations operations={operations} />
            )}
            {all > operations.length && <p className={styles.quiet}>{texts.operationsMore(operations.length, all)}</p>}
          </Card>
        )}
        {problems.length > 0 && (
          <Card title={texts.problems}>
            <ProblemList problems={problems} />
          </Card>
        )}
      </Sections>
    </>
  )
}
