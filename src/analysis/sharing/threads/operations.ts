import type { Operation } from "../../../model/operation.ts";
import type { Frame } from "./scope.ts";

/** All operations of a frame, those of selects and the deferred ones with them. */
export function operationsIn(frame: Frame): Operation[] {
  return [
    ...frame.model.blocks.flatMap(({ operations }) => operations),
    ...selectOperations(frame),
    ...deferred(frame),
  ];
}

export function deferred({ model }: Frame): Operation[] {
  return model.blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => (one.kind === "defer" ? [...one.operations] : [])),
  );
}

export function selectOperations({ model }: Frame): Operation[] {
  return model.blocks.flatMap(({ end }) =>
    end.kind === "select" ? end.cases.map(({ operation }) => operation) : [],
  );
}
