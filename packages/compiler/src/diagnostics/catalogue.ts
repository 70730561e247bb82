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
import { conditionAlwaysFalse } from "./logic/condition-always-false.ts";
import { conditionAlwaysTrue } from "./logic/condition-always-true.ts";
import { conflictingBases } from "./logic/conflicting-bases.ts";
import { exceptionNeverBites } from "./logic/exception-never-bites.ts";
import { guardsAgainstNothing } from "./logic/guards-against-nothing.ts";
import { mixedUnits } from "./logic/mixed-units.ts";
import { nothingAllowed } from "./logic/nothing-allowed.ts";
import { redundantRule } from "./logic/redundant-rule.ts";
import { ruleCancelled } from "./logic/rule-cancelled.ts";
import { ruleNeverApplies } from "./logic/rule-never-applies.ts";
import { ruleSelectsNothing } from "./logic/rule-selects-nothing.ts";
import { tooComplex } from "./logic/too-complex.ts";
import { unusedDeclaration } from "./logic/unused-declaration.ts";
import { looseDocumentation } from "./loose-documentation.ts";
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
import { covertUse } from "./privacy/covert-use.ts";
import { experimentWithoutConsent } from "./privacy/experiment-without-consent.ts";
import { householdExposure } from "./privacy/household-exposure.ts";
import { inheritedSensitivity } from "./privacy/inherited-sensitivity.ts";
import { joinWithoutPurpose } from "./privacy/join-without-purpose.ts";
import { laundering } from "./privacy/laundering.ts";
import { noBasis } from "./privacy/no-basis.ts";
import { outboundWithoutLimit } from "./privacy/outbound-without-limit.ts";
import { overdue } from "./privacy/overdue.ts";
import { secondaryUse } from "./privacy/secondary-use.ts";
import { singlingOut } from "./privacy/singling-out.ts";
import { specialWithoutExplicitConsent } from "./privacy/special-without-explicit-consent.ts";
import { thirdPartyWithoutPermission } from "./privacy/third-party-without-permission.ts";
import { unboundedRetention } from "./privacy/unbounded-retention.ts";
import { unneededAccept } from "./privacy/unneeded-accept.ts";
import { untold } from "./privacy/untold.ts";
import { vagueCategory } from "./privacy/vague-category.ts";
import { promiseBroken } from "./promises/promise-broken.ts";
import { promiseUndecided } from "./promises/promise-undecided.ts";
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
  looseDocumentation,
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
  ruleSelectsNothing,
  ruleNeverApplies,
  ruleCancelled,
  redundantRule,
  conflictingBases,
  conditionAlwaysTrue,
  conditionAlwaysFalse,
  exceptionNeverBites,
  nothingAllowed,
  unusedDeclaration,
  mixedUnits,
  guardsAgainstNothing,
  tooComplex,
  specialWithoutExplicitConsent,
  secondaryUse,
  laundering,
  inheritedSensitivity,
  singlingOut,
  householdExposure,
  covertUse,
  outboundWithoutLimit,
  joinWithoutPurpose,
  thirdPartyWithoutPermission,
  untold,
  noBasis,
  experimentWithoutConsent,
  vagueCategory,
  unboundedRetention,
  overdue,
  unneededAccept,
  promiseBroken,
  promiseUndecided,
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
