'use client'

import { Accordion, makeStyles } from '@fluentui/react-components'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import { type Arrangement, arrange, everything } from '../lib/arrange.ts'
import type { Item, Kind } from '../lib/types.ts'
import { list as texts } from '../texts.ts'
import { ListTools } from './list-tools.tsx'
import { Empty, QueryView } from './query-view.tsx'

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: '4px' },
  nothing: { margin: 0 },
})

interface ItemListProps<Shown extends Item> {
  readonly kind: Kind
  readonly query: UseQueryResult<Shown[]>
  readonly texts: { readonly empty: string; readonly loading: string; readonly loadFailed: string }
  readonly emptyIcon: ReactElement
  readonly emptyAction: ReactNode
  /** What a search looks through. */
  readonly words: (item: Shown) => string
  readonly row: (item: Shown) => ReactNode
}

/** A list with its four faces: loading, failed to load, empty, and rows that several of may be open. */
export function ItemList<Shown extends Item>(props: ItemListProps<Shown>) {
  const styles = useStyles()
  const [arrangement, setArrangement] = useState<Arrangement>(everything)
  return (
    <QueryView query={props.query} loading={props.texts.loading} loadFailed={props.texts.loadFailed}>
      {(items) => {
        if (items.length === 0) {
          return (
            <Empty icon={props.emptyIcon} text={props.texts.empty}>
              {props.emptyAction}
            </Empty>
          )
        }
        const shown = arrange(items, arrangement, props.words)
        return (
          <>
            <ListTools kind={props.kind} arrangement={arrangement} onChange={setArrangement} />
            <Accordion multiple collapsible className={styles.rows}>
              {shown.map(props.row)}
            </Accordion>
            <div role="status">{shown.length === 0 && <p className={styles.nothing}>{texts.nothingFound}</p>}</div>
          </>
        )
      }}
    </QueryView>
  )
}
