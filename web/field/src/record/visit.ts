// The record under way of one person: kept at every change, saved once.
import { go, goBack } from '../lib/route'
import { answerableFields, check, type FaultOf, type Form } from '@tanfang/shared/forms/form'
import { computed, nextTick, reactive, ref, watch } from 'vue'
import type { Draft } from '../core/core'
import type { BundlePerson, Outcome } from '../core/types'
import { useAct } from '../lib/act'
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
  type VisitValue,
} from '../lib/record'
import { language, pick, t } from '../lib/words'

const same = (a: object | undefined, b: object | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** The draft on the form that is in force now, and what that form has no place for. */
function openDraft(person: BundlePerson): { draft: Draft<VisitValue>; form: Form | undefined; lost: string[] } {
  const core = useCore()
  const today = dayOf(core.now())
  const form = core.form(person.form)?.definition
  const kept = core.draft<VisitValue>('visit', person.id, () => freshVisit(person, form, today))
  const draft = { ...kept, photos: [...kept.photos] }
  if (!form || !draft.form || same(draft.form, person.form)) {
    draft.form = person.form
    return { draft, form, lost: [] }
  }
  const { value, told } = onNewForm(draft.value, core.form(draft.form)?.definition, form, language.value)
  return { draft: { ...draft, form: person.form, value }, form, lost: told }
}

/** Up to the first field with a fault, so that its words are read. */
async function showFault(): Promise<void> {
  await nextTick()
  const wrong = document.querySelector<HTMLElement>('[data-wrong]')
  wrong?.closest('details')?.setAttribute('open', '')
  wrong?.scrollIntoView({ block: 'center' })
  wrong?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
}

export function useVisit(person: BundlePerson) {
  const core = useCore()
  const { busy, problem, act } = useAct()
  const { draft, form, lost } = openDraft(person)
  const restored = core.view.drafts.some(({ id }) => id === draft.id)
  const value = reactive(draft.value) as VisitValue
  const faults = ref<Record<string, FaultOf>>({})
  const reasonMissing = ref(false)
  const methods = computed(() => methodsFor(person, dayOf(core.now())))
  const current = (): Draft<VisitValue> => ({ ...draft, value: JSON.parse(JSON.stringify(value)) as VisitValue })

  const circumstances = computed(() => circumstancesOf(value, person, core.form(person.form), draft.begun_at))
  const find = () => (form && value.outcome === 'met' ? check(form, value.answers, circumstances.value) : {})
  const keep = () => core.keepDraft(current()).catch(() => undefined)
  watch(value, () => {
    void keep()
    if (Object.keys(faults.value).length > 0) faults.value = find()
  })
  if (lost.length > 0) void keep()

  async function save(): Promise<void> {
    faults.value = find()
    reasonMissing.value = noneCounts(methods.value) && value.outcome === 'met' && value.method_reason.trim() === ''
    if (Object.keys(faults.value).length > 0 || reasonMissing.value) return showFault()
    const at = core.stamp()
    const content = contentOf(current(), form, at, circumstances.value)
    const about = { person: person.id, title: person.name, outcome: content.outcome, at }
    if (!(await act(() => core.save('visit', draft.id, content, about)))) return
    say(t('record.saved', { name: person.name }))
    await go('/', true)
  }
  async function dropDraft(): Promise<void> {
    await core.dropDraft(draft.id)
    goBack()
  }
  const refusal = core.view.outbox.find(({ key }) => key === draft.mends)?.problem
  const meant = refusal?.field?.replace(/^answers\./, '') ?? ''
  const atField = !!form && answerableFields(form).some(({ code }) => code === meant.replace(/[.[].*/, ''))
  const refused = JSON.stringify(value.answers)
  const errors = computed(() => ({
    ...(refusal && atField && JSON.stringify(value.answers) === refused ? { [meant]: pick(refusal.words) } : {}),
    ...Object.fromEntries(
      Object.entries(faults.value).map(([code, { fault, limit }]) => [code, t(`fault.${fault}`, { limit })]),
    ),
  }))
  const setOutcome = (outcome: Outcome) => (value.outcome = outcome)
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
    reason: atField ? null : refusal,
    busy,
    problem,
    save,
    dropDraft,
    setOutcome,
    showFault,
  }
}
