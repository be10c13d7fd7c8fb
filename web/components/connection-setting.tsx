'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { PlugConnectedRegular } from '@fluentui/react-icons'
import type { Source } from '../lib/types.ts'
import { connection as texts } from '../texts.ts'
import { Expander, SettingCard } from './card.tsx'
import { Detail, DetailList } from './details.tsx'

const useStyles = makeStyles({
  hint: { margin: `${tokens.spacingVerticalM} 0 0`, color: tokens.colorNeutralForeground3 },
})

interface ConnectionSettingProps {
  readonly of: 'server' | 'feed'
  readonly connection: Source['connection']
}

/** What is set about how a server or a feed is reached, beside address and login. */
export function ConnectionSetting({ of, connection }: ConnectionSettingProps) {
  const styles = useStyles()
  const title = texts.title[of]
  if (connection === null) {
    return (
      <SettingCard
        icon={<PlugConnectedRegular />}
        title={title}
        about={of === 'server' ? texts.usual : texts.usualFeed}
      />
    )
  }
  const { auth_method, user_agent, ca_certificate, client_certificate } = connection
  const headers = Object.keys(connection.headers)
  const lines = [
    ...(of === 'server' ? [{ term: texts.method, value: texts.methods[auth_method] }] : []),
    ...(user_agent === null ? [] : [{ term: texts.userAgent, value: user_agent }]),
    ...(headers.length === 0 ? [] : [{ term: texts.headers, value: headers.join(', ') }]),
    ...(ca_certificate === null ? [] : [{ term: texts.authority, value: texts.present }]),
    ...(client_certificate === null ? [] : [{ term: texts.certificate, value: texts.present }]),
  ]
  return (
    <Expander icon={<PlugConnectedRegular />} title={title} about={texts.set(lines.map(({ term }) => term))}>
      <DetailList>
        {lines.map(({ term, value }) => (
          <Detail key={term} term={term}>
            {value}
          </Detail>
        ))}
      </DetailList>
      <p className={styles.hint}>{texts.hint}</p>
    </Expander>
  )
}
