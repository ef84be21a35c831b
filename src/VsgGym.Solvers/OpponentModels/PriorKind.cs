namespace VsgGym.Solvers;

/// <summary>The forms of an <see cref="OpponentPrior"/>.</summary>
internal enum PriorKind
{
    Uniform,
    LastPolicy,
    Empirical,
    Given,
}
