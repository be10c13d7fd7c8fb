'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import type { PlanAnswer } from '../lib/types.ts'
import { destinationPage as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { CountTiles } from './counts.tsx'
import { FilteredOperations } from './filtered-operations.tsx'
import { ProblemList } from './problem-list.tsx'

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  message: { margin: 0, overflowWrap: 'anywhere' },
  heading: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase300 },
})

/** A plan in counts, event by event, and with what there is to say about it. */
export function PlanResult({ answer: { message, plan } }: { readonly answer: PlanAnswer }) {
  const styles = useStyles()
  const { counts, operations, problems } = plan
  return (
    <Card label={texts.plan}>
      <div className={styles.parts}>
        <p className={styles.message}>{message}</p>
        <CountTiles counts={counts} />
        {operations.length === 0 ? (
          <p className={styles.message}>{texts.planNothing}</p>
        ) : (
          <FilteredOperations operations={operations} />
        )}
        {problems.length > 0 && (
          <div>
            <h3 className={styles.heading}>{texts.planProblems}</h3>
            <ProblemList problems={problems} />
          </div>
        )}
      </div>
    </Card>
  )
}
