using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A crowd around a ring (the beach bar): everybody wants to be near the bar, away from the others, and without walking.</summary>
/// <remarks>
/// <para>Story: members of a population stand on the `size` places of a ring, the bar in the middle, place size / 2. Each walks one place
/// left or right or stays; then the wind carries it one place left, nowhere or one place right, each with probability 1/3.</para>
/// <para>Players: agent_0, agent_1, ..., as many as the option `agents` says; for solvers the single player "population".</para>
/// <para>Observation: the own place; with `observe_population` a box [0, 1]^(2 size), one-hot of the own place, then the shares of the agents.</para>
/// <para>Actions: left, stay, right.</para>
/// <para>Rewards: on the place x before the move, with mu the shares of the population and c = size / 2: 1 - |x - c| / c - log(mu(x) + 1e-25),
/// and -1 / size for a move. The move of the last decision is free. Members start uniformly spread.</para>
/// <para>End: after `horizon` decisions, terminated.</para>
/// <para>Options: size, move_cost, horizon, agents, observe_population.</para>
/// <para>Unknown: nothing of the game. OpenSpiel's crowd modelling takes the cost of a move one decision later, so that it never takes the
/// last one: the returns are the same. Its evaluation, however, keeps one value per place and time, with the move that its depth-first
/// search happened to come by, and its published numbers contain that; `move_cost: first_path` gives those. With agents, log is looked up in a
/// table over their counts, so that a step needs + - * / only.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("mf_crowd-v0")]
[Source("perrin2020")]
public sealed class Crowd(Crowd.Options options) : CatalogMeanField(options)
{
    private const double Epsilon = 1e-25;
    private const int Stay = 1;

    /// <summary>What can be set.</summary>
    public sealed record Options() : MeanFieldOptions(horizon: 10)
    {
        /// <summary>Number of places of the ring.</summary>
        [Range(2, 1000)]
        public int Size { get; init; } = 10;

        /// <summary>Which moves are paid for: the own ones, or those in the published values of the other implementation.</summary>
        public CrowdMoveCost MoveCost { get; init; } = CrowdMoveCost.Own;
    }

    /// <inheritdoc/>
    protected override string Title => "Crowd around a ring";

    /// <inheritdoc/>
    protected override MeanFieldGame Lay(int? agents) => new Rules(options, agents);

    private sealed class Rules : MeanFieldGame
    {
        private readonly int _size;
        private readonly CrowdMoveCost _moveCost;
        private readonly double[] _logs; // of 0, ..., N agents' share; empty in the limit

        public Rules(Options options, int? agents)
            : base(new MeanFieldShape
            {
                StateLabels = [.. Enumerable.Range(0, options.Size).Select(x => $"{x}")],
                ActionLabels = ["left", "stay", "right"],
                Horizon = options.Horizon,
                Initial = [.. Enumerable.Repeat(1.0 / options.Size, options.Size)],
            })
        {
            (_size, _moveCost) = (options.Size, options.MoveCost);
            _logs = agents is { } count ? [.. Enumerable.Range(0, count + 1).Select(k => Math.Log(((double)k / count) + Epsilon))] : [];
            HighestReward = 1 - (agents is null ? Math.Log(Epsilon) : _logs[1]); // an agent that is paid on a place is there
        }

        public override double LowestReward => 0 - (1.0 / _size);

        public override double HighestReward { get; }

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population)
        {
            int center = _size / 2;
            return 1 - ((double)Math.Abs(state - center) / center) - MoveCost(time, state, action) - Log(population[state]);
        }

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            next.Clear();
            for (int wind = -1; wind <= 1; wind++) next[Place(state + action - Stay + wind)] += 1.0 / 3;
        }

        private double Log(double share) => _logs.Length == 0 ? Math.Log(share + Epsilon) : _logs[(int)((share * (_logs.Length - 1)) + 0.5)];

        private double MoveCost(int time, int state, int action)
        {
            bool paid = _moveCost == CrowdMoveCost.Own ? action != Stay && time + 1 < Horizon : !IsFirstReachedByStaying(time, state);
            return paid ? 1.0 / _size : 0;
        }

        /// <summary>
        /// OpenSpiel's search starts at place 0 and tries left, stay, right, and after each the winds in that order. Going left reaches two
        /// places back, one back and the place itself, so that at each time its first place is two before that of the time before.
        /// Staying adds the place ahead, and all others are first reached by going right.
        /// </summary>
        private bool IsFirstReachedByStaying(int time, int state) => time == 0 || (_size > 3 && state == Place(1 - (2 * (time - 1))));

        private int Place(int x) => ((x % _size) + _size) % _size;
    }
}
