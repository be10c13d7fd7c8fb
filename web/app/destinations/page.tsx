import { DestinationsPage } from '../../components/destinations-page.tsx'

export default function Page() {
  return <DestinationsPage />
}
