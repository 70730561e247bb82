/**
 * The same engine, but one instance for each interaction, which holds that interaction's rules and those outside
 * interactions: what users do by hand where an engine looks through all its rules. Instances are made when they are
 * first asked.
 */
export function sharded(create) {
  return ({ flat }) => {
    const ofInteraction = new Map(
      flat.interactions.map((interaction) => [interaction.name, { interaction, rules: [] }]),
    );
    const everywhere = flat.rules.filter((rule) => rule.interaction === null);
    for (const rule of flat.rules) if (rule.interaction !== null) ofInteraction.get(rule.interaction).rules.push(rule);
    const make = async (name) => {
      const { interaction, rules } = ofInteraction.get(name);
      return create({ flat: { ...flat, interactions: [interaction], rules: [...everywhere, ...rules] } });
    };
    const engines = new Map();
    return {
      /** Makes the instances that these requests need, so that none is made while the clock runs. */
      async prepare(requests) {
        for (const { interaction } of requests) {
          if (!engines.has(interaction)) engines.set(interaction, await make(interaction));
        }
      },
      decide: (request) => engines.get(request.interaction).decide(request),
    };
  };
}
