import { type CatalogueEntry, syntaxCatalogue } from "@scruple/syntax";
import { acceptWithoutReason } from "./accept-without-reason.ts";
import { ambiguousName } from "./ambiguous-name.ts";
import { annotationArguments } from "./annotation-arguments.ts";
import { binaryFile } from "./binary-file.ts";
import { channelDoesNotReach } from "./channel-does-not-reach.ts";
import { channelReachesFurther } from "./channel-reaches-further.ts";
import { comparedWithTwo } from "./compared-with-two.ts";
import { conflictingTypes } from "./conflicting-types.ts";
import { cycle } from "./cycle.ts";
import { duplicateName } from "./duplicate-name.ts";
import { emptyFile } from "./empty-file.ts";
import { emptyRange } from "./empty-range.ts";
import { fieldWithoutLevel } from "./field-without-level.ts";
import { fileTooLarge } from "./file-too-large.ts";
import { foreignInteraction } from "./foreign-interaction.ts";
import { givenTwice } from "./given-twice.ts";
import { invalidOption } from "./invalid-option.ts";
import { missingArgument } from "./missing-argument.ts";
import { notACondition } from "./not-a-condition.ts";
import { notGivable } from "./not-givable.ts";
import { notUtf8 } from "./not-utf8.ts";
import { nothingToBuild } from "./nothing-to-build.ts";
import { oneOperation } from "./one-operation.ts";
import { operatorNotForType } from "./operator-not-for-type.ts";
import { outOfRange } from "./out-of-range.ts";
import { pairNeeded } from "./pair-needed.ts";
import { policyNotUsed } from "./policy-not-used.ts";
import { repeatedAnnotation } from "./repeated-annotation.ts";
import { repeatedArgument } from "./repeated-argument.ts";
import { repeatedValue } from "./repeated-value.ts";
import { reservedName } from "./reserved-name.ts";
import { reservedPolicy } from "./reserved-policy.ts";
import { setOutsideIn } from "./set-outside-in.ts";
import { twoScales } from "./two-scales.ts";
import { typeMismatch } from "./type-mismatch.ts";
import { typesDiffer } from "./types-differ.ts";
import { unknownAnnotation } from "./unknown-annotation.ts";
import { unknownAttribute } from "./unknown-attribute.ts";
import { unknownField } from "./unknown-field.ts";
import { unknownLevel } from "./unknown-level.ts";
import { unknownName } from "./unknown-name.ts";
import { unknownParameter } from "./unknown-parameter.ts";
import { unknownPolicy } from "./unknown-policy.ts";
import { unknownRule } from "./unknown-rule.ts";
import { unknownSeverity } from "./unknown-severity.ts";
import { unknownType } from "./unknown-type.ts";
import { unknownValue } from "./unknown-value.ts";
import { wrongKind } from "./wrong-kind.ts";

const own: readonly CatalogueEntry<never>[] = [
  duplicateName,
  reservedName,
  ambiguousName,
  unknownName,
  wrongKind,
  unknownField,
  policyNotUsed,
  unknownPolicy,
  cycle,
  unknownAttribute,
  unknownLevel,
  unknownParameter,
  unknownRule,
  foreignInteraction,
  unknownAnnotation,
  typeMismatch,
  typesDiffer,
  unknownValue,
  notACondition,
  operatorNotForType,
  unknownType,
  emptyRange,
  outOfRange,
  repeatedValue,
  setOutsideIn,
  conflictingTypes,
  comparedWithTwo,
  missingArgument,
  repeatedArgument,
  twoScales,
  channelReachesFurther,
  channelDoesNotReach,
  fieldWithoutLevel,
  oneOperation,
  pairNeeded,
  givenTwice,
  notGivable,
  annotationArguments,
  acceptWithoutReason,
  repeatedAnnotation,
  notUtf8,
  binaryFile,
  fileTooLarge,
  unknownSeverity,
  invalidOption,
  nothingToBuild,
  emptyFile,
  reservedPolicy,
];

/** Every diagnostic of syntax and compiler, by code. */
export const catalogue: ReadonlyMap<string, CatalogueEntry<never>> = new Map([
  ...syntaxCatalogue,
  ...own.map((entry): [string, CatalogueEntry<never>] => [entry.code, entry]),
]);
