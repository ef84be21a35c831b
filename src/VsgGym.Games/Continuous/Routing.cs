using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A routing game: each player splits its own commodity over the routes of a network, whose edges cost more the more flow they carry.</summary>
/// <remarks>
/// <para>Story: every player sends its demand from s to t over the routes of a network and pays, on each edge, the edge's cost a x + b per unit
/// of its own flow, x being everyone's flow. Finitely many players with divisible commodities: an atomic splittable game, with an exact potential.</para>
/// <para>Players: player_0, player_1, ..., as many as `players` says; each sends 1/N, or what `demands` says.</para>
/// <para>Observation, the same for all: a box [0, 1]^(C + 1), 1 at the present of the C capacity states, and at last 0 while t is the goal, 1 when u is.
/// Discretized: what `observation` says, `index`, the number of the state, which also counts the time up to a swap of the goal, `one_hot` of it, or
/// `features`, the numbers of the box, which do not count the time.</para>
/// <para>Actions: a box [0, 1]^K, a number per route: the split is in proportion to the numbers, even where all are 0. Routes: pigou the links
/// 1 and x; braess s-v-t, s-w-t, s-v-w-t; parallel its links. With `discretize` k: all splits in whole multiples of 1 / (k - 1).</para>
/// <para>Rewards: minus the own cost J_i = sum_e f_e^i (a_e f_e + b_e), plus uniform noise in [-`reward_noise`, `reward_noise`]. In a state of
/// capacity c every slope is a_e / c. Demands 1/N: pigou's equilibrium sends N/(N+1) over the second link, braess's (N-1)/(N+1) over the zigzag.</para>
/// <para>End: after `horizon` decisions, terminated.</para>
/// <para>Options: instance, players, demands, slopes, constants, capacities, capacity_persistence, reward_noise, goal_swap_at, horizon, discretize, observation. The capacity
/// state is drawn anew at every step, or kept with the chance `capacity_persistence`; no action moves it, so the game stays a Markov potential game (which
/// games that are potential games in every state need not be). From the time `goal_swap_at` on, all go to a second sink u, to which the last edges of the
/// network have the costs of those to t in reverse order: pigou's links and parallel's links exchange their costs, braess's vt and wt do.</para>
/// <para>Unknown: the papers publish neither network, number of players, costs nor horizon; these are the classic networks. They call the game non-atomic.
/// Neither the second sink nor the rules of the capacity states come from them: the notes to vsg only ask for goals that change.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("routing-v0")]
[Source("orda1993")]
[Source("vsg", "section 5.1.2")]
[Source("flow", "section 6")]
[Source("leonardos2022")]
public sealed class Routing : BoxGame
{
    private readonly Options _options;
    private readonly RoutingRules _rules;

    /// <summary>Makes the game.</summary>
    /// <param name="options">What can be set.</param>
    /// <exception cref="VsgGymException">Options that do not fit together.</exception>
    public Routing(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList();
        options.Validate("options", faults);
        faults.ThrowIfAny();
        _options = options;
        _rules = new RoutingRules(options);
        Grid = options.Discretize is { } k ? ActionGrid.Simplex(_rules.Routes, k) : null;
    }

    /// <summary>What can be set.</summary>
    public sealed record Options : IValidatedOptions
    {
        private const int MostPlayers = 64;
        private const int MostLinks = 16;
        private const int MostCapacities = 16;

        /// <summary>The network.</summary>
        public RoutingInstance Instance { get; init; } = RoutingInstance.Braess;

        /// <summary>Number of players N.</summary>
        [Range(1, MostPlayers)]
        public int Players { get; init; } = 2;

        /// <summary>What each player sends, [N], above 0; empty: 1/N each.</summary>
        [Range(0d, 1e6, MinimumIsExclusive = true)]
        public ImmutableArray<double> Demands { get; init; } = [];

        /// <summary>The slope a of each link of the instance parallel, [L], L from 2 to 16, above 0; empty for the others.</summary>
        [Range(0d, 1e6, MinimumIsExclusive = true)]
        public ImmutableArray<double> Slopes { get; init; } = [];

        /// <summary>The constant b of each link of the instance parallel, [L], at least 0; empty for the others.</summary>
        [Range(0d, 1e6)]
        public ImmutableArray<double> Constants { get; init; } = [];

        /// <summary>The capacity c of each capacity state, [C], C from 1 to 16: in it every slope is divided by c.</summary>
        [Range(1e-6, 1e6)]
        public ImmutableArray<double> Capacities { get; init; } = [1.0];

        /// <summary>Chance that the capacity state stays; else the next one is drawn, each as likely. 0: independent draws.</summary>
        [Range(0d, 1d)]
        public double CapacityPersistence { get; init; }

        /// <summary>Half-width of the uniform noise added to each reward, independent by player and step.</summary>
        [Range(0d, 1e6)]
        public double RewardNoise { get; init; }

        /// <summary>The time from which on the goal is the other sink, before the horizon; absent: never.</summary>
        [Range(1, 9999)]
        public int? GoalSwapAt { get; init; }

        /// <summary>Number of decisions T; every one pays.</summary>
        [Range(1, 10000)]
        public int Horizon { get; init; } = 1;

        /// <summary>Values k of a share, 0 to 1 in even steps, which make the game tabular; absent: any split.</summary>
        [Range(2, 1001)]
        public int? Discretize { get; init; }

        /// <summary>With discretize, what the seats see: the number of the state (the default), a one-hot vector of it, or the features; else the features.</summary>
        public ObservationForm? Observation { get; init; }

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            CheckObservation(Observation, Discretize, path, faults);
            if (!Demands.IsDefaultOrEmpty && Demands.Length != Players)
                faults.Add($"{path}.demands", $"{Demands.Length} demands", $"must be empty or have one demand per player, {Players}", "wrong_shape");
            if (Capacities.IsDefaultOrEmpty || Capacities.Length > MostCapacities)
                faults.Add($"{path}.capacities", Capacities.IsDefault ? 0 : Capacities.Length, $"must have 1 to {MostCapacities} capacities", "wrong_shape");
            if (GoalSwapAt >= Horizon) faults.Add($"{path}.goal_swap_at", GoalSwapAt, $"must be below the horizon, {Horizon}, or no decision comes after it", "out_of_range");
            if (RewardNoise > 0 && Discretize is not null)
                faults.Add($"{path}.reward_noise", RewardNoise, "must be 0 with discretize: a table has no noise", "no_noise");
            bool sound = ValidateLinks(path, faults);
            if (sound && !Capacities.IsDefaultOrEmpty && Discretize is { } k)
                ActionGrid.CheckRows($"{path}.discretize", k, ActionGrid.SimplexCount(Network().Routes.Length, k, StochasticGameBuilder.MaximumRows + 1L), Players, Capacities.Length * (1L + (GoalSwapAt ?? 0)), faults);
        }

        /// <summary>The network to the first sink at capacity 1.</summary>
        internal RoutingNetwork Network() => Instance switch
        {
            RoutingInstance.Pigou => RoutingNetwork.Pigou(),
            RoutingInstance.Braess => RoutingNetwork.Braess(),
            _ => RoutingNetwork.Parallel(Slopes, Constants),
        };

        private bool ValidateLinks(string path, FaultList faults)
        {
            int slopes = Slopes.IsDefault ? 0 : Slopes.Length, constants = Constants.IsDefault ? 0 : Constants.Length, before = faults.Count;
            bool parallel = Instance == RoutingInstance.Parallel;
            if (parallel ? slopes is < 2 or > MostLinks : slopes > 0)
                faults.Add($"{path}.slopes", $"{slopes} slopes", parallel ? $"the instance parallel needs the slopes of 2 to {MostLinks} links" : "only the instance parallel takes slopes", "wrong_shape");
            if (parallel ? constants != slopes : constants > 0)
                faults.Add($"{path}.constants", $"{constants} constants", parallel ? $"must have one constant per slope, {slopes}" : "only the instance parallel takes constants", "wrong_shape");
            return faults.Count == before;
        }
    }

    /// <inheritdoc/>
    private protected override ImmutableArray<string> Players => _rules.Players;

    /// <inheritdoc/>
    private protected override int Horizon => _options.Horizon;

    /// <inheritdoc/>
    private protected override ActionGrid? Grid { get; }

    /// <inheritdoc/>
    private protected override ObservationForm? Observation => _options.Observation;

    /// <inheritdoc/>
    private protected override ImmutableArray<string> FeatureLabels => _rules.ObservationLabels;

    /// <inheritdoc/>
    private protected override ImmutableArray<string> StateLabels => [.. Enumerable.Range(0, States).Select(Label)];

    private int States => _rules.Capacities * (1 + (_options.GoalSwapAt ?? 0));

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        int capacity = (int)world.State[0] % _rules.Capacities;
        return RoutingDrawing.Draw(_rules, world.Time, _options.Capacities[capacity], _rules.Network(world.Time, capacity), world.Time == 0 ? null : Flows(world), Paid(world));
    }

    /// <inheritdoc/>
    private protected override Core.Environment CreateSimulator() => new RoutingSimulator(_rules);

    /// <inheritdoc/>
    private protected override void Rewards(int state, ImmutableArray<double>[] points, Span<double> rewards)
    {
        var network = _rules.Network(state / _rules.Capacities, state % _rules.Capacities);
        double[][] flows = [.. points.Select((split, p) => split.Select(share => share * _rules.Demands[p]).ToArray())];
        for (int p = 0; p < rewards.Length; p++) rewards[p] = 0 - RoutingCosts.Cost(network, flows, p); // not -J, which would write -0
    }

    /// <inheritdoc/>
    private protected override void WriteFeatures(int state, Span<float> features)
    {
        features[state % _rules.Capacities] = 1;
        features[^1] = _rules.GoalAt(state / _rules.Capacities);
    }

    /// <inheritdoc/>
    private protected override double[] Initial() =>
        [.. Enumerable.Range(0, States).Select(state => state < _rules.Capacities ? 1.0 / _rules.Capacities : 0)];

    /// <inheritdoc/>
    private protected override IEnumerable<(int Next, double Probability)> Successors(int state)
    {
        int time = Math.Min((state / _rules.Capacities) + 1, _options.GoalSwapAt ?? 0), capacity = state % _rules.Capacities;
        return Enumerable.Range(0, _rules.Capacities).Select(next => ((time * _rules.Capacities) + next, _rules.Chance(capacity, next)));
    }

    private string Label(int state)
    {
        string capacity = $"capacity {Drawing.Number(_options.Capacities[state % _rules.Capacities])}";
        if (_options.GoalSwapAt is not { } swap) return capacity;
        int time = state / _rules.Capacities;
        return time < swap ? $"{capacity}, goal t, time {time}" : $"{capacity}, goal u";
    }

    private double[][] Flows(World world)
    {
        double[][] flows = new double[Players.Length][];
        for (int p = 0; p < flows.Length; p++)
        {
            var numbers = Played(world, p);
            double sum = numbers.Sum();
            flows[p] = [.. numbers.Select(number => _rules.Demands[p] * (sum > 0 ? number / sum : 1.0 / numbers.Length))];
        }

        return flows;
    }

    private double[] Paid(World world)
    {
        double[] paid = new double[Players.Length];
        for (int p = 0; p < paid.Length; p++) paid[p] = world.PaidReward(p);
        return paid;
    }
}
