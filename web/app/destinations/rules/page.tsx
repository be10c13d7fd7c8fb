import { DestinationRulesPage } from '../../../components/destination-rules-page.tsx'

export default function Page() {
  return <DestinationRulesPage />
}
