import { defineRule, lateHooks, source } from "#kit";

export default defineRule({
  id: "ts/hook-after-await",
  group: "races",
  severity: "error",
  confidence: "high",
  since: "0.1.0",
  interest: /["'](?:@?vue\b|@angular\/core)/,
  aliases: [
    "vue/no-lifecycle-after-await",
    "vue/no-watch-after-await",
    "vue/no-expose-after-await",
  ],

  docs: {
    summary: "A lifecycle hook, watcher or injection behind an await",
    why: "Vue and Angular know whom a hook is for by who is being set up at the moment. Behind an await that is over: the hook never runs, the watcher is never stopped, the injection fails, or they belong to another component that is set up meanwhile.",
    instead: "Call it before the first await.",
    bad: {
      "never called": source`
        import { onMounted, ref } from "vue";

        declare function load(): Promise<string[]>;

        export async function useOrders() {
          const orders = ref(await load());
          onMounted(() => console.log(orders.value.length)); // want "onMounted is called behind an await"
          return orders;
        }
      `,
    },
    good: {
      "before the await": source`
        import { onMounted, ref } from "vue";

        declare function load(): Promise<string[]>;

        export async function useOrders() {
          const orders = ref<string[]>([]);
          onMounted(() => console.log(orders.value.length));
          orders.value = await load();
          return orders;
        }
      `,
    },
    limits: [
      "Only what is imported from Vue or Angular, behind an await of the same async function. In `<script setup>` the compiler takes care; such files are not read.",
      "Watchers whose handle is kept are left alone: they are stopped by hand.",
    ],
    references: ["https://vuejs.org/api/composition-api-setup.html#usage-without-build-tools"],
  },

  *check({ use }) {
    for (const { at, name, awaitedAt } of use(lateHooks)) {
      yield {
        at,
        message: `${name} is called behind an await, when nobody is being set up any more`,
        related: [{ at: awaitedAt, note: "here the setup ends for the framework" }],
      };
    }
  },
});
