using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>Whether a model made for some spaces can play a seat.</summary>
public static class SeatFit
{
    /// <summary>Compares the spaces and the masks; throws with every difference.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="player">The seat's number.</param>
    /// <param name="observation">What the model observes.</param>
    /// <param name="action">What the model plays.</param>
    /// <param name="takesMask">Whether the model keeps to a mask of the legal actions.</param>
    /// <exception cref="VsgGymException">A space of the seat differs, or its actions can be illegal and the model takes no mask.</exception>
    public static void Check(EnvironmentSpec spec, int player, Space observation, Space action, bool takesMask)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var faults = new FaultList();
        string path = $"others.{spec.Players[player]}";
        Compare(faults, $"{path}.observation", observation, spec.Observations[player]);
        Compare(faults, $"{path}.action", action, spec.Actions[player]);
        if (spec.HasIllegalActions && action is DiscreteSpace && !takesMask)
            faults.Add(path, "model", "the seat's actions can be illegal, and the model takes no mask of legal actions", "no_mask");
        faults.ThrowIfAny();
    }

    /// <summary>A space in words: "discrete(5)", "box[2] in [-1, 1], [0, 3]".</summary>
    /// <param name="space">The space.</param>
    public static string Describe(Space space)
    {
        if (space is DiscreteSpace discrete) return $"discrete({discrete.Count})";
        var box = (BoxSpace)space;
        return FormattableString.Invariant($"box[{box.Length}] in ") +
            string.Join(", ", box.Low.Zip(box.High, (low, high) => FormattableString.Invariant($"[{low}, {high}]")));
    }

    private static void Compare(FaultList faults, string path, Space model, Space seat)
    {
        bool same = model is DiscreteSpace discrete ? seat is DiscreteSpace other && other.Count == discrete.Count
            : model is BoxSpace box && seat is BoxSpace bounds && box.Low.SequenceEqual(bounds.Low) && box.High.SequenceEqual(bounds.High);
        if (!same) faults.Add(path, Describe(model), $"must be the seat's {Describe(seat)}", "wrong_space");
    }
}
