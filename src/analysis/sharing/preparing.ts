import type { FunctionHeader } from "../../model/function.ts";

/** Functions that prepare an object before others see it, by their names. */
const PREPARING =
  /^(?:new|init|setup|set_?up|make|create|build|open|start|load|restore|configure|register|prepare|must|parse|unmarshal|decode|with|provision|apply|clone|copy)/i;

/** Whether a function prepares an object before others see it, as its name says. */
export function isPreparing({ name, role }: FunctionHeader): boolean {
  return role === "initializer" || PREPARING.test(name.slice(name.lastIndexOf(".") + 1));
}
