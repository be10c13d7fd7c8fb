'use client'

import { LinkRegular } from '@fluentui/react-icons'
import { useLinks } from '../lib/queries.ts'
import type { Link } from '../lib/types.ts'
import { actions, sourcePage as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { Group } from './group.tsx'
import { LinkButton } from './link-button.tsx'
import { QueryView } from './query-view.tsx'

/** The links that show this source, each one press away. */
export function SourceLinks({ id }: { readonly id: number }) {
  return (
    <Group title={texts.links}>
      <QueryView query={useLinks()} loading={texts.linksLoading} loadFailed={texts.linksFailed}>
        {(links) => {
          const own = links.filter(({ source_ids }) => source_ids.includes(id))
          if (own.length === 0) return <SettingCard icon={<LinkRegular />} title={texts.linksNone} />
          return own.map((link) => (
            <SettingCard key={link.id} icon={<LinkRegular />} title={titleOf(link)} about={aboutOf(link)}>
              <LinkButton href={`/links/view?id=${link.id}`} label={actions.named(actions.open, titleOf(link))}>
                {actions.open}
              </LinkButton>
            </SettingCard>
          ))
        }}
      </QueryView>
    </Group>
  )
}

function titleOf({ label, name, kind }: Link): string {
  return label || name || texts.linkOwn[kind]
}

function aboutOf({ url, state, is_public, readers }: Link): string {
  const clients = readers.map(({ client }) => client)
  const reading = clients.length === 0 ? texts.unread : texts.readBy(clients)
  return [url, texts.linkState[state], ...(is_public ? [texts.linkPublic] : []), reading].join(' · ')
}
