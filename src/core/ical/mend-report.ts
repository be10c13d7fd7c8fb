import type { FindingCode } from '../finding-codes.ts'

/** Tells of one mend: a stable code, and what was done as the end of a sentence that begins with the event. */
export type ReportMend = (code: FindingCode, done: string) => void
