using System.ComponentModel.DataAnnotations;

namespace VsgGym.Core;

/// <summary>The options that every tabular game of the catalog has; a game's own record starts from the game's own horizon or discount.</summary>
public abstract record TabularOptions : IValidatedOptions
{
    /// <summary>The most decisions of a game of the catalog.</summary>
    public const int MostDecisions = 10_000;

    /// <summary>Starts from a number of decisions.</summary>
    /// <param name="horizon">T, or null.</param>
    /// <param name="discount">In (0, 1), or null; exactly one of the two.</param>
    protected TabularOptions(int? horizon, double? discount = null) => (Horizon, Discount) = (horizon, discount);

    /// <summary>Number of decisions T; null where there is a discount.</summary>
    [Range(1, MostDecisions)]
    public int? Horizon { get; init; }

    /// <summary>Discount of a game without horizon; null where there is one.</summary>
    [Range(0d, 1d, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Discount { get; init; }

    /// <summary>Whether the game starts again where its rules would end it: what ended the episode then leads to a first state.</summary>
    public bool Repeat { get; init; }

    /// <summary>What the seats see: the number of the state, a one-hot vector of it, or the game's features.</summary>
    public ObservationForm Observation { get; init; } = ObservationForm.Index;

    /// <inheritdoc/>
    public virtual void Validate(string path, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (Horizon is not null && Discount is not null)
            faults.Add($"{path}.discount", Discount, $"a game has a horizon or a discount: set {path}.horizon to null beside it", "conflict");
        if (Horizon is null && Discount is null)
            faults.Add($"{path}.horizon", "null", $"a game has a horizon or a discount: set {path}.discount in (0, 1) beside it", "conflict");
    }
}
