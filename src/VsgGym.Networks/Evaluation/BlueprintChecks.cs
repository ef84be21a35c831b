using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>Whether the parts of a blueprint fit each other, and whether inputs fit the blueprint.</summary>
internal static class BlueprintChecks
{
    public static void Parts(PlayerBlueprint blueprint)
    {
        var faults = new List<string>();
        int encoded = blueprint.Observation.Length, opponents = blueprint.OpponentActions.Sum(head => head.Encoded);
        if (blueprint.Opponents.Length != blueprint.OpponentActions.Length)
            faults.Add($"{blueprint.Opponents.Length} opponents have {blueprint.OpponentActions.Length} heads");
        if (blueprint.Policy.Inputs != encoded + opponents)
            faults.Add($"Policy takes {blueprint.Policy.Inputs} numbers; the observation and the opponents' actions are {encoded} + {opponents}");
        if (blueprint.Policy.Outputs != blueprint.Action.Parameters)
            faults.Add($"Policy gives {blueprint.Policy.Outputs} numbers; the action's head takes {blueprint.Action.Parameters}");
        if (blueprint.OpponentActions.Any(head => head.GetType() != blueprint.Action.GetType()))
            faults.Add("the players' actions must all be boxes or all be discrete");
        OpponentModel(blueprint, encoded, faults);
        if (faults.Count > 0) throw new ArgumentException($"The blueprint of {blueprint.Player}: {string.Join("; ", faults)}.", nameof(blueprint));
    }

    public static void Observations(PlayerBlueprint blueprint, ObservationBatch observations)
    {
        if (blueprint.Observation.Space is not DiscreteSpace states)
        {
            if (observations.Numbers.Length != (long)observations.Rows * blueprint.Observation.Length)
                throw new ArgumentException($"{observations.Rows} observations of {blueprint.Observation.Length} numbers are needed.", nameof(observations));
            return;
        }

        if (observations.States.Length != observations.Rows) throw new ArgumentException("Discrete observations are needed.", nameof(observations));
        Choices(observations.States, states.Count, "observation");
    }

    public static void Length(int length, long needed, string name)
    {
        if (length != needed) throw new ArgumentException($"{name}: {length} given, {needed} needed.", name);
    }

    public static void Choices(ReadOnlySpan<int> choices, int count, string name)
    {
        for (int b = 0; b < choices.Length; b++)
            if ((uint)choices[b] >= (uint)count) throw new ArgumentOutOfRangeException(name, choices[b], $"Row {b} must be in [0, {count}).");
    }

    private static void OpponentModel(PlayerBlueprint blueprint, int encoded, List<string> faults)
    {
        if (blueprint.OpponentModel is not { } model)
        {
            if (!blueprint.Opponents.IsEmpty) faults.Add("it has opponents and no OpponentModel");
            return;
        }

        int parameters = blueprint.OpponentActions.Sum(head => head.Parameters);
        if (model.Inputs != encoded || model.Outputs != parameters)
            faults.Add($"OpponentModel takes {model.Inputs} and gives {model.Outputs} numbers; the observation has {encoded} and the opponents' heads take {parameters}");
        if (blueprint.Action is CategoricalHead && JointActions(blueprint) > PlayerBlueprint.MostJointActions)
            faults.Add($"the opponents have {JointActions(blueprint)} joint actions, at most {PlayerBlueprint.MostJointActions} can be summed over");
    }

    private static double JointActions(PlayerBlueprint blueprint) =>
        blueprint.OpponentActions.OfType<CategoricalHead>().Aggregate(1.0, (product, head) => product * head.Discrete.Count);
}
