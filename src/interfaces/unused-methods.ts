import { defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import { type InterfaceFact, type MemberFact, projectFacts } from "../core/project-facts.ts";
import { counted, isOwnMatter, mayHaveForeigners } from "./evidence.ts";

/** Methods of an interface whose name nothing in the project selects, on whatever value. */
export const unusedInterfaceMethods = defineAnalysis(
  "unused interface methods",
  (use): readonly Problem[] => {
    const facts = use(projectFacts);
    return facts.judged.flatMap((each): Problem[] => {
      if (!isOwnMatter(each) || mayHaveForeigners(facts, each)) return [];
      const mentions = facts.mentionsOf(each);
      // Where nothing uses the interface, that is what there is to say; what embeds it may be public.
      if (mentions.length === 0 || mentions.some(({ role }) => role === "embedding")) return [];
      if (each.isForForeigners) return [];
      const types = facts.implementationsOf(each);
      // What a class has from its base, as from an emitter, it need not implement.
      if (types.some(({ inheritsUnseen }) => inheritsUnseen)) return [];
      // A shape that no class has to have describes what comes from elsewhere.
      if (facts.language === "typescript" && !types.some(({ isOpen }) => !isOpen)) return [];
      const unused = each.members.filter(
        (member) =>
          member.isOwn &&
          member.isMethod &&
          !facts.isSelected(member.name) &&
          !isMarker(member, each),
      );
      // Where no method is called at all, the interface is a label, or is called by reflection.
      if (unused.length === each.members.length) return [];
      const burden =
        types.length === 0
          ? ""
          : `, and ${counted(types.length, "type")} ${types.length === 1 ? "has" : "have"} to implement it`;
      return unused.map((member) => ({
        at: member.at,
        message: `nothing calls ${each.name}.${member.name}${burden}`,
      }));
    });
  },
);

/** Without parameters and results, or with a name that a runtime calls: it tells types apart, or is called from outside. */
function isMarker({ name, signature }: MemberFact, { isSealed }: InterfaceFact): boolean {
  const type = signature();
  return (
    type === undefined ||
    type === "func()" ||
    (isSealed && !/^\p{Lu}/u.test(name)) ||
    CALLED_FROM_OUTSIDE.test(name)
  );
}

const CALLED_FROM_OUTSIDE =
  /^(?:String|GoString|Error|Format|Is|As|Unwrap|Read|Write|Close|Seek|ReadFrom|WriteTo|ReadAt|WriteAt|ReadByte|WriteByte|ReadRune|WriteString|Len|Less|Swap|Push|Pop|ServeHTTP|RoundTrip|Header|WriteHeader|Flush|Hijack|Lock|Unlock|Scan|Value|Set|Get|Type|Enabled|Handle|WithAttrs|WithGroup|LogValue|Open|Stat|ReadDir|ReadFile|Sub|Glob|Name|Size|Mode|ModTime|IsDir|Sys|Info|Deadline|Done|Err|Accept|Addr|LocalAddr|RemoteAddr|Network|Set(?:Read|Write)?Deadline|Marshal\w*|Unmarshal\w*|GobEncode|GobDecode|DeepCopy\w*|Descriptor|ProtoReflect|ProtoMessage|Reset|Collect|Describe|toJSON|toString|valueOf|then|next|return|throw|dispose|close|handleEvent|constructor|ng[A-Z]\w*|on[A-Z]\w*)$/;
