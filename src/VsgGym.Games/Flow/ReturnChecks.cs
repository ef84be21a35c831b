using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The rules for returns that an option lists.</summary>
internal static class ReturnChecks
{
    /// <summary>Adds the faults of a list that must hold so many positive numbers.</summary>
    public static void Check(string path, IReadOnlyList<double>? returns, int count, FaultList faults)
    {
        if (returns is null) return;
        if (returns.Count != count) faults.Add(path, $"{returns.Count} numbers", $"must have {count} numbers, one for each end", "wrong_shape");
        for (int i = 0; i < returns.Count; i++)
            if (!(returns[i] > 0 && double.IsFinite(returns[i]))) faults.Add($"{path}[{i}]", returns[i], "a return must be positive and finite", "not_positive");
    }
}
