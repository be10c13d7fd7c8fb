'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useIsSyncing } from '../lib/queries.ts'
import { stateOf } from '../lib/state.ts'
import type { Item, Kind } from '../lib/types.ts'
import { destinations, nav, sources, state as stateTexts, item as texts } from '../texts.ts'
import { Card, Sections } from './card.tsx'
import { DetailList, ErrorDetail, ScheduleDetails } from './details.tsx'
import { PageTitle } from './page-title.tsx'
import { PlainMessage } from './plain-message.tsx'
import { ProgressLine } from './progress-line.tsx'
import { QueryView } from './query-view.tsx'
import { RowActions } from './row-actions.tsx'
import { RunHistory } from './run-history.tsx'
import { ServerProfile } from './server-profile.tsx'

interface ItemPageProps<Shown extends Item> {
  readonly kind: Kind
  readonly id: number
  readonly query: UseQueryResult<Shown[]>
  readonly dialogs: {
    readonly edit: (item: Shown) => void
    readonly duplicate: (item: Shown) => void
    readonly remove: (item: Shown) => void
  }
  /** More lines beside state and schedule. */
  readonly facts: (item: Shown) => ReactNode
  /** The cards between the state and the runs. */
  readonly children: (item: Shown) => ReactNode
}

/** The page of one source or destination: its state, what it may be told, its settings, its runs. */
export function ItemPage<Shown extends Item>({ kind, id, query, dialogs, facts, children }: ItemPageProps<Shown>) {
  const list = kind === 'source' ? sources : destinations
  const above = { href: `/${kind}s`, label: nav[`${kind}s`] }
  const syncing = useIsSyncing(kind, id)
  return (
    <QueryView query={query} loading={list.loading} loadFailed={list.loadFailed}>
      {(items) => {
        const item = items.find((each) => each.id === id)
        if (item === undefined) {
          return <PlainMessage title={texts.gone[kind]} text={texts.goneText} link={above} />
        }
        const state = stateOf(item, syncing)
        return (
          <>
            <PageTitle title={item.name} above={[above]} />
            <Sections>
              <Card title={stateTexts[state].word}>
                <ProgressLine kind={kind} id={id} />
                <DetailList>
                  <ErrorDetail item={item} />
                  {facts(item)}
                  <ScheduleDetails item={item} />
                </DetailList>
                <RowActions
                  kind={kind}
                  item={item}
                  opens={false}
                  onEdit={() => dialogs.edit(item)}
                  onDuplicate={() => dialogs.duplicate(item)}
                  onDelete={() => dialogs.remove(item)}
                />
              </Card>
              {children(item)}
              <RunHistory kind={kind} id={id} />
              <ServerProfile kind={kind} id={id} />
            </Sections>
          </>
        )
      }}
    </QueryView>
  )
}
