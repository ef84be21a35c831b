using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Left or right: everybody walks to one of two places, which are worse the more are there, the right one twice as bad.</summary>
/// <remarks>
/// <para>Story: a population starts in the center; each member chooses left or right, and pays for the company it finds there.</para>
/// <para>Players: agent_0, agent_1, ..., as many as the option `agents` says; for solvers the single player "population".</para>
/// <para>Observation: the own state, center, left or right; with `observe_population` a box [0, 1]^6, one-hot of the own state, then
/// the shares of the agents.</para>
/// <para>Actions: left, right: the next state.</para>
/// <para>Rewards: on the state before the move, with mu the shares of the population: left_cost times -mu(left) in left, right_cost
/// times -mu(right) in right, 0 in the center.</para>
/// <para>End: after `horizon` decisions, terminated. With two, the first one chooses and the second one pays.</para>
/// <para>Options: left_cost, right_cost, types, horizon, agents, observe_population.</para>
/// <para>Unknown: nothing of the game itself; the source plays the limit of infinitely many agents only. `types` are an addition: members
/// who pay differently, and all count as company.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("mf_left_right-v0")]
[Source("cui2021")]
public sealed class LeftRight(LeftRight.Options options) : CatalogMeanField(options)
{
    private const int Left = 1, Right = 2;

    /// <summary>What can be set.</summary>
    public sealed record Options() : MeanFieldOptions(horizon: 2), IValidatedOptions
    {
        /// <summary>What a whole population on the left costs each of its members.</summary>
        [Range(0d, 1e6)]
        public double LeftCost { get; init; } = 1;

        /// <summary>What a whole population on the right costs each of its members.</summary>
        [Range(0d, 1e6)]
        public double RightCost { get; init; } = 2;

        /// <summary>Kinds of members, whose costs stand in place of left_cost and right_cost; empty: all are alike.</summary>
        public IReadOnlyList<LeftRightType> Types { get; init; } = [];

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults) => PopulationType.Check(Types, path, faults);
    }

    /// <inheritdoc/>
    protected override string Title => "Left or right";

    /// <inheritdoc/>
    protected override bool IsLinear => true;

    /// <inheritdoc/>
    protected override MeanFieldGame Lay(int? agents) => TypedMeanField.Of(
        options.Types, type => new Rules(options.Horizon, type.LeftCost, type.RightCost), new Rules(options.Horizon, options.LeftCost, options.RightCost));

    private sealed class Rules(int horizon, double leftCost, double rightCost) : MeanFieldGame(new MeanFieldShape
    {
        StateLabels = ["center", "left", "right"],
        ActionLabels = ["left", "right"],
        Horizon = horizon,
        Initial = [1, 0, 0],
    })
    {
        public override double LowestReward => 0 - Math.Max(leftCost, rightCost);

        public override double HighestReward => 0;

        public override bool TransitionsDependOnPopulation => false;

        public override ImmutableArray<int> Felt(int state) => state is Left or Right ? [state] : [];

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population) => state switch
        {
            Left => 0 - (leftCost * population[Left]), // not -leftCost * ..., which may be -0
            Right => 0 - (rightCost * population[Right]),
            _ => 0,
        };

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            next.Clear();
            next[Left + action] = 1;
        }
    }
}
