namespace VsgGym.Learning;

/// <summary>The numbers a player's last update gave; NaN until there was one.</summary>
internal sealed class PlayerMetrics
{
    /// <summary>The critic's loss.</summary>
    public double Critic { get; set; } = double.NaN;

    /// <summary>The policy's loss.</summary>
    public double Policy { get; set; } = double.NaN;

    /// <summary>The opponent model's loss.</summary>
    public double Model { get; set; } = double.NaN;

    /// <summary>The prior's loss.</summary>
    public double Prior { get; set; } = double.NaN;

    /// <summary>The loss of the inferred rewards.</summary>
    public double Reward { get; set; } = double.NaN;

    /// <summary>Mean entropy of pi(. | s, a_-i), in nats; of box actions in their own units.</summary>
    public double Entropy { get; set; } = double.NaN;

    /// <summary>Mean KL(rho || P), in nats.</summary>
    public double Divergence { get; set; } = double.NaN;
}
