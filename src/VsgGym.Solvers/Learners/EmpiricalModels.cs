using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What each player was seen to do in each place, as frequencies: what everyone thinks of everyone else, for all see the same.</summary>
internal sealed class EmpiricalModels
{
    private readonly StochasticGame _game;
    private readonly Replay _replay;
    private readonly double[][] _counts; // [N][places * A]
    private readonly double[] _earlier; // [places], 1 where an earlier answer counts as one visit
    private readonly double[] _weights; // [J]

    /// <summary>Before a place is visited, every legal action is as likely as another there.</summary>
    /// <param name="game">The table.</param>
    /// <param name="places">Places.</param>
    /// <param name="window">How many of a place's last visits count; 0 counts all.</param>
    public EmpiricalModels(StochasticGame game, int places, int window)
    {
        _game = game;
        _replay = new Replay(places, window);
        _counts = [.. game.ActionCounts.Select(actions => new double[checked(places * actions)])];
        _earlier = new double[places];
        _weights = new double[game.JointActionCount];
        var uniform = PolicyProfile.Uniform(game);
        Frequencies = [.. _counts.Select(counts => new double[counts.Length])];
        for (int p = 0; p < Frequencies.Length; p++)
            for (int place = 0; place < places; place++)
                uniform[p].Row(0, place % game.StateCount).CopyTo(Frequencies[p].AsSpan(place * game.ActionCounts[p]));
    }

    /// <summary>The frequencies, [N][places * A].</summary>
    public double[][] Frequencies { get; }

    /// <summary>Numbers per place beside the window.</summary>
    public static double NumbersPerPlace(StochasticGame game, int window) => (2.0 * game.ActionCounts.Sum()) + 2 + (window / 2.0);

    /// <summary>Counts a joint action.</summary>
    public void Observe(int place, int jointAction)
    {
        var (forgotten, held) = _replay.Add(place, jointAction);
        for (int p = 0; p < _counts.Length; p++)
        {
            int actions = _game.ActionCounts[p];
            var counts = _counts[p].AsSpan(place * actions, actions);
            counts[_game.ActionOf(p, jointAction)]++;
            if (forgotten >= 0) counts[_game.ActionOf(p, forgotten)]--;
            var frequencies = Frequencies[p].AsSpan(place * actions, actions);
            for (int a = 0; a < actions; a++) frequencies[a] = counts[a] / (held + _earlier[place]);
        }
    }

    /// <summary>Lets what a player did by an earlier answer count as one visit of a place.</summary>
    public void Start(int player, int place, EarlierPlaces answer)
    {
        int actions = _game.ActionCounts[player];
        var policy = answer.Policies[player].AsSpan(place * actions, actions);
        policy.CopyTo(_counts[player].AsSpan(place * actions));
        policy.CopyTo(Frequencies[player].AsSpan(place * actions));
        _earlier[place] = 1;
    }

    /// <summary>Every player's model of the others' joint action: the product of their frequencies.</summary>
    /// <param name="places">Places.</param>
    public ImmutableArray<ShapedArray> ToModels(int places) => [.. Enumerable.Range(0, _counts.Length).Select(p => Model(p, places))];

    private ShapedArray Model(int player, int places)
    {
        int others = _game.JointActionCount / _game.ActionCounts[player], states = _game.StateCount;
        var model = new double[places * others];
        for (int place = 0; place < places; place++)
        {
            JointWeights.Fill(_game, player, place, Frequencies, _weights);
            for (int joint = 0, at = place * others; joint < _weights.Length; joint++)
                if (_game.ActionOf(player, joint) == 0) model[at++] = _weights[joint];
        }

        var shape = _game.ActionCounts.RemoveAt(player);
        return new ShapedArray(model, places == states ? [states, .. shape] : [places / states, states, .. shape]);
    }
}
