using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A kind of members of a population, and how many of them there are.</summary>
public abstract record PopulationType
{
    /// <summary>The kind's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its share of the population; the shares of all kinds sum to 1.</summary>
    [Range(0d, 1d)]
    public double Share { get; init; }

    /// <summary>Adds the faults of names and shares.</summary>
    internal static void Check(IReadOnlyList<PopulationType> types, string path, FaultList faults)
    {
        if (types.Count == 0) return;
        for (int k = 0; k < types.Count; k++)
            if (string.IsNullOrWhiteSpace(types[k].Name)) faults.Add($"{path}.types[{k}].name", $"'{types[k].Name}'", "a name must not be blank", "empty");
        if (types.Select(type => type.Name).Distinct(StringComparer.Ordinal).Count() != types.Count)
            faults.Add($"{path}.types", string.Join(", ", types.Select(type => type.Name)), "names must differ", "duplicate");
        double sum = types.Sum(type => type.Share);
        if (Math.Abs(sum - 1) > 1e-9) faults.Add($"{path}.types", sum, "the shares must sum to 1 within 1e-9", "bad_sum");
    }
}
