using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>Plays the routing game with box actions; the state is the number of the capacity state.</summary>
/// <remarks>
/// The two cores say what a reset and a step are; whole batches do the same, bit for bit, route by route over many copies. Notation: a
/// player's flow on route k is a_k (d / sum a), or d / K where all a are 0; a unit on route k costs c_k = b_k + sum_q m_kq F_q, b_k and m_kq the sums of
/// constants and of slopes over the edges of k, and over those it shares with q; J_i = sum_k f_k^i c_k.
/// </remarks>
internal sealed class RoutingSimulator : Core.Environment
{
    private const int Room = 1 << 12; // flows that stay in the nearest caches
    private const int LeastCopies = 16;

    private readonly RoutingRules _rules;
    private readonly int _players;
    private readonly int _routes;
    private readonly double[][] _constants; // [network][K]
    private readonly double[][] _slopes; // [network][K * K]
    private readonly double[][] _constantsOf; // [K][network]
    private readonly double[][] _slopesOf; // [K * K][network]
    private readonly bool[] _shares; // [K * K]: whether two routes share an edge that costs more with more flow
    private readonly int _copies; // of a chunk

    public RoutingSimulator(RoutingRules rules)
        : base(Describe(rules), stateSize: 1)
    {
        _rules = rules;
        _players = rules.Players.Length;
        _routes = rules.Routes;
        _constants = [.. rules.All.Select(network => network.RouteConstants())];
        _slopes = [.. rules.All.Select(network => network.RouteSlopes())];
        _constantsOf = Turn(_constants);
        _slopesOf = Turn(_slopes);
        _shares = [.. _slopesOf.Select(slopes => slopes.Any(slope => slope != 0))];
        _copies = Math.Clamp(Room / (_players * _routes), LeastCopies, BoxBatch.Chunk);
    }

    /// <inheritdoc/>
    public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        var states = worlds.States;
        Span<ulong> words = stackalloc ulong[BoxBatch.Chunk];
        for (int b = 0; b < copies.Length; b++)
        {
            int place = b % words.Length;
            if (place == 0 && _rules.Capacities > 1) worlds.Words(b, 0, 0, words[..Math.Min(words.Length, copies.Length - b)]);
            if (copies[b]) states[b] = _rules.Capacities == 1 ? 0 : _rules.First(RandomBatch.ToDouble(words[place]));
        }

        ObserveAll(worlds, copies, timeShift: 0);
    }

    /// <inheritdoc/>
    public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        double[] rented = ArrayPool<double>.Shared.Rent(_copies * ((_players + 2) * _routes + 1));
        for (int from = 0; from < copies.Length; from += _copies)
            StepChunk(worlds, copies.Slice(from, Math.Min(_copies, copies.Length - from)), from, rented);
        ArrayPool<double>.Shared.Return(rented);
        for (int from = 0; from < copies.Length; from += BoxBatch.Chunk)
            Draw(worlds, copies.Slice(from, Math.Min(BoxBatch.Chunk, copies.Length - from)), from);
        if (_rules.Changes) ObserveAll(worlds, copies, timeShift: 1);
        BoxBatch.End(worlds, copies, _rules.Horizon);
    }

    /// <summary>Resets the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void ResetOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Reset(worlds, copies);

    /// <summary>Steps the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void StepOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Step(worlds, copies);

    /// <inheritdoc/>
    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        int capacity = _rules.First(ref random);
        world.State[0] = capacity;
        Observe(world, capacity, 0);
    }

    /// <inheritdoc/>
    protected override void StepCore(ref World world)
    {
        int network = _rules.Index(world.Time, (int)world.State[0]);
        double[] costs = [.. _constants[network]], totals = new double[_routes];
        for (int p = 0; p < _players; p++)
        {
            var action = world.BoxAction(p);
            double scale = Scale(action, _rules.Demands[p]);
            for (int k = 0; k < _routes; k++) totals[k] += Flow(action[k], scale, _rules.Demands[p]);
        }

        for (int k = 0; k < _routes; k++)
            for (int q = 0; q < _routes; q++) costs[k] += _slopes[network][(k * _routes) + q] * totals[q];
        for (int p = 0; p < _players; p++)
        {
            var action = world.BoxAction(p);
            double scale = Scale(action, _rules.Demands[p]), reward = 0;
            for (int k = 0; k < _routes; k++) reward -= Flow(action[k], scale, _rules.Demands[p]) * costs[k];
            world.Reward(p, reward);
        }

        Advance(world);
        if (world.Time + 1 >= _rules.Horizon) world.Terminate();
    }

    /// <summary>What the numbers of an action are multiplied by, or 0 where all are 0.</summary>
    private static double Scale(ReadOnlySpan<float> action, double demand)
    {
        double sum = 0;
        foreach (float number in action) sum += number;
        return sum > 0 ? demand / sum : 0;
    }

    private double Flow(float number, double scale, double demand) => scale > 0 ? number * scale : demand / _routes;

    /// <summary>After the rewards: noise on them, the next capacity state, and what it and the goal look like.</summary>
    private void Advance(World world)
    {
        var random = world.Random;
        int capacity = _rules.Next((int)world.State[0], ref random);
        world.State[0] = capacity;
        for (int p = 0; p < _players && _rules.Noise > 0; p++)
            world.Reward(p, world.PaidReward(p) + (_rules.Noise * ((2 * random.NextDouble()) - 1)));
        Observe(world, capacity, _rules.GoalAt(world.Time + 1));
    }

    private void Observe(World world, int capacity, int goal)
    {
        for (int p = 0; p < _players; p++)
        {
            var observation = world.BoxObservation(p);
            observation.Clear();
            observation[capacity] = 1;
            observation[^1] = goal;
        }
    }

    /// <summary>What chance decides in a chunk: the numbers of a stream are for the capacity state, if there are several, and then for the noise on each player's reward.</summary>
    private void Draw(StepBuffer worlds, ReadOnlySpan<bool> copies, int from)
    {
        int capacities = _rules.Capacities > 1 ? 1 : 0, count = capacities + (_rules.Noise > 0 ? _players : 0);
        Span<ulong> first = stackalloc ulong[BoxBatch.Chunk], second = stackalloc ulong[BoxBatch.Chunk];
        for (int number = 0; number < count; number++)
        {
            if (number % 2 == 0) worlds.WordPairs(from, 0, number / 2, first[..copies.Length], second[..copies.Length]);
            ReadOnlySpan<ulong> words = (number % 2 == 0 ? first : second)[..copies.Length];
            if (number < capacities) DrawCapacities(worlds.States.Slice(from, copies.Length), copies, words);
            else AddNoise(worlds.Rewards(number - capacities).Slice(from, copies.Length), copies, words);
        }
    }

    private void DrawCapacities(Span<double> states, ReadOnlySpan<bool> copies, ReadOnlySpan<ulong> words)
    {
        for (int i = 0; i < states.Length; i++)
        {
            int next = _rules.Next((int)states[i], RandomBatch.ToDouble(words[i]));
            if (copies[i]) states[i] = next;
        }
    }

    private void AddNoise(Span<double> rewards, ReadOnlySpan<bool> copies, ReadOnlySpan<ulong> words)
    {
        double noise = _rules.Noise;
        int i = 0;
        if (!copies.Contains(false))
            for (; i <= rewards.Length - Vector<double>.Count; i += Vector<double>.Count)
                (new Vector<double>(rewards[i..]) + (noise * ((2 * RandomBatch.ToDouble(new Vector<ulong>(words[i..]))) - Vector<double>.One))).CopyTo(rewards[i..]);
        for (; i < rewards.Length; i++)
            if (copies[i]) rewards[i] += noise * ((2 * RandomBatch.ToDouble(words[i])) - 1);
    }

    /// <summary>Writes what the first player sees, which is what all see.</summary>
    private void ObserveAll(StepBuffer worlds, ReadOnlySpan<bool> copies, int timeShift)
    {
        ReadOnlySpan<double> states = worlds.States;
        var observations = worlds.BoxObservations(0);
        int width = _rules.Capacities + 1;
        for (int b = 0, at = 0; b < copies.Length; b++, at += width)
        {
            if (!copies[b]) continue;
            int capacity = (int)states[b];
            for (int c = 0; c < width - 1; c++) observations[at + c] = c == capacity ? 1 : 0;
            observations[at + width - 1] = _rules.GoalAt(worlds.TimeOf(b) + timeShift);
        }

        for (int p = 1; p < _players; p++) observations.CopyTo(worlds.BoxObservations(p));
    }

    private void StepChunk(StepBuffer worlds, ReadOnlySpan<bool> copies, int from, Span<double> rented)
    {
        int n = copies.Length, all = _routes * n;
        Span<double> totals = rented[..all], costs = rented.Slice(all, all), rewards = rented.Slice(2 * all, n), flows = rented.Slice((2 * all) + n, _players * all);
        totals.Clear();
        for (int p = 0; p < _players; p++)
        {
            FindFlows(worlds.BoxActions(p).Slice(from * _routes, all), _rules.Demands[p], flows.Slice(p * all, all));
            BoxBatch.AddScaled(totals, flows.Slice(p * all, all), 1);
        }

        Span<int> networks = stackalloc int[BoxBatch.Chunk];
        var found = FindNetworks(worlds, from, networks[..n]);
        for (int k = 0; k < _routes; k++) FindCosts(k, found, totals, costs.Slice(k * n, n));
        for (int p = 0; p < _players; p++)
        {
            rewards.Clear();
            for (int k = 0; k < _routes; k++) BoxBatch.SubtractProducts(rewards, flows.Slice((p * all) + (k * n), n), costs.Slice(k * n, n));
            BoxBatch.Pay(worlds.Rewards(p).Slice(from, n), rewards, copies);
        }
    }

    /// <summary>A player's flows by route and copy, [K, n].</summary>
    private void FindFlows(ReadOnlySpan<float> actions, double demand, Span<double> flows)
    {
        int n = flows.Length / _routes;
        double even = demand / _routes;
        for (int i = 0, at = 0; i < n; i++, at += _routes)
        {
            var action = actions.Slice(at, _routes);
            double scale = Scale(action, demand);
            for (int k = 0, to = i; k < action.Length; k++, to += n) flows[to] = scale > 0 ? action[k] * scale : even;
        }
    }

    /// <summary>The copies' networks, or one where they have it in common.</summary>
    private ReadOnlySpan<int> FindNetworks(StepBuffer worlds, int from, Span<int> networks)
    {
        if (!_rules.Changes) return [0];
        ReadOnlySpan<double> states = worlds.States.Slice(from, networks.Length);
        for (int i = 0; i < networks.Length; i++) networks[i] = _rules.Index(worlds.TimeOf(from + i), (int)states[i]);
        return networks;
    }

    private void FindCosts(int route, ReadOnlySpan<int> networks, ReadOnlySpan<double> totals, Span<double> costs)
    {
        int n = costs.Length;
        bool common = networks.Length < n;
        if (common) costs.Fill(_constants[networks[0]][route]);
        else Look(_constantsOf[route], networks, costs);
        for (int q = 0; q < _routes; q++)
        {
            int pair = (route * _routes) + q;
            if (!_shares[pair]) continue; // adds 0 to what is no -0
            var total = totals.Slice(q * n, n);
            if (common) BoxBatch.AddScaled(costs, total, _slopes[networks[0]][pair]);
            else AddScaled(costs, total, _slopesOf[pair], networks);
        }
    }

    private static void Look(double[] numbers, ReadOnlySpan<int> networks, Span<double> found)
    {
        networks = networks[..found.Length];
        for (int i = 0; i < found.Length; i++) found[i] = numbers[networks[i]];
    }

    private static void AddScaled(Span<double> costs, ReadOnlySpan<double> total, double[] slopes, ReadOnlySpan<int> networks)
    {
        total = total[..costs.Length];
        networks = networks[..costs.Length];
        for (int i = 0; i < costs.Length; i++) costs[i] += slopes[networks[i]] * total[i];
    }

    private static double[][] Turn(double[][] tables) =>
        [.. Enumerable.Range(0, tables[0].Length).Select(column => tables.Select(row => row[column]).ToArray())];

    private static EnvironmentSpec Describe(RoutingRules rules)
    {
        Space observation = Unit(rules.ObservationLabels), action = Unit(rules.RouteLabels);
        var (lowest, highest) = rules.RewardBounds();
        return new EnvironmentSpec
        {
            Players = rules.Players,
            Observations = [.. rules.Players.Select(_ => observation)],
            Actions = [.. rules.Players.Select(_ => action)],
            Horizon = rules.Horizon,
            LowestReward = lowest,
            HighestReward = highest,
        };
    }

    private static BoxSpace Unit(ImmutableArray<string> labels) =>
        new([.. labels.Select(_ => 0f)], [.. labels.Select(_ => 1f)], labels);
}
