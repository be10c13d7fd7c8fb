'use client'

import { CheckmarkCircleRegular, InfoRegular } from '@fluentui/react-icons'
import { useFindings } from '../lib/queries.ts'
import { sourcePage as texts } from '../texts.ts'
import { Expander, SettingCard } from './card.tsx'
import { ProblemList } from './problem-list.tsx'
import { QueryView } from './query-view.tsx'

/** What there is to say about the events of a source. */
export function SourceFindings({ id }: { readonly id: number }) {
  return (
    <QueryView query={useFindings(id)} loading={texts.findingsLoading} loadFailed={texts.findingsFailed}>
      {({ findings }) =>
        findings.length === 0 ? (
          <SettingCard icon={<CheckmarkCircleRegular />} title={texts.findings} about={texts.findingsNone} />
        ) : (
          <Expander icon={<InfoRegular />} title={texts.findings} about={texts.findingsAbout(findings.length)}>
            <ProblemList problems={findings} />
          </Expander>
        )
      }
    </QueryView>
  )
}
