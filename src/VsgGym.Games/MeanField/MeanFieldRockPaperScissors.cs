using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Rock, paper, scissors of a population: every member shows one, and wins and loses against the shares that show the others.</summary>
/// <remarks>
/// <para>Story: a population starts undecided; each member chooses rock, paper or scissors and meets everybody else. The stakes differ,
/// so that the equilibrium is not uniform.</para>
/// <para>Players: agent_0, agent_1, ..., as many as the option `agents` says; for solvers the single player "population".</para>
/// <para>Observation: the own state, start, rock, paper or scissors; with `observe_population` a box [0, 1]^8, one-hot of the own state, then
/// the shares of the agents.</para>
/// <para>Actions: rock, paper, scissors: the next state.</para>
/// <para>Rewards: on the state before the move, with mu the shares of the population: 2 mu(scissors) - mu(paper) for rock, 4 mu(rock) -
/// 2 mu(scissors) for paper, 6 mu(paper) - 3 mu(rock) for scissors, 0 at the start.</para>
/// <para>End: after `horizon` decisions, terminated. With two, the first one chooses and the second one pays.</para>
/// <para>Options: horizon, agents, observe_population.</para>
/// <para>Unknown: nothing of the game itself; the source plays the limit of infinitely many agents only.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("mf_rock_paper_scissors-v0")]
[Source("cui2021")]
public sealed class MeanFieldRockPaperScissors(MeanFieldRockPaperScissors.Options options) : CatalogMeanField(options)
{
    private const int Rock = 1, Paper = 2, Scissors = 3;

    /// <summary>What can be set.</summary>
    public sealed record Options() : MeanFieldOptions(horizon: 2);

    /// <inheritdoc/>
    protected override string Title => "Rock, paper, scissors of a population";

    /// <inheritdoc/>
    protected override MeanFieldGame Lay(int? agents) => new Rules(options.Horizon);

    private sealed class Rules(int horizon) : MeanFieldGame(new MeanFieldShape
    {
        StateLabels = ["start", "rock", "paper", "scissors"],
        ActionLabels = ["rock", "paper", "scissors"],
        Horizon = horizon,
        Initial = [1, 0, 0, 0],
    })
    {
        public override double LowestReward => -3;

        public override double HighestReward => 6;

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population) => state switch
        {
            Rock => (2 * population[Scissors]) - population[Paper],
            Paper => (4 * population[Rock]) - (2 * population[Scissors]),
            Scissors => (6 * population[Paper]) - (3 * population[Rock]),
            _ => 0,
        };

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            next.Clear();
            next[Rock + action] = 1;
        }
    }
}
