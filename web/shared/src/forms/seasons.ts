// Which forms ask for a season, and what the conditions of a record may ask on its day.
import { answerableFields, seasonsOn, type Circumstances, type Condition, type Form, type Season } from './form'

const asksSeason = (condition: Condition): boolean =>
  condition.kind === 'season' || (condition.parts ?? []).some(asksSeason)

/** Whether the form asks anything for a season, so that those of its scheme must be known. */
export const asksSeasons = (form: Form): boolean =>
  answerableFields(form).some(({ required_when: condition }) => condition && asksSeason(condition))

/** The method, what is known of the person, and the seasons of the day. */
export const circumstancesOn = (
  method: string,
  facts: Record<string, unknown>,
  seasons: readonly Season[] | undefined,
  date: string,
): Circumstances => ({ method, facts, ...(seasons ? { seasons: seasonsOn(seasons, date) } : {}) })
