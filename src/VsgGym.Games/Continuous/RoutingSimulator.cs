using System.Buffers;
using System.Collections.Immutable;
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
    private readonly RoutingRules _rules;
    private readonly int _players;
    private readonly int _routes;
    private readonly double[][] _constants; // [network][K]
    private readonly double[][] _slopes; // [network][K * K]
    private readonly double[][] _constantsOf; // [K][network]
    private readonly double[][] _slopesOf; // [K * K][network]

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
        double[] rented = ArrayPool<double>.Shared.Rent(BoxBatch.Chunk * ((2 * _routes) + _players + 1));
        for (int from = 0; from < copies.Length; from += BoxBatch.Chunk)
            StepChunk(worlds, copies.Slice(from, Math.Min(BoxBatch.Chunk, copies.Length - from)), from, rented);
        ArrayPool<double>.Shared.Return(rented);
        if (_rules.Capacities > 1) DrawCapacities(worlds, copies);
        if (_rules.Noise > 0)
            for (int p = 0; p < _players; p++) AddNoise(worlds, copies, p);
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

    /// <summary>Draws the marked copies' next capacity states: the first number of each stream.</summary>
    private void DrawCapacities(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        var states = worlds.States;
        Span<ulong> words = stackalloc ulong[BoxBatch.Chunk];
        for (int b = 0; b < copies.Length; b++)
        {
            if (b % words.Length == 0) worlds.Words(b, 0, 0, words[..Math.Min(words.Length, copies.Length - b)]);
            if (copies[b]) states[b] = _rules.Next((int)states[b], RandomBatch.ToDouble(words[b % words.Length]));
        }
    }

    /// <summary>Draws the noise on a player's rewards of the marked copies: the player's number of each stream, after that of the capacity state if there is one.</summary>
    private void AddNoise(StepBuffer worlds, ReadOnlySpan<bool> copies, int player)
    {
        var rewards = worlds.Rewards(player);
        int number = player + (_rules.Capacities > 1 ? 1 : 0);
        Span<ulong> words = stackalloc ulong[BoxBatch.Chunk];
        for (int b = 0; b < copies.Length; b++)
        {
            if (b % words.Length == 0) worlds.Words(b, 0, number, words[..Math.Min(words.Length, copies.Length - b)]);
            if (copies[b]) rewards[b] += _rules.Noise * ((2 * RandomBatch.ToDouble(words[b % words.Length])) - 1);
        }
    }

    private void ObserveAll(StepBuffer worlds, ReadOnlySpan<bool> copies, int timeShift)
    {
        var states = worlds.States;
        int width = _rules.Capacities + 1;
        for (int p = 0; p < _players; p++)
        {
            var observations = worlds.BoxObservations(p);
            for (int b = 0, at = 0; b < copies.Length; b++, at += width)
            {
                if (!copies[b]) continue;
                int capacity = (int)states[b];
                for (int c = 0; c < width - 1; c++) observations[at + c] = c == capacity ? 1 : 0;
                observations[at + width - 1] = _rules.GoalAt(worlds.TimeOf(b) + timeShift);
            }
        }
    }

    private void StepChunk(StepBuffer worlds, ReadOnlySpan<bool> copies, int from, double[] rented)
    {
        int length = copies.Length;
        Span<double> totals = rented.AsSpan(0, _routes * length), costs = rented.AsSpan(totals.Length, _routes * length);
        Span<double> scales = rented.AsSpan(2 * totals.Length, _players * length), rewards = rented.AsSpan((2 * totals.Length) + scales.Length, length);
        totals.Clear();
        for (int p = 0; p < _players; p++) AddFlows(worlds.BoxActions(p).Slice(from * _routes, length * _routes), scales.Slice(p * length, length), totals, _rules.Demands[p]);
        Span<int> networks = stackalloc int[BoxBatch.Chunk];
        var found = FindNetworks(worlds, from, networks[..length]);
        for (int k = 0; k < _routes; k++) FindCosts(k, found, totals, costs.Slice(k * length, length));
        for (int p = 0; p < _players; p++)
        {
            FindRewards(worlds.BoxActions(p).Slice(from * _routes, length * _routes), scales.Slice(p * length, length), costs, rewards, _rules.Demands[p]);
            BoxBatch.Pay(worlds.Rewards(p).Slice(from, length), rewards, copies);
        }
    }

    private void AddFlows(ReadOnlySpan<float> actions, Span<double> scales, Span<double> totals, double demand)
    {
        int length = scales.Length;
        scales.Clear();
        for (int k = 0; k < _routes; k++)
            for (int i = 0, at = k; i < length; i++, at += _routes) scales[i] += actions[at];
        for (int i = 0; i < length; i++) scales[i] = scales[i] > 0 ? demand / scales[i] : 0;
        for (int k = 0; k < _routes; k++)
        {
            var total = totals.Slice(k * length, length);
            for (int i = 0, at = k; i < length; i++, at += _routes) total[i] += Flow(actions[at], scales[i], demand);
        }
    }

    /// <summary>The copies' networks, or one where they have it in common.</summary>
    private ReadOnlySpan<int> FindNetworks(StepBuffer worlds, int from, Span<int> networks)
    {
        if (!_rules.Changes) return [0];
        for (int i = 0; i < networks.Length; i++) networks[i] = _rules.Index(worlds.TimeOf(from + i), (int)worlds.States[from + i]);
        return networks;
    }

    private void FindCosts(int route, ReadOnlySpan<int> networks, ReadOnlySpan<double> totals, Span<double> costs)
    {
        int length = costs.Length;
        if (networks.Length < length) costs.Fill(_constants[networks[0]][route]);
        else
        {
            double[] constants = _constantsOf[route];
            for (int i = 0; i < costs.Length; i++) costs[i] = constants[networks[i]];
        }

        for (int q = 0; q < _routes; q++)
        {
            var total = totals.Slice(q * length, length);
            int pair = (route * _routes) + q;
            if (networks.Length < length) BoxBatch.AddScaled(costs, total, _slopes[networks[0]][pair]);
            else
            {
                double[] slopes = _slopesOf[pair];
                for (int i = 0; i < costs.Length; i++) costs[i] += slopes[networks[i]] * total[i];
            }
        }
    }

    private static double[][] Turn(double[][] tables) =>
        [.. Enumerable.Range(0, tables[0].Length).Select(column => tables.Select(row => row[column]).ToArray())];

    private void FindRewards(ReadOnlySpan<float> actions, ReadOnlySpan<double> scales, ReadOnlySpan<double> costs, Span<double> rewards, double demand)
    {
        int length = scales.Length;
        rewards.Clear();
        for (int k = 0; k < _routes; k++)
        {
            var cost = costs.Slice(k * length, length);
            for (int i = 0, at = k; i < length; i++, at += _routes) rewards[i] -= Flow(actions[at], scales[i], demand) * cost[i];
        }
    }

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
