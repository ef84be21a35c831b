using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Random games of players who each move on places of their own and meet in the rewards.</summary>
internal sealed class PlaceGames
{
    private readonly int[] _places;
    private readonly int[] _actions;

    /// <summary>Draws a game.</summary>
    /// <param name="seed">Of the draw.</param>
    /// <param name="players">N.</param>
    /// <param name="horizon">T.</param>
    /// <param name="chance">Whether own moves are uncertain.</param>
    /// <param name="own">Own rewards are uniform in [-own, own].</param>
    /// <param name="meeting">So are the parts for every pair.</param>
    public PlaceGames(ulong seed, int players, int horizon, bool chance, double own, double meeting)
    {
        var random = RandomStream.Create(seed).Fork("places");
        _places = [.. Enumerable.Range(0, players).Select(p => 2 + (int)((seed + (ulong)p) % 2))];
        _actions = [.. Enumerable.Range(0, players).Select(p => 2 + (int)((seed / 2) + (ulong)p) % 2)];
        States = _places.Aggregate(1, (product, count) => product * count);
        double Draw(double scale) => scale * ((2 * random.NextDouble()) - 1);
        double[][][] moves = [.. _places.Select((count, p) => Enumerable.Range(0, count * _actions[p]).Select(_ => Row(count, chance, ref random)).ToArray())];
        double[][] alone = [.. _places.Select((count, p) => Enumerable.Range(0, count * _actions[p]).Select(_ => Draw(own)).ToArray())];
        var pairs = new double[players, players][,];
        for (int p = 0; p < players; p++)
            for (int q = 0; q < players; q++)
            {
                pairs[p, q] = new double[alone[p].Length, alone[q].Length];
                for (int k = 0; k < pairs[p, q].Length && p != q; k++) pairs[p, q][k / alone[q].Length, k % alone[q].Length] = Draw(meeting);
            }

        var builder = new StochasticGameBuilder([.. _places.Select((_, p) => $"player_{p}")], States, _actions);
        bool forbids = seed % 3 == 0;
        for (int s = 0; s < States; s++)
        {
            if (forbids && Place(0, s) == 1) builder.Forbid(0, s, 0);
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                int[] own1 = [.. Enumerable.Range(0, players).Select(p => (Place(p, s) * _actions[p]) + Action(p, joint))];
                for (int p = 0; p < players; p++)
                    builder.SetReward(p, s, joint, alone[p][own1[p]] + Enumerable.Range(0, players).Where(q => q != p).Sum(q => pairs[p, q][own1[p], own1[q]]));
                for (int next = 0; next < States; next++)
                {
                    double probability = 1;
                    for (int p = 0; p < players; p++) probability *= moves[p][own1[p]][Place(p, next)];
                    if (probability > 0) builder.AddTransition(s, joint, next, probability);
                }
            }

            for (int p = 0; p < players; p++) // at the end: the places' rewards for the first action
                builder.SetTerminalReward(p, s, alone[p][Place(p, s) * _actions[p]] + Enumerable.Range(0, players).Where(q => q != p).Sum(q => pairs[p, q][Place(p, s) * _actions[p], Place(q, s) * _actions[q]]));
        }

        Table = builder.BuildFiniteHorizon(horizon);
    }

    public StochasticGame Table { get; }

    public int States { get; }

    /// <summary>The option `places`.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Places => [.. _places.Select((_, p) => (IReadOnlyList<int>)[.. Enumerable.Range(0, States).Select(s => Place(p, s))])];

    /// <summary>A player's place in a state; mixed radix, the first player slowest.</summary>
    public int Place(int player, int state)
    {
        for (int p = _places.Length - 1; p > player; p--) state /= _places[p];
        return state % _places[player];
    }

    private int Action(int player, int joint)
    {
        for (int p = _places.Length - 1; p > player; p--) joint /= _actions[p];
        return joint % _actions[player];
    }

    private static double[] Row(int count, bool chance, ref RandomStream random)
    {
        var row = new double[count];
        if (chance) random.NextSimplex(row);
        else row[random.NextInt32(count)] = 1;
        return row;
    }
}
