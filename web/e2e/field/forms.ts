// The shipped schemes' forms of a visit, as the server gives them to a phone.
import type { Page } from 'playwright-core'
import type { Answers, Field, Form } from '../../shared/src/forms/form.ts'
import { answerableFields } from '../../shared/src/forms/form.ts'
import type { BundleForm } from '../../field/src/core/types.ts'
import { call } from '../house.ts'

export const schemes = ['national-2022', 'linzi-2022', 'anshan-2020', 'yicheng-2023', 'luzhou-2023']

/** `page` is of somebody who may read schemes. */
export async function visitForms(page: Page): Promise<BundleForm[]> {
  const forms: BundleForm[] = []
  for (const scheme of schemes) {
    const { forms: all } = (await call(page, 'GET', `/schemes/${scheme}/forms`)) as {
      forms: { id: string; use: string }[]
    }
    const form = all.find((each) => each.use === 'visit')?.id.split('/')[1] ?? ''
    const definition = (await call(page, 'GET', `/schemes/${scheme}/forms/${form}`)) as Form
    forms.push({ scheme, form, version: '1', definition })
  }
  return forms
}

/** An answer that the field takes: of choices the last, which is the worst. */
function answerTo(field: Field): unknown {
  const codes = (field.options ?? []).map((option) => option.code)
  if (field.kind === 'choice') return codes[codes.length - 1]
  if (field.kind === 'choices') return codes.slice(0, 2)
  if (field.kind === 'yes_no') return true
  if (field.kind === 'integer' || field.kind === 'decimal') return field.minimum ?? 1
  if (field.kind === 'text') return '没有什么特别的'
  return undefined
}

export function lastAnswers(form: Form): Answers {
  const fields = answerableFields(form).filter((field) => answerTo(field) !== undefined)
  return Object.fromEntries(fields.map((field) => [field.code, answerTo(field)]))
}
