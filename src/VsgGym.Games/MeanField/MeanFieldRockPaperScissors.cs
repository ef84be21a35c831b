using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Rock, paper, scissors of a population: every member shows one, and wins and loses against the shares that show the others.</summary>
/// <remarks>
/// <para>Story: a population starts undecided; each member chooses rock, paper or scissors and meets everybody else. The stakes differ,
/// so that the equilibrium is not uniform.</para>
/// <para>Players: agent_0, agent_1, ..., as many as the option `agents` says; for solvers the single player "population".</para>
/// <para>Observation: the own state, start, rock, paper or scissors; with `observe_population` a box [0, 1]^8, one-hot of the own state, then
/// the shares of the agents. With `types` the states are those of each type.</para>
/// <para>Actions: rock, paper, scissors: the next state.</para>
/// <para>Rewards: on the state before the move, with mu the shares of the population: rock_win mu(scissors) - rock_loss mu(paper) for rock,
/// paper_win mu(rock) - paper_loss mu(scissors) for paper, scissors_win mu(paper) - scissors_loss mu(rock) for scissors, 0 at the start; in the
/// source, and by default, the wins are 2, 4 and 6, the losses 1, 2 and 3.</para>
/// <para>End: after `horizon` decisions, terminated. With two, the first one chooses and the second one pays.</para>
/// <para>Options: rock_win, rock_loss, paper_win, paper_loss, scissors_win, scissors_loss, types, horizon, agents, observe_population.</para>
/// <para>Unknown: nothing of the game itself; the source plays the limit of infinitely many agents only. Other stakes and `types` are an
/// addition: members for whom other things are at stake, and who meet everybody.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("mf_rock_paper_scissors-v0")]
[Source("cui2021")]
public sealed class MeanFieldRockPaperScissors(MeanFieldRockPaperScissors.Options options) : CatalogMeanField(options)
{
    private const int Rock = 1, Paper = 2, Scissors = 3;

    /// <summary>What can be set.</summary>
    public sealed record Options() : MeanFieldOptions(horizon: 2), IValidatedOptions
    {
        /// <summary>What rock gains where the whole population shows scissors.</summary>
        [Range(0d, 1e6)]
        public double RockWin { get; init; } = 2;

        /// <summary>What rock costs where the whole population shows paper.</summary>
        [Range(0d, 1e6)]
        public double RockLoss { get; init; } = 1;

        /// <summary>What paper gains where the whole population shows rock.</summary>
        [Range(0d, 1e6)]
        public double PaperWin { get; init; } = 4;

        /// <summary>What paper costs where the whole population shows scissors.</summary>
        [Range(0d, 1e6)]
        public double PaperLoss { get; init; } = 2;

        /// <summary>What scissors gain where the whole population shows paper.</summary>
        [Range(0d, 1e6)]
        public double ScissorsWin { get; init; } = 6;

        /// <summary>What scissors cost where the whole population shows rock.</summary>
        [Range(0d, 1e6)]
        public double ScissorsLoss { get; init; } = 3;

        /// <summary>Kinds of members, whose wins and losses stand in place of those above; empty: all are alike.</summary>
        public IReadOnlyList<RockPaperScissorsType> Types { get; init; } = [];

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults) => PopulationType.Check(Types, path, faults);

        internal RockPaperScissorsType Alike() => new()
        {
            RockWin = RockWin,
            RockLoss = RockLoss,
            PaperWin = PaperWin,
            PaperLoss = PaperLoss,
            ScissorsWin = ScissorsWin,
            ScissorsLoss = ScissorsLoss,
        };
    }

    /// <inheritdoc/>
    protected override string Title => "Rock, paper, scissors of a population";

    /// <inheritdoc/>
    protected override bool IsLinear => true;

    /// <inheritdoc/>
    protected override MeanFieldGame Lay(int? agents) =>
        TypedMeanField.Of(options.Types, type => new Rules(options.Horizon, type), new Rules(options.Horizon, options.Alike()));

    private sealed class Rules(int horizon, RockPaperScissorsType stakes) : MeanFieldGame(new MeanFieldShape
    {
        StateLabels = ["start", "rock", "paper", "scissors"],
        ActionLabels = ["rock", "paper", "scissors"],
        Horizon = horizon,
        Initial = [1, 0, 0, 0],
    })
    {
        public override double LowestReward => 0 - Math.Max(stakes.RockLoss, Math.Max(stakes.PaperLoss, stakes.ScissorsLoss));

        public override double HighestReward => Math.Max(stakes.RockWin, Math.Max(stakes.PaperWin, stakes.ScissorsWin));

        public override bool TransitionsDependOnPopulation => false;

        public override ImmutableArray<int> Felt(int state) => state switch
        {
            Rock => [Paper, Scissors],
            Paper => [Rock, Scissors],
            Scissors => [Rock, Paper],
            _ => [],
        };

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population) => state switch
        {
            Rock => (stakes.RockWin * population[Scissors]) - (stakes.RockLoss * population[Paper]),
            Paper => (stakes.PaperWin * population[Rock]) - (stakes.PaperLoss * population[Scissors]),
            Scissors => (stakes.ScissorsWin * population[Paper]) - (stakes.ScissorsLoss * population[Rock]),
            _ => 0,
        };

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            next.Clear();
            next[Rock + action] = 1;
        }
    }
}
