'use client'

import { ServerRegular } from '@fluentui/react-icons'
import { useServers } from '../lib/queries.ts'
import type { Kind } from '../lib/types.ts'
import { server as texts } from '../texts.ts'
import { Expander } from './card.tsx'
import { Detail, DetailList } from './details.tsx'

/** What was learnt of the server while working with it; nothing where that is nothing yet. */
export function ServerProfile({ kind, id }: { readonly kind: Kind; readonly id: number }) {
  const server = useServers().data?.find((each) => each[`${kind}s`].includes(id))
  if (server === undefined) return null
  const known = (value: boolean | null) => (value === null ? texts.unknown : value ? texts.yes : texts.no)
  return (
    <Expander icon={<ServerRegular />} title={texts.title} about={texts.about}>
      <DetailList>
        <Detail term={texts.origin}>{server.origin}</Detail>
        <Detail term={texts.software}>{server.software ?? texts.unknown}</Detail>
        <Detail term={texts.syncCollection}>{known(server.sync_collection)}</Detail>
        <Detail term={texts.dataInSync}>{known(server.data_in_sync)}</Detail>
        <Detail term={texts.batch}>{server.batch}</Detail>
        <Detail term={texts.writers}>{server.writers}</Detail>
      </DetailList>
    </Expander>
  )
}
