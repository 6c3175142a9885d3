import type { Grammar } from "../../syntax/tree.ts";

const KINDS = [
  "argument_list",
  "array_type",
  "assignment_statement",
  "binary_expression",
  "blank_identifier",
  "block",
  "call_expression",
  "channel_type",
  "comment",
  "communication_case",
  "composite_literal",
  "const_declaration",
  "const_spec",
  "dec_statement",
  "default_case",
  "dot",
  "expression_case",
  "expression_list",
  "expression_switch_statement",
  "false",
  "field_declaration",
  "field_declaration_list",
  "field_identifier",
  "float_literal",
  "for_statement",
  "func_literal",
  "function_declaration",
  "function_type",
  "generic_type",
  "identifier",
  "if_statement",
  "imaginary_literal",
  "implicit_length_array_type",
  "import_declaration",
  "import_spec",
  "import_spec_list",
  "inc_statement",
  "index_expression",
  "int_literal",
  "interface_type",
  "interpreted_string_literal",
  "iota",
  "keyed_element",
  "label_name",
  "literal_element",
  "literal_value",
  "map_type",
  "method_declaration",
  "method_elem",
  "negated_type",
  "nil",
  "package_clause",
  "package_identifier",
  "parameter_declaration",
  "parameter_list",
  "parenthesized_expression",
  "parenthesized_type",
  "pointer_type",
  "qualified_type",
  "range_clause",
  "raw_string_literal",
  "receive_statement",
  "return_statement",
  "rune_literal",
  "selector_expression",
  "short_var_declaration",
  "slice_expression",
  "slice_type",
  "source_file",
  "statement_list",
  "struct_type",
  "true",
  "type_alias",
  "type_arguments",
  "type_assertion_expression",
  "type_case",
  "type_constraint",
  "type_conversion_expression",
  "type_declaration",
  "type_elem",
  "type_identifier",
  "type_instantiation_expression",
  "type_parameter_declaration",
  "type_parameter_list",
  "type_spec",
  "type_switch_statement",
  "unary_expression",
  "var_declaration",
  "var_spec",
  "var_spec_list",
  "variadic_argument",
  "variadic_parameter_declaration",
] as const;

const FIELDS = [
  "alias",
  "arguments",
  "body",
  "element",
  "field",
  "function",
  "index",
  "key",
  "left",
  "length",
  "name",
  "operand",
  "operator",
  "package",
  "parameters",
  "path",
  "receiver",
  "result",
  "right",
  "type",
  "type_arguments",
  "type_parameters",
  "value",
] as const;

/** The numbers of the Go grammar's kinds and fields that this folder compares with, and of a few tokens. */
export interface SyntaxNumbers {
  readonly kind: Readonly<Record<(typeof KINDS)[number], number>>;
  readonly field: Readonly<Record<(typeof FIELDS)[number], number>>;
  readonly token: Readonly<Record<"define" | "arrow" | "star" | "and" | "or", number>>;
}

const known = new WeakMap<Grammar, SyntaxNumbers>();
let last: { readonly grammar: Grammar; readonly numbers: SyntaxNumbers } | undefined;

/** Read once a grammar: numbers compare faster than names. Asked for at every node, so the last answer is at hand. */
export function syntaxNumbers(grammar: Grammar): SyntaxNumbers {
  if (last?.grammar === grammar) return last.numbers;
  const numbers = known.get(grammar) ?? readNumbers(grammar);
  known.set(grammar, numbers);
  last = { grammar, numbers };
  return numbers;
}

function readNumbers(grammar: Grammar): SyntaxNumbers {
  const kind = Object.fromEntries(KINDS.map((name) => [name, grammar.kind(name)]));
  const field = Object.fromEntries(FIELDS.map((name) => [name, grammar.field(name)]));
  const token = {
    define: grammar.kind(":=", false),
    arrow: grammar.kind("<-", false),
    star: grammar.kind("*", false),
    and: grammar.kind("&", false),
    or: grammar.kind("|", false),
  };
  return { kind, field, token } as SyntaxNumbers;
}
