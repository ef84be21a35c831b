using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>An epidemic (SIS): who goes out may catch it from the infected, who keeps distance pays for it; nobody becomes immune.</summary>
/// <remarks>
/// <para>Story: members of a population are susceptible or infected; every day each goes out or keeps distance. Out, a susceptible one is
/// infected in proportion to the infected; the infected recover at random, whatever they do.</para>
/// <para>Players: agent_0, agent_1, ..., as many as the option `agents` says; for solvers the single player "population".</para>
/// <para>Observation: the own state, susceptible or infected; with `observe_population` a box [0, 1]^4, one-hot of the own state, then the
/// shares of the agents. With `types` the states are those of each type.</para>
/// <para>Actions: out, distance. With mu the shares of the population, a susceptible member that goes out is infected with probability
/// infection_rate * mu(infected); an infected one recovers with probability recovery_rate.</para>
/// <para>Rewards: on the state before the move: -1 when infected, and -distance_cost more for keeping distance.</para>
/// <para>End: after `horizon` decisions, terminated.</para>
/// <para>Options: infection_rate, recovery_rate, distance_cost, infected, types, horizon, agents, observe_population.</para>
/// <para>Unknown: nothing of the game itself; the source plays the limit of infinitely many agents only. `types` are an addition: members
/// who catch it and pay differently, and infect alike.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("mf_sis-v0")]
[Source("cui2021")]
public sealed class Epidemic(Epidemic.Options options) : CatalogMeanField(options)
{
    private const int Susceptible = 0, Infected = 1;
    private const int Out = 0;

    /// <summary>What can be set.</summary>
    public sealed record Options() : MeanFieldOptions(horizon: 50), IValidatedOptions
    {
        /// <summary>Probability that a susceptible member who goes out is infected where everybody else is.</summary>
        [Range(0d, 1d)]
        public double InfectionRate { get; init; } = 0.81;

        /// <summary>Probability that an infected member recovers.</summary>
        [Range(0d, 1d)]
        public double RecoveryRate { get; init; } = 0.3;

        /// <summary>What keeping distance costs, where being infected costs 1.</summary>
        [Range(0d, 1e6)]
        public double DistanceCost { get; init; } = 0.5;

        /// <summary>Share of the population that is infected at first.</summary>
        [Range(0d, 1d)]
        public double Infected { get; init; } = 0.6;

        /// <summary>Kinds of members, whose numbers stand in place of infection_rate, recovery_rate and distance_cost; empty: all are alike.</summary>
        public IReadOnlyList<EpidemicType> Types { get; init; } = [];

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults) => PopulationType.Check(Types, path, faults);
    }

    /// <inheritdoc/>
    protected override string Title => "Epidemic";

    /// <inheritdoc/>
    protected override bool IsLinear => true;

    /// <inheritdoc/>
    protected override MeanFieldGame Lay(int? agents) => TypedMeanField.Of(
        options.Types,
        type => new Rules(options, type.InfectionRate, type.RecoveryRate, type.DistanceCost),
        new Rules(options, options.InfectionRate, options.RecoveryRate, options.DistanceCost));

    private sealed class Rules(Options options, double infectionRate, double recoveryRate, double distanceCost) : MeanFieldGame(new MeanFieldShape
    {
        StateLabels = ["susceptible", "infected"],
        ActionLabels = ["out", "distance"],
        Horizon = options.Horizon,
        Initial = [1 - options.Infected, options.Infected],
    })
    {
        public override double LowestReward => -1 - distanceCost;

        public override double HighestReward => 0;

        public override ImmutableArray<int> Felt(int state) => state == Susceptible ? [Infected] : [];

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population) =>
            (state == Infected ? -1 : 0) - (action == Out ? 0 : distanceCost);

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            double infected = state == Infected ? 1 - recoveryRate : action == Out ? infectionRate * population[Infected] : 0;
            (next[Susceptible], next[Infected]) = (1 - infected, infected);
        }
    }
}
