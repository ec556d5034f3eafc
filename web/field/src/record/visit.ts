// The record under way of one person: kept at every change, saved once.
import { go, goBack } from '../lib/route'
import { answerableFields, check, type FaultOf, type Form } from '@tanfang/shared/forms/form'
import { computed, reactive, ref, watch } from 'vue'
import type { Draft } from '../core/core'
import type { BundlePerson, Problem } from '../core/types'
import { showFault, useAct } from '../lib/act'
import { useCore } from '../lib/core'
import { dayOf } from '../lib/days'
import { say } from '../lib/flash'
import {
  circumstancesOf,
  contentOf,
  freshVisit,
  methodsFor,
  noneCounts,
  onNewForm,
  resumed,
  written,
  type VisitValue,
} from '../lib/record'
import { language, pick, t } from '../lib/words'

/** A photo is being kept: the record is not saved without it. */
export const photographing = ref(false)

const same = (a: object | undefined, b: object | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** The draft on the form that is in force now, and what that form has no place for. */
function openDraft(person: BundlePerson) {
  const core = useCore()
  const lost = ref<string[]>([])
  const today = dayOf(core.now())
  const form = core.form(person.form)?.definition
  const kept = core.draft<VisitValue>('visit', person.id, () => freshVisit(person, form, today))
  const again = resumed(kept, core.stamp())
  const draft = { ...again, photos: [...again.photos] }
  if (!form || !draft.form || same(draft.form, person.form)) {
    draft.form = person.form
    return { draft, form, lost }
  }
  const { value, lost: gone } = onNewForm(draft.value, form)
  const before = core.form(draft.form)?.definition
  if (Object.keys(gone).length > 0)
    void import('../lib/lost').then(({ lostInWords }) => (lost.value = lostInWords(before, gone, language.value)))
  return { draft: { ...draft, form: person.form, value }, form, lost }
}

/** Why it was refused, by the path of the field of the form that is meant. */
function meantBy(refusal: Problem | undefined, form: Form | undefined): [string, string][] {
  const known = form ? answerableFields(form).map(({ code }) => code) : []
  return (refusal?.fields ?? []).flatMap(({ field, words }): [string, string][] => {
    const at = field.replace(/^answers\./, '')
    return known.includes(at.replace(/[.[].*/, '')) ? [[at, pick(words) || pick(refusal?.words)]] : []
  })
}

export function useVisit(person: BundlePerson, met: boolean) {
  const core = useCore()
  const { busy: saving, problem, act } = useAct()
  const busy = computed(() => saving.value || photographing.value)
  const { draft, form, lost } = openDraft(person)
  const isKept = () => core.view.drafts.some(({ id }) => id === draft.id)
  const restored = isKept()
  const value = reactive(draft.value) as VisitValue
  if (met !== (value.outcome === 'met')) value.outcome = met ? 'met' : 'not_home'
  const faults = ref<Record<string, FaultOf>>({})
  const reasonMissing = ref(false)
  const methods = computed(() => methodsFor(person, dayOf(core.now())))
  const current = (): Draft<VisitValue> => ({ ...draft, value: JSON.parse(JSON.stringify(value)) as VisitValue })

  const circumstances = computed(() => circumstancesOf(value, person, core.form(person.form), draft.begun_at))
  const find = () => (form && value.outcome === 'met' ? check(form, value.answers, circumstances.value) : {})
  const keep = () => core.keepDraft(current()).catch(() => undefined)
  // Only looked at, it is not begun.
  const untouched = written(value)
  watch(value, () => {
    if (written(value) !== untouched || isKept()) void keep()
    if (Object.keys(faults.value).length > 0) faults.value = find()
  })

  async function save(): Promise<void> {
    faults.value = find()
    reasonMissing.value = noneCounts(methods.value) && value.outcome === 'met' && value.method_reason.trim() === ''
    if (Object.keys(faults.value).length > 0 || reasonMissing.value) return showFault()
    const at = core.stamp()
    const content = contentOf(current(), form, at, circumstances.value)
    const about = { person: person.id, title: person.name, outcome: content.outcome, form: draft.form, at }
    if (!(await act(() => core.save('visit', draft.id, content, about)))) return
    say(t('record.saved', { name: person.name }))
    await go('/', true)
  }
  async function dropDraft(): Promise<void> {
    await core.dropDraft(draft.id)
    goBack()
  }
  const refusal = core.view.outbox.find(({ key }) => key === draft.mends)?.problem
  const meant = meantBy(refusal, form)
  const refused = JSON.stringify(value.answers)
  const errors = computed(() => ({
    ...(JSON.stringify(value.answers) === refused ? Object.fromEntries(meant) : {}),
    ...Object.fromEntries(
      Object.entries(faults.value).map(([code, { fault, limit }]) => [code, t(`fault.${fault}`, { limit })]),
    ),
  }))
  return {
    draft,
    form,
    lost,
    restored,
    value,
    methods,
    circumstances,
    errors,
    reasonMissing,
    /** Why it was refused, where no field of the form is meant. */
    reason: meant.length > 0 && meant.length === refusal?.fields?.length ? null : refusal,
    busy,
    problem,
    save,
    dropDraft,
    showFault,
  }
}
