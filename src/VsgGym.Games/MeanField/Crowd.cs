using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A crowd around a ring (the beach bar): everybody wants to be near the bar, away from the others, and without walking.</summary>
/// <remarks>
/// <para>Story: members of a population stand on the `size` places of a ring, the bar in the middle, place size / 2. Each walks one place
/// left or right or stays; then the wind carries it one place left, nowhere or one place right, each with probability 1/3.</para>
/// <para>Players: agent_0, agent_1, ..., as many as the option `agents` says; for solvers the single player "population".</para>
/// <para>Observation: the own place; with `observe_population` a box [0, 1]^(2 size), one-hot of the own place, then the shares of the agents.
/// With `types` the places are those of each type.</para>
/// <para>Actions: left, stay, right.</para>
/// <para>Rewards: on the place x before the move, with mu the shares of the population, c = size / 2 and d the places between x and `place`
/// around the ring (|x - c| where that is the bar): 1 - d / c - `aversion` log(mu(x) + 1e-25), and -`step_cost` for a move, 1 / size where
/// absent. The move of the last decision is free. Members start uniformly spread.</para>
/// <para>End: after `horizon` decisions, terminated.</para>
/// <para>Options: size, move_cost, place, aversion, step_cost, types, horizon, agents, observe_population.</para>
/// <para>Unknown: nothing of the game; `place`, `aversion`, `step_cost` and `types` are additions: members who want to be elsewhere, mind company
/// or walk differently, and all count as company. OpenSpiel's crowd modelling takes the cost of a move one decision later, so that it never takes the
/// last one: the returns are the same. Its evaluation, however, keeps one value per place and time, with the move that its depth-first
/// search happened to come by, and its published numbers contain that; `move_cost: first_path` gives those. With agents, log is looked up in a
/// table over their counts, so that a step needs + - * / only.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("mf_crowd-v0")]
[Source("perrin2020")]
public sealed class Crowd(Crowd.Options options) : CatalogMeanField(options)
{
    internal const int MostPlaces = 1000;

    private const double Epsilon = 1e-25;
    private const int Stay = 1;

    /// <summary>What can be set.</summary>
    public sealed record Options() : MeanFieldOptions(horizon: 10), IValidatedOptions
    {
        /// <summary>Number of places of the ring.</summary>
        [Range(2, MostPlaces)]
        public int Size { get; init; } = 10;

        /// <summary>Which moves are paid for: the own ones, or those in the published values of the other implementation.</summary>
        public CrowdMoveCost MoveCost { get; init; } = CrowdMoveCost.Own;

        /// <summary>The place where everybody wants to be, below size; absent: the middle, size / 2.</summary>
        [Range(0, MostPlaces - 1)]
        public int? Place { get; init; }

        /// <summary>How much members mind company: the weight of -log mu.</summary>
        [Range(0d, 1e6)]
        public double Aversion { get; init; } = 1;

        /// <summary>What a move costs; absent: 1 / size.</summary>
        [Range(0d, 1e6)]
        public double? StepCost { get; init; }

        /// <summary>Kinds of members, whose numbers stand in place of place, aversion and step_cost; empty: all are alike.</summary>
        public IReadOnlyList<CrowdType> Types { get; init; } = [];

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            PopulationType.Check(Types, path, faults);
            CheckPlace(Place, $"{path}.place", faults);
            for (int k = 0; k < Types.Count; k++) CheckPlace(Types[k].Place, $"{path}.types[{k}].place", faults);
            if (Types.Count > 0 && MoveCost == CrowdMoveCost.FirstPath)
                faults.Add($"{path}.move_cost", "first_path", "the published values are those of members who are all alike: leave types empty", "conflict");
        }

        private void CheckPlace(int? place, string path, FaultList faults)
        {
            if (place >= Size) faults.Add(path, place, $"must be below size, {Size}", "out_of_range");
        }
    }

    /// <inheritdoc/>
    protected override string Title => "Crowd around a ring";

    /// <inheritdoc/>
    protected override MeanFieldGame Lay(int? agents) => TypedMeanField.Of(
        options.Types,
        type => new Rules(options, agents, type.Place, type.Aversion, type.StepCost),
        new Rules(options, agents, options.Place, options.Aversion, options.StepCost));

    private sealed class Rules : MeanFieldGame
    {
        private readonly int _size;
        private readonly CrowdMoveCost _moveCost;
        private readonly int _place;
        private readonly double _aversion;
        private readonly double _stepCost;
        private readonly double[] _logs; // of 0, ..., N agents' share; empty in the limit

        public Rules(Options options, int? agents, int? place, double aversion, double? stepCost)
            : base(new MeanFieldShape
            {
                StateLabels = [.. Enumerable.Range(0, options.Size).Select(x => $"{x}")],
                ActionLabels = ["left", "stay", "right"],
                Horizon = options.Horizon,
                Initial = [.. Enumerable.Repeat(1.0 / options.Size, options.Size)],
            })
        {
            (_size, _moveCost) = (options.Size, options.MoveCost);
            (_place, _aversion, _stepCost) = (place ?? options.Size / 2, aversion, stepCost ?? 1.0 / options.Size);
            _logs = agents is { } count ? [.. Enumerable.Range(0, count + 1).Select(k => Math.Log(((double)k / count) + Epsilon))] : [];
            HighestReward = 1 - (aversion * (agents is null ? Math.Log(Epsilon) : _logs[1])); // an agent that is paid on a place is there
        }

        public override double LowestReward => 0 - _stepCost;

        public override double HighestReward { get; }

        public override bool TransitionsDependOnPopulation => false;

        public override ImmutableArray<int> Felt(int state) => [state];

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population)
        {
            int away = Math.Abs(state - _place), distance = Math.Min(away, _size - away);
            return 1 - ((double)distance / (_size / 2)) - MoveCost(time, state, action) - (_aversion * Log(population[state]));
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
            return paid ? _stepCost : 0;
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
