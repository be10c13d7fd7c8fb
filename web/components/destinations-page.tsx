'use client'

import { ArrowUploadRegular } from '@fluentui/react-icons'
import { useDestinations } from '../lib/queries.ts'
import { destinations as texts } from '../texts.ts'
import { loadDestinationDialog, useDestinationDialogs } from './destination-dialogs.tsx'
import { DestinationRow } from './destination-row.tsx'
import { ItemList } from './item-list.tsx'
import { LinkButton } from './link-button.tsx'
import { PageHeading } from './page-heading.tsx'

export function DestinationsPage() {
  const destinations = useDestinations()
  const dialogs = useDestinationDialogs()
  return (
    <>
      <PageHeading
        title={texts.heading}
        intro={texts.intro}
        addLabel={texts.add}
        guideLabel={texts.guide}
        guideHref="/destinations/add"
        onAdd={dialogs.create}
        onNear={loadDestinationDialog}
      />
      <ItemList
        kind="destination"
        query={destinations}
        texts={texts}
        emptyIcon={<ArrowUploadRegular />}
        emptyAction={
          <>
            <p>{texts.teach}</p>
            <LinkButton href="/destinations/add" primary>
              {texts.begin}
            </LinkButton>
          </>
        }
        words={(destination) =>
          `${destination.name} ${destination.ics_url} ${destination.caldav_url} ${destination.calendar_name}`
        }
        row={(destination) => (
          <DestinationRow
            key={destination.id}
            destination={destination}
            onEdit={() => dialogs.edit(destination)}
            onDuplicate={() => dialogs.duplicate(destination)}
            onDelete={() => dialogs.remove(destination)}
          />
        )}
      />
      {dialogs.shown}
    </>
  )
}
