/** The one door for rule authors: everything a file in `rules/` may import. */
export { type BlockingDrain, blockingDrains } from "./analysis/blocking-drains.ts";
export {
  type ChannelCensus,
  type ChannelRecord,
  type ChannelUse,
  channelCensus,
} from "./analysis/channel-census.ts";
export { type ChannelDeadlock, channelDeadlocks } from "./analysis/channel-deadlocks.ts";
export { type CopiedListener, copiedListeners } from "./analysis/closes/copied-listeners.ts";
export { type FieldClose, fieldCloses } from "./analysis/closes/field-closes.ts";
export { type StaleCloseCheck, staleCloseChecks } from "./analysis/closes/stale-close-checks.ts";
export { triedCloses } from "./analysis/closes/tried-closes.ts";
export { usedAfterClose } from "./analysis/closes/used-after-close.ts";
export {
  type ConditionPredicates,
  conditionPredicates,
  type MissedWakeUp,
} from "./analysis/condition-predicates.ts";
export {
  type ConditionFault,
  type ConditionFaults,
  conditionFaults,
} from "./analysis/condition-variables.ts";
export {
  type ErrorGroupFault,
  type ErrorGroupFaults,
  errorGroupFaults,
} from "./analysis/error-groups.ts";
export { type GoroutineLeak, goroutineLeaks } from "./analysis/goroutine-leaks.ts";
export { type StaleCheck, staleChecks } from "./analysis/interleavings/stale-checks.ts";
export { type StaleWrite, staleWrites } from "./analysis/interleavings/stale-writes.ts";
export { type LazyInitialization, lazyInitializations } from "./analysis/lazy-initializations.ts";
export { type AbandonedCancel, abandonedCancels } from "./analysis/lifetimes/abandoned-cancels.ts";
export { type DroppedOwner, droppedOwners } from "./analysis/lifetimes/dropped-owners.ts";
export { type LostCancel, lostCancels } from "./analysis/lifetimes/lost-cancels.ts";
export {
  type OverwrittenCancel,
  overwrittenCancels,
} from "./analysis/lifetimes/overwritten-cancels.ts";
export { type OwnWait, ownWaits } from "./analysis/lifetimes/own-waits.ts";
export { type SkippedCancel, skippedCancels } from "./analysis/lifetimes/skipped-cancels.ts";
export { type TestGoroutines, testGoroutines } from "./analysis/lifetimes/test-goroutines.ts";
export { testThreads } from "./analysis/lifetimes/test-threads.ts";
export { type TimerMisuse, timerMisuses } from "./analysis/lifetimes/timer-misuses.ts";
export { unheardCancels } from "./analysis/lifetimes/unheard-cancels.ts";
export { type UnstoppedTicker, unstoppedTickers } from "./analysis/lifetimes/unstopped-tickers.ts";
export {
  type CallbackUnderLock,
  callbacksUnderLock,
} from "./analysis/locks/callbacks-under-lock.ts";
export { forgottenLeaves } from "./analysis/locks/forgotten-leaves.ts";
export { type ForgottenUnlock, forgottenUnlocks } from "./analysis/locks/forgotten-unlocks.ts";
export {
  type GoroutineLockDeadlock,
  goroutineLockDeadlocks,
} from "./analysis/locks/goroutine-lock-deadlocks.ts";
export {
  type LockAndChannelCycle,
  lockAndChannelCycles,
} from "./analysis/locks/lock-and-channel-cycles.ts";
export {
  type LockOrderInversion,
  lockOrders,
  type OrderWitness,
} from "./analysis/locks/lock-orders.ts";
export { type MismatchedUnlock, mismatchedUnlocks } from "./analysis/locks/mismatched-unlocks.ts";
export { type RepeatedUnlock, repeatedUnlocks } from "./analysis/locks/repeated-unlocks.ts";
export { type SelfDeadlock, selfDeadlocks } from "./analysis/locks/self-deadlocks.ts";
export { type UnlockPastPanic, unlocksPastPanics } from "./analysis/locks/unlocks-past-panics.ts";
export { type NilChannelOperation, nilChannels } from "./analysis/nil-channels.ts";
export { type OneSidedChannel, oneSidedChannels } from "./analysis/one-sided-channels.ts";
export { type PanickingOperation, panickingOperations } from "./analysis/panicking-operations.ts";
export { abandonedReplies } from "./analysis/partners/abandoned-replies.ts";
export { type EarlySend, earlySends } from "./analysis/partners/early-sends.ts";
export { type SendToEndedLoop, sendsToEndedLoops } from "./analysis/partners/ended-loops.ts";
export { hiddenCloses } from "./analysis/partners/hidden-closes.ts";
export { type MissingClose, missingCloses } from "./analysis/partners/missing-closes.ts";
export { type MissingReply, missingReplies } from "./analysis/partners/missing-replies.ts";
export { type MutualSend, mutualSends } from "./analysis/partners/mutual-sends.ts";
export { type OwnSend, ownSends } from "./analysis/partners/own-sends.ts";
export { pairedSends } from "./analysis/partners/paired-sends.ts";
export { type ReceiverClose, receiverCloses } from "./analysis/partners/receiver-closes.ts";
export { skippedCloses } from "./analysis/partners/skipped-closes.ts";
export { unclosedLocals } from "./analysis/partners/unclosed-locals.ts";
export { type UnclosedRange, unclosedRanges } from "./analysis/partners/unclosed-ranges.ts";
export { unheardStops } from "./analysis/partners/unheard-stops.ts";
export { wiredSends } from "./analysis/partners/wired-sends.ts";
export { workerSends } from "./analysis/partners/worker-sends.ts";
export { type CapturedRace, capturedRaces } from "./analysis/sharing/captured-races.ts";
export {
  type GlobalWrite,
  type GlobalWrites,
  globalWrites,
} from "./analysis/sharing/global-writes.ts";
export { type GuardedReference, guardedReferences } from "./analysis/sharing/guarded-references.ts";
export {
  type InconsistentAccess,
  inconsistentAccesses,
} from "./analysis/sharing/inconsistent-accesses.ts";
export {
  type MakerVariable,
  type MakerVariables,
  makerVariables,
} from "./analysis/sharing/maker-variables.ts";
export { type MixedAtomic, mixedAtomics } from "./analysis/sharing/mixed-atomics.ts";
export { type ReceiverCopy, receiverCopies } from "./analysis/sharing/receiver-copies.ts";
export { type OpenUses, openUses, type SharedField } from "./analysis/sharing/shared-fields.ts";
export { areMapWrites, type ThreadRace, threadRaces } from "./analysis/sharing/thread-races.ts";
export { type UnlockedCall, unlockedCalls } from "./analysis/sharing/unlocked-calls.ts";
export {
  type WriteUnderReadLock,
  writesUnderReadLock,
} from "./analysis/sharing/writes-under-read-lock.ts";
export { type StartedParameters, startedParameters } from "./analysis/started-parameters.ts";
export {
  type WaitBeforeDrain,
  waitsBeforeDrain,
} from "./analysis/wait-groups/waits-before-drain.ts";
export {
  type WaitGroupFault,
  type WaitGroupFaults,
  waitGroupFaults,
} from "./analysis/wait-groups.ts";
export { type Analysis, defineAnalysis, type Use } from "./core/analysis.ts";
export type { Confidence, Fix, Problem, Related, Trace, TraceStep } from "./core/finding.ts";
export type { Place, Span } from "./core/position.ts";
export type { StubFact } from "./core/project-facts.ts";
export { defineRule, type Rule } from "./core/rule.ts";
export { source } from "./core/source.ts";
export { duplicateInterfaces } from "./interfaces/duplicate-interfaces.ts";
export { interfaceNames } from "./interfaces/interface-names.ts";
export { introducedInterfaces } from "./interfaces/introduced-interfaces.ts";
export {
  interfacesBesideImplementations,
  mockOnlyInterfaces,
  producerSideInterfaces,
  singleImplementations,
} from "./interfaces/single-implementations.ts";
export { stubbedInterfaces } from "./interfaces/stubbed-interfaces.ts";
export { unusedInterfaces } from "./interfaces/unused-interfaces.ts";
export { unusedInterfaceMethods } from "./interfaces/unused-methods.ts";
export { bareMentions, freshLocals, openDiscards } from "./languages/go/bare-mentions.ts";
export { closedReceives } from "./languages/go/closed-receives.ts";
export { type ConflatedEnd, conflatedEnds } from "./languages/go/context/conflated-ends.ts";
export {
  type ContextDeclarations,
  contextDeclarations,
} from "./languages/go/context/context-declarations.ts";
export {
  type ContextFreeCall,
  contextFreeCalls,
} from "./languages/go/context/context-free-calls.ts";
export {
  type DeafLoop,
  deafLoops,
  type NestedContext,
  nestedContexts,
} from "./languages/go/context/context-loops.ts";
export { type ContextValue, contextValues } from "./languages/go/context/context-values.ts";
export { type DeafSend, deafSends } from "./languages/go/context/deaf-sends.ts";
export {
  contextTodos,
  type TestContexts,
  testContexts,
} from "./languages/go/context/made-contexts.ts";
export { type NilContext, nilContexts } from "./languages/go/context/nil-contexts.ts";
export { type SharedFlight, sharedFlights } from "./languages/go/context/shared-flights.ts";
export {
  type UncalledCancelField,
  uncalledCancelFields,
} from "./languages/go/context/uncalled-cancel-fields.ts";
export {
  type UnpropagatedContext,
  unpropagatedContexts,
} from "./languages/go/context/unpropagated-contexts.ts";
export { anyParameters } from "./languages/go/contracts/any-parameters.ts";
export { conflictingAssertions } from "./languages/go/contracts/conflicting-assertions.ts";
export {
  returnedInterfaces,
  spelledOutAny,
  unnamedParameters,
} from "./languages/go/contracts/contract-style.ts";
export { embeddingBloat, leakyEmbeddings } from "./languages/go/contracts/embedding-faults.ts";
export { misshapenMethods } from "./languages/go/contracts/known-methods.ts";
export { mixedReceivers } from "./languages/go/contracts/mixed-receivers.ts";
export { passthroughWrappers } from "./languages/go/contracts/passthrough-wrappers.ts";
export { requestHandlers } from "./languages/go/contracts/request-handlers.ts";
export { unexportedInterfacesInApi } from "./languages/go/contracts/unexported-interfaces-in-api.ts";
export { unneededTypeParameters } from "./languages/go/contracts/unneeded-type-parameters.ts";
export { wideParameters } from "./languages/go/contracts/wide-parameters.ts";
export { copiedLocks, type LockCopy } from "./languages/go/copied-locks.ts";
export { type EarlyTestCleanup, earlyTestCleanups } from "./languages/go/early-test-cleanups.ts";
export { type FileCheck, fileChecks } from "./languages/go/file-checks.ts";
export { goVersions } from "./languages/go/go-versions.ts";
export { type AddInLoop, addsInLoops } from "./languages/go/goroutines/adds-in-loops.ts";
export { oneWayChannels } from "./languages/go/goroutines/channel-directions.ts";
export { type ChannelSize, channelSizes } from "./languages/go/goroutines/channel-sizes.ts";
export { type DeafGoroutine, deafGoroutines } from "./languages/go/goroutines/deaf-goroutines.ts";
export {
  type DroppedError,
  discardedErrors,
  swallowedErrors,
} from "./languages/go/goroutines/dropped-errors.ts";
export { handlerLiterals } from "./languages/go/goroutines/handler-literals.ts";
export {
  type HiddenGoroutine,
  hiddenGoroutines,
  type PointlessGoroutine,
  pointlessGoroutines,
} from "./languages/go/goroutines/needless-goroutines.ts";
export { type SharedUse, sharedUses } from "./languages/go/goroutines/shared-uses.ts";
export {
  type SleepForGoroutine,
  sleepsForGoroutines,
} from "./languages/go/goroutines/sleeps-for-goroutines.ts";
export {
  type UnboundedStart,
  unboundedStarts,
} from "./languages/go/goroutines/unbounded-starts.ts";
export { unstoppableConstructors } from "./languages/go/goroutines/unstoppable-constructors.ts";
export { waitGroupStarts } from "./languages/go/goroutines/wait-group-starts.ts";
export { type CacheMiss, cacheMisses } from "./languages/go/handlers/cache-misses.ts";
export { type EarlyCancel, earlyCancels } from "./languages/go/handlers/early-cancels.ts";
export { type HandlerEscape, handlerEscapes } from "./languages/go/handlers/handler-goroutines.ts";
export {
  type TransactionGoroutine,
  transactionGoroutines,
} from "./languages/go/handlers/transaction-goroutines.ts";
export { interfaceDowncasts } from "./languages/go/interface-downcasts.ts";
export {
  type EmbeddedInterface,
  type GoInterface,
  goInterfaces,
} from "./languages/go/interfaces.ts";
export { type ChannelLock, channelLocks } from "./languages/go/locks/channel-locks.ts";
export { type DeferredLock, deferredLocks } from "./languages/go/locks/deferred-locks.ts";
export { type DeferInLoop, defersInLoops } from "./languages/go/locks/defers-in-loops.ts";
export { type DoubleCheck, doubleChecks } from "./languages/go/locks/double-checks.ts";
export {
  type EmptyCriticalSection,
  emptyCriticalSections,
} from "./languages/go/locks/empty-critical-sections.ts";
export { type GuardedField, guardedFields } from "./languages/go/locks/guarded-fields.ts";
export { listenerFields } from "./languages/go/locks/listener-fields.ts";
export { isOnOwnReceiver, type LockField, lockFields } from "./languages/go/locks/lock-fields.ts";
export { type LockInLoop, locksInLoops } from "./languages/go/locks/locks-in-loops.ts";
export { type LoneLock, loneLocks } from "./languages/go/locks/lone-locks.ts";
export { type StaleInsert, staleInserts } from "./languages/go/locks/stale-inserts.ts";
export {
  type UncheckedTryLock,
  uncheckedTryLocks,
} from "./languages/go/locks/unchecked-try-locks.ts";
export { type UnusedLock, unusedLocks } from "./languages/go/locks/unused-locks.ts";
export { longestInterface } from "./languages/go/longest-interface.ts";
export { type LoopFault, type LoopFaults, loopFaults } from "./languages/go/loop-faults.ts";
export {
  type LoopVariableCapture,
  loopVariableCaptures,
} from "./languages/go/loop-variable-captures.ts";
export { type OpaqueReturn, opaqueReturns } from "./languages/go/opaque-returns.ts";
export { pointersToInterfaces } from "./languages/go/pointers-to-interfaces.ts";
export { selectionsElsewhere } from "./languages/go/project/selections-elsewhere.ts";
export {
  type RedundantCopy,
  redundantLoopVariableCopies,
} from "./languages/go/redundant-loop-variable-copies.ts";
export { type SerialTest, serialTests } from "./languages/go/serial-tests.ts";
export { type SignalCalls, signalCalls } from "./languages/go/signal-calls.ts";
export { standardInterfaceCopies } from "./languages/go/standard-interface-copies.ts";
export { type StatementEdits, statementEdits } from "./languages/go/statement-edits.ts";
export {
  type AtomicAssignment,
  atomicAssignments,
  type TornUpdate,
  tornUpdates,
} from "./languages/go/sync/atomic-faults.ts";
export { type AtomicOnlyField, atomicOnlyFields } from "./languages/go/sync/atomic-only-fields.ts";
export {
  type ExitInGoroutine,
  exitsInGoroutines,
} from "./languages/go/sync/exits-in-goroutines.ts";
export { goroutinesInInit } from "./languages/go/sync/goroutines-in-init.ts";
export { type LostOnceError, lostOnceErrors } from "./languages/go/sync/lost-once-errors.ts";
export { type MapCheckThenAct, mapCheckThenActs } from "./languages/go/sync/map-check-then-acts.ts";
export { nilLockers } from "./languages/go/sync/nil-lockers.ts";
export { type OnceFault, onceFaults } from "./languages/go/sync/once-faults.ts";
export { type PoolUse, poolUses } from "./languages/go/sync/pool-faults.ts";
export { type PoolValue, poolValues } from "./languages/go/sync/pool-values.ts";
export { type SharedRandom, sharedRandoms } from "./languages/go/sync/shared-random.ts";
export { type UnresetPool, unresetPools } from "./languages/go/sync/unreset-pools.ts";
export { type TimeAfterInLoop, timeAfterLoops } from "./languages/go/time-after-loops.ts";
export { type UnstoppedSignals, unstoppedSignals } from "./languages/go/unstopped-signals.ts";
export {
  type AsyncArrayCallback,
  asyncArrayCallbacks,
} from "./languages/typescript/async-array-callbacks.ts";
export { type AsyncExecutor, asyncExecutors } from "./languages/typescript/async-executors.ts";
export { asyncConstructors } from "./languages/typescript/async-faults/async-constructors.ts";
export {
  type AsyncVoidCallback,
  asyncVoidCallbacks,
} from "./languages/typescript/async-faults/async-void-callbacks.ts";
export { chainStyles } from "./languages/typescript/async-faults/chain-style.ts";
export { combinatorFaults } from "./languages/typescript/async-faults/combinators.ts";
export { independentAwaits } from "./languages/typescript/async-faults/independent-awaits.ts";
export { type LateAwait, lateAwaits } from "./languages/typescript/async-faults/late-awaits.ts";
export {
  type ListAwaitedOneByOne,
  listsAwaitedOneByOne,
} from "./languages/typescript/async-faults/lists-awaited-one-by-one.ts";
export {
  type MaybeSyncCallback,
  maybeSyncCallbacks,
} from "./languages/typescript/async-faults/maybe-sync-callbacks.ts";
export {
  type MemoisedPromise,
  memoisedPromises,
} from "./languages/typescript/async-faults/memoised-promises.ts";
export {
  type MissingAwait,
  missingAwaits,
} from "./languages/typescript/async-faults/missing-awaits.ts";
export { mixedCallbacks } from "./languages/typescript/async-faults/mixed-callbacks.ts";
export {
  type NeedlessAwait,
  needlessAwaits,
} from "./languages/typescript/async-faults/needless-awaits.ts";
export {
  type NeverSettledPromise,
  neverSettledPromises,
} from "./languages/typescript/async-faults/never-settled-promises.ts";
export {
  needlessWraps,
  nonErrorRejections,
  thenableObjects,
  unsafeFinallys,
} from "./languages/typescript/async-faults/odd-values.ts";
export {
  type PromiseApiMisuse,
  promiseApiMisuses,
} from "./languages/typescript/async-faults/promise-api.ts";
export { type RaceLeak, raceLeaks } from "./languages/typescript/async-faults/race-leaks.ts";
export {
  droppedAnswers,
  secondResponses,
  secondSettles,
} from "./languages/typescript/async-faults/second-calls.ts";
export { lostLinks } from "./languages/typescript/async-faults/then-chains.ts";
export { unawaitedAssertions } from "./languages/typescript/async-faults/unawaited-assertions.ts";
export { unboundedCombinators } from "./languages/typescript/async-faults/unbounded-combinators.ts";
export { callSignatureInterfaces } from "./languages/typescript/call-signature-interfaces.ts";
export { deepInterfaces } from "./languages/typescript/contracts/deep-interfaces.ts";
export { downcasts } from "./languages/typescript/contracts/downcasts.ts";
export { returnedInterfacesOfClasses } from "./languages/typescript/contracts/returned-interfaces.ts";
export {
  type CountedInterface,
  countedInterfaces,
  interfacesForData,
  looseContracts,
  optionalBags,
  shorthandMethods,
} from "./languages/typescript/contracts/shape-problems.ts";
export { unifiableOverloads } from "./languages/typescript/contracts/unified-signatures.ts";
export {
  redundantAliases,
  type WrittenUnion,
  writtenUnions,
} from "./languages/typescript/contracts/union-problems.ts";
export { type EmptyInterface, emptyInterfaces } from "./languages/typescript/empty-interfaces.ts";
export {
  type FloatingPromise,
  floatingPromises,
} from "./languages/typescript/floating-promises.ts";
export { keptAbortListeners } from "./languages/typescript/hazards/abort-listeners.ts";
export {
  type BackgroundWork,
  backgroundWork,
} from "./languages/typescript/hazards/background-work.ts";
export {
  type DoubleRelease,
  doubleReleases,
} from "./languages/typescript/hazards/double-releases.ts";
export { type EarlyEmit, earlyEmits } from "./languages/typescript/hazards/early-emits.ts";
export {
  type EarlyFlag,
  earlyFlags,
} from "./languages/typescript/hazards/early-flags.ts";
export { type EarlyObject, earlyObjects } from "./languages/typescript/hazards/early-objects.ts";
export {
  type EffectHazard,
  effectHazards,
  type StaleState,
  staleStates,
} from "./languages/typescript/hazards/effect-hazards.ts";
export {
  type ImpossibleDelay,
  impossibleDelays,
  type LateEventUse,
  lateEventUses,
  type MismatchedRemoval,
  mismatchedRemovals,
  type SignalMisuse,
  signalMisuses,
} from "./languages/typescript/hazards/event-hazards.ts";
export {
  type ExpiredRefresh,
  expiredRefreshes,
} from "./languages/typescript/hazards/expired-refreshes.ts";
export {
  type HandMadeSignal,
  handMadeSignals,
} from "./languages/typescript/hazards/hand-made-signals.ts";
export {
  blockingHandlerCalls,
  type CrossRequestState,
  crossRequestStates,
  type HandlerCall,
  handlerConnections,
} from "./languages/typescript/hazards/handler-hazards.ts";
export { type HandlerLeak, handlerLeaks } from "./languages/typescript/hazards/handler-leaks.ts";
export { type KeptTimer, keptTimers } from "./languages/typescript/hazards/kept-timers.ts";
export { type LateHook, lateHooks } from "./languages/typescript/hazards/late-hooks.ts";
export { type LateListener, lateListeners } from "./languages/typescript/hazards/late-listeners.ts";
export { type LateOpening, lateOpenings } from "./languages/typescript/hazards/late-openings.ts";
export { libraryAwaits } from "./languages/typescript/hazards/library-awaits.ts";
export {
  type CapturedLoopVariable,
  capturedLoopVariables,
  type EndlessRetry,
  endlessRetries,
  type MutatedIterable,
  mutatedIterables,
  type RepeatedCallback,
  repeatedCallbacks,
} from "./languages/typescript/hazards/loop-hazards.ts";
export { type LostContext, lostContexts } from "./languages/typescript/hazards/lost-contexts.ts";
export { type LostInterval, lostIntervals } from "./languages/typescript/hazards/lost-intervals.ts";
export {
  type LostReset,
  lostResets,
} from "./languages/typescript/hazards/lost-resets.ts";
export { type NestedLock, nestedLocks } from "./languages/typescript/hazards/nested-locks.ts";
export {
  type ObservableHazard,
  observableHazards,
} from "./languages/typescript/hazards/observable-hazards.ts";
export {
  type OverlappingInterval,
  overlappingIntervals,
} from "./languages/typescript/hazards/overlapping-intervals.ts";
export { overlappingListeners } from "./languages/typescript/hazards/overlapping-listeners.ts";
export {
  type PendingEntry,
  pendingEntries,
} from "./languages/typescript/hazards/pending-entries.ts";
export {
  type DroppedSignal,
  droppedSignals,
  type FileRace,
  fileRaces,
  type SharedMemoryHazard,
  sharedMemoryHazards,
  type UnheardStreamError,
  unheardStreamErrors,
} from "./languages/typescript/hazards/platform-hazards.ts";
export {
  type ProcessListener,
  processListeners,
} from "./languages/typescript/hazards/process-listeners.ts";
export { rollbacks } from "./languages/typescript/hazards/rollbacks.ts";
export {
  type StaleIndex,
  staleIndices,
} from "./languages/typescript/hazards/stale-indices.ts";
export { type StaleOffset, staleOffsets } from "./languages/typescript/hazards/stale-offsets.ts";
export {
  type StarvingMicrotask,
  starvingMicrotasks,
} from "./languages/typescript/hazards/starving-microtasks.ts";
export {
  type IgnoredBackpressure,
  ignoredBackpressure,
} from "./languages/typescript/hazards/stream-hazards.ts";
export {
  type StuckFlag,
  stuckFlags,
} from "./languages/typescript/hazards/stuck-flags.ts";
export {
  type TransactionHazard,
  transactionHazards,
} from "./languages/typescript/hazards/transaction-hazards.ts";
export { type UnfilledMap, unfilledMaps } from "./languages/typescript/hazards/unfilled-maps.ts";
export {
  type UnheardEmitter,
  unheardEmitters,
} from "./languages/typescript/hazards/unheard-emitters.ts";
export { type UnheardPool, unheardPools } from "./languages/typescript/hazards/unheard-pools.ts";
export {
  type UnlimitedRace,
  type UnlimitedRequest,
  unlimitedRaces,
  unlimitedRequests,
} from "./languages/typescript/hazards/unlimited-requests.ts";
export {
  type UnprotectedHandler,
  unprotectedHandlers,
} from "./languages/typescript/hazards/unprotected-handlers.ts";
export {
  type UnreleasedResource,
  unreleasedResources,
} from "./languages/typescript/hazards/unreleased-resources.ts";
export {
  type UnremovedListener,
  unremovedListeners,
} from "./languages/typescript/hazards/unremoved-listeners.ts";
export {
  type LeakedWorker,
  leakedWorkers,
  type WorkerMessageMisuse,
  workerMessageMisuses,
} from "./languages/typescript/hazards/worker-hazards.ts";
export { mergedDeclarations } from "./languages/typescript/merged-declarations.ts";
export { misusedConstructors } from "./languages/typescript/misused-constructors.ts";
export { redundantConstituents } from "./languages/typescript/redundant-constituents.ts";
export { scatteredOverloads } from "./languages/typescript/scattered-overloads.ts";
export { staticClasses } from "./languages/typescript/static-classes.ts";
export {
  singleUseTypeParameters,
  unneededConstraints,
} from "./languages/typescript/type-parameter-problems.ts";
export {
  type UnawaitedReturn,
  unawaitedReturns,
} from "./languages/typescript/unawaited-returns.ts";
